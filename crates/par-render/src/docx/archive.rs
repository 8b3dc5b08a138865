//! The file around the parts: a zip archive whose bytes depend on nothing but the parts.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A part: its path and its bytes.
pub(super) type Entry = (String, Vec<u8>);

/// What a template may unpack to; a hundred times what an office's letterhead has.
pub(super) const LARGEST: u64 = 64 << 20;
const MOST: usize = 2_000;

/// Why an archive cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    NotAnArchive,
    TooLarge,
}

/// The archive of `entries` in their order.
pub(super) fn written(entries: &[Entry]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(1 << 16)));
    let dated = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (path, bytes) in entries {
        // Pictures are packed already.
        let method =
            if path.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(path.as_str(), dated.compression_method(method)).expect("memory takes all");
        writer.write_all(bytes).expect("memory takes all");
    }
    writer.finish().expect("memory takes all").into_inner()
}

/// The parts of an archive in their order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Entry>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAnArchive)?;
    if archive.len() > MOST {
        return Err(Unreadable::TooLarge);
    }
    let mut room = LARGEST;
    let mut entries: Vec<Entry> = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| Unreadable::NotAnArchive)?;
        let path = file.name().map_err(|_| Unreadable::NotAnArchive)?.into_owned();
        if path.ends_with('/') || entries.iter().any(|(known, _)| *known == path) {
            continue;
        }
        let mut content = Vec::new();
        // The size an archive states for a part may be a lie.
        file.take(room + 1).read_to_end(&mut content).map_err(|_| Unreadable::NotAnArchive)?;
        room = room.checked_sub(content.len() as u64).ok_or(Unreadable::TooLarge)?;
        entries.push((path, content));
    }
    Ok(entries)
}
