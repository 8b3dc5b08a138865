//! Every statement is known to both databases, and no statement hides from this test.

use std::fs;
use std::path::Path;

use crate::databases::Database;

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_fits_both_databases() {
    for database in [Database::memory(), Database::file(), Database::postgres().await] {
        let store = database.store().await;
        assert_eq!(store.prepare_all().await.unwrap(), statements_in_the_source());
        store.close().await;
        database.remove().await;
    }
}

/// Texts in the source that begin like a statement.
fn statements_in_the_source() -> usize {
    fn count(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| {
                if path.is_dir() {
                    return count(&path);
                }
                let text = fs::read_to_string(&path).unwrap();
                ["select ", "insert into ", "update ", "delete from ", "with "]
                    .iter()
                    .map(|verb| text.matches(&format!("\"{verb}")).count())
                    .sum()
            })
            .sum()
    }
    count(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn a_criteria_set_is_never_changed() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tables/sets.rs")).unwrap();
    assert!(!text.contains("\"update ") && !text.contains("\"delete ") && !text.contains("do update"));
}

#[test]
fn every_column_says_why_it_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    for file in fs::read_dir(folder).unwrap() {
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let column = line.starts_with("    ") && (line.contains(" text") || line.contains(" bigint"));
            assert!(!column || line.contains(" -- "), "{line}");
        }
    }
}
