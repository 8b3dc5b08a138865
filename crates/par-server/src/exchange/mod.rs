//! Files people bring and take: tables, workbooks, folders. Knows values, not requests.

mod comments;
pub mod folder;
pub mod framework_folder;
pub mod framework_xlsx;
pub mod package;
pub mod table;
