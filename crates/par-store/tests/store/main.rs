//! A life of a year on SQLite in memory, an SQLite file and a real PostgreSQL; damage and its findings.

#[path = "../../../par-core/tests/common/mod.rs"]
#[allow(dead_code)]
mod common;
mod damage;
mod databases;
mod measure;
mod migrations;
mod postgres;
mod story;
mod tidy;
