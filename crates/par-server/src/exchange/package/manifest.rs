//! The list of hashes of a package: read, and held against the files.
//!
//! Must not know: what the files say.

use std::collections::BTreeMap;

use super::fault::{Fault, FaultKind};
use super::{MANIFEST, Package, is_hash, is_inside, sha256};

/// The hashes that a list names, by path, and what is wrong with the list itself.
pub fn read(bytes: &[u8]) -> (BTreeMap<String, String>, Vec<Fault>) {
    let fault = |line, kind| Fault { file: MANIFEST.to_owned(), line, kind };
    let mut faults = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    if text.contains('\r') {
        faults.push(fault(0, FaultKind::ManifestEnds));
    }
    let mut named = BTreeMap::new();
    for (line, number) in text.lines().zip(1..) {
        let parts = line.split_once("  ").filter(|(hash, path)| is_hash(hash) && is_inside(path));
        match parts {
            None => faults.push(fault(number, FaultKind::ManifestLine(line.to_owned()))),
            Some((_, path)) if named.contains_key(path) => {
                faults.push(fault(number, FaultKind::ManifestTwice(path.to_owned())));
            }
            Some((hash, path)) => drop(named.insert(path.to_owned(), hash.to_owned())),
        }
    }
    (named, faults)
}

/// Everything in which the files of a package are not those of its list, in order of files; and how many
/// the list names.
pub fn check(package: &Package) -> (usize, Vec<Fault>) {
    let Some(bytes) = package.files.get(MANIFEST) else {
        return (0, vec![Fault { file: MANIFEST.to_owned(), line: 0, kind: FaultKind::Needed }]);
    };
    let (named, mut faults) = read(bytes);
    let fault = |file: &str, kind| Fault { file: file.to_owned(), line: 0, kind };
    for (path, said) in &named {
        match package.files.get(path) {
            None => faults.push(fault(path, FaultKind::Missing)),
            Some(bytes) => {
                let found = sha256(bytes);
                if found != *said {
                    faults.push(fault(path, FaultKind::Hash { said: said.clone(), found }));
                }
            }
        }
    }
    let extra = package.files.keys().filter(|path| *path != MANIFEST && !named.contains_key(*path));
    faults.extend(extra.map(|path| fault(path, FaultKind::Extra)));
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    (named.len(), faults)
}

/// The same of a package that is kept under an id: its files are those of its list, and the list is the
/// one of that id. Nothing when it is whole.
pub fn check_kept(package: &Package, id: &str) -> Vec<Fault> {
    let (_, mut faults) = check(package);
    if package.id() != id {
        let kind = FaultKind::Id { wanted: id.to_owned(), found: package.id() };
        faults.push(Fault { file: MANIFEST.to_owned(), line: 0, kind });
    }
    faults
}
