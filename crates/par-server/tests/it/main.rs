//! Stories through HTTP, in process.

mod pages;
mod site;
