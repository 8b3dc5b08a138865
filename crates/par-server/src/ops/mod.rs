//! Use cases: load, decide in the core, save. Pages, REST and command line call these.

pub mod analysis;
pub mod import;
pub mod load;
pub mod place;
pub mod standing;
pub mod years;
