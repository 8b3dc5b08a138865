//! Everything that is true about a PAR index, and nothing about the world.
//!
//! Architecture invariant: this crate does no I/O and knows no clock, randomness, SQL, threads or
//! binary floating point. Its functions can only fail because of their arguments.
#![deny(clippy::float_arithmetic)]

pub mod analysis;
pub mod framework;
pub mod ground;
pub mod language;
pub mod legacy;
pub mod lint;
pub mod moment;
pub mod points;
pub mod problem;
pub mod publication;
pub mod recheck;
pub mod report;
pub mod rule;
pub mod score;
pub mod text;
pub mod words;
pub mod workflow;
pub mod year;
