//! Versions in memory as pages ask for them, for what is made from files without a data folder.

use super::publications::laid::{Found, Laid};
use super::publications::{Publications, Version};
use super::report::Wordings;
use crate::exchange::package::{MANIFEST, Package};

/// A version that was published, or is taken to be.
#[derive(Debug)]
pub struct Published {
    /// The year.
    pub year: u16,
    /// Its version.
    pub version: u32,
    /// Its package.
    pub package: Package,
}

/// The versions with what pages are made from; without packages whose list of hashes is lost.
pub fn publications(published: Vec<Published>, wordings: &Wordings) -> Publications {
    let version = |one: Published| {
        let id = one.package.id();
        let mut files = one.package.files;
        let mut found = Found::of(&id, files.remove(MANIFEST)?)?;
        for (path, bytes) in files {
            found.take(&path, bytes);
        }
        Some(Version::of(one.year, one.version, Laid::in_memory(&id, found)))
    };
    Publications::of(published.into_iter().filter_map(version).collect(), wordings)
}
