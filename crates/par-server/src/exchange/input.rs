//! Files that people give: read whole, within bounds, and only if they are files.
//!
//! Must not know: what is in them.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Why a file could not be read.
#[derive(Debug)]
pub enum Unread {
    /// The machine does not give it.
    System(io::Error),
    /// A folder.
    Folder,
    /// A pipe, a device, a socket: reading it might never end.
    NotAFile,
    /// More megabytes than allowed (actual, allowed).
    TooLarge(u64, u64),
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// See [`Unread`].
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let metadata = path.metadata().map_err(Unread::System)?;
    if metadata.is_dir() {
        return Err(Unread::Folder);
    }
    // Opening a pipe would wait for somebody who writes.
    if !metadata.is_file() {
        return Err(Unread::NotAFile);
    }
    let mut bytes = Vec::new();
    // The length is checked on what is read: a growing file has another one beforehand.
    File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(Unread::System)?;
    if bytes.len() as u64 > most {
        return Err(Unread::TooLarge(metadata.len().max(most + 1).div_ceil(1 << 20), most >> 20));
    }
    Ok(bytes)
}

impl Unread {
    /// The same as the system's error, for those who tell only that.
    pub fn into_io(self) -> io::Error {
        match self {
            Unread::System(error) => error,
            Unread::Folder => ErrorKind::IsADirectory.into(),
            Unread::NotAFile => ErrorKind::Unsupported.into(),
            Unread::TooLarge(..) => ErrorKind::FileTooLarge.into(),
        }
    }
}
