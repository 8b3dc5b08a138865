//! Texts that are read by people before they are committed.

use std::fs;
use std::path::Path;

/// Compares with `tests/golden/NAME`; `UPDATE_GOLDEN=1` writes it instead.
pub fn golden(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, got).unwrap();
    }
    let expect = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(got, expect, "{} differs; look, then run with UPDATE_GOLDEN=1", path.display());
}
