//! PDF as readers see it: poppler reads what typst wrote.

use std::path::PathBuf;
use std::process::Command;

use par_core::report::Document;
use par_render::pdf::{self, Imprint, Pdf};

use crate::paper;

const TITLE: &str = "Báo cáo kết quả Chỉ số cải cách hành chính năm 2020";

fn write(document: &Document) -> Pdf {
    let pictures = paper::pictures();
    pdf::write(document, Imprint { title: TITLE, pictures: &pictures, created: 1_617_580_800 }).unwrap()
}

#[test]
fn look() {
    let t = std::time::Instant::now();
    let pdf = write(&paper::report());
    println!("first {:?} accessible {} pages {}", t.elapsed(), pdf.accessible, pdf.pages);
    let mut d = paper::report();
    for i in 0..5 {
        d.body.pop();
        d.body.push(par_core::report::Part::Paragraph { lead: par_core::report::Lead::Body, text: par_core::report::words(format!("khác {i}")) });
        let t = std::time::Instant::now();
        write(&d);
        println!("warm {:?}", t.elapsed());
    }
    std::fs::write("/tmp/pdfwork/a.pdf", pdf.bytes).unwrap();
    let t = std::time::Instant::now();
    let png = par_render::png::draw(&paper::chart(12), 1400).unwrap();
    println!("png {:?}", t.elapsed());
    std::fs::write("/tmp/pdfwork/a.png", png.bytes).unwrap();
}
