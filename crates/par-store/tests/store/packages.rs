//! The least that a published package holds.

use std::collections::BTreeMap;

use par_core::publication::anonymous::publishable;
use par_core::publication::standing::tables;
use par_core::score::results::Results;
use par_core::year::Year;
use par_core::year::write::write;
use sha2::{Digest, Sha256};

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Inputs, standing, a picture, the line of the journal it was made at, and the list of hashes; with its id.
pub fn package(year: &Year, (sequence, hash): &(i64, String)) -> (BTreeMap<String, Vec<u8>>, String) {
    let public = publishable(year);
    let inputs = write(&public).into_iter().map(|(file, text)| (format!("inputs/{file}"), text.into_bytes()));
    let mut files: BTreeMap<String, Vec<u8>> = inputs.collect();
    files.extend(tables(&Results::of(public)).iter().map(|table| (table.path(), table.csv().into_bytes())));
    let record = format!("{{\"journal\": {{\"sequence\": {sequence}, \"hash\": \"{hash}\"}}}}\n");
    files.insert("publication.json".to_owned(), record.into_bytes());
    files.insert("anh.png".to_owned(), vec![0x89, b'P', 0, 255]);
    let manifest: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    let id = sha256(manifest.as_bytes());
    files.insert("SHA256SUMS".to_owned(), manifest.into_bytes());
    (files, id)
}
