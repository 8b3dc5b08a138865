//! Stories: through HTTP in process, and through the real program.
#![allow(clippy::unwrap_used)] // tests may panic

mod analyse;
mod app;
mod backup;
mod bombs;
mod cache;
mod check;
mod command_line;
mod database_away;
mod english;
mod framework_problems;
mod framework_workbook;
mod full_disk;
#[path = "../../../par-core/tests/it/generate.rs"]
mod generate;
mod golden;
mod import;
mod journal;
mod lint;
mod lint_recall;
mod listen;
mod package;
mod pages;
#[path = "../../../par-store/tests/store/postgres.rs"]
mod postgres;
mod publication;
mod published;
mod recheck;
mod recheck_cases;
mod report;
#[path = "../../../par-core/tests/it/second_year.rs"]
mod second_year;

mod static_site;
mod statuses;
mod tidy;
mod years;
