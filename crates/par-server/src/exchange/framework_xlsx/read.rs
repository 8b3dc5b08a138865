//! Workbook → framework, with every fault of every cell at once.

use std::collections::{BTreeMap, BTreeSet};

use par_core::framework::read::{self as core_read, Files, HEADER};
use par_core::framework::{Framework, compare_codes, parent_code};
use par_core::problem::{Problem, ProblemKind};
use par_core::text;
use par_core::words::short::{KINDS, SOURCES};

use super::cells::{Book, Cell, MOST_ROWS, Sheet};
use super::settings::{self, Setting};
use super::{COLUMNS, CRITERIA, Fault, FaultKind, SETTINGS, Unusable, params, place, quoted};

/// What a workbook holds.
pub struct Read {
    /// The set; only when there is no fault at all.
    pub framework: Option<Framework>,
    /// Everything that is wrong, by sheet, row and column.
    pub faults: Vec<Fault>,
}

/// Reads a workbook.
///
/// # Errors
/// When the bytes are no workbook.
pub fn read(bytes: &[u8]) -> Result<Read, Unusable> {
    let mut book = Book::open(bytes)?;
    let mut reader = Reader::default();
    match book.sheet(CRITERIA)? {
        Some(sheet) => reader.criteria(&sheet),
        None => reader.fault(CRITERIA, None, FaultKind::NoSheet),
    }
    match book.sheet(SETTINGS)? {
        Some(sheet) => reader.settings(&sheet),
        None => reader.fault(SETTINGS, None, FaultKind::NoSheet),
    }
    Ok(reader.finish())
}

