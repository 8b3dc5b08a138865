//! The Vietnamese sentences of the program: data in, words out. Decides nothing.

pub mod recheck;
pub mod table;
