//! One value of every column of every table is edited behind the program's back, in two rows each; one bit
//! of the file is turned, fifty times. `check` names it, or SQLite refuses it, or no reader meets it.

use par_store::error::Error;
use par_store::invariants::check;
use par_store::journal::By;
use par_store::location::Location;
use par_store::publications::NewVersion;
use par_store::store::Store;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::common::{demo_with_sheets, demo_year};
use crate::databases::{Database, NOW};
use crate::packages::package;

/// Columns whose edits change no figure, name, text or right, and why.
const SILENT: [(&str, &str); 1] =
    [("schema_versions.applied_ms", "when a version of the schema was made; nothing follows from it")];

/// A published year, sound.
async fn published() -> Database {
    let database = Database::file();
    let store = database.store().await;
    let by = By { actor: "sonoivu", at_ms: NOW };
    let (year, sheets) = demo_with_sheets();
    let based_on = store.import_year(&year, &sheets, &by).await.unwrap();
    let (files, id) = package(&demo_year(), &store.journal_head().await.unwrap().unwrap());
    let new = NewVersion { year: 2020, version: 1, based_on, package_id: &id, files: &files, reason: "" };
    store.publish(&new, &by).await.unwrap();
    assert_eq!(check(&store).await.unwrap(), []);
    store.close().await;
    database
}

fn path(database: &Database) -> &std::path::Path {
    let Location::File(path) = &database.location else { unreachable!("a file") };
    path
}

/// Numbers of a fixed sequence (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// Another value of the same kind: one digit where there is one, else one letter.
fn edited(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let places = |wanted: fn(&char) -> bool| -> Vec<usize> {
        letters.iter().enumerate().filter(|(_, letter)| wanted(letter)).map(|(at, _)| at).collect()
    };
    let digits = places(char::is_ascii_digit);
    let chosen = if digits.is_empty() { places(|letter| letter.is_alphabetic()) } else { digits };
    if chosen.is_empty() {
        return format!("{text}x");
    }
    let at = chosen[random.below(chosen.len())];
    letters[at] = match letters[at] {
        digit if digit.is_ascii_digit() => char::from(b'0' + (digit as u8 - b'0' + 1) % 10),
        'A' => 'B',
        'B' | 'C' => 'A',
        letter if letter.is_ascii_alphabetic() => {
            char::from(b'a' + (letter.to_ascii_lowercase() as u8 - b'a' + 1) % 26)
        }
        _ => 'z',
    };
    letters.into_iter().collect()
}

/// Tables with their columns.
async fn columns(connection: &mut SqliteConnection) -> Vec<(String, String)> {
    let text = "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, c.cid";
    let rows = sqlx::query(text).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Edits one value; false when SQLite refuses it.
async fn edit(copy: &Database, table: &str, column: &str, first: bool, random: &mut Random) -> Option<bool> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path(copy)).foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("pragma ignore_check_constraints = on").execute(&mut connection).await.unwrap();
    let count = AssertSqlSafe(format!("select count(*) from {table}"));
    let count: i64 = sqlx::query(count).fetch_one(&mut connection).await.unwrap().get(0);
    if count == 0 {
        return None;
    }
    let skip = if first { 0 } else { random.below(usize::try_from(count).unwrap()) };
    let text =
        format!("select rowid, typeof({column}), cast({column} as text) from {table} limit 1 offset {skip}");
    let row = sqlx::query(AssertSqlSafe(text)).fetch_one(&mut connection).await.unwrap();
    let (rowid, kind, old): (i64, String, Option<String>) = (row.get(0), row.get(1), row.get(2));
    let update = AssertSqlSafe(format!("update {table} set {column} = $1 where rowid = {rowid}"));
    let query = sqlx::query(update);
    let query = match (kind.as_str(), old) {
        ("integer", Some(old)) => query.bind(old.parse::<i64>().unwrap() + 1),
        (_, Some(old)) => query.bind(edited(&old, random)),
        (_, None) => query.bind("x".to_owned()),
    };
    let done = query.execute(&mut connection).await;
    connection.close().await.unwrap();
    Some(done.is_ok())
}

/// What became of the edits of some columns: refused, named, missed.
async fn tried(template: &Database, columns: Vec<(String, String)>) -> (usize, usize, Vec<String>) {
    let (mut refused, mut named, mut missed) = (0, 0, Vec::new());
    let mut random = Random(7);
    for (table, column) in columns {
        for first in [true, false] {
            let copy = template.copy();
            match edit(&copy, &table, &column, first, &mut random).await {
                None => continue,
                Some(false) => {
                    refused += 1;
                    continue;
                }
                Some(true) => {}
            }
            let store = Store::open_existing(&copy.location).await.unwrap();
            let found = check(&store).await;
            store.close().await;
            let place = format!("{table}.{column}");
            match found {
                Ok(found) if found.is_empty() => missed.push(place),
                Ok(_) | Err(Error::NotOurs | Error::Refused(_) | Error::Unreadable { .. }) => named += 1,
                Err(other) => missed.push(format!("{place}: {other}")),
            }
        }
    }
    (refused, named, missed)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_edit_of_a_table_is_named_or_refused() {
    let template = published().await;
    let mut connection =
        SqliteConnection::connect_with(&sqlx::sqlite::SqliteConnectOptions::new().filename(path(&template)))
            .await
            .unwrap();
    let all = columns(&mut connection).await;
    connection.close().await.unwrap();
    let (left, right) = all.split_at(all.len() / 2);
    let (left, right) = tokio::join!(tried(&template, left.to_vec()), tried(&template, right.to_vec()));
    let (refused, named) = (left.0 + right.0, left.1 + right.1);
    let mut missed = [left.2, right.2].concat();
    println!("{refused} refused, {named} named, {} missed of {} columns", missed.len(), all.len());
    missed.retain(|place| !SILENT.iter().any(|(silent, _)| silent == place));
    assert!(missed.is_empty(), "edits that nobody would notice: {missed:#?}");
    assert!(refused + named > 200, "{refused} refused, {named} named");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turned_bit_is_named_or_meets_no_reader() {
    let template = published().await;
    let sound = std::fs::read(path(&template)).unwrap();
    let mut random = Random(7);
    let (mut named, mut harmless) = (0, 0);
    for _ in 0..50 {
        let copy = template.copy();
        let mut bytes = sound.clone();
        let at = random.below(bytes.len());
        bytes[at] ^= 1 << random.below(8);
        std::fs::write(path(&copy), bytes).unwrap();
        let found = match Store::open_existing(&copy.location).await {
            Ok(store) => {
                let found = check(&store).await;
                let year = store.load_year(2020).await.ok().map(|(year, _)| year);
                store.close().await;
                found.map(|found| (found, year))
            }
            Err(error) => Err(error),
        };
        match found {
            Ok((found, year)) if found.is_empty() => {
                assert!(year.is_some_and(|year| year == demo_year()), "silent at byte {at}");
                harmless += 1;
            }
            // A sentence with a way out; what is left is the machine's own words.
            Ok(_) | Err(Error::NotOurs | Error::Refused(_) | Error::Unreadable { .. }) => named += 1,
            Err(other) => panic!("byte {at}: {other:?}"),
        }
    }
    println!("{named} named, {harmless} harmless");
}
