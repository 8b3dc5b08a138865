//! Long tests of the store: every edit of a table, kills, big databases. Run by `./test long`.
