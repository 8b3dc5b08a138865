//! XML of office documents, event by event.
//!
//! Must not know: which document.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Calls `each` with every event of an XML text; `None` where the text is damaged, or `each` says so.
pub fn events(xml: &str, mut each: impl FnMut(Event<'_>) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0i64;
    loop {
        let event = reader.read_event().ok()?;
        depth += match &event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            Event::Eof if depth == 0 => return Some(()),
            Event::Eof => return None,
            _ => 0,
        };
        each(event)?;
    }
}

/// The value of an attribute by its local name.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let value: &str = &found.value;
    if !value.contains('&') {
        return Some(value.to_owned());
    }
    Some(
        value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&"),
    )
}

/// The characters of a text event; `Some(None)` of any other, `None` where they are no text.
pub fn content(event: &Event<'_>) -> Option<Option<String>> {
    match event {
        Event::Text(text) => Some(Some(text.xml10_content().into_owned())),
        Event::CData(text) => Some(Some(text.xml10_content().into_owned())),
        Event::GeneralRef(reference) => {
            if let Some(letter) = reference.resolve_char_ref().ok()? {
                return Some(Some(letter.to_string()));
            }
            let letter = match &**reference {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => return None,
            };
            Some(Some(letter.to_owned()))
        }
        _ => Some(None),
    }
}
