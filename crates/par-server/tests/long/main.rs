//! Long tests of the server: attacks, storms, kills, hostile files. Run by `./test long`.
#![allow(clippy::unwrap_used)] // tests may panic

mod attack_survey;
mod forged;
#[path = "../it/import.rs"]
mod import;
mod storm;

#[test]
fn eighty_kills_of_an_import_leave_no_year_without_its_wording() {
    import::killed(80);
}
