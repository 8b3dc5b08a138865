//! Long tests of the store: every edit of a table, kills, big databases. Run by `./test long`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "../../../par-core/tests/it/common.rs"]
mod common;
#[allow(dead_code, reason = "not every helper of the other tests is needed here")]
#[path = "../store/databases.rs"]
mod databases;
mod edits;
#[path = "../store/packages.rs"]
mod packages;
#[path = "../store/postgres.rs"]
mod postgres;
