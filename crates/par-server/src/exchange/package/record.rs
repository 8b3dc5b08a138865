//! `publication.json`: what a package says of itself.

use serde::{Deserialize, Serialize};

/// The file's name.
pub const FILE: &str = "publication.json";

/// The form of packages this program writes.
pub const FORM: &str = "parindex-package/3";

/// The form before: with survey sheets instead of counts, with requests for explanation leaf by leaf,
/// always down to the leaves.
pub const SECOND_FORM: &str = "parindex-package/2";

/// The first form: as the second, without the wording and the text of the report, and without the table
/// of changes.
pub const FIRST_FORM: &str = "parindex-package/1";

/// Tables that packages of the first form do not have.
pub const TABLES_SINCE_2: [&str; 1] = ["changes"];

/// The folder of the report's wording, where a year folder holds its own.
pub const WORDING: &str = "inputs/wording";

/// The report as plain text, composed from the inputs and the wording.
pub const REPORT_TEXT: &str = "bao-cao/bao-cao.txt";

/// Files of the report that are only hashed: they follow from the text and the tables, but nobody makes
/// them again.
pub const REPORT_FILES: [&str; 3] = ["bao-cao/bao-cao.docx", "bao-cao/bao-cao.pdf", "bao-cao/bang.xlsx"];

/// The description of the tables, for programs.
pub const DATA_PACKAGE: &str = "datapackage.json";

/// Further files that are only hashed: guide, entries for catalogues, the independent check.
pub const BESIDE: [&str; 4] = ["HUONG-DAN.md", "dcat.jsonld", "schema-org.jsonld", "verify.py"];

/// What a package says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The form of the package.
    pub form: String,
    /// The year assessed.
    pub year: u16,
    /// Title of the result.
    pub title: String,
    /// The province, as in `tỉnh Lai Châu`.
    pub province: String,
    /// Said with every figure when values are not facts.
    pub notice: Option<String>,
    /// 1 for the first publication, one more for each amendment.
    pub version: u32,
    /// When it was published, `2021-04-15T08:00:00+07:00`.
    pub published_at: String,
    /// The program that computed it.
    pub program: Program,
    /// The licence of the data, as in `CC-BY-4.0`.
    pub licence: String,
    /// How deep it is published, a word of [`par_core::publication::level::Level`]; not said by earlier
    /// forms, which go down to the leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The id of the full package that was sealed inside the office with this publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// The criteria sets in use.
    pub criteria: Vec<Criteria>,
    /// The end of the journal at the time, when the year comes from a database.
    pub journal: Option<Journal>,
    /// The id of the package that this one amends.
    pub previous: Option<String>,
    /// All amendments so far, oldest first.
    pub amendments: Vec<Amendment>,
}

/// The program that computed a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A criteria set in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// The folder's name below `inputs/sets/`.
    pub set: String,
    /// The set's name.
    pub name: String,
    /// SHA-256 of the lines of `SHA256SUMS` that name the set's files.
    pub hash: String,
}

/// The end of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// Number of the last line.
    pub sequence: i64,
    /// Its hash.
    pub hash: String,
}

/// A numbered correction of a published year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// 1, 2, 3 …; amendment n makes version n + 1.
    pub number: u32,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
    /// The id of the package it amends.
    pub amends: String,
    /// Figures of units that changed.
    pub changes: Vec<Change>,
}

/// A figure of a unit before and after an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The unit's code.
    pub unit: String,
    /// Column of `standing/units.csv`.
    pub figure: String,
    /// Before; empty when there was none.
    pub before: String,
    /// After; empty when there is none.
    pub after: String,
}

impl Record {
    /// Whether the package has one of the forms before.
    pub fn is_earlier(&self) -> bool {
        [FIRST_FORM, SECOND_FORM].contains(&self.form.as_str())
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a record is plain values") + "\n"
    }
}
