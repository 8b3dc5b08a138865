//! Every statement is known to both databases, and no statement hides from this test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use par_store::statements::prepare_all;

use crate::databases::Database;

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_fits_both_databases() {
    for database in [Database::memory(), Database::file(), Database::postgres().await] {
        let store = database.store().await;
        assert_eq!(prepare_all(&store).await.unwrap(), statements_in_the_source());
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

/// The files of the crate, by module path as in `tables::scores`.
fn modules(folder: &Path, above: &str, found: &mut BTreeMap<String, String>) {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let inside = if above.is_empty() { name.clone() } else { format!("{above}::{name}") };
        if path.is_dir() {
            modules(&path, &inside, found);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            found.insert(if name == "mod" { above.to_owned() } else { inside }, text);
        }
    }
}

/// Modules a text names as `crate::a::b` or `crate::{a, b}`.
fn named(text: &str, known: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + 7..];
        let (before, list) = match rest.find(['{', ';', '(', ')', ' ', ',']) {
            Some(end) if rest[end..].starts_with('{') => {
                let close = rest.find('}').unwrap();
                (&rest[..end], rest[end + 1..close].split(',').collect::<Vec<_>>())
            }
            Some(end) => (&rest[..end], vec![""]),
            None => (rest, vec![""]),
        };
        for item in list {
            let path = format!("{before}{}", item.trim());
            let parts: Vec<&str> = path.split("::").collect();
            let longest = (1..=parts.len()).rev().map(|count| parts[..count].join("::"));
            found.extend(longest.into_iter().find(|module| known.contains_key(module)));
        }
    }
    found
}

/// A file can be read with those below it alone: what all need stands on the ground.
#[test]
fn the_files_of_the_store_form_no_circle() {
    let mut files = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    files.remove("lib");
    let mut left: BTreeMap<&String, BTreeSet<String>> = files
        .iter()
        .map(|(module, text)| {
            let mut below = named(text, &files);
            below.remove(module);
            (module, below)
        })
        .collect();
    assert!(left[&"store".to_owned()].contains("tables"), "edges are read: {left:?}");
    loop {
        let ground: BTreeSet<String> =
            left.iter().filter(|(_, below)| below.is_empty()).map(|(module, _)| (*module).clone()).collect();
        if ground.is_empty() {
            break;
        }
        left.retain(|module, _| !ground.contains(*module));
        for below in left.values_mut() {
            below.retain(|module| !ground.contains(module));
        }
    }
    assert!(left.is_empty(), "a circle: {left:#?}");
}
