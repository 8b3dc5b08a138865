//! Databases made by 0.1 are upgraded: the same results, the same published bytes, at whatever step the
//! program is killed.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use par_core::score::evaluate;
use par_core::year::Year;
use par_store::error::Error;
use par_store::invariants::{check, sealed_late};
use par_store::location::Location;
use par_store::migrations::{Step, Upgrade};
use par_store::store::Store;
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection, Row, SqliteConnection};

use crate::databases::{Database, NOW};

const FIXTURES: [(&str, u16); 3] = [("lai-chau", 2020), ("two-versions", 2020), ("150-x-130", 2024)];

/// Steps of an upgrade from version 2 that a test can end the program at.
const STEPS: usize = 4;

fn fixture(name: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format!("{name}.{ending}"))
}

fn unpack(from: &Path) -> Command {
    let mut gzip = Command::new("gzip");
    gzip.arg("-dc").arg(from);
    gzip
}

/// The fixture as an SQLite file of its own.
fn file(name: &str) -> Database {
    let database = Database::file();
    let Location::File(path) = &database.location else { unreachable!("a file") };
    let out = File::create(path).unwrap();
    assert!(unpack(&fixture(name, "sqlite.gz")).stdout(out).status().unwrap().success());
    database
}

/// The fixture as a PostgreSQL database of its own.
async fn postgres(name: &str) -> Database {
    let database = Database::postgres().await;
    let Location::Postgres(url) = &database.location else { unreachable!("a server") };
    let mut gzip = unpack(&fixture(name, "postgres.sql.gz")).stdout(Stdio::piped()).spawn().unwrap();
    let mut psql = Command::new("psql");
    psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", url]).stdin(gzip.stdout.take().unwrap());
    let loaded = psql.stdout(Stdio::null()).status().unwrap();
    assert!(loaded.success() && gzip.wait().unwrap().success());
    database
}

async fn both(name: &str) -> [Database; 2] {
    [file(name), postgres(name).await]
}

/// SHA-256 over everything that is published, read without the program.
async fn published(database: &Database) -> String {
    let mut hash = Sha256::new();
    let texts = "select cast(year as text), cast(version as text), path, form, content from publication_files
        union all select cast(year as text), cast(version as text), package_id, reason, cast(published_ms as text) from publications";
    let mut rows: Vec<String> = match &database.location {
        Location::File(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            let rows = sqlx::query(texts).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| (0..5).map(|at| row.get::<String, _>(at) + "\n").collect()).collect()
        }
        Location::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            let rows = sqlx::query(texts).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| (0..5).map(|at| row.get::<String, _>(at) + "\n").collect()).collect()
        }
        Location::Memory => unreachable!("nothing is published in memory"),
    };
    rows.sort();
    rows.iter().for_each(|row| hash.update(row));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Unit, place, total of scale, class, best first in each block, as the program of the fixture said them.
fn results(year: &Year) -> String {
    let standing = evaluate(year);
    let mut text = String::new();
    for unit in standing.blocks.iter().flatten().copied() {
        let (told, of) = (&standing.units[unit], &year.units[unit]);
        let class = told.class.map_or("none", |class| year.classes_of(of.block)[class].name.as_str());
        let place = told.place.map_or(0, u32::from);
        text += &format!("{} {place} {} of {} {class}\n", of.code, told.total, told.scale);
    }
    text
}

fn backup_of(location: &Location) -> Option<PathBuf> {
    let Location::File(path) = location else { return None };
    Some(path.with_file_name("truoc khi nang cap"))
}

async fn upgrade(database: &Database, told: &mut (dyn FnMut(Step) + Send)) {
    let store = Store::open_existing(&database.location).await.unwrap();
    let backup = backup_of(&database.location);
    store.upgrade(&mut Upgrade { now_ms: NOW, backup, told }).await.unwrap();
    store.close().await;
}

async fn is_sound(database: &Database, name: &str, year: u16) {
    let store = Store::open_existing(&database.location).await.unwrap();
    store.ready().await.unwrap();
    let mut findings = check(&store).await.unwrap();
    findings.retain(|finding| finding.is_fault);
    assert!(findings.is_empty(), "{name}: {} findings, first {:?}", findings.len(), findings.first());
    assert_eq!(sealed_late(&store).await.unwrap(), [year], "what the import did not seal is said");
    let (loaded, _) = store.load_year(year).await.unwrap();
    let expected = std::fs::read_to_string(fixture(name, "results.txt")).unwrap();
    assert_eq!(results(&loaded), expected, "{name}");
    store.close().await;
}

