//! The parameters of a rule as lines in one cell, and back to the keys of a criteria set file.

use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::read::{self, Notation};
use par_core::rule::Rule;
use par_core::rule::checklist::Item;
use par_core::rule::ratio::Empty;
use par_core::text;

use super::{FaultKind, quoted, wordings};

/// The lines of a rule.
pub fn text(rule: &Rule) -> String {
    let lines: Vec<String> = match rule {
        Rule::YesNo => Vec::new(),
        Rule::Options(rule) => {
            rule.options.iter().map(|choice| entry(&points(choice.points), &choice.label)).collect()
        }
        Rule::Checklist(rule) => items(&rule.items),
        Rule::CountSteps(rule) => {
            rule.steps.iter().map(|step| format!("từ {}: {}", typed(step.min), points(step.points))).collect()
        }
        Rule::RatioSteps(rule) => rule
            .steps
            .iter()
            .map(|step| format!("từ {}: {}", percent(step.min), points(step.points)))
            .collect(),
        Rule::Ratio(rule) => {
            let empty = if rule.empty == Empty::Full { "tối đa" } else { "0 điểm" };
            let (floor, target) = (percent(rule.floor), percent(rule.target));
            vec![format!("sàn: {floor}"), format!("đích: {target}"), format!("a = 0: {empty}")]
        }
        Rule::TwoTier(rule) => vec![format!("hệ số quá hạn: {}", typed(rule.late_factor))],
        Rule::Deduct(rule) => {
            let start = format!("bắt đầu: {}", points(rule.start));
            let floor = format!("không thấp hơn: {}", points(rule.floor));
            [start, floor].into_iter().chain(items(&rule.events)).collect()
        }
        Rule::External(rule) => vec![format!("chia cho: {}", typed(rule.divide_by))],
        Rule::Survey(rule) => {
            let weights: Vec<String> = rule
                .weights
                .iter()
                .map(|(letter, weight)| format!("{letter} = {}", typed(*weight)))
                .collect();
            let questions = format!("câu hỏi: {}", rule.questions.join("; "));
            vec![questions, format!("trọng số: {}", weights.join("; "))]
        }
        Rule::Bonus(rule) | Rule::Penalty(rule) => items(&rule.events),
        Rule::Judged(rule) => vec![format!("bước: {}", points(rule.step))],
        Rule::Given(rule) if rule.adjusts => vec!["ngoài thang điểm: có".to_owned()],
        Rule::Given(_) => Vec::new(),
    };
    lines.join("\n")
}

/// How the parameters of a kind are written, on one line or several.
pub fn example(kind: &str) -> &'static str {
    match kind {
        "options" => "0,5: ban hành đúng hạn\n0,25: ban hành chậm\n0: không ban hành",
        "checklist" => "[1] 0,5: có kế hoạch\n[2] 0,5: có báo cáo",
        "count_steps" => "từ 3: 0,5\ntừ 2: 0,25\ntừ 0: 0",
        "ratio_steps" => "từ 95%: 1,5\ntừ 90%: 1\ntừ 0%: 0",
        "ratio" => "sàn: 80%\nđích: 100%\na = 0: 0 điểm",
        "two_tier" => "hệ số quá hạn: 0,5",
        "deduct" => "bắt đầu: 2\nkhông thấp hơn: 0\n[e1] 0,5: báo cáo chậm",
        "external" => "chia cho: 100",
        "survey" => "câu hỏi: D01; D02\ntrọng số: A = 100; B = 60; C = 20; D = 0",
        "bonus" => "[e1] 1: sáng kiến được công nhận",
        "penalty" => "[e1] 0,5: vụ việc vi phạm",
        "judged" => "bước: 0,25",
        _ => "",
    }
}

