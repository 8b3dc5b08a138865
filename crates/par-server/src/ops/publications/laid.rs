//! Packages below the data folder, each in a folder named by its id, so that pages and files are served
//! while the database is stopped. A file is held against its hash whenever it is read.
//!
//! Must not know: databases, pages.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::exchange::package::{MANIFEST, Package, is_hash, is_inside, sha256};
use crate::exchange::whole;

/// The folder of laid packages in a data folder.
pub const FOLDER: &str = "published";
/// The list of versions that were published when the database was last asked: `id  year/version` a line.
const VERSIONS: &str = "versions.txt";

/// A package whose list of hashes is the one its id says.
#[derive(Debug)]
pub struct Laid {
    /// The package's id.
    pub id: String,
    /// Hash and size of each file.
    files: BTreeMap<String, Listed>,
    content: Content,
}

/// What is known of a file.
#[derive(Clone, Debug)]
struct Listed {
    hash: String,
    bytes: u64,
}

#[derive(Debug)]
enum Content {
    /// Below this folder.
    Folder(PathBuf),
    /// In memory, where no folder can be written or none is wanted.
    Memory(BTreeMap<String, Vec<u8>>),
}

/// A file of a package that is not there or is not what its hash says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// What is left of a package: its list of hashes, and the files that agree with it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The hash of each file by path, the list among them.
    pub hashes: BTreeMap<String, String>,
    /// The files that agree with their hash.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Found {
    /// Reads the list of hashes; nothing when it is not the one of that id.
    pub fn of(id: &str, list: Vec<u8>) -> Option<Found> {
        if sha256(&list) != id {
            return None;
        }
        let text = std::str::from_utf8(&list).ok()?;
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        let named = lines.filter(|(hash, path)| is_hash(hash) && is_inside(path));
        let mut hashes: BTreeMap<String, String> =
            named.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect();
        hashes.insert(MANIFEST.to_owned(), id.to_owned());
        Some(Found { hashes, files: BTreeMap::from([(MANIFEST.to_owned(), list)]) })
    }

    /// Takes a file if it is what its hash says.
    pub fn take(&mut self, path: &str, bytes: Vec<u8>) -> bool {
        let agrees = self.hashes.get(path).is_some_and(|hash| sha256(&bytes) == *hash);
        if agrees {
            self.files.insert(path.to_owned(), bytes);
        }
        agrees
    }

    /// Files that are named and not there.
    pub fn missing(&self) -> Vec<String> {
        self.hashes.keys().filter(|path| !self.files.contains_key(*path)).cloned().collect()
    }

    /// Reads what is laid of a package, without what does not agree with its hash.
    pub fn on_disk(folder: &Path, id: &str) -> Option<Found> {
        let place = folder.join(id);
        let mut found = Found::of(id, fs::read(place.join(MANIFEST)).ok()?)?;
        for path in found.missing() {
            if let Ok(bytes) = fs::read(place.join(&path))
                && !found.take(&path, bytes)
            {
                tracing::error!(package = id, file = path, "a laid file is not what its hash says");
            }
        }
        Some(found)
    }
}

impl Laid {
    /// A package that stays in memory.
    pub fn in_memory(id: &str, found: Found) -> Laid {
        let files = listed(&found);
        Laid { id: id.to_owned(), files, content: Content::Memory(found.files) }
    }

    /// Lays what is there of a package: files that stand there and agree stay as they are. Each appears
    /// whole; a power cut may still lose what the system had not written, which its hash shows and the
    /// next start lays again.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lay(folder: &Path, id: &str, found: &Found) -> io::Result<Laid> {
        let place = folder.join(id);
        let making = folder.join(format!(".dang-ghi-{}", std::process::id()));
        for (path, bytes) in &found.files {
            let to = place.join(path);
            if fs::read(&to).is_ok_and(|there| there == *bytes) {
                continue;
            }
            fs::create_dir_all(to.parent().expect("a file stands in a folder"))?;
            fs::write(&making, bytes)?;
            fs::rename(&making, &to)?;
        }
        Ok(Laid { id: id.to_owned(), files: listed(found), content: Content::Folder(place) })
    }

    /// Files with their sizes, in order.
    pub fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.files.iter().map(|(path, listed)| (path.as_str(), listed.bytes))
    }

    /// Whether the package has a file of that name.
    pub fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The hash of a file.
    pub fn hash(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|listed| listed.hash.as_str())
    }

    /// A file, held against its hash; nothing when the package has none of that name.
    ///
    /// # Errors
    /// When it is not there or not what its hash says.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Damaged> {
        let Some(listed) = self.files.get(path) else { return Ok(None) };
        let bytes = match &self.content {
            Content::Folder(folder) => fs::read(folder.join(path)).ok(),
            Content::Memory(files) => files.get(path).cloned(),
        };
        match bytes {
            Some(bytes) if sha256(&bytes) == listed.hash => Ok(Some(bytes)),
            _ => {
                tracing::error!(
                    package = self.id,
                    file = path,
                    "a published file is damaged; it is not served"
                );
                Err(Damaged)
            }
        }
    }

    /// The package without its damaged files.
    pub fn package(&self) -> Package {
        let read = |path: &String| Some((path.clone(), self.read(path).ok()??));
        Package { files: self.files.keys().filter_map(read).collect() }
    }

    /// The whole package.
    ///
    /// # Errors
    /// When one of its files is damaged.
    pub fn whole(&self) -> Result<Package, Damaged> {
        let package = self.package();
        if package.files.len() == self.files.len() { Ok(package) } else { Err(Damaged) }
    }
}

fn listed(found: &Found) -> BTreeMap<String, Listed> {
    let size = |path: &String| found.files.get(path).map_or(0, |bytes| bytes.len() as u64);
    let one =
        |(path, hash): (&String, &String)| (path.clone(), Listed { hash: hash.clone(), bytes: size(path) });
    found.hashes.iter().map(one).collect()
}

/// Whether versions were laid down in a data folder.
pub fn is_there(data: &Path) -> bool {
    data.join(FOLDER).join(VERSIONS).is_file()
}

/// A version by year, number and package id.
pub type Known = (u16, u32, String);

/// The versions that were published when the database was last asked; none when there is no such list.
pub fn versions(folder: &Path) -> Vec<Known> {
    let text = fs::read_to_string(folder.join(VERSIONS)).unwrap_or_default();
    let line = |line: &str| {
        let (id, version) = line.split_once("  ")?;
        let (year, number) = version.split_once('/')?;
        is_hash(id).then_some(())?;
        Some((year.parse().ok()?, number.parse().ok()?, id.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// Writes that list.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_versions(folder: &Path, versions: &[Known]) -> io::Result<()> {
    let text: String = versions.iter().map(|(year, number, id)| format!("{id}  {year}/{number}\n")).collect();
    fs::create_dir_all(folder)?;
    whole::write(&folder.join(VERSIONS), text.as_bytes())
}
