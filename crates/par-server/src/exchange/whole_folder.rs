//! A folder that is written whole or not at all, and later only in place of what was written before.
//!
//! A folder that may be written anew carries a mark: a list of all its files with their hashes. What is
//! not on the list, or no longer what the list says, is somebody else's and is never removed.
//!
//! Must not know: what the files hold.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::package::{is_hash, is_inside, sha256};

/// The mark of a folder that may be written anew.
pub const MARK: &str = "parindex-site.txt";

/// What people read first in the mark.
const SAID: &str =
    "Thư mục này do «parindex publish» ghi; lần ghi sau sẽ thay các tệp dưới đây (mã băm SHA-256, tên tệp):";

/// What stands where a folder is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing, or an empty folder.
    Free,
    /// A folder written before, as it was written.
    Ours,
    /// A folder without a mark of this program.
    Foreign,
    /// A folder written before in which these files were added or changed since.
    Changed(Vec<String>),
    /// Something that is no folder.
    File,
    /// A link that leads nowhere.
    Lost,
}

/// What stands at a place. A link is followed.
///
/// # Errors
/// When the system refuses to show it.
pub fn standing(folder: &Path) -> io::Result<Standing> {
    let kind = match fs::metadata(folder) {
        Ok(known) => known,
        Err(_) if fs::symlink_metadata(folder).is_ok() => return Ok(Standing::Lost),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Free),
        Err(error) => return Err(error),
    };
    if !kind.is_dir() {
        return Ok(Standing::File);
    }
    let Some(listed) = listed(folder)? else {
        let is_empty = fs::read_dir(folder)?.next().is_none();
        return Ok(if is_empty { Standing::Free } else { Standing::Foreign });
    };
    let mut changed = Vec::new();
    each(folder, "", &mut |path, name, is_file| {
        let same = |hash: &String| -> io::Result<bool> { Ok(is_file && sha256(&fs::read(path)?) == *hash) };
        if name != MARK && !listed.get(name).map_or(Ok(false), same)? {
            changed.push(name.to_owned());
        }
        Ok(())
    })?;
    Ok(if changed.is_empty() { Standing::Ours } else { Standing::Changed(changed) })
}

/// Lays files down below a folder that must not be there yet.
///
/// # Errors
/// When the system refuses; nothing is left behind then.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    if fs::symlink_metadata(folder).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let making = beside(folder, MAKING);
    let laid = lay(&making, files).and_then(|()| fs::rename(&making, folder));
    if laid.is_err() {
        // What failed is the news; that its rest could not be removed is not.
        let _ = fs::remove_dir_all(&making);
    }
    laid
}

/// Lays files down with their mark, in place of what was written before; the old goes when the new is
/// complete. Gives the place of what stayed of the old: files that somebody added meanwhile. What a
/// broken run of this function left beside the folder is cleared first.
///
/// # Errors
/// When the system refuses, or something else than [`Standing::Free`] or [`Standing::Ours`] stands there;
/// what was there stands then.
pub fn replace(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<Option<PathBuf>> {
    // What a link leads to is written; the link stays.
    let folder = &fs::canonicalize(folder).or_else(|_| std::path::absolute(folder))?;
    clear(folder)?;
    let known = match standing(folder)? {
        Standing::Free => BTreeMap::new(),
        Standing::Ours => listed(folder)?.unwrap_or_default(),
        _ => return Err(io::ErrorKind::AlreadyExists.into()),
    };
    let mut marked = files.clone();
    marked.insert(MARK.to_owned(), mark(files).into_bytes());
    if !folder.exists() {
        return write(folder, &marked).map(|()| None);
    }
    let (making, old) = (beside(folder, MAKING), beside(folder, OLD));
    let laid = lay(&making, &marked)
        .and_then(|()| fs::rename(folder, &old))
        .and_then(|()| fs::rename(&making, folder).or_else(|error| fs::rename(&old, folder).and(Err(error))));
    if let Err(error) = laid {
        // What failed is the news; that its rest could not be removed is not.
        let _ = fs::remove_dir_all(&making);
        return Err(error);
    }
    remove_listed(&old, &known);
    Ok(old.exists().then_some(old))
}

/// Endings of names beside a folder: of what becomes that folder when it is complete, and of what it was.
const MAKING: &str = "dang-ghi";
const OLD: &str = "cu";

fn beside(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

/// Removes what runs that were broken off left beside a folder, and puts an old folder back whose new one
/// never came. A run that is still at work is left alone, and so is what no mark names.
fn clear(folder: &Path) -> io::Result<()> {
    let (Some(around), Some(name)) = (folder.parent(), folder.file_name()) else { return Ok(()) };
    let Ok(entries) = fs::read_dir(around) else { return Ok(()) };
    let prefix = format!(".{}.", name.to_string_lossy());
    let mut left: Vec<(PathBuf, bool)> = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((what, process)) = name.strip_prefix(&prefix).and_then(|rest| rest.rsplit_once('-')) else {
            continue;
        };
        if [MAKING, OLD].contains(&what) && process.parse().is_ok_and(is_gone) {
            left.push((entry.path(), what == OLD));
        }
    }
    for (path, is_old) in left {
        if is_old && !folder.exists() {
            fs::rename(&path, folder)?;
            continue;
        }
        match listed(&path)? {
            Some(known) => remove_listed(&path, &known),
            // Not even the mark was written; what holds something is not ours to remove.
            None => drop(fs::remove_dir(&path)),
        }
    }
    Ok(())
}

/// Whether a process has ended; where the system does not tell, none has.
fn is_gone(process: u32) -> bool {
    let all = Path::new("/proc");
    all.join("self").exists() && !all.join(process.to_string()).exists()
}

/// Removes the files of a list and the folders that become empty; what is not listed stays.
fn remove_listed(folder: &Path, known: &BTreeMap<String, String>) {
    for path in known.keys().map(String::as_str).chain([MARK]) {
        let mut place = folder.join(path);
        // What cannot be removed is seen by its folder being there still.
        let _ = fs::remove_file(&place);
        while place.pop() && place != *folder {
            if fs::remove_dir(&place).is_err() {
                break;
            }
        }
    }
    let _ = fs::remove_dir(folder);
}

/// The files a folder's mark names with their hashes; `None` without a mark of this program.
fn listed(folder: &Path) -> io::Result<Option<BTreeMap<String, String>>> {
    let text = match fs::read_to_string(folder.join(MARK)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines = text.lines();
    if lines.next() != Some(SAID) {
        return Ok(None);
    }
    let named = lines.map(|line| {
        let (hash, path) = line.split_once("  ").filter(|(hash, path)| is_hash(hash) && is_inside(path))?;
        Some((path.to_owned(), hash.to_owned()))
    });
    Ok(named.collect())
}

fn mark(files: &BTreeMap<String, Vec<u8>>) -> String {
    let lines = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes)));
    format!("{SAID}\n{}", lines.collect::<String>())
}

/// Everything below a folder that is no folder, with its name from there and whether it is a plain file.
fn each(
    folder: &Path,
    prefix: &str,
    found: &mut dyn FnMut(&Path, &str, bool) -> io::Result<()>,
) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            each(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found(&entry.path(), &name, kind.is_file())?;
        }
    }
    Ok(())
}

/// The mark goes first: what a broken run leaves is then known by it.
fn lay(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mark = files.get_key_value(MARK);
    for (path, bytes) in mark.into_iter().chain(files.iter().filter(|(path, _)| *path != MARK)) {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("a file stands in a folder"))?;
        fs::write(place, bytes)?;
    }
    Ok(())
}
