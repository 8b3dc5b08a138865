//! Packages on disk: a folder or an archive, read within bounds.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{
    LARGEST, MANIFEST, MOST_BYTES, MOST_FILES, Obstacle, ObstacleKind, Package, archive, is_inside, record,
};
use crate::exchange::folder::Unreadable;
use crate::exchange::whole_folder;

/// Why there is no package.
#[derive(Debug)]
pub enum NoPackage {
    /// The system refused.
    Unreadable(Unreadable),
    /// What is there cannot be a package.
    Obstacles(Vec<Obstacle>),
    /// What is there is something else.
    Foreign(Foreign),
}

/// Something that stands where a package was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Files by which a package is known and that are not there.
    pub lacking: Vec<&'static str>,
    /// What it looks like.
    pub looks: Looks,
}

/// What something that is no package looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// A folder that holds nothing.
    Empty,
    /// The folder of a year's files.
    YearFolder,
    /// A data folder of this program.
    DataFolder,
    /// A site that `publish` wrote.
    Site,
    /// A file that is no archive.
    NoArchive,
    /// Nothing that is known here.
    Unknown,
}

/// Files by which a package is known. Whatever has two of them is one, though it may be spoilt.
const MARKS: [&str; 3] = [MANIFEST, record::FILE, "inputs/year.toml"];

/// The marks that are not there, when they are too many for a package.
fn lacking(holds: impl Fn(&str) -> bool) -> Option<Vec<&'static str>> {
    let lacking: Vec<&str> = MARKS.into_iter().filter(|mark| !holds(mark)).collect();
    (lacking.len() > 1).then_some(lacking)
}

fn looks(folder: &Path) -> Looks {
    let known = [
        ("year.toml", Looks::YearFolder),
        ("parindex.sqlite", Looks::DataFolder),
        (whole_folder::MARK, Looks::Site),
    ];
    let found = known.into_iter().find(|(file, _)| folder.join(file).is_file());
    let empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    match found {
        Some((_, looks)) => looks,
        None if empty() => Looks::Empty,
        None => Looks::Unknown,
    }
}

/// Reads a package from a folder or an archive.
///
/// # Errors
/// See [`NoPackage`].
pub fn read(path: &Path) -> Result<Package, NoPackage> {
    let refused = |path: &Path, error| NoPackage::Unreadable(Unreadable::of(path, error));
    if fs::metadata(path).map_err(|error| refused(path, error))?.is_dir() {
        if let Some(lacking) = lacking(|mark| path.join(mark).is_file()) {
            return Err(NoPackage::Foreign(Foreign { lacking, looks: looks(path) }));
        }
        let mut found = Found::default();
        found.collect(path, "").map_err(|(path, error)| refused(&path, error))?;
        if !found.obstacles.is_empty() {
            return Err(NoPackage::Obstacles(found.obstacles));
        }
        return Ok(Package { files: found.files });
    }
    let bytes = bounded(path, MOST_BYTES).map_err(|error| refused(path, error))?;
    let Some(bytes) = bytes else {
        let kind = ObstacleKind::TooLarge(MOST_BYTES / 1024 / 1024);
        return Err(NoPackage::Obstacles(vec![Obstacle { file: String::new(), kind }]));
    };
    if !bytes.starts_with(b"PK") {
        return Err(NoPackage::Foreign(Foreign { lacking: Vec::new(), looks: Looks::NoArchive }));
    }
    let package = archive::read(&bytes).map_err(NoPackage::Obstacles)?;
    match lacking(|mark| package.files.contains_key(mark)) {
        Some(lacking) => Err(NoPackage::Foreign(Foreign { lacking, looks: Looks::Unknown })),
        None => Ok(package),
    }
}

/// A file's bytes, or nothing when there are more than `most`.
fn bounded(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[derive(Default)]
struct Found {
    files: BTreeMap<String, Vec<u8>>,
    bytes: u64,
    obstacles: Vec<Obstacle>,
}

impl Found {
    fn collect(&mut self, folder: &Path, prefix: &str) -> Result<(), (PathBuf, io::Error)> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| (path, error)
        };
        let entries = fs::read_dir(folder).map_err(failed(folder))?;
        let mut entries = entries.collect::<io::Result<Vec<_>>>().map_err(failed(folder))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(failed(&path))?;
            let obstacle = if !is_inside(&name) {
                Some(ObstacleKind::Path)
            } else if self.files.len() >= MOST_FILES {
                Some(ObstacleKind::TooManyFiles(MOST_FILES))
            } else if kind.is_dir() {
                self.collect(&path, &format!("{name}/"))?;
                None
            } else if kind.is_file() {
                let most = LARGEST.min(MOST_BYTES - self.bytes);
                match bounded(&path, most).map_err(failed(&path))? {
                    Some(bytes) => {
                        self.bytes += bytes.len() as u64;
                        self.files.insert(name.clone(), bytes);
                        None
                    }
                    None => Some(ObstacleKind::TooLarge(most / 1024 / 1024)),
                }
            } else {
                Some(ObstacleKind::NotAFile)
            };
            let stop = matches!(obstacle, Some(ObstacleKind::TooManyFiles(_)));
            self.obstacles.extend(obstacle.map(|kind| Obstacle { file: name, kind }));
            if stop {
                break;
            }
        }
        Ok(())
    }
}
