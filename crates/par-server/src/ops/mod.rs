//! Use cases: load, decide in the core, save. Pages, REST and command line call these.

pub mod analysis;
pub mod backup;
pub mod check;
pub mod clock;
pub mod data_folder;
pub mod demo;
pub mod import;
pub mod journal;
pub mod load;
pub mod memory;
pub mod publications;
pub mod publish;
pub mod release;
pub mod report;
pub mod standing;
pub mod verify;