/// The keys of a rule table in a criteria set file, from its kind and lines.
///
/// # Errors
/// Every line that cannot be understood.
pub fn keys(kind: &str, text: &str) -> Result<Vec<String>, Vec<FaultKind>> {
    let one_each = if kind == "ratio" { ratio_lines(text) } else { text.to_owned() };
    let mut lines = Lines::of(kind, &one_each);
    let keys = match kind {
        "options" => vec![list("options", lines.entries(None))],
        "checklist" => vec![list("items", lines.entries(Some("")))],
        "count_steps" => vec![list("steps", lines.steps(false))],
        "ratio_steps" => vec![list("steps", lines.steps(true))],
        "ratio" => vec![
            lines.setting("sàn", "floor", |text| number(text, true)).unwrap_or_default(),
            lines.setting("đích", "target", |text| number(text, true)).unwrap_or_default(),
            lines.setting("a = 0", "empty", empty).unwrap_or_default(),
        ],
        "two_tier" => lines.needed("hệ số quá hạn", "late_factor", |text| number(text, false)),
        "deduct" => {
            let mut keys = lines.needed("bắt đầu", "start", |text| number(text, false));
            keys.extend(lines.setting("không thấp hơn", "floor", |text| number(text, false)));
            keys.push(list("events", lines.entries(Some("e"))));
            keys
        }
        "external" => lines.needed("chia cho", "divide_by", |text| number(text, false)),
        "survey" => {
            let mut keys = lines.needed("câu hỏi", "questions", |text| Ok(questions(text)));
            keys.extend(lines.needed("trọng số", "weights", weights));
            keys
        }
        "bonus" | "penalty" => vec![list("events", lines.entries(Some("e")))],
        "judged" => lines.needed("bước", "step", |text| number(text, false)),
        "given" => vec![
            lines
                .setting("ngoài thang điểm", "outside_scale", |_| Ok("\"yes\"".to_owned()))
                .unwrap_or_default(),
        ],
        _ => Vec::new(),
    };
    lines.finish(keys)
}

/// Logical lines of a cell, taken one by one; those left over are faults.
struct Lines {
    kind: String,
    lines: Vec<String>,
    faults: Vec<FaultKind>,
}

impl Lines {
    fn of(kind: &str, text: &str) -> Lines {
        Lines { kind: kind.to_owned(), lines: logical(text), faults: Vec::new() }
    }

    /// `name: value` as `key = value`, if it is there.
    fn setting(
        &mut self,
        name: &str,
        key: &str,
        value: impl Fn(&str) -> Result<String, FaultKind>,
    ) -> Option<String> {
        let is_it = |line: &String| line.split_once(':').is_some_and(|(left, _)| same(left, name));
        let at = self.lines.iter().position(is_it)?;
        let line = self.lines.remove(at);
        if self.lines.iter().any(is_it) {
            self.lines.retain(|line| !is_it(line));
            self.faults.push(FaultKind::LineTwice(name.to_owned()));
        }
        let (_, given) = line.split_once(':').expect("the line was found by its colon");
        match value(given.trim()) {
            Ok(value) => Some(format!("{key} = {value}")),
            Err(fault) => {
                self.faults.push(self.explained(fault, &line));
                None
            }
        }
    }

    /// The same, where it must be there.
    fn needed(
        &mut self,
        name: &'static str,
        key: &str,
        value: impl Fn(&str) -> Result<String, FaultKind>,
    ) -> Vec<String> {
        let before = self.faults.len();
        let found = self.setting(name, key, value);
        if found.is_none() && self.faults.len() == before {
            self.faults.push(FaultKind::LineMissing { name, example: example(&self.kind) });
        }
        found.into_iter().collect()
    }

    /// `[id] points: label`; with a prefix the entries have ids, counted where none is written.
    fn entries(&mut self, ids: Option<&str>) -> Vec<String> {
        let mut rows = Vec::new();
        for (i, line) in std::mem::take(&mut self.lines).into_iter().enumerate() {
            let fallback = ids.map(|prefix| format!("{prefix}{}", i + 1));
            match one_entry(&line, fallback) {
                Ok(row) => rows.push(row),
                Err(fault) => self.faults.push(self.explained(fault, &line)),
            }
        }
        rows
    }

