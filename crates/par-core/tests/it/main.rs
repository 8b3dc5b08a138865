//! What the core promises: the golden year, settings, properties, refusals.

mod analysis;
mod bad_year;
mod claim_words;
mod claims;
mod common;
mod derivations;
mod faults;
mod formats;
mod frameworks;
mod generate;
mod history;
mod languages;
mod lint;
mod numbers;
mod properties;
mod publication;
mod recheck;
mod report;
mod rounds;
mod second_year;
mod settings;
mod small;
mod statuses;
mod survey;
mod workflow;
mod year_files;
