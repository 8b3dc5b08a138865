//! The server and command line of `parindex`.
//!
//! Direction inside: `cli | web → ops → store + render + core`; `exchange` knows values, not requests.

pub mod cli;
pub mod exchange;
pub mod messages;
pub mod ops;
pub mod web;
