//! Year folders and criteria set folders, on disk or built in: paths → texts.
//!
//! Reads only what such folders hold, within bounds; the core decides what is right in it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use par_core::framework::read::Files;
use par_core::problem::Problem;
use par_core::year::read::{HEADER, SETS, set_folders};
use rust_embed::RustEmbed;

use super::input::{self, Unread};

/// Largest file read; a year of 40,000 survey sheets stays below.
const LARGEST: u64 = 200 * 1024 * 1024;
/// Most files read below one folder; a folder that was given by mistake is refused early.
const MOST: usize = 10_000;
/// Deepest folder looked into: a set's `cases/` stands two below.
const DEEPEST: usize = 4;

#[derive(RustEmbed)]
#[folder = "../../demo/"]
struct Demo;

#[derive(RustEmbed)]
#[folder = "../../frameworks/"]
struct Frameworks;

#[derive(RustEmbed)]
#[folder = "../../wording/"]
struct Words;

/// Where a year folder holds wording of its own.
pub const WORDING: &str = "wording";

/// A folder's texts, and how the names the core uses map to paths people know.
pub struct Folder {
    /// Texts by the names the core reads them under.
    pub files: Files,
    /// Pairs of (name prefix the core uses, path people see), longest prefix first.
    shown: Vec<(String, String)>,
}

/// Why a folder could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system or the bounds say.
    pub reason: Reason,
}

/// What was in the way.
#[derive(Debug)]
pub enum Reason {
    /// The system refused.
    System(io::Error),
    /// More files below a folder than allowed.
    TooManyFiles(usize),
    /// A file with more bytes than allowed (megabytes allowed).
    TooLarge(u64),
}

impl Unreadable {
    /// What the system said about a file or folder.
    pub fn of(path: &Path, error: io::Error) -> Unreadable {
        Unreadable { path: path.to_owned(), reason: Reason::System(error) }
    }
}

impl Folder {
    /// A folder without texts yet, whose problems show below that path.
    pub fn shown_at(path: &Path) -> Folder {
        Folder { files: Files::new(), shown: vec![(String::new(), format!("{}/", path.display()))] }
    }

    /// The path to show for a problem's file.
    pub fn shown(&self, problem: &Problem) -> String {
        let found = self.shown.iter().find_map(|(prefix, path)| {
            problem.file.strip_prefix(prefix.as_str()).map(|rest| format!("{path}{rest}"))
        });
        found.unwrap_or_else(|| problem.file.clone())
    }
}

/// Reads a year folder with the criteria sets its header names.
///
/// # Errors
/// When a file cannot be read or is out of bounds. What is wrong inside the files is found by the core.
pub fn year(path: &Path) -> Result<Folder, Unreadable> {
    let mut files = below(path)?;
    let mut shown = Vec::new();
    for (id, set) in files.get(HEADER).map(|header| set_folders(header)).unwrap_or_default() {
        let place = path.join(&set);
        let prefix = format!("{SETS}{id}/");
        // Whatever else stands where the core looks for the set is not what the header names.
        files.retain(|file, _| !file.starts_with(&prefix));
        // A set that is not there is reported by the core as a missing file, with this path.
        if place.is_dir() {
            files.extend(below(&place)?.into_iter().map(|(file, text)| (format!("{prefix}{file}"), text)));
        }
        shown.push((prefix, format!("{}/", plain(&place).display())));
    }
    shown.push((String::new(), format!("{}/", path.display())));
    Ok(Folder { files, shown })
}

/// A path without the steps that lead down and up again; links are not asked.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Reads a criteria set folder.
///
/// # Errors
/// As [`year`].
pub fn framework(path: &Path) -> Result<Folder, Unreadable> {
    Ok(Folder { files: below(path)?, ..Folder::shown_at(path) })
}

/// The demonstration year that is built into the program.
pub fn demo() -> Folder {
    let built_in = "lai-chau-2020/";
    let mut files = Files::new();
    for name in Demo::iter() {
        if let Some(file) = name.strip_prefix(built_in) {
            files.insert(file.to_owned(), embedded::<Demo>(&name));
        }
    }
    for (id, folder) in set_folders(&files[HEADER]) {
        let folder = folder.trim_start_matches("../../frameworks/").to_owned() + "/";
        for name in Frameworks::iter() {
            if let Some(file) = name.strip_prefix(folder.as_str()) {
                files.insert(format!("{SETS}{id}/{file}"), embedded::<Frameworks>(&name));
            }
        }
    }
    Folder { files, shown: Vec::new() }
}

