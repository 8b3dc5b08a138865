//! Drawing by attributes: the same text stands in pages, in print and in documents.
//!
//! The only place where numbers become binary floats: they are positions on paper, never scores.

use std::fmt::Write;

use par_core::language::Language;
use par_core::points::decimal::Decimal;

use super::On;

/// Text colour.
pub const INK: &str = "#1b2529";
/// Quiet text and marks of comparison.
pub const GREY: &str = "#566268";
/// Lines of the grid.
pub const RULE: &str = "#d5dcdf";
/// Grounds of bands.
pub const GROUND: &str = "#eef2f3";
/// What is measured.
pub const ACCENT: &str = "#0f5a6b";
/// A lighter accent, for what came before.
pub const SOFT: &str = "#8fb4bd";

/// Width of every chart: on A4 between the margins of an official document its smallest letters are
/// still larger than those of a footnote.
pub const WIDTH: f64 = 720.0;

/// Colours of marks, told apart with every kind of colour blindness; their shapes differ too.
pub const MARKS: [&str; 5] = ["#0f5a6b", "#b45309", "#5b3a8c", "#566268", "#1b2529"];

/// Where a text is held.
#[derive(Clone, Copy)]
pub enum Hold {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// A drawing in progress.
pub struct Svg<'i> {
    on: On<'i>,
    width: f64,
    height: f64,
    body: String,
}

impl<'i> Svg<'i> {
    /// An empty drawing.
    pub fn new(on: On<'i>, width: f64, height: f64) -> Svg<'i> {
        Svg { on, width, height, body: String::new() }
    }

    /// The words in the language of the page.
    pub fn say<T>(&self, vi: T, en: T) -> T {
        self.on.say(vi, en)
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        self.on.language
    }

    /// A number in the notation of the page.
    pub fn number(&self, number: Decimal) -> String {
        self.on.language.number(number)
    }

    /// A filled rectangle.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        self.add(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}"/>"#
        ));
    }

    /// The edge of a rectangle.
    pub fn frame(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), stroke: &str) {
        self.add(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="none" stroke="{stroke}" stroke-width="1"/>"#
        ));
    }

    /// Slanting lines over a rectangle, `step` apart. Drawn one by one: patterns are not known to every
    /// program that shows a document.
    pub fn hatch(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), step: f64, stroke: &str) {
        let mut at = step;
        while at < width + height {
            // From the left or lower edge up to the upper or right edge.
            let from = if at <= height { (x, y + at) } else { (x + at - height, y + height) };
            let to = if at <= width { (x + at, y) } else { (x + width, y + at - width) };
            self.line(from, to, stroke, 1.0, "");
            at += step;
        }
    }

    /// A filled area told from others without colour: full, slanting lines, light with an edge, empty.
    pub fn fill(&mut self, which: usize, at: (f64, f64), size: (f64, f64)) {
        match which % 4 {
            0 => self.rect(at, size, ACCENT),
            1 => {
                self.rect(at, size, "#ffffff");
                self.hatch(at, size, 5.0, ACCENT);
                self.frame(at, size, ACCENT);
            }
            2 => {
                self.rect(at, size, SOFT);
                self.frame(at, size, INK);
            }
            _ => {
                self.rect(at, size, "#ffffff");
                self.frame(at, size, INK);
            }
        }
    }

    /// One of five marks told apart by their shape: dot, square, triangle, diamond, cross.
    pub fn mark(&mut self, which: usize, (x, y): (f64, f64)) {
        let colour = MARKS[which % MARKS.len()];
        let path = match which % MARKS.len() {
            0 => return self.dot((x, y), 5.0, colour, false),
            1 => format!("M{:.1} {:.1}h9v9h-9z", x - 4.5, y - 4.5),
            2 => format!("M{x:.1} {:.1}l6 10h-12z", y - 6.0),
            3 => format!("M{x:.1} {:.1}l6 6l-6 6l-6 -6z", y - 6.0),
            _ => {
                let (a, b) = (
                    format!("M{:.1} {:.1}l9 9", x - 4.5, y - 4.5),
                    format!("M{:.1} {:.1}l-9 9", x + 4.5, y - 4.5),
                );
                self.add(format_args!(
                    r#"<path d="{a}{b}" fill="none" stroke="{colour}" stroke-width="2.5"/>"#
                ));
                return;
            }
        };
        self.add(format_args!(r##"<path d="{path}" fill="#ffffff" stroke="{colour}" stroke-width="2"/>"##));
    }

    /// A straight line; `dash` such as `4 3`, or empty.
    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), stroke: &str, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        self.add(format_args!(
            r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{stroke}" stroke-width="{width}"{dash}/>"#
        ));
    }

    /// A dot; hollow ones have a white middle, so that print in grey tells them apart.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, colour: &str, hollow: bool) {
        let fill = if hollow { "#ffffff" } else { colour };
        self.add(format_args!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>"#
        ));
    }

    /// A text of some size in pixels.
    pub fn text(&mut self, (x, y): (f64, f64), hold: Hold, size: u8, fill: &str, text: &str) {
        self.styled(x, y, hold, size, fill, "", text);
    }

    /// A heavier text.
    pub fn strong(&mut self, (x, y): (f64, f64), hold: Hold, size: u8, fill: &str, text: &str) {
        self.styled(x, y, hold, size, fill, r#" font-weight="600""#, text);
    }

    #[expect(clippy::too_many_arguments, reason = "attributes of one element")]
    fn styled(&mut self, x: f64, y: f64, hold: Hold, size: u8, fill: &str, more: &str, text: &str) {
        let anchor = match hold {
            Hold::Start => "start",
            Hold::Middle => "middle",
            Hold::End => "end",
        };
        let text = escape(text);
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"{more}>{text}</text>"#
        ));
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        self.body.write_fmt(element).expect("writing to a string cannot fail");
    }

    /// The finished drawing.
    pub fn finish(self, title: &str, description: &str) -> String {
        let Svg { on: On { id, .. }, width, height, body } = self;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-labelledby="{id}-ten {id}-mo-ta" font-family="Be Vietnam Pro, Arial, sans-serif"><title id="{id}-ten">{}</title><desc id="{id}-mo-ta">{}</desc>{body}</svg>"#,
            escape(title),
            escape(description)
        )
    }
}

