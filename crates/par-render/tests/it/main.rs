//! What is rendered, looked at with readers that are not ours.
#![allow(clippy::unwrap_used)] // tests may panic

mod paper;
mod pdf;
mod png;
mod poppler;
