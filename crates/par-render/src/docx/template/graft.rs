//! Our content put into the parts of a template: text, styles, notes, pictures, properties.

use par_core::report::Document;

use super::super::archive::Entry;
use super::super::content::{Content, Frame, Start};
use super::super::page::{Area, FROM_ONE, Pages, end_of_section};
use super::super::style::{Known, Styles};
use super::super::xml::W;
use super::super::{Options, parts, picture};
use super::scan::{Damaged, Paragraph, Scan, elements, scan, spliced};
use super::{Place, TemplateProblem, fill};

const TYPES: &str = "[Content_Types].xml";
/// What a package names its main document by.
const MAIN: &str = "/officeDocument";

/// A template taken apart.
struct Package {
    entries: Vec<Entry>,
    /// Path of the main document, such as `word/document.xml`.
    main: String,
    /// Its folder with the slash, such as `word/`.
    folder: String,
    /// Its relations: id, type, path.
    relations: Vec<(String, String, String)>,
}

/// The parts of the finished document.
pub(super) fn document(
    document: &Document,
    options: &Options,
    entries: Vec<Entry>,
) -> Result<Vec<Entry>, Vec<TemplateProblem>> {
    let mut package = Package::open(entries)?;
    let body = package.text(&package.main.clone())?;
    if !body.contains(W) {
        let is_strict = body.contains("http://purl.oclc.org/ooxml/wordprocessingml/main");
        return Err(vec![if is_strict { TemplateProblem::Strict } else { TemplateProblem::NotADocument }]);
    }
    let scanned = scan(&body).map_err(damaged)?;
    let mut problems = Vec::new();
    let edits = fill::edits(&scanned, Place::Text, document, &mut problems);
    let place = content_place(&scanned, &mut problems);
    package.fill_others(document, &mut problems)?;
    let (Some(place), true) = (place, problems.is_empty()) else { return Err(problems) };
    package.put(document, options, (&body, &scanned, place), edits)?;
    Ok(package.entries)
}

fn damaged(_: Damaged) -> Vec<TemplateProblem> {
    vec![TemplateProblem::NotADocument]
}

/// The paragraph that makes way for the content.
fn content_place<'a>(scanned: &'a Scan, problems: &mut Vec<TemplateProblem>) -> Option<&'a Paragraph> {
    let mut places = scanned.paragraphs.iter().filter(|paragraph| fill::holds_content(paragraph));
    let Some(place) = places.next() else {
        problems.push(TemplateProblem::NoContentPlace);
        return None;
    };
    if places.next().is_some() {
        problems.push(TemplateProblem::SeveralContentPlaces);
    }
    if !place.is_in_body {
        problems.push(TemplateProblem::ContentNotInText { place: Place::Text });
    }
    let text = place.text();
    let is_alone = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    if is_alone.is_none_or(|name| name.contains(['{', '}'])) {
        problems.push(TemplateProblem::ContentNotAlone { text });
    }
    Some(place)
}

impl Package {
    fn open(entries: Vec<Entry>) -> Result<Package, Vec<TemplateProblem>> {
        let mut package =
            Package { entries, main: String::new(), folder: String::new(), relations: Vec::new() };
        let links = package.relations_of("_rels/.rels", "")?;
        let main = links.iter().find(|(_, kind, _)| kind.ends_with(MAIN));
        let main = main.map(|(_, _, path)| path.clone()).ok_or(vec![TemplateProblem::NotADocument])?;
        let types = package.text(TYPES)?;
        if types.contains("macroEnabled") || links.iter().any(|(_, kind, _)| kind.ends_with("/vbaProject")) {
            return Err(vec![TemplateProblem::HasMacros]);
        }
        // A template becomes a document.
        package.set(
            TYPES,
            types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml"),
        );
        package.folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        package.main = main;
        let (links, folder) = (package.links(), package.folder.clone());
        if package.has(&links) {
            package.relations = package.relations_of(&links, &folder)?;
        } else {
            package.set(&links, parts::relations(""));
        }
        Ok(package)
    }

