//! A package as one zip archive: always the same bytes, and read within bounds.
//!
//! Members are stored, not compressed: compressed bytes change with the compressor's version, and a
//! published archive must be the same for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::read::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::{LARGEST, MANIFEST, MOST_BYTES, MOST_FILES, Obstacle, ObstacleKind, Package, is_inside};

/// A member may be this many times larger than in the archive, once it is larger than [`FREE`].
const MOST_TIMES: u64 = 200;
/// Bytes up to which nothing is said about how well they were packed.
const FREE: u64 = 1024 * 1024;

/// The archive of a package: members in order of their names, all of 1/1/1980, uncompressed.
pub fn write(package: &Package) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(package.bytes())));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in &package.files {
        writer.start_file(path.as_str(), options).expect("paths of a package are short and all different");
        writer.write_all(bytes).expect("a vector takes every byte");
    }
    writer.finish().expect("a vector takes every byte").into_inner()
}

/// Reads an archive, with or without one folder around all members.
///
/// # Errors
/// Everything that is in the way; nothing is read then.
pub fn read(bytes: &[u8]) -> Result<Package, Vec<Obstacle>> {
    let whole = |kind| vec![Obstacle { file: String::new(), kind }];
    let names = names(bytes).map_err(|words| whole(ObstacleKind::Damaged(words.to_owned())))?;
    if names.len() > MOST_FILES {
        return Err(whole(ObstacleKind::TooManyFiles(MOST_FILES)));
    }
    let obstacles = faults_of(&names);
    if !obstacles.is_empty() {
        return Err(obstacles);
    }
    let archive = ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|error| whole(ObstacleKind::Damaged(error.to_string())))?;
    let mut files = BTreeMap::new();
    let mut left = MOST_BYTES;
    for number in 0..archive.len() {
        if let Some((name, content)) =
            member(&mut archive, number, left).map_err(|obstacle| vec![obstacle])?
        {
            left -= content.len() as u64;
            files.insert(name, content);
        }
    }
    Ok(Package { files: without_folder(files) })
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// A member's name and content; `None` for a folder.
fn member(
    archive: &mut Archive<'_>,
    number: usize,
    left: u64,
) -> Result<Option<(String, Vec<u8>)>, Obstacle> {
    let mut name = String::new();
    let mut read = || -> Result<Option<Vec<u8>>, ObstacleKind> {
        let damaged = |error: zip::result::ZipError| ObstacleKind::Damaged(error.to_string());
        let member = archive.by_index(number).map_err(damaged)?;
        name = member.name().map_err(damaged)?.into_owned();
        if member.is_dir() {
            return Ok(None);
        }
        if member.is_symlink() || member.encrypted() {
            return Err(ObstacleKind::NotAFile);
        }
        let packed = member.compressed_size();
        // What a member says of its size is not believed: reading stops at the bound.
        let most = LARGEST.min(left).min(FREE.max(packed.saturating_mul(MOST_TIMES)));
        let mut content = Vec::new();
        let read = member.take(most + 1).read_to_end(&mut content);
        read.map_err(|error| ObstacleKind::Damaged(error.to_string()))?;
        if content.len() as u64 > most {
            return Err(ObstacleKind::TooLarge(most.div_ceil(1024 * 1024)));
        }
        Ok(Some(content))
    };
    let content = read();
    content
        .map(|content| content.map(|content| (name.clone(), content)))
        .map_err(|kind| Obstacle { file: name, kind })
}

/// Names that lead out or stand twice, each once.
fn faults_of(names: &[String]) -> Vec<Obstacle> {
    let mut met = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut obstacles = Vec::new();
    for name in names {
        let kind = if !is_inside(name.strip_suffix('/').unwrap_or(name)) {
            ObstacleKind::Path
        } else if !met.insert(name) {
            ObstacleKind::Twice
        } else {
            continue;
        };
        if told.insert(name) {
            obstacles.push(Obstacle { file: name.clone(), kind });
        }
    }
    obstacles
}

/// The names in the archive's directory, as often as they stand there: readers of archives show each
/// name once, and which of two members one gets depends on the reader.
fn names(bytes: &[u8]) -> Result<Vec<String>, &'static str> {
    const CUT: &str = "không có phần kết thúc của tệp nén";
    let short =
        |at: usize| bytes.get(at..at + 2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    let long = |at: usize| short(at).zip(short(at + 2)).map(|(low, high)| low + (high << 16));
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = (from..bytes.len().saturating_sub(21)).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"));
    let end = end.ok_or(CUT)?;
    let (count, mut at) = short(end + 10).zip(long(end + 16)).ok_or(CUT)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if !bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")) {
            return Err("danh mục của tệp nén bị hỏng");
        }
        let sizes = short(at + 28).zip(short(at + 30)).zip(short(at + 32));
        let ((name, extra), comment) = sizes.ok_or(CUT)?;
        let name_bytes = bytes.get(at + 46..at + 46 + name).ok_or(CUT)?;
        names.push(String::from_utf8_lossy(name_bytes).into_owned());
        at += 46 + name + extra + comment;
    }
    Ok(names)
}

/// Files without the one folder that people's tools put around them.
fn without_folder(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let folder = files.keys().find_map(|path| {
        let folder = path.strip_suffix(MANIFEST)?;
        (folder.ends_with('/') && files.keys().all(|path| path.starts_with(folder)))
            .then(|| folder.to_owned())
    });
    match folder {
        Some(folder) => {
            files.into_iter().map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes)).collect()
        }
        None => files,
    }
}
