//! A life of a year on SQLite in memory, an SQLite file and a real PostgreSQL; damage and its findings.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "../../../par-core/tests/it/common.rs"]
mod common;
mod damage;
mod databases;
mod fixtures;
mod migrations;
mod packages;
mod postgres;
mod publication;
mod refusals;
mod snapshot;
mod story;
mod tidy;
