//! Values on paper and screen: charts as SVG, documents as DOCX, PDF, XLSX.
//!
//! Knows values of par-core only; must not know requests, the database, files on disk.

pub mod charts;
pub mod docx;
pub mod fonts;
mod lettering;
mod palette;
pub mod pdf;
pub mod png;
mod width;
pub mod xlsx;
