//! Charts and share pictures as PNG: the same SVG, for places that do not show SVG.
//!
//! Reads nothing but the given text: no files, no fonts of the machine, no linked images.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use ::png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::{fonts, lettering, palette};

/// The most pixels a picture may have: 64 MB in memory.
const MOST_PIXELS: u64 = 16_000_000;

/// A picture on white ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text is not SVG, in the reader's own words.
    NotSvg(String),
    /// No pixels, or more than 16 million.
    Size,
}

static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    for font in fonts::ALL {
        faces.load_font_source(Source::Binary(Arc::new(font)));
    }
    faces.set_sans_serif_family("Be Vietnam Pro");
    faces.set_serif_family("Tinos");
    Arc::new(faces)
});

/// How many pictures are remembered, and of how many bytes each: the charts of some reports, 16 MB at most.
const REMEMBERED: usize = 32;
const LARGEST_REMEMBERED: usize = 1 << 19;

/// What was drawn last: text, width and picture. A report is asked for again far more often than its
/// charts change, and drawing them is nearly all of its work.
static DRAWN: Mutex<VecDeque<(String, u32, Png)>> = Mutex::new(VecDeque::new());

/// Draws an SVG `width` pixels wide; the height follows from its proportions. The same arguments give
/// the same bytes.
///
/// # Errors
/// A text that is not SVG, or a picture without pixels or with more than 16 million.
pub fn draw(svg: &str, width: u32) -> Result<Png, Fault> {
    // A list is whole between any two of its calls, so that a panic elsewhere cannot have spoilt it.
    let drawn = || DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = |(text, wide, _): &&(String, u32, Png)| *wide == width && text == svg;
    if let Some((_, _, png)) = drawn().iter().find(known) {
        return Ok(png.clone());
    }
    let png = drawn_anew(svg, width)?;
    if png.bytes.len() + svg.len() <= LARGEST_REMEMBERED {
        let mut drawn = drawn();
        if drawn.len() == REMEMBERED {
            drawn.pop_front();
        }
        drawn.push_back((svg.to_owned(), width, png.clone()));
    }
    Ok(png)
}

fn drawn_anew(svg: &str, width: u32) -> Result<Png, Fault> {
    let options = Options {
        font_family: "Be Vietnam Pro".to_owned(),
        fontdb: FACES.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let (shapes, words) = lettering::parted(svg);
    let tree = Tree::from_str(&shapes, &options).map_err(|fault| Fault::NotSvg(fault.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::Size);
    }
    let mut paper = Pixmap::new(width, height).ok_or(Fault::Size)?;
    paper.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut paper.as_mut());
    lettering::put(&mut paper, &words, scale);
    let bytes = file(&paper).map_err(|_| Fault::Size)?;
    Ok(Png { bytes, width, height })
}

/// The file of an opaque picture. Charts have few colours, so that a number a pixel does instead of
/// three or four: half the size and a sixth of the time.
fn file(paper: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::with_capacity(1 << 17);
    let mut encoder = Encoder::new(&mut bytes, paper.width(), paper.height());
    encoder.set_depth(BitDepth::Eight);
    // Higher levels take twice the time for a twentieth of the size.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    let pixels = match palette::indexed(paper) {
        Some(indexed) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(indexed.colours);
            encoder.set_filter(Filter::NoFilter);
            indexed.pixels
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_filter(Filter::Adaptive);
            paper.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}