    /// `từ 95%: 1,5`, or as decisions word it; from the highest to the lowest.
    fn steps(&mut self, percent: bool) -> Vec<String> {
        let mut steps = Vec::new();
        for line in std::mem::take(&mut self.lines) {
            match one_step(&line, percent) {
                Ok(step) => steps.push((step, line)),
                Err(fault) => self.faults.push(self.explained(fault, &line)),
            }
        }
        if steps.windows(2).all(|pair| pair[0].0.0.from < pair[1].0.0.from) {
            steps.reverse();
        }
        for at in 0..steps.len() {
            // "Từ 90% đến dưới 95%" ends where the step above begins, or a part has no points.
            let above = at.checked_sub(1).map(|above| steps[above].0.0.from);
            if steps[at].0.0.below.is_some_and(|below| above != Some(below)) {
                self.faults.push(self.bad(&steps[at].1));
            }
        }
        let row = |((bounds, points), _): ((wordings::Bounds, String), String)| {
            let from = Decimal::new(bounds.from.units(), bounds.from.places() + if percent { 2 } else { 0 });
            format!("min = \"{}\", points = {points}", from.trimmed())
        };
        steps.into_iter().map(row).collect()
    }

    fn finish(mut self, mut keys: Vec<String>) -> Result<Vec<String>, Vec<FaultKind>> {
        for line in std::mem::take(&mut self.lines) {
            self.faults.push(self.bad(&line));
        }
        keys.retain(|key| !key.is_empty());
        if self.faults.is_empty() { Ok(keys) } else { Err(self.faults) }
    }

    fn bad(&self, line: &str) -> FaultKind {
        let example = match example(&self.kind) {
            "" => "để trống ô này",
            example => example,
        };
        FaultKind::BadLine { line: line.to_owned(), example }
    }

    fn explained(&self, fault: FaultKind, line: &str) -> FaultKind {
        match fault {
            FaultKind::BadLine { .. } => self.bad(line),
            other => other,
        }
    }
}

/// Lines; one that begins with two spaces continues the line before.
pub(super) fn logical(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("  "), lines.last_mut()) {
            (Some(rest), Some(last)) => {
                last.push('\n');
                last.push_str(rest);
            }
            _ if line.trim().is_empty() => {}
            _ => lines.push(line.trim().to_owned()),
        }
    }
    lines
}

/// `value: label`, the label's own lines continued.
pub(super) fn entry(value: &str, label: &str) -> String {
    format!("{value}: {}", label.replace('\n', "\n  "))
}

fn items(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| format!("[{}] {}", item.id, entry(&points(item.points), &item.label))).collect()
}

/// Placeholder for a line that is not understood; the example is filled in by its kind.
fn bad_line() -> FaultKind {
    FaultKind::BadLine { line: String::new(), example: "" }
}

fn one_entry(line: &str, fallback: Option<String>) -> Result<String, FaultKind> {
    let written = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (id, rest) = match (written, fallback) {
        (Some((id, rest)), Some(_)) => (Some(id.trim().to_owned()), rest),
        (None, fallback) => (fallback, line),
        (Some(_), None) => return Err(bad_line()),
    };
    let (value, label) = rest.split_once(':').ok_or_else(bad_line)?;
    // In lists of deductions people write the minus they mean.
    let value = value.trim().trim_start_matches(['-', '+', '\u{2212}', '\u{2013}']).trim();
    let points = number(value, false)?;
    let label = quoted(label.trim());
    let id = id.map_or_else(String::new, |id| format!("id = {}, ", quoted(&id)));
    Ok(format!("{id}points = {points}, label = {label}"))
}

/// The bounds of a step and its points.
fn one_step(line: &str, percent: bool) -> Result<(wordings::Bounds, String), FaultKind> {
    let (bound, points) = line.rsplit_once(':').ok_or_else(bad_line)?;
    let Some(bounds) = wordings::bounds(bound, percent) else {
        // Of "từ SỐ" the number itself may be what is wrong.
        let plain = ["từ", "Từ"].iter().find_map(|word| bound.trim().strip_prefix(word)).unwrap_or(bound);
        let digits = plain.trim().starts_with(|c: char| c.is_ascii_digit());
        let fault = number(plain, percent).err().filter(|_| digits || plain.split_whitespace().count() < 2);
        return Err(fault.unwrap_or_else(bad_line));
    };
    Ok((bounds, number(points, false)?))
}