/// Place of a fault: the sheet, and the cell unless it is the sheet as a whole.
type Place = (&'static str, Option<Cell>);

/// The texts of the folder in the making, with the cell each line came from.
#[derive(Default)]
struct Reader {
    files: Files,
    /// For each file the cell of every line, from line 1; `None` for lines made up.
    cells: BTreeMap<String, Vec<Option<Cell>>>,
    faults: Vec<(Place, FaultKind)>,
    columns: BTreeMap<&'static str, u32>,
    setting_rows: BTreeMap<&'static str, u32>,
}

impl Reader {
    fn fault(&mut self, sheet: &'static str, cell: Option<Cell>, kind: FaultKind) {
        self.faults.push(((sheet, cell), kind));
    }

    fn criteria(&mut self, sheet: &Sheet) {
        if sheet.cells.is_empty() {
            return self.fault(CRITERIA, None, FaultKind::NoRows);
        }
        let Some(top) = self.headings(sheet) else { return };
        self.shape(CRITERIA, sheet, top);
        let rows: Vec<u32> = sheet.rows().into_iter().filter(|row| *row > top).collect();
        if rows.is_empty() {
            self.fault(CRITERIA, None, FaultKind::NoRows);
        }
        let codes = self.codes(sheet, &rows);
        for (row, code) in rows.into_iter().zip(codes) {
            self.criterion(sheet, row, code);
        }
    }

    /// Faults of a sheet as a whole: merged cells below the headings, too many rows.
    fn shape(&mut self, name: &'static str, sheet: &Sheet, top: u32) {
        for (cell, range) in sheet.merged.iter().filter(|((row, _), _)| *row > top) {
            self.fault(name, Some(*cell), FaultKind::Merged(range.clone()));
        }
        if sheet.too_long {
            self.fault(name, None, FaultKind::TooMany(MOST_ROWS));
        }
    }

    /// Finds the row of headings and the columns by their headings.
    fn headings(&mut self, sheet: &Sheet) -> Option<u32> {
        let heading = |cell| text::slug(&sheet.text(cell).unwrap_or_default());
        let is_top = |row: &u32| sheet.columns(*row).any(|column| heading((*row, column)) == "ma");
        let Some(top) = sheet.rows().into_iter().take(20).find(is_top) else {
            self.fault(CRITERIA, None, FaultKind::NoHeadings);
            return None;
        };
        for column in sheet.columns(top) {
            let found = heading((top, column));
            match COLUMNS.iter().find(|known| text::slug(known.heading) == found) {
                Some(known) if self.columns.contains_key(known.key) => {
                    self.fault(CRITERIA, Some((top, column)), FaultKind::ColumnTwice(known.heading));
                }
                Some(known) => drop(self.columns.insert(known.key, column)),
                None if found.starts_with("ghi-chu") => {}
                None => {
                    let name = sheet.text((top, column)).unwrap_or_default();
                    self.fault(CRITERIA, Some((top, column)), FaultKind::UnknownColumn(name));
                }
            }
        }
        for known in COLUMNS.iter().filter(|known| known.key != "since" && known.key != "compare_as") {
            if !self.columns.contains_key(known.key) {
                self.fault(CRITERIA, Some((top, 0)), FaultKind::NoColumn(known.heading));
            }
        }
        Some(top)
    }

    /// The code of every row; a number that lost its last zero is told and read as what was meant.
    fn codes(&mut self, sheet: &Sheet, rows: &[u32]) -> Vec<String> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        let mut codes = Vec::new();
        for row in rows {
            let Some(column) = self.columns.get("code") else { return vec![String::new(); rows.len()] };
            let cell = (*row, *column);
            let mut code = self.text_at(sheet, cell);
            let above = parent_code(&code).unwrap_or_default().to_owned();
            let behind = last.get(&above).is_some_and(|last| compare_codes(last, &code).is_gt());
            if sheet.is_number(cell) && code.contains('.') && (behind || seen.contains(&code)) {
                let guess = format!("{code}0");
                let kind = FaultKind::CodeLostZero { shown: code.replace('.', ","), guess: guess.clone() };
                self.fault(CRITERIA, Some(cell), kind);
                code = guess;
            }
            seen.insert(code.clone());
            last.insert(above, code.clone());
            codes.push(code);
        }
        codes
    }

    fn text_at(&mut self, sheet: &Sheet, cell: Cell) -> String {
        sheet.text(cell).unwrap_or_else(|kind| {
            self.fault(CRITERIA, Some(cell), kind);
            String::new()
        })
    }

    /// One row as a file of one node.
    fn criterion(&mut self, sheet: &Sheet, row: u32, code: String) {
        let code_column = self.columns.get("code").copied().unwrap_or(0);
        let mut lines = vec![("[area]".to_owned(), (row, code_column))];
        let mut rule = Vec::new();
        let mut kind = None;
        for column in &COLUMNS {
            let Some(at) = self.columns.get(column.key) else { continue };
            let cell = (row, *at);
            if column.key == "code" {
                if !code.is_empty() {
                    lines.push((format!("code = {}", quoted(&code)), cell));
                }
                continue;
            }
            let text = self.text_at(sheet, cell);
            if column.key == "rule" {
                let Some(kind) = kind.take() else {
                    if !text.is_empty() && !self.has_fault(row, "kind") {
                        let missing = ProblemKind::KeyMissing("kind".to_owned());
                        let at = self.columns.get("kind").map_or(cell, |column| (row, *column));
                        self.fault(CRITERIA, Some(at), FaultKind::Content(missing));
                    }
                    continue;
                };
                match params::keys(kind, &text) {
                    Ok(keys) => rule.extend(keys.into_iter().map(|key| (key, cell))),
                    Err(faults) => {
                        faults.into_iter().for_each(|fault| self.fault(CRITERIA, Some(cell), fault));
                        rule.clear();
                    }
                }
                continue;
            }
            if text.is_empty() {
                continue;
            }
            match value(column.key, sheet.is_number(cell), &text) {
                Ok(word) if column.key == "kind" => {
                    kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| quoted(kind) == word);
                    rule.push(("[area.rule]".to_owned(), cell));
                    rule.push((format!("kind = {word}"), cell));
                }
                Ok(value) => lines.push((format!("{} = {value}", column.key), cell)),
                Err(fault) => self.fault(CRITERIA, Some(cell), fault),
            }
        }
        lines.extend(rule);
        self.add(
            format!("row-{:05}.toml", row + 1),
            lines.into_iter().map(|(line, cell)| (line, Some(cell))),
        );
    }

    fn has_fault(&self, row: u32, key: &str) -> bool {
        let cell = self.columns.get(key).map(|column| (row, *column));
        self.faults.iter().any(|((sheet, at), _)| *sheet == CRITERIA && *at == cell)
    }

    fn settings(&mut self, sheet: &Sheet) {
        self.shape(SETTINGS, sheet, 0);
        let mut lines = Vec::new();
        for row in sheet.rows() {
            let label = sheet.text((row, 0)).unwrap_or_default();
            let wanted = text::slug(&label);
            if wanted == text::slug(SETTINGS) {
                continue;
            }
            let Some(setting) = settings::ALL.iter().find(|setting| text::slug(setting.label) == wanted)
            else {
                if !label.is_empty() {
                    self.fault(SETTINGS, Some((row, 0)), FaultKind::UnknownSetting(label));
                }
                continue;
            };
            if self.setting_rows.insert(setting.key, row).is_some() {
                self.fault(SETTINGS, Some((row, 0)), FaultKind::SettingTwice(setting.label));
                continue;
            }
            lines.extend(self.setting(sheet, setting, (row, 1)));
        }
        for setting in settings::ALL.iter().filter(|setting| !setting.is_optional()) {
            if !self.setting_rows.contains_key(setting.key) {
                self.fault(SETTINGS, None, FaultKind::NoSetting(setting.label));
            }
        }
        self.add(HEADER.to_owned(), lines.into_iter());
    }

    fn setting(&mut self, sheet: &Sheet, setting: &Setting, cell: Cell) -> Option<(String, Option<Cell>)> {
        let text = match sheet.text(cell) {
            Ok(text) => text,
            Err(kind) => {
                self.fault(SETTINGS, Some(cell), kind);
                return None;
            }
        };
        if text.is_empty() {
            if !setting.is_optional() {
                self.fault(SETTINGS, Some(cell), FaultKind::NoSetting(setting.label));
            }
            return None;
        }
        let line = match value_of_setting(setting, sheet.is_number(cell), &text) {
            Ok(line) => line,
            Err(faults) => {
                faults.into_iter().for_each(|fault| self.fault(SETTINGS, Some(cell), fault));
                return None;
            }
        };
        Some((line, Some(cell)))
    }

    fn add(&mut self, file: String, lines: impl Iterator<Item = (String, Option<Cell>)>) {
        let (texts, cells): (Vec<String>, Vec<Option<Cell>>) = lines.unzip();
        self.files.insert(file.clone(), texts.join("\n") + "\n");
        self.cells.insert(file, cells);
    }

    /// Lets the core read the texts, and shows what it finds at the cells.
    fn finish(mut self) -> Read {
        let broken = |(_, kind): &(Place, FaultKind)| {
            matches!(
                kind,
                FaultKind::NoSheet | FaultKind::NoHeadings | FaultKind::NoRows | FaultKind::NoColumn(_)
            )
        };
        let usable = !self.faults.iter().any(broken);
        let (framework, problems) = if usable { core_read::read(&self.files) } else { (None, Vec::new()) };
        let known: BTreeSet<Place> = self.faults.iter().map(|(place, _)| *place).collect();
        for problem in problems {
            let place = self.place_of(&problem);
            // A problem of no cell follows from a missing setting, which is told already.
            let told = place.1.is_none() && !known.is_empty();
            if told || known.contains(&place) || self.follows(&problem, place, &known) {
                continue;
            }
            let kind = self.at_cells(problem.kind);
            self.faults.push((place, FaultKind::Content(kind)));
        }
        // Criteria first, then settings; a sheet as a whole before its cells.
        self.faults.sort_by_key(|((sheet, cell), _)| (*sheet != CRITERIA, *cell));
        let faults: Vec<Fault> =
            self.faults.into_iter().map(|(place, kind)| Fault { place: shown(place), kind }).collect();
        Read { framework: framework.filter(|_| faults.is_empty()), faults }
    }

    /// Whether a problem only follows from a fault already found in the same row.
    fn follows(&self, problem: &Problem, place: Place, known: &BTreeSet<Place>) -> bool {
        let about_rule = matches!(
            problem.kind,
            ProblemKind::RuleMisplaced { leaf: true, .. }
                | ProblemKind::KeyMissing(_)
                | ProblemKind::NotAllowed { .. }
        );
        let row = place.1.map(|(row, _)| row);
        about_rule && known.iter().any(|(sheet, cell)| *sheet == place.0 && cell.map(|(row, _)| row) == row)
    }

    fn place_of(&self, problem: &Problem) -> Place {
        let line = problem.line.checked_sub(1);
        let cell = self.cells.get(&problem.file).zip(line).and_then(|(cells, line)| *cells.get(line)?);
        if problem.file == HEADER {
            let row = match &problem.kind {
                ProblemKind::UnknownCode(_) => self.setting_rows.get("ranking.breaker"),
                ProblemKind::KeyMissing(key) if key == "breaker" => self.setting_rows.get("ranking.ties"),
                ProblemKind::KeyMissing(_) => return (SETTINGS, None),
                _ => None,
            };
            return (SETTINGS, row.map(|row| (*row, 1)).or(cell));
        }
        let column = match &problem.kind {
            ProblemKind::KeyMissing(key) => self.columns.get(key.as_str()),
            ProblemKind::ChildrenDoNotAddUp { .. }
            | ProblemKind::RuleDoesNotReachMax { .. }
            | ProblemKind::WrongSign { .. } => self.columns.get("max"),
            ProblemKind::RuleMisplaced { .. } => self.columns.get("kind"),
            ProblemKind::ComparedTwice { .. } => self.columns.get("compare_as"),
            _ => None,
        };
        (CRITERIA, cell.map(|(row, at)| (row, column.copied().unwrap_or(at))))
    }

    /// Places inside a problem, from lines of the texts to cells.
    fn at_cells(&self, kind: ProblemKind) -> ProblemKind {
        let ProblemKind::Duplicate { value, first } = kind else { return kind };
        let cell = first.rsplit_once(':').and_then(|(file, line)| {
            let line = line.parse::<usize>().ok()?.checked_sub(1)?;
            *self.cells.get(file)?.get(line)?
        });
        let first = cell.map_or(first, |cell| place(CRITERIA, cell));
        ProblemKind::Duplicate { value, first }
    }
}

fn shown((sheet, cell): Place) -> String {
    cell.map_or_else(|| sheet.to_owned(), |cell| place(sheet, cell))
}

/// The value of a column as the core reads it.
fn value(key: &str, is_number: bool, text: &str) -> Result<String, FaultKind> {
    match key {
        // A number cell has a decimal point and no doubt about it.
        "max" if is_number => Ok(quoted(text)),
        "max" => settings::number(text),
        "since" => settings::whole(text),
        "source" => settings::word(&SOURCES, text),
        "kind" => settings::word(&KINDS, text),
        _ => Ok(quoted(text)),
    }
}

fn value_of_setting(setting: &Setting, is_number: bool, text: &str) -> Result<String, Vec<FaultKind>> {
    match setting.form {
        settings::Form::Number if is_number => Ok(format!("{} = {}", setting.key, quoted(text))),
        _ => setting.line(text),
    }
}
