//! A criteria set into its folder: all of it or nothing, keeping cases and comments that are there.

use std::fs;
use std::path::{Path, PathBuf};

use par_core::framework::read::{self, HEADER};
use par_core::framework::{Framework, cases, write};
use par_core::problem::Problem;

use super::comments;
use super::folder::{self, Folder, Unreadable};

/// Why a set was not saved; nothing has changed on disk.
pub enum SaveError {
    /// The folder holds something and replacing was not asked for.
    NotEmpty,
    /// The folder holds something that is no criteria set.
    NotASet,
    /// The set does not agree with the cases kept from the folder.
    Problems(Folder, Vec<Problem>),
    /// The disk refused.
    Unreadable(Unreadable),
}

impl From<Unreadable> for SaveError {
    fn from(problem: Unreadable) -> SaveError {
        SaveError::Unreadable(problem)
    }
}

/// Writes a set beside its folder and puts it in place when it is complete and sound.
///
/// With `replace` the folder's own cases, other files and TOML comments stay.
///
/// # Errors
/// See [`SaveError`].
pub fn save(framework: &Framework, dir: &Path, replace: bool) -> Result<(), SaveError> {
    // Behind a link stands the folder that is replaced, not the link.
    let real = fs::canonicalize(dir);
    let dir = real.as_deref().unwrap_or(dir);
    let old = existing(dir, replace)?;
    let mut folder = Folder::shown_at(dir);
    folder.files = write::write(framework);
    if let Some(old) = old {
        for (file, text) in &mut folder.files {
            if let Some(before) = old.files.get(file) {
                *text = comments::keep(before, text);
            }
        }
        folder.files.extend(old.files.into_iter().filter(|(file, _)| file.starts_with(read::CASES)));
    }
    let (written, mut problems) = read::read(&folder.files);
    if let Some(written) = &written {
        problems.extend(cases::run(written, &folder.files).problems);
    }
    if !problems.is_empty() {
        return Err(SaveError::Problems(folder, problems));
    }
    assert!(written.as_ref() == Some(framework), "a set written and read back is the same set");
    let beside = Beside::of(dir);
    put_in_place(&folder, dir, &beside).inspect_err(|_| drop(fs::remove_dir_all(&beside.new)))?;
    Ok(())
}

/// The set that is in the folder, if there is one and it may be replaced.
fn existing(dir: &Path, replace: bool) -> Result<Option<Folder>, SaveError> {
    let is_empty = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(Unreadable::of(dir, error).into()),
    };
    if is_empty {
        Ok(None)
    } else if !replace {
        Err(SaveError::NotEmpty)
    } else if !dir.join(HEADER).is_file() {
        Err(SaveError::NotASet)
    } else {
        Ok(Some(folder::framework(dir)?))
    }
}

/// Names for the folder in the making and the one being replaced.
struct Beside {
    new: PathBuf,
    old: PathBuf,
}

impl Beside {
    fn of(dir: &Path) -> Beside {
        let name = dir.file_name().map_or_else(|| "framework".into(), |name| name.to_string_lossy());
        let named = |what: &str| dir.with_file_name(format!(".{name}.{what}-{}", std::process::id()));
        Beside { new: named("new"), old: named("old") }
    }
}

fn put_in_place(folder: &Folder, dir: &Path, beside: &Beside) -> Result<(), Unreadable> {
    let failed = |error: std::io::Error| Unreadable::of(dir, error);
    fs::create_dir_all(&beside.new).map_err(failed)?;
    if dir.is_dir() {
        copy_rest(dir, &beside.new, true).map_err(failed)?;
    }
    for (file, text) in &folder.files {
        let place = beside.new.join(file);
        fs::create_dir_all(place.parent().expect("files stand in the folder")).map_err(failed)?;
        fs::write(&place, text).map_err(failed)?;
    }
    if !dir.is_dir() {
        return fs::rename(&beside.new, dir).map_err(failed);
    }
    fs::rename(dir, &beside.old).map_err(failed)?;
    if let Err(error) = fs::rename(&beside.new, dir) {
        // Back to where we were: the folder must never be missing.
        let _ = fs::rename(&beside.old, dir);
        return Err(failed(error));
    }
    fs::remove_dir_all(&beside.old).map_err(failed)
}

/// Copies everything but the set's own files at the top.
fn copy_rest(from: &Path, to: &Path, top: bool) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            fs::create_dir_all(&target)?;
            copy_rest(&source, &target, false)?;
        } else if !top || source.extension().is_none_or(|extension| extension != "toml") {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}