    /// Path of the main document's relations.
    fn links(&self) -> String {
        format!("{}_rels/{}.rels", self.folder, &self.main[self.folder.len()..])
    }

    fn has(&self, path: &str) -> bool {
        self.entries.iter().any(|(name, _)| name == path)
    }

    /// A part as text without a byte order mark.
    fn text(&self, path: &str) -> Result<String, Vec<TemplateProblem>> {
        let found = self.entries.iter().find(|(name, _)| name == path);
        let text = found.and_then(|(_, bytes)| String::from_utf8(bytes.clone()).ok());
        let text = text.ok_or(vec![TemplateProblem::NotADocument])?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    fn set(&mut self, path: &str, text: String) {
        match self.entries.iter_mut().find(|(name, _)| name == path) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => self.entries.push((path.to_owned(), text.into_bytes())),
        }
    }

    fn relations_of(
        &self,
        path: &str,
        folder: &str,
    ) -> Result<Vec<(String, String, String)>, Vec<TemplateProblem>> {
        let mut relations = Vec::new();
        for one in elements(&self.text(path)?).map_err(damaged)? {
            let (Some(id), Some(kind), Some(target)) =
                (one.attribute("Id"), one.attribute("Type"), one.attribute("Target"))
            else {
                continue;
            };
            if one.attribute("TargetMode") == Some("External") {
                continue;
            }
            let path = match target.strip_prefix('/') {
                Some(from_root) => from_root.to_owned(),
                None => format!("{folder}{target}"),
            };
            relations.push((id.to_owned(), kind.to_owned(), path));
        }
        Ok(relations)
    }

    /// The path of the part related as `kind`, such as `styles`.
    fn part(&self, kind: &str) -> Option<String> {
        let ending = format!("/{kind}");
        self.relations.iter().find(|(_, of, _)| of.ends_with(&ending)).map(|(_, _, path)| path.clone())
    }

    /// Adds `line` before the last closing tag of a part.
    fn append(&mut self, path: &str, line: &str) -> Result<(), Vec<TemplateProblem>> {
        let mut text = self.text(path)?;
        let end = match text.rfind("</") {
            Some(end) => end,
            // A part without children may close itself.
            None => {
                let root = elements(&text).map_err(damaged)?;
                let root = root.first().ok_or(vec![TemplateProblem::NotADocument])?;
                let (at, name) = (root.range.clone(), root.name.clone());
                let open = text[at.clone()].trim_end_matches("/>").trim_end().to_owned();
                text.replace_range(at.clone(), &format!("{open}></{name}>"));
                at.start + open.len() + 1
            }
        };
        text.insert_str(end, line);
        self.set(path, text);
        Ok(())
    }

    /// Fills headers, footers and notes.
    fn fill_others(
        &mut self,
        document: &Document,
        problems: &mut Vec<TemplateProblem>,
    ) -> Result<(), Vec<TemplateProblem>> {
        let mut parts: Vec<(String, Place)> = Vec::new();
        for (_, kind, path) in &self.relations {
            let place = match kind.rsplit('/').next() {
                Some("header") => Place::Header,
                Some("footer") => Place::Footer,
                Some("footnotes" | "endnotes") => Place::Note,
                _ => continue,
            };
            if !parts.iter().any(|(known, _)| known == path) {
                parts.push((path.clone(), place));
            }
        }
        for (path, place) in parts {
            let text = self.text(&path)?;
            let scanned = scan(&text).map_err(damaged)?;
            if scanned.paragraphs.iter().any(fill::holds_content) {
                problems.push(TemplateProblem::ContentNotInText { place });
            }
            let edits = fill::edits(&scanned, place, document, problems);
            self.set(&path, spliced(&text, edits));
        }
        Ok(())
    }

