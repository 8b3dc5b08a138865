//! The Vietnamese sentences of the program: data in, words out. Decides nothing.

pub mod backup;
pub mod database;
pub mod document;
pub mod ground;
pub mod journal;
pub mod lint;
pub mod package;
pub mod pages;
pub mod problems;
pub mod recheck;
pub mod store;
pub mod system;
pub mod table;
pub mod template;
pub mod wording;
pub mod workbook;
