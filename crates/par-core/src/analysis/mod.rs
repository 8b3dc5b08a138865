//! How firm a standing is: what would change it, and how easily. Analysis, never a result.
//!
//! Everything is exact except what is drawn at random, and that is the same for the same seed on
//! every machine. Must not know: threads, how numbers are shown.

pub mod areas;
pub mod counts;
pub mod dispute;
pub mod distance;
pub mod draw;
pub mod model;
pub mod pairs;
pub mod random;
