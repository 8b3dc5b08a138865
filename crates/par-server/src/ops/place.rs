//! The data folder: where a database stands, and opening it.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use par_store::error::Error;
use par_store::location::Location;
use par_store::store::Store;

/// The database file inside a data folder.
const FILE: &str = "parindex.sqlite";

/// A data folder, with the database elsewhere when one is named.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// A PostgreSQL URL, or nothing for the file in the folder.
    pub database: Option<String>,
}

impl Place {
    /// Whether there is a database already (a named one is taken to exist).
    pub fn exists(&self) -> bool {
        self.database.is_some() || is_data_folder(&self.folder)
    }

    /// Where the data is, for sentences; never the URL, which may hold a password.
    pub fn shown(&self) -> String {
        match &self.database {
            Some(_) => "cơ sở dữ liệu PostgreSQL".to_owned(),
            None => self.folder.display().to_string(),
        }
    }

    /// Opens the database, makes folder and file when missing, and brings the schema up to date.
    ///
    /// # Errors
    /// When the folder cannot be made or the database cannot be opened.
    pub async fn open(&self) -> Result<Store, Error> {
        let location = match &self.database {
            Some(url) => Location::parse(url),
            None => {
                std::fs::create_dir_all(&self.folder).map_err(|error| Error::Other(Box::new(error)))?;
                Location::File(self.folder.join(FILE))
            }
        };
        let store = Store::open(&location).await?;
        store.migrate(now_ms()).await?;
        Ok(store)
    }
}

/// Whether a folder holds a database of this program.
pub fn is_data_folder(folder: &Path) -> bool {
    folder.join(FILE).is_file()
}

/// Server time in milliseconds UTC.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is set after 1970");
    i64::try_from(since.as_millis()).expect("milliseconds fit for 290 million years")
}