/// A printed number as a position.
pub fn position(number: Decimal) -> f64 {
    number.units() as f64 / 10f64.powi(i32::from(number.places()))
}

/// About how wide a text is, rather more than less: the font differs between screen and paper.
pub fn width(text: &str, size: u8) -> f64 {
    let em = |letter: char| match par_core::text::fold(&letter.to_string()).chars().next().unwrap_or(letter) {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '\'' => 0.29,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '/' | '-' => 0.38,
        'm' | 'w' if letter.is_uppercase() => 0.98,
        'm' | 'w' | '%' | '@' | '…' | '–' | '→' => 0.9,
        _ if letter.is_uppercase() => 0.74,
        _ => 0.61,
    };
    text.chars().map(em).sum::<f64>() * f64::from(size)
}

/// Long words of names and their usual short forms, in the order in which they are tried.
pub const SHORT: [(&str, &str); 9] = [
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Ban Quản lý", "BQL"),
    ("Ban quản lý", "BQL"),
    ("Khu kinh tế cửa khẩu", "KKTCK"),
    ("thủ tục hành chính", "TTHC"),
    ("cải cách hành chính", "CCHC"),
    ("cán bộ, công chức, viên chức", "CBCCVC"),
    (" và ", " & "),
];

/// A label in at most `most` pixels: as it is, with usual short forms, or cut behind a whole word.
pub fn fit(label: &str, most: f64, size: u8) -> String {
    let mut short = label.to_owned();
    for (long, form) in SHORT {
        if width(&short, size) <= most {
            return short;
        }
        short = short.replace(long, form);
    }
    cut(&short, most, size)
}

