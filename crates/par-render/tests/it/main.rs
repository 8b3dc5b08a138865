//! What is rendered, looked at with readers that are not ours.
#![allow(clippy::unwrap_used)] // tests may panic

mod charts;
#[path = "../../../par-core/tests/it/claim_words.rs"]
mod claim_words;
mod claims_2020;
#[path = "../../../par-core/tests/it/common.rs"]
mod common;
mod docx;
mod paper;
mod pdf;
mod png;
mod poppler;
mod sample;
mod schema;
mod small;
mod template;
mod text;
mod xlsx;
