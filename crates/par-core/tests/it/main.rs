//! What the core promises: the golden year, settings, properties, refusals.

mod bad_year;
mod claims;
mod common;
mod derivations;
mod frameworks;
mod generate;
mod lint;
mod properties;
mod recheck;
mod settings;
