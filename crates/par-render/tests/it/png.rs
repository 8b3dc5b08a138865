//! Charts as PNG.

use par_render::png::{self, Fault};
use resvg::tiny_skia::Pixmap;

use crate::paper;

#[test]
fn a_chart_is_as_wide_as_asked_and_keeps_its_proportions() {
    let picture = png::draw(&paper::chart(12), 1400).unwrap();
    let pixels = Pixmap::decode_png(&picture.bytes).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (picture.width, picture.height));
    assert_eq!((picture.width, picture.height), (1400, 793));
    let corner = pixels.pixel(0, picture.height - 1).unwrap();
    assert_eq!((corner.red(), corner.alpha()), (255, 255), "white ground");
    assert_eq!(png::draw(&paper::chart(12), 1400).unwrap(), picture, "the same bytes");
}

#[test]
fn a_share_picture_has_the_size_networks_ask_for() {
    let card = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><text x="80" y="200" font-size="64">PAR INDEX</text></svg>"#;
    let picture = png::draw(card, 1200).unwrap();
    assert_eq!((picture.width, picture.height), (1200, 630));
}

#[test]
fn words_are_drawn_in_the_fonts_of_the_program() {
    let svg = |family: &str, weight: u16| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"><text x="5" y="20" font-family="{family}" font-weight="{weight}">Ệ ữ ặ</text></svg>"#
        )
    };
    let draw = |svg: &str| png::draw(svg, 240).unwrap().bytes;
    let nothing = draw(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"/>"#);
    let page = draw(&svg("Be Vietnam Pro, Arial, sans-serif", 400));
    assert_ne!(page, nothing);
    assert_eq!(page, draw(&svg("sans-serif", 400)));
    assert_ne!(page, draw(&svg("Be Vietnam Pro", 600)));
    assert_ne!(page, draw(&svg("serif", 400)));
}

#[test]
fn a_picture_from_elsewhere_is_not_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("red.svg");
    std::fs::write(
        &file,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><rect width="9" height="9" fill="#f00"/></svg>"##,
    )
    .unwrap();
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{}" width="9" height="9"/></svg>"#,
        file.display()
    );
    let pixels = Pixmap::decode_png(&png::draw(&svg, 9).unwrap().bytes).unwrap();
    assert!(pixels.pixels().iter().all(|pixel| pixel.green() == 255));
}

#[test]
fn what_is_not_svg_or_too_large_is_refused() {
    assert!(matches!(png::draw("không phải SVG", 100), Err(Fault::NotSvg(_))));
    let tall = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 9000"/>"#;
    assert_eq!(png::draw(tall, 1000), Err(Fault::Size));
    assert_eq!(png::draw(&paper::chart(2), 0), Err(Fault::Size));
}

/// A square of `side` × `side` cells, each of a colour of its own.
fn coloured(side: u32) -> String {
    let cell = |n: u32| {
        let (x, y) = (n % side, n / side);
        format!(r##"<rect x="{x}" y="{y}" width="1" height="1" fill="#{:02x}{:02x}80"/>"##, x * 4, y * 4)
    };
    let cells: String = (0..side * side).map(cell).collect();
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{cells}</svg>"#)
}

/// The greatest difference of a channel between a picture and the colours it should have.
fn farthest(side: u32) -> u8 {
    let pixels = Pixmap::decode_png(&png::draw(&coloured(side), side).unwrap().bytes).unwrap();
    let off = |(n, pixel): (u32, &resvg::tiny_skia::PremultipliedColorU8)| {
        let (red, green) = ((n % side * 4) as u8, (n / side * 4) as u8);
        pixel.red().abs_diff(red).max(pixel.green().abs_diff(green)).max(pixel.blue().abs_diff(128))
    };
    (0..).zip(pixels.pixels()).map(off).max().unwrap()
}

#[test]
fn colours_are_kept_however_many_there_are() {
    assert_eq!(farthest(16), 0, "256 colours are a palette");
    assert_eq!(farthest(32), 0, "of 1,024 none is rare enough to be replaced");
    assert_eq!(farthest(60), 0, "3,600 are no chart and stay as they are");
}

#[test]
fn a_chart_drawn_again_after_many_others_is_the_same() {
    let first = png::draw(&paper::chart(3), 100).unwrap();
    for width in 101..150 {
        png::draw(&paper::chart(3), width).unwrap();
    }
    assert_eq!(png::draw(&paper::chart(3), 100).unwrap(), first);
}

#[test]
fn words_of_a_chart_stand_where_the_svg_reader_puts_them() {
    // A title keeps words from being taken for those of a chart, and draws nothing.
    let svg = |title: &str| {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 90" font-family="Be Vietnam Pro, Arial, sans-serif"><rect width="200" height="45" fill="#134f62"/><text x="3" y="30" text-anchor="start" font-size="12" fill="#ffffff">Sở Kế hoạch &amp; Đầu tư{title}</text><text x="198" y="60" text-anchor="end" font-size="11" fill="#1b2529" font-weight="600">Trung bình 87,42{title}</text><text x="100" y="85" text-anchor="middle" font-size="12" fill="#566268">Ủy ban nhân dân{title}</text></svg>"##
        )
    };
    let drawn = |svg: &str| Pixmap::decode_png(&png::draw(svg, 400).unwrap().bytes).unwrap();
    let (ours, readers) = (drawn(&svg("")), drawn(&svg("<title>x</title>")));
    let ink = |pixels: &Pixmap, from: usize, to: usize| -> i64 {
        let rows = pixels.pixels()[from * 400..to * 400].iter();
        rows.map(|pixel| i64::from(pixel.green())).sum()
    };
    // Line by line as dark, and column by column the same words: edges differ by less than a pixel.
    for (from, to) in [(0, 90), (90, 130), (130, 180)] {
        let (one, other) = (ink(&ours, from, to), ink(&readers, from, to));
        let most = (to - from) as i64 * 400 * 255 / 100;
        assert!((one - other).abs() < most, "{one} and {other}");
    }
    let far =
        |(one, other): (&resvg::tiny_skia::PremultipliedColorU8, &resvg::tiny_skia::PremultipliedColorU8)| {
            one.green().abs_diff(other.green()) > 170
        };
    assert_eq!(ours.pixels().iter().zip(readers.pixels()).filter(|pair| far(*pair)).count(), 0);
    assert_ne!(ours, drawn(&svg("").replace("Ủy ban", "Uy ban")));
}

#[test]
fn words_off_the_paper_or_of_letters_we_lack_stop_nothing() {
    let svg = |x: i32, text: &str| {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" font-family="Be Vietnam Pro, Arial"><text x="{x}" y="19" font-size="30" fill="#000000">{text}</text></svg>"##
        )
    };
    for x in [-1_000_000, -20, 50, 1_000_000] {
        assert!(png::draw(&svg(x, "Chỉ số"), 60).is_ok());
    }
    for text in ["漢字", "", " ", "a\u{301}"] {
        assert!(png::draw(&svg(0, text), 60).is_ok());
    }
}