    fn put(
        &mut self,
        document: &Document,
        options: &Options,
        (body, scanned, place): (&str, &Scan, &Paragraph),
        mut edits: Vec<(std::ops::Range<usize>, String)>,
    ) -> Result<(), Vec<TemplateProblem>> {
        let styles = Styles::beside(&self.known_styles()?);
        let pages = pages(body, scanned).map_err(damaged)?;
        let start = self.start()?;
        let has_words = |paragraph: &&Paragraph| !paragraph.text().trim().is_empty();
        let mut worded = scanned.paragraphs.iter().filter(has_words);
        let frame = Frame {
            with_head: !worded.clone().any(|one| one.range.end <= place.range.start),
            with_tail: !worded.any(|one| one.range.start >= place.range.end),
        };
        let mut content = Content::new(&styles, area_at(body, scanned, place, &pages), options, start);
        content.text(document, frame);
        if let Some(section) = &place.section {
            end_of_section(&mut content.out, &body[section.clone()]);
        }
        edits.push((place.range.clone(), std::mem::take(&mut content.out)));
        content.area = pages.first.1;
        let section = content.appendices(document, &pages);
        let end = scanned.body_end.ok_or(vec![TemplateProblem::NotADocument])?;
        let at = scanned.section.clone().unwrap_or(end..end);
        edits.push((at, format!("{}{section}", content.out)));
        self.set(&self.main.clone(), spliced(body, edits));
        let (notes, pictures, links) = (content.notes, content.pictures, content.links);
        let mut outside = String::new();
        self.put_styles(&styles)?;
        self.put_notes(&notes)?;
        for (number, png) in (start.picture..).zip(pictures) {
            let link = parts::relation(&picture::relation(number), "image", &picture::file(number));
            self.append(&self.links(), &link)?;
            self.entries.push((format!("{}{}", self.folder, picture::file(number)), png.bytes));
        }
        for (number, address) in (1..).zip(&links) {
            let id = parts::link_relation(start.link, number);
            outside.push_str(&parts::outside(&id, address));
        }
        self.append(&self.links(), &outside)?;
        self.declare_png()?;
        self.put_properties(options)
    }

    /// Numbers that the template does not use yet.
    fn start(&self) -> Result<Start, Vec<TemplateProblem>> {
        let mut note = 1;
        if let Some(path) = self.part("footnotes") {
            for one in elements(&self.text(&path)?).map_err(damaged)? {
                if one.name == "w:footnote" {
                    let id: i64 = one.attribute("w:id").and_then(|id| id.parse().ok()).unwrap_or(0);
                    note = note.max(u32::try_from(id.saturating_add(1)).unwrap_or(1));
                }
            }
        }
        let is_used = |number: u32| {
            let file = format!("{}{}", self.folder, picture::file(number));
            let id = picture::relation(number);
            self.has(&file) || self.relations.iter().any(|(known, _, _)| *known == id)
        };
        let used = (1..1000).filter(|number| is_used(*number)).max().unwrap_or(0);
        let known = self.text(&self.links())?;
        let is_free = |series: &u32| !known.contains(&parts::link_relation(*series, 1));
        let link = (1..).find(is_free).expect("a file names no four billion relations");
        Ok(Start { note, picture: used + 1, link })
    }

    fn known_styles(&self) -> Result<Vec<Known>, Vec<TemplateProblem>> {
        let Some(path) = self.part("styles") else { return Ok(Vec::new()) };
        let mut known: Vec<Known> = Vec::new();
        for one in elements(&self.text(&path)?).map_err(damaged)? {
            if one.name == "w:style" {
                let is_default = matches!(one.attribute("w:default"), Some("1" | "true" | "on"));
                known.push(Known {
                    id: one.attribute("w:styleId").unwrap_or_default().to_owned(),
                    name: String::new(),
                    is_default_paragraph: is_default && one.attribute("w:type") == Some("paragraph"),
                });
            } else if let ("w:name", 2, Some(style)) = (one.name.as_str(), one.depth, known.last_mut()) {
                style.name = one.attribute("w:val").unwrap_or_default().to_owned();
            }
        }
        Ok(known)
    }

