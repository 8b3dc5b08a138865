//! Charts as pictures in a line of their own, with the words for who cannot see them.

use par_core::report::Picture;

use super::page::Area;
use super::xml::{R, escaped};
use crate::png::Png;

/// Parts of Word's drawings in a twip.
const EMU: u64 = 635;

/// Width and height in twips: as wide as the text, but leaving room for a caption below.
pub(super) fn size(png: &Png, area: Area) -> (u32, u32) {
    let highest = area.height / 100 * 86;
    let (width, height) = (u64::from(png.width), u64::from(png.height));
    let full = u64::from(area.width) * height / width;
    let to_u32 = |length: u64| u32::try_from(length.max(1)).unwrap_or(u32::MAX);
    if full <= u64::from(highest) {
        (area.width, to_u32(full))
    } else {
        (to_u32(u64::from(highest) * width / height), highest)
    }
}

/// The relation under which picture `number` is found.
pub(super) fn relation(number: u32) -> String {
    format!("rIdPar{number}")
}

/// The file of picture `number` below `word/`.
pub(super) fn file(number: u32) -> String {
    format!("media/par{number}.png")
}

/// The run that shows picture `number` in `(width, height)` twips.
pub(super) fn inline(picture: &Picture, number: u32, (width, height): (u32, u32)) -> String {
    let (width, height) = (u64::from(width) * EMU, u64::from(height) * EMU);
    let (title, words) = (escaped(&picture.title), escaped(&picture.description));
    let (relation, id) = (relation(number), 1000 + number);
    format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{id}\" name=\"Hình {number}\" descr=\"{words}\" title=\"{title}\"/><wp:cNvGraphicFramePr>\
         <a:graphicFrameLocks xmlns:a=\"{A}\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic xmlns:a=\"{A}\"><a:graphicData uri=\"{PIC}\"><pic:pic xmlns:pic=\"{PIC}\"><pic:nvPicPr>\
         <pic:cNvPr id=\"{id}\" name=\"Hình {number}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip xmlns:r=\"{R}\" r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>\
         <a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r>"
    )
}

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
