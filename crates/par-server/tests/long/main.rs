//! Long tests of the server: attacks, storms, kills, hostile files. Run by `./test long`.
