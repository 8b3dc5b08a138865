//! The words of a chart put into its picture: each letter is drawn once and then copied.
//!
//! A chart is mostly words, and tracing the outline of every letter anew is most of the work of
//! drawing it. Takes only words as our own charts have them, and leaves all others to the SVG reader.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{LazyLock, Mutex, PoisonError};

use resvg::tiny_skia::{FillRule, Mask, Path, PathBuilder, Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

use crate::fonts::BE_VIETNAM_PRO;

/// Parts of a pixel, from left to right, at which a letter may begin; its line stands on whole pixels.
const PARTS: f32 = 4.0;
/// Letters kept, of some hundred bytes each; all are dropped when there are more.
const MOST_KEPT: usize = 8_000;

/// Words at a place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    x: f32,
    y: f32,
    size: f32,
    /// Which part of their width stands before `x`.
    before: f32,
    colour: [u8; 3],
    is_heavy: bool,
    text: String,
}

/// A chart without the words that [`put`] draws, and these; the text as it is where there are none.
pub(crate) fn parted(svg: &str) -> (String, Vec<Words>) {
    let mut rest = String::with_capacity(svg.len());
    let mut taken = Vec::new();
    let Ok(document) = Document::parse(svg) else { return (svg.to_owned(), taken) };
    let root = document.root_element();
    let is_ours = root.attribute("font-family").is_some_and(|family| family.starts_with("Be Vietnam Pro,"));
    let mut done = 0;
    for node in root.children().filter(|_| is_ours) {
        if let Some(words) = words(node) {
            rest.push_str(&svg[done..node.range().start]);
            done = node.range().end;
            taken.push(words);
        }
    }
    rest.push_str(&svg[done..]);
    (rest, taken)
}

/// Words that say nothing but where, how large and in which colour they stand.
fn words(node: Node) -> Option<Words> {
    let is_known =
        |name: &str| matches!(name, "x" | "y" | "text-anchor" | "font-size" | "fill" | "font-weight");
    let is_plain = node.has_tag_name(("http://www.w3.org/2000/svg", "text"))
        && node.children().all(|child| child.is_text())
        && node.attributes().all(|one| is_known(one.name()));
    let number = |name: &str| node.attribute(name)?.parse::<f32>().ok().filter(|number| number.is_finite());
    let before = match node.attribute("text-anchor").unwrap_or("start") {
        "start" => 0.0,
        "middle" => 0.5,
        "end" => 1.0,
        _ => return None,
    };
    let is_heavy = match node.attribute("font-weight") {
        None => false,
        Some("600") => true,
        Some(_) => return None,
    };
    let digits = node.attribute("fill")?.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    let said: Vec<&str> = node.text().unwrap_or_default().split_whitespace().collect();
    let text = said.join(" ");
    let face = &FACES[usize::from(is_heavy)].face;
    let is_drawn = is_plain && text.chars().all(|letter| face.glyph_index(letter).is_some());
    let (x, y, size) = (number("x")?, number("y")?, number("font-size")?);
    let words = Words { x, y, size, before, colour: [red, green, blue], is_heavy, text };
    is_drawn.then_some(words)
}

struct Lettered {
    face: Face<'static>,
    plan: ShapePlan,
}

static FACES: LazyLock<[Lettered; 2]> = LazyLock::new(|| {
    BE_VIETNAM_PRO.map(|bytes| {
        let face = Face::from_slice(bytes, 0).expect("the embedded fonts are sound");
        let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Lettered { face, plan }
    })
});

/// What a drawn letter depends on: its shape, heavy or not, its size in bits, its part of a pixel.
type Cut = (u16, bool, u32, u8);

/// A letter in shades of cover; empty for a space.
#[derive(Default)]
struct Letter {
    /// Where its box begins, from the pixel it stands on.
    left: i32,
    top: i32,
    width: usize,
    cover: Vec<u8>,
}

static KEPT: LazyLock<Mutex<HashMap<Cut, Letter>>> = LazyLock::new(Mutex::default);

/// Draws words onto an opaque picture, `scale` times as large.
pub(crate) fn put(paper: &mut Pixmap, all: &[Words], scale: f32) {
    // A map is whole between any two of its calls, so that a panic elsewhere cannot have spoilt it.
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    for words in all {
        let Lettered { face, plan } = &FACES[usize::from(words.is_heavy)];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&words.text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(face, plan, buffer);
        let size = words.size * scale / face.units_per_em() as f32;
        let long: i32 = shaped.glyph_positions().iter().map(|one| one.x_advance).sum();
        let mut x = words.x * scale - words.before * long as f32 * size;
        for (glyph, at) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let place = (x + at.x_offset as f32 * size, words.y * scale - at.y_offset as f32 * size);
            let ((column, right), row) = (grid(place.0), place.1.round() as i32);
            let id = u16::try_from(glyph.glyph_id).unwrap_or_default();
            if kept.len() > MOST_KEPT {
                kept.clear();
            }
            let letter = match kept.entry((id, words.is_heavy, size.to_bits(), right)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => {
                    free.insert(cut(face, id, size, f32::from(right) / PARTS).unwrap_or_default())
                }
            };
            copy(paper, letter, (column, row), words.colour);
            x += at.x_advance as f32 * size;
        }
    }
}

/// The pixel in which a place lies, and in which of its parts.
fn grid(place: f32) -> (i32, u8) {
    let parts = (place * PARTS).round();
    let pixel = (parts / PARTS).floor();
    (pixel as i32, (parts - pixel * PARTS) as u8)
}

/// A letter's outline in units of the font, upwards.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

fn cut(face: &Face, id: u16, size: f32, right: f32) -> Option<Letter> {
    let mut outline = Outline(PathBuilder::new());
    face.outline_glyph(GlyphId(id), &mut outline)?;
    let shape: Path =
        outline.0.finish()?.transform(Transform::from_row(size, 0.0, 0.0, -size, right, 0.0))?;
    let bounds = shape.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let (width, height) = ((bounds.right() - left).ceil() + 1.0, (bounds.bottom() - top).ceil() + 1.0);
    let mut mask = Mask::new(width as u32, height as u32)?;
    mask.fill_path(&shape, FillRule::Winding, true, Transform::from_translate(-left, -top));
    let (left, top, width) = (left as i32, top as i32, width as usize);
    Some(Letter { left, top, width, cover: mask.data().to_vec() })
}

/// Covers the pixels below a letter with a colour; what lies off the paper is left out.
fn copy(paper: &mut Pixmap, letter: &Letter, (column, row): (i32, i32), colour: [u8; 3]) {
    let (wide, high) = (paper.width() as i32, paper.height() as i32);
    let rows = letter.cover.chunks_exact(letter.width.max(1));
    for (cover, y) in rows.zip(row + letter.top..).filter(|(_, y)| (0..high).contains(y)) {
        for (cover, x) in cover.iter().zip(column + letter.left..) {
            if *cover == 0 || !(0..wide).contains(&x) {
                continue;
            }
            let at = (y * wide + x) as usize * 4;
            for (ground, ink) in paper.data_mut()[at..at + 3].iter_mut().zip(colour) {
                let (cover, ground_part) = (u32::from(*cover), 255 - u32::from(*cover));
                let mixed = u32::from(ink) * cover + u32::from(*ground) * ground_part;
                *ground = u8::try_from((mixed + 127) / 255).expect("a mean of bytes is a byte");
            }
        }
    }
}
