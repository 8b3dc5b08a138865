//! A year is published, moves on, is amended; what was published stays, byte for byte.

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::sheets::Sheets;
use par_core::year::{Judgement, Stage};
use par_store::cell::Cell;
use par_store::error::{Conflict, Error, Missing};
use par_store::fact::Fact;
use par_store::invariants::check;
use par_store::journal::{By, Line};
use par_store::location::Location;
use par_store::publications::NewVersion;
use par_store::revision::Revision;
use par_store::store::Store;

use sqlx::{Connection, Row, SqliteConnection};

use crate::common::demo_year;
use crate::databases::{Database, NOW};
use crate::packages::package;

const BY: By<'static> = By { actor: "sonoivu", at_ms: NOW };

#[tokio::test(flavor = "multi_thread")]
async fn a_published_year_in_memory() {
    published_and_amended(Database::memory()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_year_in_a_file() {
    published_and_amended(Database::file()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_year_on_postgres() {
    published_and_amended(Database::postgres().await).await;
}

async fn published_and_amended(database: Database) {
    let store = database.store().await;
    let year = demo_year();
    let first = store.import_year(&year, &Sheets::default(), &BY).await.unwrap();
    assert_eq!(store.publications(2020).await.unwrap(), []);
    let (files, id) = package(&year, &store.journal_head().await.unwrap().unwrap());
    let new =
        NewVersion { year: 2020, version: 1, based_on: first, package_id: &id, files: &files, reason: "" };
    let published = store.publish(&new, &BY).await.unwrap();
    assert_eq!((published.version, published.package_id.as_str()), (1, id.as_str()));
    assert_eq!(store.revision(2020).await.unwrap(), published.revision, "publishing is a write of the year");
    assert_eq!(store.published_files(2020, 1).await.unwrap(), files);
    let picture = store.published_file(2020, 1, "anh.png").await.unwrap();
    assert_eq!(picture.as_ref(), files.get("anh.png"));
    assert_eq!(store.published_file(2020, 1, "khong-co").await.unwrap(), None);
    assert_eq!(check(&store).await.unwrap(), []);

    stale_and_repeated_publications_are_refused(&store, &new).await;

    let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.3", stage: Stage::Council };
    let less =
        Judgement { points: Points::from_millionths(900_000), inputs: Inputs::parse("a=10;b=9").unwrap() };
    store.record_judgement(&cell, Some(first), &less, &BY).await.unwrap();
    let (moved, revision) = store.load_year(2020).await.unwrap();
    assert_ne!(revision, published.revision, "the year has moved on");
    let (amended, next) = package(&moved, &store.journal_head().await.unwrap().unwrap());
    let reason = "Kết luận thanh tra";
    let second =
        NewVersion { version: 2, based_on: revision, package_id: &next, files: &amended, reason, ..new };
    let amended_to = store.publish(&second, &BY).await.unwrap();
    assert_eq!(store.publications(2020).await.unwrap(), [published, amended_to]);
    assert_eq!(store.published_files(2020, 1).await.unwrap(), files, "the first version stays");
    assert_eq!(check(&store).await.unwrap(), []);
    store.close().await;
    database.remove().await;
}

async fn stale_and_repeated_publications_are_refused(store: &Store, new: &NewVersion<'_>) {
    let current = store.revision(2020).await.unwrap();
    for (based_on, version) in [(new.based_on, 2), (current, 1), (current, 3)] {
        match store.publish(&NewVersion { based_on, version, ..*new }, &BY).await {
            Err(Error::Conflict(conflict)) => {
                assert_eq!(*conflict, Conflict::Publication { based_on, current, next: 2 });
            }
            other => panic!("{other:?}"),
        }
    }
    let elsewhere = NewVersion { year: 2019, ..*new };
    assert!(matches!(store.publish(&elsewhere, &BY).await, Err(Error::NotFound(Missing::Year(2019)))));
    assert_eq!(store.revision(2020).await.unwrap(), current, "a refused publication leaves no trace");
    assert_eq!(current, Revision::from_number(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_file_that_was_edited_is_found() {
    let database = Database::file();
    let store = database.store().await;
    let year = demo_year();
    let based_on = store.import_year(&year, &Sheets::default(), &BY).await.unwrap();
    let (files, id) = package(&year, &store.journal_head().await.unwrap().unwrap());
    let new = NewVersion { year: 2020, version: 1, based_on, package_id: &id, files: &files, reason: "" };
    store.publish(&new, &BY).await.unwrap();
    store.close().await;
    for (sql, facts) in [
        (
            "update publication_files set content = replace(content, '87.42', '87.43') where path = 'standing/units.csv'",
            &[Fact::PublicationFiles, Fact::PublicationStanding][..],
        ),
        ("update publication_files set content = '00' where path = 'anh.png'", &[Fact::PublicationFiles]),
        ("delete from publication_files where path = 'anh.png'", &[Fact::PublicationFiles]),
        ("update publications set published_ms = published_ms + 1", &[Fact::PublicationJournal]),
    ] {
        let copy = database.copy();
        copy.damage(sql).await;
        let store = copy.store().await;
        let found: Vec<Fact> = check(&store).await.unwrap().into_iter().map(|finding| finding.fact).collect();
        assert_eq!(found, facts, "{sql}");
        store.close().await;
        copy.remove().await;
    }
    database.remove().await;
}

/// The journal with every hash taken anew over what its lines say now.
async fn rewritten(database: &Database) {
    let Location::File(path) = &database.location else { unreachable!("a file") };
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let text = "select sequence, at_ms, actor, act, year, revision, payload from journal order by sequence";
    let mut last = (0, String::new());
    for row in sqlx::query(text).fetch_all(&mut connection).await.unwrap() {
        let (year, revision): (Option<i64>, Option<i64>) = (row.get(4), row.get(5));
        let line = Line {
            sequence: row.get(0),
            at_ms: row.get(1),
            actor: row.get(2),
            act: row.get(3),
            year: year.zip(revision),
            payload: row.get(6),
            hash: String::new(),
        };
        last = (line.sequence, line.expected_hash(&last.1));
        let update =
            sqlx::query("update journal set hash = $1 where sequence = $2").bind(&last.1).bind(last.0);
        update.execute(&mut connection).await.unwrap();
    }
    let update = sqlx::query("update journal_head set sequence = $1, hash = $2").bind(last.0).bind(&last.1);
    update.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewritten_journal_and_a_year_changed_without_a_write_are_found_by_what_was_published() {
    let database = Database::file();
    let store = database.store().await;
    let year = demo_year();
    let based_on = store.import_year(&year, &Sheets::default(), &BY).await.unwrap();
    let (files, id) = package(&year, &store.journal_head().await.unwrap().unwrap());
    let new = NewVersion { year: 2020, version: 1, based_on, package_id: &id, files: &files, reason: "" };
    store.publish(&new, &BY).await.unwrap();
    store.close().await;
    for (sql, facts) in [
        ("update journal set actor = 'other' where sequence = 1", &[Fact::PublicationHead][..]),
        // Without its seals in the journal a year is held by what was published of it alone.
        (
            "update journal set payload = replace(payload, 'table: ', 'x: ') where sequence = 1; update units set name = 'Sở Không tên' where code = 'SNV'",
            &[Fact::PublicationHead, Fact::PublicationInputs],
        ),
        (
            "update previous_units set index_percent = '10.00' where code = 'SNV'",
            &[Fact::YearSeal, Fact::PublicationInputs],
        ),
    ] {
        let copy = database.copy();
        copy.damage(sql).await;
        rewritten(&copy).await;
        let store = copy.store().await;
        let found: Vec<Fact> = check(&store).await.unwrap().into_iter().map(|finding| finding.fact).collect();
        assert_eq!(found, facts, "{sql}");
        store.close().await;
        copy.remove().await;
    }
    database.remove().await;
}
