//! English pages: each is the twin of a Vietnamese one, leads to English pages, speaks English outside
//! the year's data, and shows the same numbers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use axum::http::StatusCode;
use par_render::charts::svg::SHORT;
use par_server::exchange::folder;

use crate::app::get;
use crate::pages::sound;

/// Derivations number in the thousands: one in so many is opened.
const DERIVATIONS: usize = 40;

#[tokio::test]
async fn english_pages_lead_to_english_pages_and_say_in_english_what_their_twins_say() {
    let data = Data::of_the_built_in_year();
    let mut met: BTreeSet<String> = BTreeSet::from(["/en".to_owned()]);
    let mut queue: VecDeque<String> = met.iter().cloned().collect();
    let (mut wrong, mut derivations) = (Vec::new(), 0);
    let mut opened = BTreeMap::<String, usize>::new();
    while let Some(path) = queue.pop_front() {
        derivations += usize::from(path.contains("/dan-giai/"));
        if path.contains("/dan-giai/") && !derivations.is_multiple_of(DERIVATIONS) {
            continue;
        }
        *opened.entry(path.split('/').nth(4).unwrap_or("").to_owned()).or_default() += 1;
        let english = get(&path).await;
        assert_eq!(english.status, StatusCode::OK, "{path}");
        let page = Page::read(&path, &english.text);
        let twin = twin(&path, &english.text, "vi");
        let vietnamese = get(&twin).await;
        assert_eq!(vietnamese.status, StatusCode::OK, "the twin of {path}");
        assert_eq!(self::twin(&twin, &vietnamese.text, "en"), path, "{path} is the twin of its twin");
        assert!(
            english.text.contains("<html lang=\"en\">") && vietnamese.text.contains("<html lang=\"vi\">")
        );

        for link in page.links.iter().filter(|link| link.starts_with('/') && **link != twin) {
            if link == "/en" || link.starts_with("/en/") {
                if met.insert(link.clone()) {
                    queue.push_back(link.clone());
                }
            } else if !is_file(link) {
                wrong.push(format!("{path} leads to the Vietnamese page {link}"));
            }
        }
        let anchors = page.links.iter().filter_map(|link| link.strip_prefix('#'));
        let lost = anchors.filter(|anchor| !english.text.contains(&format!(" id=\"{anchor}\"")));
        wrong.extend(lost.map(|anchor| format!("{path} leads to #{anchor}, which is not on it")));
        let foreign = page
            .texts
            .iter()
            .filter(|(text, chart)| data.leaves_vietnamese(text) && !(*chart && data.is_shortened(text)));
        wrong.extend(foreign.map(|(text, _)| format!("{path} says «{}»", text.trim())));
        wrong.extend(numbers_differ(&path, &Page::read(&twin, &vietnamese.text), &page));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    for (kind, least) in [("don-vi", 28), ("linh-vuc", 9), ("tieu-chi", 100), ("dan-giai", 100)] {
        assert!(opened.get(kind).is_some_and(|count| *count >= least), "{kind}: {opened:?}");
    }
}

#[tokio::test]
async fn a_missing_english_page_answers_in_english_and_leads_to_its_twin() {
    for path in ["/en/ket-qua/1999", "/en/khong-co", "/en/ket-qua/2020/don-vi/khong-co"] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text.contains("<html lang=\"en\">"), "{path}");
        assert_eq!(twin(path, &answer.text, "vi"), path.trim_start_matches("/en"));
    }
    // An address that only begins like an English one is none.
    assert_eq!(get("/english").await.status, StatusCode::NOT_FOUND);
    // A missing page never leads to another site.
    let other = get("/en//khac.vn/ket-qua").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(!other.text.contains("href=\"//"), "{}", other.text);
}

#[tokio::test]
async fn numbers_and_units_of_a_page_are_written_in_its_language() {
    let page = get("/en/ket-qua/2020/dieu-tra").await.text;
    assert!(page.contains("1,160 sheets were handed out and 1,138 were collected"));
    let page = get("/en/xu-huong/so-noi-vu").await.text;
    assert!(page.contains("82.96") && page.contains("+4.46") && !page.contains("82,96"));
    assert!(page.contains("(percentage points)"));
    let compared = get("/en/ket-qua/2020/so-sanh?don-vi=SNV&don-vi=khong+co").await.text;
    assert!(compared.contains("There is no unit “khong co” in 2020; it was left out."));
    assert!(compared.contains("Only one unit is chosen"));
}