    fn put_styles(&mut self, styles: &Styles) -> Result<(), Vec<TemplateProblem>> {
        match self.part("styles") {
            Some(path) => self.append(&path, &styles.missing),
            None => self.add("styles", styles.part()),
        }
    }

    fn put_notes(&mut self, notes: &str) -> Result<(), Vec<TemplateProblem>> {
        match self.part("footnotes") {
            _ if notes.is_empty() => Ok(()),
            Some(path) => self.append(&path, notes),
            None => self.add("footnotes", parts::footnotes(notes)),
        }
    }

    /// A part that the template lacks, with its relation and its line in the list of types.
    fn add(&mut self, kind: &str, text: String) -> Result<(), Vec<TemplateProblem>> {
        let mut file = format!("{kind}.xml");
        while self.has(&format!("{}{file}", self.folder)) {
            file.insert_str(0, "par-");
        }
        let path = format!("{}{file}", self.folder);
        let link = parts::relation(&format!("rIdPar-{kind}"), kind, &file);
        self.append(&self.links(), &link)?;
        self.append(TYPES, &parts::overridden(&format!("/{path}"), &parts::content_type(kind)))?;
        self.set(&path, text);
        Ok(())
    }

    fn declare_png(&mut self) -> Result<(), Vec<TemplateProblem>> {
        let types = self.text(TYPES)?;
        let known = elements(&types).map_err(damaged)?;
        let is_png = |value: Option<&str>| value.is_some_and(|value| value.eq_ignore_ascii_case("png"));
        if known.iter().any(|one| is_png(one.attribute("Extension"))) {
            return Ok(());
        }
        let root = known.first().ok_or(vec![TemplateProblem::NotADocument])?;
        let open = types[root.range.start..].find('>').expect("an element has an end") + root.range.start + 1;
        let line = "<Default Extension=\"png\" ContentType=\"image/png\"/>";
        self.set(TYPES, spliced(&types, vec![(open..open, line.to_owned())]));
        Ok(())
    }

    fn put_properties(&mut self, options: &Options) -> Result<(), Vec<TemplateProblem>> {
        let core = parts::core(options.title, options.author, options.created);
        let links = self.relations_of("_rels/.rels", "")?;
        if let Some((_, _, path)) = links.iter().find(|(_, kind, _)| kind.ends_with("/core-properties")) {
            self.set(path, core);
            return Ok(());
        }
        self.append(
            "_rels/.rels",
            &parts::relation("rIdPar-core", parts::CORE_RELATION, "docProps/core.xml"),
        )?;
        self.append(TYPES, &parts::overridden("/docProps/core.xml", parts::CORE_TYPE))?;
        self.set("docProps/core.xml", core);
        Ok(())
    }
}

/// The area of the pages on which `place` stands.
fn area_at(body: &str, scanned: &Scan, place: &Paragraph, pages: &Pages) -> Area {
    let ends = scanned.paragraphs.iter().filter_map(|one| one.section.clone());
    let next = ends.filter(|section| section.start >= place.range.start).min_by_key(|section| section.start);
    next.and_then(|section| area(&body[section])).unwrap_or(pages.first.1)
}

/// Paper and margins of a section.
struct Paper {
    width: u32,
    height: u32,
    /// Left and right, top and bottom together.
    across: u32,
    along: u32,
}

