//! Charts: sound for every year, readable for the degenerate ones.
#![allow(clippy::unwrap_used)] // tests may panic

mod charts;
#[path = "../../../par-core/tests/it/common.rs"]
mod common;
mod small;
