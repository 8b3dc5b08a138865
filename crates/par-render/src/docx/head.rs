//! What stands above and below the text of an official document (Nghị định 30/2020, Phụ lục I).

use std::fmt::Write;

use par_core::report::{Head, Tail};

use super::content::Content;
use super::page::line_without_words;
use super::style::Style;
use super::xml::{escaped, paragraph, run};
use crate::width::{balanced, twips};

const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Sizes in points.
const NATION_SIZE: u32 = 12;
const MOTTO_SIZE: u32 = 13;
const ISSUER_SIZE: u32 = 12;
const TEXT_SIZE: u32 = 14;
const BOLD: &str = "<w:b/><w:bCs/>";
/// Room for signing and stamping, in twips.
const SIGNING: u32 = 1500;

/// Issuer, nation, number, date, kind and subject.
pub(super) fn head(content: &mut Content, head: &Head) {
    // LibreOffice puts a line of full height before a table that begins a document.
    line_without_words(&mut content.out, 20, "");
    let right = twips(NATION, NATION_SIZE, true) + 180;
    let left = content.area.width.saturating_sub(right);
    let mut issuing = String::new();
    for line in balanced(&head.parent, left - 120, ISSUER_SIZE, false) {
        line_of(content, &mut issuing, &sized("", ISSUER_SIZE), &line);
    }
    let issuer = balanced(&head.issuer, left - 120, ISSUER_SIZE, true);
    for line in &issuer {
        line_of(content, &mut issuing, &sized(BOLD, ISSUER_SIZE), line);
    }
    let longest = issuer.iter().map(|line| twips(line, ISSUER_SIZE, true)).max().unwrap_or(0);
    // Between a third and half of the name.
    rule(&mut issuing, left, longest * 2 / 5);

    let mut nation = String::new();
    line_of(content, &mut nation, &sized(BOLD, NATION_SIZE), NATION);
    line_of(content, &mut nation, &sized(BOLD, MOTTO_SIZE), MOTTO);
    rule(&mut nation, right, twips(MOTTO, MOTTO_SIZE, true));

    let mut number = String::new();
    line_of(content, &mut number, &sized("", 13), &head.number);
    let mut dated = String::new();
    line_of(content, &mut dated, &sized("<w:i/><w:iCs/>", TEXT_SIZE), &head.dated);
    two_columns(&mut content.out, (left, right), &[(&issuing, &nation), (&number, &dated)]);

    let mut runs = String::new();
    run(&mut runs, &sized("<w:b/><w:bCs/><w:caps/>", TEXT_SIZE), &head.kind);
    content.styled(Style::Title, "", &runs);
    let lines = balanced(&head.subject, content.area.width * 9 / 10, TEXT_SIZE, true);
    let mut runs = String::new();
    run(&mut runs, &sized(BOLD, TEXT_SIZE), &lines.join("\n"));
    content.styled(Style::Subtitle, "", &runs);
    let longest = lines.iter().map(|line| twips(line, TEXT_SIZE, true)).max().unwrap_or(0);
    rule(&mut content.out, content.area.width, longest * 2 / 5);
}

/// Who receives it, and who signs.
pub(super) fn tail(content: &mut Content, tail: &Tail) {
    let left = content.area.width / 2;
    let mut recipients = String::new();
    let style = format!("<w:pStyle w:val=\"{}\"/>", escaped(content.styles.id(Style::Recipients)));
    if !tail.recipients.is_empty() {
        let mut runs = String::new();
        run(&mut runs, "<w:b/><w:bCs/><w:i/><w:iCs/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>", "Nơi nhận:");
        paragraph(&mut recipients, &style, &runs);
    }
    for line in tail.recipient_lines() {
        let mut runs = String::new();
        run(&mut runs, "", &line);
        paragraph(&mut recipients, &style, &runs);
    }
    if recipients.is_empty() {
        // A cell without a paragraph is no cell.
        paragraph(&mut recipients, &style, "");
    }
    let mut signing = String::new();
    for line in &tail.signer {
        line_of(content, &mut signing, &sized(BOLD, TEXT_SIZE), line);
    }
    let mut runs = String::new();
    run(&mut runs, &sized(BOLD, TEXT_SIZE), &tail.name);
    let style = escaped(content.styles.id(Style::Head));
    let properties =
        format!("<w:pStyle w:val=\"{style}\"/><w:spacing w:before=\"{SIGNING}\" w:after=\"0\"/>");
    paragraph(&mut signing, &properties, &runs);
    super::table::space(&mut content.out);
    keep_last_with_next(&mut content.out);
    two_columns(&mut content.out, (left, content.area.width - left), &[(&recipients, &signing)]);
    // A document cannot end with a table.
    line_without_words(&mut content.out, 20, "");
}

fn sized(look: &str, points: u32) -> String {
    format!("{look}<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", points * 2)
}

fn line_of(content: &Content, out: &mut String, look: &str, words: &str) {
    let mut runs = String::new();
    run(&mut runs, look, words);
    paragraph(out, &format!("<w:pStyle w:val=\"{}\"/>", escaped(content.styles.id(Style::Head))), &runs);
}

/// A line of `length` in the middle of `room` twips: the lower border of a paragraph without words,
/// which every word processor shows in the same place.
fn rule(out: &mut String, room: u32, length: u32) {
    if length == 0 {
        return paragraph(out, "", "");
    }
    let side = room.saturating_sub(length) / 2;
    let properties = format!(
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>\
         <w:spacing w:before=\"0\" w:after=\"60\" w:line=\"60\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/><w:rPr><w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/></w:rPr>"
    );
    paragraph(out, &properties, "");
}

/// A table without borders whose rows stay whole; cells are given as paragraphs.
fn two_columns(out: &mut String, (left, right): (u32, u32), rows: &[(&String, &String)]) {
    write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblLayout \
         w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{right}\"/></w:tblGrid>",
        left + right
    )
    .expect("a string takes all");
    for (first, second) in rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (width, paragraphs) in [(left, first), (right, second)] {
            write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{paragraphs}</w:tc>")
                .expect("a string takes all");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// The empty line above the signature holds on to it.
fn keep_last_with_next(out: &mut String) {
    let at = out.rfind("<w:pPr>").expect("a paragraph was just written") + "<w:pPr>".len();
    out.insert_str(at, "<w:keepNext/>");
}