/// Cuts behind the last word that fits; inside it when not even one does.
fn cut(label: &str, most: f64, size: u8) -> String {
    if width(label, size) <= most {
        return label.to_owned();
    }
    let mut kept = label.to_owned();
    while !kept.is_empty() && width(&format!("{kept}…"), size) > most {
        match kept.rfind(' ').filter(|at| *at > 0) {
            Some(at) => kept.truncate(at),
            None => drop(kept.pop()),
        }
    }
    // No lone sign or conjunction before the dots.
    let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    format!("{kept}…")
}

/// A label on at most two lines of `most` pixels, broken where both are about as long.
pub fn wrap(label: &str, most: f64, size: u8) -> Vec<String> {
    if width(label, size) <= most {
        return vec![label.to_owned()];
    }
    let longer = |at: usize| width(&label[..at], size).max(width(&label[at + 1..], size));
    let breaks = label.match_indices(' ').map(|(at, _)| at);
    let even =
        breaks.clone().filter(|at| longer(*at) <= most).min_by(|a, b| longer(*a).total_cmp(&longer(*b)));
    if let Some(at) = even {
        return vec![label[..at].to_owned(), label[at + 1..].to_owned()];
    }
    // Too long for two lines: the first is filled, the second cut.
    match breaks.rev().find(|at| width(&label[..*at], size) <= most) {
        Some(at) => vec![label[..at].to_owned(), fit(&label[at + 1..], most, size)],
        None => vec![fit(label, most, size)],
    }
}

/// Moves labels apart by `line` so that none covers another, keeping their order, each group around
/// the places it stands for, all between `top` and `bottom` as long as there is room for them.
pub fn spread(places: Vec<f64>, line: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    // Groups of labels that touch: where the first would stand, how many.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for i in &order {
        let (mut start, mut count) = (places[*i], 1usize);
        while let Some((before, many)) = groups.last().copied().filter(|(s, n)| s + line * *n as f64 > start)
        {
            groups.pop();
            // The middle of all wishes, each counted from the start of the joined group.
            let wishes = before * many as f64 + (start - line * many as f64) * count as f64;
            count += many;
            start = wishes / count as f64;
        }
        groups.push((start, count));
    }
    let mut moved = places;
    let ranked = groups.iter().flat_map(|(start, count)| (0..*count).map(move |n| start + line * n as f64));
    for (i, place) in order.iter().zip(ranked) {
        moved[*i] = place;
    }
    let mut limit = top;
    for i in &order {
        moved[*i] = moved[*i].max(limit);
        limit = moved[*i] + line;
    }
    let mut limit = bottom;
    for i in order.iter().rev() {
        moved[*i] = moved[*i].min(limit);
        limit = moved[*i] - line;
    }
    moved
}

/// A position as a number beside an axis.
pub fn tick(value: f64) -> String {
    let printed = format!("{value:.2}");
    printed.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

/// Round bounds and the step of an axis around values in percent; wide enough that small differences
/// do not look large.
pub fn axis(values: impl IntoIterator<Item = f64>) -> (f64, f64, f64) {
    let (mut low, mut high) = (100.0f64, 0.0f64);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    let step = if high - low > 40.0 {
        20.0
    } else if high - low > 15.0 {
        10.0
    } else {
        5.0
    };
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    let high = high.max(low + 2.0 * step);
    if high > 100.0 && low >= high - 100.0 { (low - (high - 100.0), 100.0, step) } else { (low, high, step) }
}

/// The shape that stands before a class's name: from the best, fuller to emptier.
pub fn class_shape(position: usize) -> String {
    let shape = match position {
        0 => {
            r#"<path d="M6 .8 7.6 4.3l3.8.4-2.9 2.5.9 3.8L6 9l-3.4 2 .9-3.8L.6 4.7l3.8-.4z" fill="currentColor"/>"#
        }
        1 => r#"<circle cx="6" cy="6" r="4.6" fill="currentColor"/>"#,
        2 => {
            r#"<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor"/>"#
        }
        3 => r#"<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.4"/>"#,
        _ => r#"<path d="M1.5 2.5h9L6 10.5z" fill="none" stroke="currentColor" stroke-width="1.4"/>"#,
    };
    format!(
        r#"<svg class="class-shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">{shape}</svg>"#
    )
}

/// Text that can stand in markup, between tags and in attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
