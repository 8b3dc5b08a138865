//! Files people bring and take: tables, workbooks, folders. Knows values, not requests.

pub mod folder;
pub mod table;
