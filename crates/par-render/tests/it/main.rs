//! What is rendered, looked at with readers that are not ours.
#![allow(clippy::unwrap_used)] // tests may panic

mod docx;
mod paper;
mod pdf;
mod png;
mod poppler;
mod sample;
mod schema;
mod template;
mod text;
mod xlsx;
