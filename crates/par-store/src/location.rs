//! Where a database is.

use std::path::PathBuf;

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// SQLite in memory: gone with the last connection.
    Memory,
    /// An SQLite file; made when missing.
    File(PathBuf),
    /// A PostgreSQL database by its URL.
    Postgres(String),
}

impl Location {
    /// Reads `postgres://…`, `:memory:`, or the path of an SQLite file.
    pub fn parse(text: &str) -> Location {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Location::Postgres(text.to_owned())
        } else if text == ":memory:" {
            Location::Memory
        } else {
            Location::File(PathBuf::from(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_postgres_and_anything_else_a_file() {
        let rows = [
            ("postgres://a@localhost/par", Location::Postgres("postgres://a@localhost/par".to_owned())),
            ("postgresql:///par", Location::Postgres("postgresql:///par".to_owned())),
            (":memory:", Location::Memory),
            ("/srv/par index/2020.db", Location::File(PathBuf::from("/srv/par index/2020.db"))),
        ];
        for (text, expect) in rows {
            assert_eq!(Location::parse(text), expect);
        }
    }
}
