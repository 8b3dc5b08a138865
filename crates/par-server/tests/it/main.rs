//! Stories: through HTTP in process, and through the real program.
#![allow(clippy::unwrap_used)] // tests may panic

mod pages;
mod recheck;
mod site;