/// The lines of a ratio, one setting a line: "Sàn 80%; đích 100%; không phát sinh: điểm tối đa".
fn ratio_lines(text: &str) -> String {
    let parts = text.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty());
    let line = |part: &str| {
        let first =
            part.split_once(char::is_whitespace).filter(|(name, _)| same(name, "sàn") || same(name, "đích"));
        let Some((name, value)) = part.split_once(':').or(first) else { return part.to_owned() };
        let unused = ["không phát sinh", "không có hồ sơ", "không có phát sinh"];
        let name = if unused.iter().any(|unused| same(name, unused)) { "a = 0" } else { name };
        format!("{name}:{value}")
    };
    parts.map(line).collect::<Vec<_>>().join("\n")
}

/// A typed number in the notation of files; a percent becomes a fraction.
fn number(text: &str, percent: bool) -> Result<String, FaultKind> {
    let text = text.trim();
    let text = text.strip_suffix("điểm").unwrap_or(text).trim();
    let text = if percent { text.strip_suffix('%').ok_or_else(bad_line)? } else { text };
    let value = read::decimal(text, Notation::Typed).map_err(FaultKind::Number)?;
    let value = if percent { Decimal::new(value.units(), value.places() + 2) } else { value };
    Ok(format!("\"{}\"", value.trimmed()))
}

fn empty(text: &str) -> Result<String, FaultKind> {
    match text::slug(text).as_str() {
        "toi-da" | "diem-toi-da" => Ok("\"full\"".to_owned()),
        "0" | "0-diem" => Ok("\"zero\"".to_owned()),
        _ => Err(bad_line()),
    }
}

fn questions(text: &str) -> String {
    let codes: Vec<String> =
        text.split([';', ',']).map(str::trim).filter(|code| !code.is_empty()).map(quoted).collect();
    format!("[{}]", codes.join(", "))
}

fn weights(text: &str) -> Result<String, FaultKind> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (letter, weight) = part.split_once('=').ok_or_else(bad_line)?;
        let letter = letter.trim().to_owned();
        if pairs.iter().any(|(known, _)| *known == letter) {
            return Err(FaultKind::LineTwice(letter));
        }
        pairs.push((letter, number(weight.trim().trim_end_matches('%'), false)?));
    }
    let pairs: Vec<String> =
        pairs.into_iter().map(|(letter, weight)| format!("{} = {weight}", quoted(&letter))).collect();
    Ok(format!("{{ {} }}", pairs.join(", ")))
}

fn list(key: &str, rows: Vec<String>) -> String {
    let rows: Vec<String> = rows.into_iter().map(|row| format!("{{ {row} }}")).collect();
    format!("{key} = [{}]", rows.join(", "))
}

fn same(given: &str, name: &str) -> bool {
    // Spaces that do not break, as pasted from Word, are spaces.
    let key = |text: &str| text::fold(text).split_whitespace().collect::<String>();
    key(given) == key(name)
}

fn points(points: Points) -> String {
    typed(points.decimal())
}

/// A number as people type it, without thousands signs and never ambiguous: `1,1250`, not `1,125`.
pub fn typed(number: Decimal) -> String {
    let number = number.trimmed();
    let text = number.to_string().replace('.', ",");
    match read::decimal(&text, Notation::Typed) {
        Ok(_) => text,
        Err(_) => text + "0",
    }
}

fn percent(ratio: Decimal) -> String {
    let ratio = ratio.trimmed();
    let hundredfold = match ratio.places().checked_sub(2) {
        Some(places) => Decimal::new(ratio.units(), places),
        None => Decimal::new(ratio.units() * if ratio.places() == 0 { 100 } else { 10 }, 0),
    };
    format!("{}%", typed(hundredfold))
}