/// The wording that is built into the program.
pub fn wording() -> Folder {
    let files = Words::iter().map(|name| (name.to_string(), embedded::<Words>(&name))).collect();
    Folder { files, shown: Vec::new() }
}

/// The demonstration year's own wording, by file name.
pub fn demo_wording() -> Files {
    let demo = demo().files.into_iter();
    let own = format!("{WORDING}/");
    demo.filter_map(|(name, text)| Some((name.strip_prefix(&own)?.to_owned(), text))).collect()
}

/// A year folder's own wording, by file name; none when it has none.
///
/// # Errors
/// As [`year`].
pub fn own_wording(year: &Path) -> Result<Files, Unreadable> {
    let folder = year.join(WORDING);
    if folder.is_dir() { below_of(&folder, &[".txt", ".toml"]) } else { Ok(Files::new()) }
}

/// Lays the wording of a folder over another: files of the same name take the place of those before.
///
/// # Errors
/// As [`year`]; a folder that is not there changes nothing.
pub fn lay_over(wording: &mut Folder, path: &Path) -> Result<(), Unreadable> {
    if !path.is_dir() {
        return Ok(());
    }
    let found = below_of(path, &[".txt", ".toml"])?;
    // Folders in it belong to single years.
    for (name, text) in found.into_iter().filter(|(name, _)| !name.contains('/')) {
        wording.shown.insert(0, (name.clone(), path.join(&name).display().to_string()));
        wording.files.insert(name, text);
    }
    Ok(())
}

fn embedded<E: RustEmbed>(name: &str) -> String {
    let file = E::get(name).expect("the name was listed");
    String::from_utf8(file.data.into_owned()).expect("built-in data is UTF-8")
}

/// TOML and CSV files below a folder, by path with `/`.
fn below(path: &Path) -> Result<Files, Unreadable> {
    below_of(path, &[".toml", ".csv"])
}

/// Files with one of those endings.
fn below_of(path: &Path, endings: &[&str]) -> Result<Files, Unreadable> {
    let mut files = Files::new();
    collect(path, "", 0, endings, &mut files)?;
    Ok(files)
}

fn collect(
    path: &Path,
    prefix: &str,
    depth: usize,
    endings: &[&str],
    files: &mut Files,
) -> Result<(), Unreadable> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| Unreadable::of(&path, error)
    };
    for entry in fs::read_dir(path).map_err(failed(path))? {
        let entry = entry.map_err(failed(path))?;
        let place = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = fs::metadata(&place).map_err(failed(&place))?;
        if kind.is_dir() {
            if depth < DEEPEST {
                collect(&place, &format!("{name}/"), depth + 1, endings, files)?;
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            if files.len() >= MOST {
                return Err(Unreadable { path: path.to_owned(), reason: Reason::TooManyFiles(MOST) });
            }
            files.insert(name, text(&place)?);
        }
    }
    Ok(())
}

/// A file as text.
fn text(path: &Path) -> Result<String, Unreadable> {
    let bytes = input::read(path, LARGEST).map_err(|unread| {
        let reason = match unread {
            Unread::TooLarge(_, most) => Reason::TooLarge(most),
            other => Reason::System(other.into_io()),
        };
        Unreadable { path: path.to_owned(), reason }
    })?;
    // What is not UTF-8 becomes the replacement character, which the core names with its line beside
    // all other problems.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_paths_do_not_go_down_and_up_again() {
        let rows = [
            ("y3/demo/lai-chau-2020/../../frameworks/so", "y3/frameworks/so"),
            ("../a/../b", "../b"),
            ("./a/b/../../../c", "../c"),
            ("/srv/nam/../bo", "/srv/bo"),
        ];
        for (path, expect) in rows {
            assert_eq!(plain(Path::new(path)), Path::new(expect));
        }
    }
}
