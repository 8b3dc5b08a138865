//! Stories through the real program.
#![allow(clippy::unwrap_used)] // tests may panic

mod recheck;
