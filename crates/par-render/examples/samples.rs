//! Documents to look at, and filled templates: `samples DIR`.
//!
//! Writes the sample documents of the tests into DIR, and every `tpl-NAME.docx` found there, such as an
//! office's own letterhead, with the sample report in it as `in-tpl-NAME.docx`.
#![allow(clippy::unwrap_used)] // what cannot be written is told and ends it

#[path = "../tests/it/sample.rs"]
mod sample;

use std::path::Path;
use std::{env, fs};

use par_render::{docx, xlsx};

fn main() {
    let folder = env::args().nth(1).expect("samples DIR");
    let folder = Path::new(&folder);
    let documents = [("report", sample::report()), ("odd", sample::odd()), ("profile", sample::profile())];
    for (name, document) in &documents {
        let file = docx::write(document, &sample::options()).unwrap();
        fs::write(folder.join(format!("{name}.docx")), file).unwrap();
    }
    let options = xlsx::Options {
        title: "Phụ lục số liệu", author: "Sở Nội vụ", created: sample::CREATED
    };
    fs::write(folder.join("report.xlsx"), xlsx::write(&sample::report(), &options).unwrap()).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("tpl-") {
            let template = fs::read(&path).unwrap();
            let options = docx::Options { template: Some(&template), ..sample::options() };
            let file = docx::write(&sample::report(), &options).unwrap();
            fs::write(path.with_file_name(format!("in-{name}")), file).unwrap();
        }
    }
}