fn paper(section: &str) -> Option<Paper> {
    let all = elements(section).ok()?;
    let length = |element: &str, attribute: &str| -> Option<u32> {
        let one = all.iter().find(|one| one.name == element)?;
        // A negative margin reserves the same room.
        let twips: i64 = one.attribute(attribute)?.parse().ok()?;
        u32::try_from(twips.unsigned_abs()).ok().filter(|twips| *twips < 40_000)
    };
    let margin = |side: &str| length("w:pgMar", side).unwrap_or(0);
    Some(Paper {
        width: length("w:pgSz", "w:w")?,
        height: length("w:pgSz", "w:h")?,
        across: margin("w:left") + margin("w:right") + margin("w:gutter"),
        along: margin("w:top") + margin("w:bottom"),
    })
}

impl Paper {
    fn area(&self) -> Option<Area> {
        let width = self.width.checked_sub(self.across)?;
        let height = self.height.checked_sub(self.along)?;
        // Less than 2 cm is no page to write on.
        (width > 1134 && height > 1134).then_some(Area { width, height })
    }
}

fn area(section: &str) -> Option<Area> {
    paper(section)?.area()
}

/// Elements of a section that stand behind the kind of its page numbers.
const BEHIND_NUMBERS: [&str; 11] = [
    "w:cols",
    "w:formProt",
    "w:vAlign",
    "w:noEndnote",
    "w:titlePg",
    "w:textDirection",
    "w:bidi",
    "w:rtlGutter",
    "w:docGrid",
    "w:printerSettings",
    "w:sectPrChange",
];

/// The template's pages, upright and turned: margins, headers and footers stay; each appendix is
/// numbered from 1. A number is on its first page too: what a template prints on its first page alone
/// is a letterhead.
fn pages(body: &str, scanned: &Scan) -> Result<Pages, Damaged> {
    let official = Pages::official();
    let plain = cut(&official.first.0, &["w:headerReference", "w:titlePg"])?;
    let mut section = scanned.section.clone().map_or(plain.clone(), |range| body[range].to_owned());
    let paper = match paper(&section) {
        Some(paper) => paper,
        // Sizes in other units, or none at all: A4, with the template's headers and footers.
        None => {
            let kept = elements(&section)?.into_iter().filter(|one| one.name.ends_with("erReference"));
            let kept: String = kept.map(|one| &section[one.range]).collect();
            section = plain.replacen("<w:sectPr>", &format!("<w:sectPr>{kept}"), 1);
            paper(&section).ok_or(Damaged)?
        }
    };
    let is_first_lying = paper.width > paper.height;
    let later = from_one(&cut(&section, &["w:titlePg", "w:type", "w:pgNumType"])?)?;
    let turned = Paper { width: paper.height, height: paper.width, ..paper };
    let size = elements(&later)?.into_iter().find(|one| one.name == "w:pgSz").ok_or(Damaged)?;
    let orient = if is_first_lying { "" } else { " w:orient=\"landscape\"" };
    let new = format!("<w:pgSz w:w=\"{}\" w:h=\"{}\"{orient}/>", turned.width, turned.height);
    let other = spliced(&later, vec![(size.range, new)]);
    let fallback = official.first.1;
    let same = (later, paper.area().unwrap_or(fallback));
    let other = (other, turned.area().unwrap_or(fallback));
    let first = (section, same.1);
    let (upright, lying) = if is_first_lying { (other, same) } else { (same, other) };
    Ok(Pages { first, upright, lying })
}

/// `section` with pages numbered from 1.
fn from_one(section: &str) -> Result<String, Damaged> {
    let all = elements(section)?;
    let behind = all.iter().find(|one| one.depth == 1 && BEHIND_NUMBERS.contains(&one.name.as_str()));
    let at = behind.map(|one| one.range.start).or_else(|| section.rfind("</")).ok_or(Damaged)?;
    Ok(spliced(section, vec![(at..at, FROM_ONE.to_owned())]))
}

/// `section` without the elements of these names.
fn cut(section: &str, names: &[&str]) -> Result<String, Damaged> {
    let found = elements(section)?.into_iter().filter(|one| names.contains(&one.name.as_str()));
    Ok(spliced(section, found.map(|one| (one.range, String::new())).collect()))
}
