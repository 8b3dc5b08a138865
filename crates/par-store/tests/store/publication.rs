//! A year is published, moves on, is amended; what was published stays, byte for byte.

use std::collections::BTreeMap;

use par_core::points::Points;
use par_core::publication::anonymous::publishable;
use par_core::publication::standing::tables;
use par_core::score::results::Results;
use par_core::year::sheets::Sheets;
use par_core::year::write::write;
use par_core::year::{Judgement, Stage, Year};
use par_store::cell::Cell;
use par_store::error::{Conflict, Error, Missing};
use par_store::fact::Fact;
use par_store::invariants::check;
use par_store::journal::By;
use par_store::publications::NewVersion;
use par_store::revision::Revision;
use par_store::store::Store;
use sha2::{Digest, Sha256};

use crate::common::demo_year;
use crate::databases::{Database, NOW};

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

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The least a package holds: inputs, standing, a picture, and the list of hashes; with its id.
fn package(year: &Year) -> (BTreeMap<String, Vec<u8>>, String) {
    let public = publishable(year);
    let inputs = write(&public).into_iter().map(|(file, text)| (format!("inputs/{file}"), text.into_bytes()));
    let mut files: BTreeMap<String, Vec<u8>> = inputs.collect();
    files.extend(tables(&Results::of(public)).iter().map(|table| (table.path(), table.csv().into_bytes())));
    files.insert("anh.png".to_owned(), vec![0x89, b'P', 0, 255]);
    let manifest: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    let id = sha256(manifest.as_bytes());
    files.insert("SHA256SUMS".to_owned(), manifest.into_bytes());
    (files, id)
}

async fn published_and_amended(database: Database) {
    let store = database.store().await;
    let year = demo_year();
    let first = store.import_year(&year, &Sheets::default(), &BY).await.unwrap();
    assert_eq!(store.publications(2020).await.unwrap(), []);
    let (files, id) = package(&year);
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
    let half = Judgement { points: Points::from_millionths(500_000), inputs: Default::default() };
    store.record_judgement(&cell, Some(first), &half, &BY).await.unwrap();
    let (moved, revision) = store.load_year(2020).await.unwrap();
    assert_ne!(revision, published.revision, "the year has moved on");
    let (amended, next) = package(&moved);
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
    let (files, id) = package(&year);
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
