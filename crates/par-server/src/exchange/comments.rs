//! Comments of a TOML file that is written anew: each stays before the line it stood before.
//!
//! Knows lines, not values: a table is told apart by its heading and its `code`, `id` or `name`.

use std::collections::HashMap;

/// The new text with the comment lines of the old one; those whose line is gone stand at the end.
pub fn keep(old: &str, new: &str) -> String {
    let mut comments: HashMap<String, Vec<&str>> = HashMap::new();
    let mut order = Vec::new();
    let mut pending: Vec<&str> = Vec::new();
    for (line, anchor) in anchored(old) {
        if line.trim_start().starts_with('#') {
            pending.push(line);
        } else if !line.trim().is_empty() && !pending.is_empty() {
            order.push(anchor.clone());
            comments.entry(anchor).or_default().append(&mut pending);
        }
    }
    let mut text = String::new();
    for (line, anchor) in anchored(new) {
        for comment in comments.remove(&anchor).into_iter().flatten() {
            text.push_str(comment);
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
    }
    let gone = order.iter().filter_map(|anchor| comments.remove(anchor)).flatten();
    for comment in gone.chain(pending) {
        text.push_str(comment);
        text.push('\n');
    }
    text
}

/// Lines with what they are about: `[[node]] code = "1.2" | name`.
fn anchored(text: &str) -> Vec<(&str, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut heading = String::new();
    let mut anchors = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if line.starts_with('[') {
            heading = format!("{line} {}", told_apart_by(&lines[i + 1..]));
        }
        let key = line.split('=').next().unwrap_or_default().trim();
        anchors.push((*line, format!("{heading} | {key}")));
    }
    anchors
}

fn told_apart_by(rest: &[&str]) -> String {
    let mut table = rest.iter().take_while(|line| !line.starts_with('['));
    let telling = table.find(|line| ["code =", "id =", "name ="].iter().any(|key| line.starts_with(key)));
    telling.map_or_else(String::new, |line| (*line).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stay_with_their_criterion_and_none_is_lost() {
        let old = "# đầu tệp\n[area]\ncode = \"1\"\n\n# về 1.1\n[[node]]\ncode = \"1.1\"\n# điểm cũ là 2\nmax = \"3\"\n\n# về 1.2\n[[node]]\ncode = \"1.2\"\n# cuối tệp\n";
        let new = "[area]\ncode = \"1\"\n\n[[node]]\ncode = \"1.1\"\nmax = \"4\"\n";
        assert_eq!(
            keep(old, new),
            "# đầu tệp\n[area]\ncode = \"1\"\n\n# về 1.1\n[[node]]\ncode = \"1.1\"\n# điểm cũ là 2\nmax = \"4\"\n# về 1.2\n# cuối tệp\n"
        );
    }
}