#[tokio::test]
async fn the_report_stays_vietnamese_and_is_marked_so() {
    let page = get("/en/ket-qua/2020/bao-cao").await.text;
    assert!(page.contains("The official report is in Vietnamese"));
    assert!(page.contains("<article class=\"document\" lang=\"vi\">"));
    assert!(page.contains("href=\"/en/ket-qua/2020/dan-giai/"), "its numbers open in English");
    let vietnamese = get("/ket-qua/2020/bao-cao").await.text;
    let body = |page: &str| {
        let (_, body) = page.split_once("<article class=\"document\"").expect("the report");
        let (_, body) = body.split_once('>').expect("a tag ends");
        let (body, _) = body.split_once("</article>").expect("the report ends");
        body.replace("\"/en/", "\"/")
    };
    assert_eq!(body(&page), body(&vietnamese));
}

/// Links that lead to files, which are the same in every language.
fn is_file(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let package = path.strip_prefix("/cong-bo/").is_some_and(|rest| rest.matches('/').count() > 1);
    let report = path.split_once("/bao-cao/").is_some();
    path.starts_with("/tinh/") || path.ends_with(".csv") || path.ends_with(".json") || package || report
}

/// The address of the page in that other language: said in the head and in the frame alike.
fn twin(path: &str, html: &str, language: &str) -> String {
    let before = format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"");
    let (_, rest) = html.split_once(&before).unwrap_or_else(|| panic!("{path} names no twin"));
    let href = rest.split('"').next().unwrap_or_default();
    let switch =
        format!("<a class=\"language\" lang=\"{language}\" hreflang=\"{language}\" href=\"{href}\">");
    assert!(html.contains(&switch), "{path} leads to its twin");
    plain(href)
}

/// What of a page is looked at.
struct Page {
    links: Vec<String>,
    /// Texts and spoken names outside elements in Vietnamese, and whether they stand in a chart.
    texts: Vec<(String, bool)>,
    /// Texts of cells of numbers and of figures, and whether they stand in an element in Vietnamese.
    numbers: Vec<(String, bool)>,
}

/// An open element.
struct Open {
    vietnamese: bool,
    chart: bool,
    number: bool,
}

impl Page {
    fn read(path: &str, html: &str) -> Page {
        sound(path, html);
        let body = html.split_once("<body>").map_or("", |(_, body)| body);
        let mut page = Page { links: Vec::new(), texts: Vec::new(), numbers: Vec::new() };
        let mut open: Vec<Open> = Vec::new();
        for part in body.split('<').skip(1) {
            let (tag, text) = part.split_once('>').expect("tags end");
            let name = tag.split_whitespace().next().unwrap_or_default();
            let outer = open.last().map_or((false, false), |outer| (outer.vietnamese, outer.chart));
            if name.starts_with('/') {
                open.pop();
            } else {
                let has = |attribute: &str| value(tag, attribute);
                let vietnamese = match has("lang") {
                    Some(language) => language == "vi",
                    None => outer.0,
                };
                let chart = outer.1 || name == "svg";
                let class = has("class").unwrap_or_default();
                let number = class.split(' ').any(|one| ["num", "figure", "big"].contains(&one));
                page.links.extend(has("href").or(has("action")).map(plain));
                let spoken = ["aria-label", "placeholder", "title", "alt"].into_iter().filter_map(has);
                if !vietnamese {
                    page.texts.extend(spoken.map(|text| (plain(text), chart)));
                }
                if number {
                    page.numbers.push((String::new(), vietnamese));
                }
                if !tag.ends_with('/') && !["input", "br", "img", "link"].contains(&name) {
                    open.push(Open { vietnamese, chart, number });
                }
            }
            let Some(inner) = open.last() else { continue };
            if !inner.vietnamese && !text.trim().is_empty() {
                page.texts.push((plain(text), inner.chart));
            }
            if open.iter().any(|element| element.number) && !inner.chart {
                let last = page.numbers.last_mut().expect("an open element of numbers was noted");
                last.0.push_str(text.trim());
            }
        }
        page
    }
}

