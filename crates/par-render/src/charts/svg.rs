//! Drawing by attributes: the same text stands in pages, in print and in documents.
//!
//! The only place where numbers become binary floats: they are positions on paper, never scores.

use std::fmt::Write;

use par_core::points::decimal::Decimal;

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
pub struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    /// An empty drawing.
    pub fn new(width: f64, height: f64) -> Svg {
        Svg { width, height, body: String::new() }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        self.add(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}"/>"#
        ));
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

    /// The finished drawing. `id` is unique on its page.
    pub fn finish(self, id: &str, title: &str, description: &str) -> String {
        let Svg { width, height, body } = self;
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

/// Shortens a label to what fits.
pub fn fit(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most - 1).collect::<String>().trim_end().to_owned() + "…"
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
