//! The data folder: where a database stands, and opening it.

use std::io;
use std::path::{Path, PathBuf};

use par_store::error::Error;
use par_store::location::Location;
use par_store::migrations::{Step, Upgrade};
use par_store::store::Store;

use super::clock;

/// The database file inside a data folder.
const FILE: &str = "parindex.sqlite";
/// Folders whose files nothing else could make again.
const KEPT: [&str; 1] = ["wording"];

/// A data folder, with the database elsewhere when one is named.
#[derive(Clone, Debug)]
pub struct DataFolder {
    /// The folder.
    pub path: PathBuf,
    /// A PostgreSQL URL, or nothing for the file in the folder.
    pub database: Option<String>,
}

/// What is known of a backup before an older schema is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backup {
    /// Nothing: the file is copied; what is no file is refused.
    Copy,
    /// Somebody says that he has one.
    Made,
}

/// That the schema was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upgraded {
    /// Its version before.
    pub from: i64,
    /// Its version now.
    pub to: i64,
    /// Where the file stands as it was before.
    pub backup: Option<PathBuf>,
}

impl DataFolder {
    /// Whether there is a database already (a named one is taken to exist).
    pub fn exists(&self) -> bool {
        self.database.is_some() || is_data_folder(&self.path)
    }

    /// Where the data is, for sentences; never the URL, which may hold a password.
    pub fn shown(&self) -> String {
        match &self.database {
            Some(_) => "cơ sở dữ liệu PostgreSQL".to_owned(),
            None => self.path.display().to_string(),
        }
    }

    /// Opens the database, makes folder, file and schema when missing.
    ///
    /// # Errors
    /// When the folder cannot be made or the database cannot be opened; [`Error::NotOurs`] for a file
    /// of another program; [`Error::SchemaTooOld`] for one that [`DataFolder::update`] has to change first.
    pub async fn create(&self) -> Result<Store, Error> {
        if self.database.is_none() {
            std::fs::create_dir_all(&self.path).map_err(Error::Unreachable)?;
            if !self.file().exists() {
                self.begin().await?;
            }
        }
        let store = Store::open(&self.location()).await?;
        closed_unless(store.migrate(clock::now().ms()).await, store).await
    }

    /// Makes the database file; it gets its name when its schema is complete. A disk that is full or a
    /// program killed half way leaves no file without tables, which would look like another program's.
    async fn begin(&self) -> Result<(), Error> {
        let making = self.path.join(format!(".{FILE}.dang-tao"));
        let store = Store::open(&Location::File(making.clone())).await;
        let made = match store {
            Ok(store) => {
                let made = store.migrate(clock::now().ms()).await;
                store.close().await;
                made
            }
            Err(error) => Err(error),
        };
        // A link, other than a new name, never takes the place of a file that another instance has made.
        let named = made.and_then(|()| link(&making, &self.file()).map_err(Error::Unreachable));
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(self.path.join(format!(".{FILE}.dang-tao{ending}")));
        }
        // Whatever went wrong: another instance was faster.
        if self.file().exists() { Ok(()) } else { named }
    }

    /// Opens a database that is there, and changes nothing in it.
    ///
    /// # Errors
    /// When it cannot be opened, belongs to another program or has another schema.
    pub async fn open(&self) -> Result<Store, Error> {
        let store = Store::open_existing(&self.location()).await?;
        closed_unless(store.ready().await, store).await
    }

    /// Brings an older schema of a database that is there up to date; `None` when there is nothing to do.
    ///
    /// # Errors
    /// As [`DataFolder::open`]; [`Error::BackupFirst`] for a PostgreSQL database of which nobody says
    /// that there is a backup, [`Error::NoBackup`] when the file could not be copied.
    pub async fn update(&self, backup: Backup) -> Result<Option<Upgraded>, Error> {
        let store = Store::open_existing(&self.location()).await?;
        let updated = match store.ready().await {
            Err(Error::SchemaTooOld { found, .. }) => self.upgrade(&store, found, backup).await.map(Some),
            // Its administrator has made it empty; whether it may be filled is for the command to say.
            Err(Error::NotOurs) if self.database.is_some() => Ok(None),
            other => other.map(|()| None),
        };
        store.close().await;
        updated
    }

    /// The same with whatever earlier schema of this program there is, and changes nothing.
    ///
    /// # Errors
    /// As [`DataFolder::open`].
    pub async fn open_as_it_is(&self) -> Result<Store, Error> {
        let store = Store::open_existing(&self.location()).await?;
        let ready = match store.ready().await {
            Err(Error::SchemaTooOld { .. }) => Ok(()),
            other => other,
        };
        closed_unless(ready, store).await
    }

    /// Opens a database that is made when missing, and gives it no schema.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open_new(&self) -> Result<Store, Error> {
        Store::open(&self.location()).await
    }

    /// Every file the folder keeps beside the database, by its path there with `/`, in order.
    ///
    /// # Errors
    /// When the system refuses to show them.
    pub fn files(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for name in KEPT {
            walk(&self.path.join(name), name, &mut found)?;
        }
        found.sort();
        Ok(found)
    }

    /// The database file, when the database is one.
    pub fn file(&self) -> PathBuf {
        self.path.join(FILE)
    }

    async fn upgrade(&self, store: &Store, found: i64, backup: Backup) -> Result<Upgraded, Error> {
        let now = clock::now();
        let at: String = now.to_string().chars().filter(char::is_ascii_digit).collect();
        let copy = format!("{FILE}.truoc-khi-nang-cap-v{found}-{}-{}", &at[..8], &at[8..14]);
        let backup = (backup == Backup::Copy).then(|| self.path.join(copy));
        let mut upgraded = Upgraded::default();
        let mut told = |step| match step {
            Step::BackedUp(path) => upgraded.backup = Some(path),
            Step::Done { from, to } => (upgraded.from, upgraded.to) = (from, to),
            Step::Applied(_) | Step::Sealed => {}
        };
        store.upgrade(&mut Upgrade { now_ms: now.ms(), backup, told: &mut told }).await?;
        Ok(upgraded)
    }

    fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::File(self.file()),
        }
    }
}

/// Gives a file its name if there is none of that name yet.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::hard_link(from, to) {
        // Disks such as FAT have no links.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !to.exists() => {
            std::fs::rename(from, to)
        }
        other => other,
    }
}

/// The store, or why it does not serve; then its lock files are gone.
async fn closed_unless(ready: Result<(), Error>, store: Store) -> Result<Store, Error> {
    match ready {
        Ok(()) => Ok(store),
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

/// Files below a folder; none where there is no such folder.
fn walk(folder: &Path, name: &str, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let last = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        let name = format!("{name}/{last}");
        if path.is_dir() {
            walk(&path, &name, found)?;
        } else if path.is_file() {
            found.push((name, path));
        }
    }
    Ok(())
}

/// Whether a folder keeps files of that path beside the database.
pub fn keeps(path: &str) -> bool {
    KEPT.iter().any(|kept| path.strip_prefix(kept).is_some_and(|rest| rest.starts_with('/')))
}

/// Whether a folder holds a database of this program.
pub fn is_data_folder(folder: &Path) -> bool {
    folder.join(FILE).is_file()
}