/// The value of an attribute of a tag.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Text of a page without its escapes.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for (escape, letter) in
        [("&#38;", "&"), ("&amp;", "&"), ("&#39;", "'"), ("&#34;", "\""), ("&quot;", "\"")]
    {
        text = text.replace(escape, letter);
    }
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&lt;", "<").replace("&gt;", ">")
}

/// Numbers of the English page that are not those of its twin with the separators swapped.
fn numbers_differ(path: &str, vietnamese: &Page, english: &Page) -> Vec<String> {
    let (vi, en) = (&vietnamese.numbers, &english.numbers);
    if vi.len() != en.len() {
        return vec![format!("{path} has {} numbers, its twin has {}", en.len(), vi.len())];
    }
    let swap = |text: &str| text.replace(',', ";").replace('.', ",").replace(';', ".");
    let pairs = vi.iter().zip(en).filter(|((vi, _), (_, foreign))| !foreign && is_number(vi));
    let differ = pairs.filter(|((vi, _), (en, _))| swap(vi) != *en);
    differ.map(|((vi, _), (en, _))| format!("{path} has {en} where its twin has {vi}")).collect()
}

/// Whether a text is numbers and nothing said with them.
fn is_number(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Names and texts of the year, which are Vietnamese on every page; the longest first.
struct Data {
    texts: Vec<String>,
    known: RefCell<HashMap<String, bool>>,
    shortened: RefCell<HashMap<String, bool>>,
}

impl Data {
    fn of_the_built_in_year() -> Data {
        let year = folder::demo();
        let mut texts: Vec<String> = year.files.iter().flat_map(|(name, text)| written(name, text)).collect();
        texts.retain(|text| has_vietnamese(text));
        // Pages put reasons into sentences of their own.
        for text in &mut texts {
            text.truncate(text.trim_end_matches('.').len());
        }
        texts.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        texts.dedup();
        Data { texts, known: RefCell::default(), shortened: RefCell::default() }
    }

    /// Whether Vietnamese letters are left when the year's own texts are taken out.
    fn leaves_vietnamese(&self, text: &str) -> bool {
        if !has_vietnamese(text) {
            return false;
        }
        let mut known = self.known.borrow_mut();
        *known.entry(text.to_owned()).or_insert_with(|| has_vietnamese(&self.rest(text)))
    }

    /// A text without the year's own texts.
    fn rest(&self, text: &str) -> String {
        let mut rest = text.to_owned();
        for one in &self.texts {
            if rest.contains(one.as_str()) {
                rest = rest.replace(one.as_str(), "");
            }
        }
        rest
    }
}

impl Data {
    /// Whether a label of a chart ends with a part of one of the year's texts, perhaps in usual short forms.
    fn is_shortened(&self, label: &str) -> bool {
        let rest = self.rest(label);
        let label = rest.trim_end_matches('…').trim();
        let starts = [0].into_iter().chain(label.match_indices(' ').map(|(at, _)| at + 1));
        let mut tails = starts.filter(|at| !has_vietnamese(&label[..*at])).map(|at| &label[at..]);
        let mut known = self.shortened.borrow_mut();
        *known.entry(label.to_owned()).or_insert_with(|| {
            tails.any(|tail| self.texts.iter().any(|text| forms(text).any(|form| form.contains(tail))))
        })
    }
}

/// A text and what charts make of it where there is little room.
fn forms(text: &str) -> impl Iterator<Item = String> {
    let mut form = text.to_owned();
    let shorter = SHORT.into_iter().map(move |(long, short)| {
        form = form.replace(long, short);
        form.clone()
    });
    std::iter::once(text.to_owned()).chain(shorter)
}

fn has_vietnamese(text: &str) -> bool {
    const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    text.chars().flat_map(char::to_lowercase).any(|letter| LETTERS.contains(letter))
}

/// All that people wrote in a file of a year: fields of tables, quoted texts of settings.
fn written(name: &str, text: &str) -> Vec<String> {
    if name.ends_with(".csv") {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let fields =
            reader.records().flatten().flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
        return fields.collect();
    }
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