async fn is_still_old(database: &Database) {
    let store = Store::open_existing(&database.location).await.unwrap();
    assert!(matches!(store.ready().await, Err(Error::SchemaTooOld { found: 2, .. })));
    store.close().await;
}

async fn upgrades(name: &str, year: u16) {
    for database in both(name).await {
        let before = published(&database).await;
        is_still_old(&database).await;
        let old = Store::open(&database.location).await.unwrap();
        assert!(matches!(old.migrate(NOW).await, Err(Error::SchemaTooOld { .. })), "never silently");
        if backup_of(&database.location).is_none() {
            let backup = Some(PathBuf::from("somewhere"));
            let refused = old.upgrade(&mut Upgrade { now_ms: NOW, backup, told: &mut |_| {} }).await;
            assert!(matches!(refused, Err(Error::BackupFirst { found: 2, .. })), "{refused:?}");
        }
        old.close().await;
        let mut steps = Vec::new();
        upgrade(&database, &mut |step| steps.push(step)).await;
        assert_eq!(steps.last(), Some(&Step::Done { from: 2, to: 3 }));
        is_sound(&database, name, year).await;
        assert_eq!(published(&database).await, before, "{name}: published bytes");
        if let Location::File(_) = &database.location {
            let backup = backup_of(&database.location).unwrap();
            assert_eq!(steps.first(), Some(&Step::BackedUp(backup.clone())));
            let copy = Database::at(&backup);
            assert_eq!(published(&copy).await, before);
            is_still_old(&copy).await;
        }
        let mut again = Vec::new();
        upgrade(&database, &mut |step| again.push(step)).await;
        assert_eq!(again, [], "an upgraded database is left as it is");
        database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_version_0_1_is_upgraded_with_its_results() {
    upgrades("lai-chau", 2020).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_published_versions_of_version_0_1_stay_byte_for_byte() {
    upgrades("two-versions", 2020).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_year_of_version_0_1_is_upgraded_with_its_results() {
    upgrades("150-x-130", 2024).await;
}

/// Ends like `kill -9` at the step named, when it runs as a child of the test below.
#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_that_a_test_kills() {
    let (Ok(place), Ok(stop)) = (std::env::var("PARINDEX_UPGRADED"), std::env::var("PARINDEX_STOP")) else {
        return;
    };
    let (location, stop) = (Location::parse(&place), stop.parse::<usize>().unwrap());
    let backup = backup_of(&location);
    let mut seen = 0;
    let mut told = |_| {
        if seen == stop {
            std::process::abort();
        }
        seen += 1;
    };
    let store = Store::open_existing(&location).await.unwrap();
    store.upgrade(&mut Upgrade { now_ms: NOW, backup, told: &mut told }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_killed_at_any_step_ends_at_the_next_start() {
    let (name, year) = FIXTURES[1];
    for stop in 0..STEPS {
        for database in both(name).await {
            let before = published(&database).await;
            let place = match &database.location {
                Location::File(path) => path.to_str().unwrap().to_owned(),
                Location::Postgres(url) => url.clone(),
                Location::Memory => unreachable!("a killed program keeps no memory"),
            };
            // A server makes no copy: its steps are one fewer.
            let is_file = matches!(database.location, Location::File(_));
            let stop = if is_file { stop } else { stop.min(STEPS - 2) };
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "fixtures::an_upgrade_that_a_test_kills"]);
            child.env("PARINDEX_UPGRADED", &place).env("PARINDEX_STOP", stop.to_string());
            let ended = child.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert_eq!(ended.code(), None, "killed at step {stop}");
            if stop + 1 < STEPS - usize::from(!is_file) {
                is_still_old(&database).await;
                assert_eq!(published(&database).await, before);
            }
            upgrade(&database, &mut |_| {}).await;
            is_sound(&database, name, year).await;
            assert_eq!(published(&database).await, before);
            database.remove().await;
        }
    }
}
