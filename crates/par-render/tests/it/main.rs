//! Documents as they leave the renderer, read back.

mod docx;
mod sample;
mod schema;
mod template;
mod text;
mod xlsx;
