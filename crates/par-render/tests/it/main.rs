//! Documents as they leave the renderer, read back.
#![allow(clippy::unwrap_used)] // tests may panic

mod docx;
mod sample;
mod schema;
mod template;
mod text;
mod xlsx;
