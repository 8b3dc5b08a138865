//! Poppler's tools read what typst wrote.

use std::process::Command;

/// What a tool says of a PDF; `arguments` stand before the file.
pub fn ask(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = if tool == "pdftotext" { "-" } else { "" };
    let asked = Command::new(tool)
        .args(arguments)
        .arg(&file)
        .args(Some(output).filter(|output| !output.is_empty()))
        .output()
        .unwrap_or_else(|fault| panic!("{tool} (poppler-utils, see scripts/install-test-needs): {fault}"));
    assert!(asked.status.success(), "{tool}: {}", String::from_utf8_lossy(&asked.stderr));
    String::from_utf8_lossy(&asked.stdout).into_owned()
}

/// The text of each page, its white space made single.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let text = ask("pdftotext", &["-raw"], pdf);
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    pages.map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// A word on a page; lengths in points from the upper left corner.
#[derive(Debug)]
pub struct Word {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

/// A page with its words.
#[derive(Debug)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Word>,
}

/// Where every word stands.
pub fn places(pdf: &[u8]) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for line in ask("pdftotext", &["-bbox"], pdf).lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page {
                width: number(line, "width"),
                height: number(line, "height"),
                words: Vec::new(),
            });
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
            pages.last_mut().unwrap().words.push(Word { left, top, right, bottom, text });
        }
    }
    pages
}

fn number(line: &str, name: &str) -> f64 {
    let from = line.split_once(&format!("{name}=\"")).unwrap().1;
    from.split_once('"').unwrap().0.parse().unwrap()
}
