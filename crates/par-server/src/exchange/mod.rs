//! Files people bring and take: tables, workbooks, folders. Knows values, not requests.

pub mod backup;
mod comments;
pub mod document;
mod docx_text;
pub mod folder;
pub mod framework_folder;
pub mod framework_xlsx;
pub mod input;
pub mod package;
mod plain_notes;
mod plain_text;
pub mod table;
pub mod unpack;
pub mod whole;
pub mod whole_folder;
pub mod workbook;
mod xml;
