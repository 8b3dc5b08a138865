//! A published year: what its package says, as values and canonical texts.
//!
//! Must not know: hashes, archives, JSON, the clock.

pub mod anonymous;
mod changes;
pub mod compare;
pub mod earlier;
pub mod level;
mod lists;
pub mod standing;
pub mod table;
