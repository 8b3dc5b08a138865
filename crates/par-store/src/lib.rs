//! Everything that is kept: years with their inputs, criteria sets, the journal of every write.
//!
//! Architecture invariant: the only crate with SQL, and one SQL text for SQLite and PostgreSQL. It
//! stores inputs and never results; it decides nothing about who may do what. Every write is one
//! transaction with its revision and its journal line.

mod assemble;
pub mod cell;
mod database;
pub mod error;
pub mod fact;
pub mod finding;
pub mod invariants;
pub mod journal;
pub mod location;
pub mod migrations;
pub mod publications;
pub mod revision;
pub mod snapshot;
pub mod statements;
pub mod store;
mod tables;
mod value;
mod write;
