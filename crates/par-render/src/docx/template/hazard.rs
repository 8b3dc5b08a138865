//! What in a template would act by itself, fetch from elsewhere, or carry another file: refused, since
//! the finished document is signed and handed on.

use super::super::archive::Entry;
use super::TemplateProblem;
use super::scan::{Element, elements};

/// Something in a template that a signed document must not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hazard {
    /// A field other than those that only show the document itself; carries its first word, such as
    /// `DDEAUTO` or `INCLUDEPICTURE`, empty when it is put together from other fields.
    Field(String),
    /// The document takes its styles and macros from another file.
    AttachedTemplate,
    /// A picture that is fetched from elsewhere when the document is opened.
    OutsidePicture,
    /// Another part that is fetched from elsewhere; carries its kind.
    Outside(String),
    /// A file of another program inside, or a control.
    Embedded,
    /// A foreign text that is only put in when the document is opened.
    Chunk,
    /// Macros.
    Macro,
    /// A name that leads out of the document.
    Path,
}

/// Fields that show nothing but the document itself.
const FIELDS: [&str; 29] = [
    "=",
    "AUTHOR",
    "AUTONUM",
    "COMMENTS",
    "CREATEDATE",
    "DATE",
    "DOCPROPERTY",
    "EQ",
    "FILENAME",
    "HYPERLINK",
    "IF",
    "KEYWORDS",
    "LASTSAVEDBY",
    "LISTNUM",
    "NOTEREF",
    "NUMPAGES",
    "PAGE",
    "PAGEREF",
    "PRINTDATE",
    "REF",
    "SAVEDATE",
    "SECTION",
    "SECTIONPAGES",
    "SEQ",
    "STYLEREF",
    "SUBJECT",
    "SYMBOL",
    "TITLE",
    "TOC",
];
/// First bytes of files that hold objects of other programs, macros among them.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Everything of that kind in the parts of a template, with the part it stands in.
pub(super) fn hazards(entries: &[Entry]) -> Vec<TemplateProblem> {
    let mut found = Vec::new();
    for (part, bytes) in entries {
        let mut add = |hazard: Hazard| {
            let problem = TemplateProblem::Hazard { hazard, part: part.clone() };
            if !found.contains(&problem) {
                found.push(problem);
            }
        };
        if leads_out(part) {
            add(Hazard::Path);
        }
        if part.to_lowercase().ends_with("vbaproject.bin") {
            add(Hazard::Macro);
        } else if bytes.starts_with(COMPOUND) {
            add(Hazard::Embedded);
        }
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with('<') {
            continue;
        }
        // What cannot be read is told where it is used.
        let Ok(all) = elements(text) else { continue };
        all.iter().filter_map(|one| relation(part, one)).for_each(&mut add);
        all.iter().filter_map(fetched).for_each(&mut add);
        fields(text, &all).into_iter().for_each(&mut add);
    }
    found
}

/// Whether a member's name leads out of the archive, or means another file on another system.
fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', ':'])
        || name.chars().any(char::is_control)
        || name.split('/').any(|part| part.is_empty() || part == "." || part == "..")
}

/// What a relation of a part brings in.
fn relation(part: &str, element: &Element) -> Option<Hazard> {
    if local(&element.name) != "Relationship" {
        return None;
    }
    let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
    let target = element.attribute("Target").unwrap_or_default();
    if element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
        return match kind.as_str() {
            // Followed only when a reader clicks.
            "hyperlink" => None,
            "attachedTemplate" => Some(Hazard::AttachedTemplate),
            "image" => Some(Hazard::OutsidePicture),
            _ => Some(Hazard::Outside(kind)),
        };
    }
    match kind.as_str() {
        "oleObject" | "package" | "control" | "activeXControlBinary" => Some(Hazard::Embedded),
        "aFChunk" | "subDocument" => Some(Hazard::Chunk),
        "vbaProject" | "wordVbaData" => Some(Hazard::Macro),
        _ => escapes(part, target).then_some(Hazard::Path),
    }
}

/// Whether a relation's target lies outside the archive.
fn escapes(part: &str, target: &str) -> bool {
    if target.contains(['\\', ':']) {
        return true;
    }
    // Relations stand in `folder/_rels/`, their targets count from `folder`.
    let inside = part.matches('/').count().saturating_sub(1);
    let mut depth = if target.starts_with('/') { 0 } else { inside };
    for step in target.split('/').filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}

/// Elements that bring something in without a relation.
fn fetched(element: &Element) -> Option<Hazard> {
    match local(&element.name) {
        "altChunk" => Some(Hazard::Chunk),
        "OLEObject" | "control" if element.name.starts_with(['o', 'w']) => Some(Hazard::Embedded),
        "imagedata" | "fill" | "stroke" => {
            let outside = |value: &str| value.contains("://") || value.contains('\\');
            let names = ["src", "o:href", "r:href", "o:src", "r:pict"];
            let src = names.into_iter().filter_map(|name| element.attribute(name)).any(outside);
            src.then_some(Hazard::OutsidePicture)
        }
        _ => None,
    }
}

/// The fields of a part that are not among [`FIELDS`]. Instructions may be split over runs, and may
/// stand in other fields.
fn fields(text: &str, all: &[Element]) -> Vec<Hazard> {
    let mut found = Vec::new();
    let mut judge = |instruction: &str| {
        let word = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        let word = if word.starts_with('=') { "=".to_owned() } else { word };
        if !FIELDS.contains(&word.as_str()) {
            found.push(Hazard::Field(word));
        }
    };
    // Instructions of the fields that are open, innermost last; none once its result has begun.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut stray = String::new();
    for one in all {
        match one.name.as_str() {
            "w:fldSimple" => judge(one.attribute("w:instr").unwrap_or_default()),
            "w:instrText" | "w:delInstrText" => {
                let said = super::scan::words(&text[one.range.clone()]).unwrap_or_default();
                match open.last_mut() {
                    Some(Some(instruction)) => instruction.push_str(&said),
                    _ => stray.push_str(&said),
                }
            }
            "w:fldChar" => match one.attribute("w:fldCharType") {
                Some("begin") => open.push(Some(String::new())),
                Some("separate") => {
                    if let Some(instruction) = open.last_mut().and_then(Option::take) {
                        judge(&instruction);
                    }
                }
                Some("end") => {
                    if let Some(Some(instruction)) = open.pop() {
                        judge(&instruction);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    for instruction in open.into_iter().flatten().chain((!stray.trim().is_empty()).then_some(stray)) {
        judge(&instruction);
    }
    found
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
