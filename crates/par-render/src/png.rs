//! Charts and share pictures as PNG: the same SVG, for places that do not show SVG.
//!
//! Reads nothing but the given text: no files, no fonts of the machine, no linked images.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::fonts;

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

/// Draws an SVG `width` pixels wide; the height follows from its proportions.
///
/// # Errors
/// A text that is not SVG, or a picture without pixels or with more than 16 million.
pub fn draw(svg: &str, width: u32) -> Result<Png, Fault> {
    let options = Options {
        font_family: "Be Vietnam Pro".to_owned(),
        fontdb: FACES.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|fault| Fault::NotSvg(fault.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::Size);
    }
    let mut paper = Pixmap::new(width, height).ok_or(Fault::Size)?;
    paper.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut paper.as_mut());
    let bytes = paper.encode_png().map_err(|_| Fault::Size)?;
    Ok(Png { bytes, width, height })
}
