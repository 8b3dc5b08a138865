//! What the core promises: the golden year, settings, properties, refusals.

mod bad_year;
mod claims;
mod common;
mod derivations;
mod properties;
mod recheck;
mod settings;
