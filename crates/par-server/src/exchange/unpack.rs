//! Archives that people give (.xlsx, .docx): members by name, unpacked within one bound.
//!
//! Must not know: what the members hold.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Bytes of all members read of one file, once unpacked.
pub const MOST: u64 = 64 << 20;
/// Members an archive may have.
const MEMBERS: usize = 10_000;

/// An archive being read.
pub struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    left: u64,
}

/// Why an archive or a member of it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoilt {
    /// Damaged; the member, or nothing where the archive itself is.
    Broken(String),
    /// A member is locked with a password.
    Locked,
    /// Unpacked it is more than this many megabytes, or has too many members.
    TooLarge(u64),
    /// The text of a cell, by row and column from 0, is longer than Excel lets it be.
    LongCell((u32, u32)),
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// See [`Spoilt`].
    pub fn open(bytes: Vec<u8>) -> Result<Archive, Spoilt> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Spoilt::Broken(String::new()))?;
        if zip.len() > MEMBERS {
            return Err(Spoilt::TooLarge(MOST >> 20));
        }
        Ok(Archive { zip, left: MOST })
    }

    /// Whether a member is there.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A member as text; `None` when it is not there.
    ///
    /// # Errors
    /// See [`Spoilt`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Spoilt> {
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let broken = || Spoilt::Broken(name.to_owned());
        let file = self.zip.by_index(at).map_err(|error| match error {
            zip::result::ZipError::InvalidPassword => Spoilt::Locked,
            zip::result::ZipError::UnsupportedArchive(words) if words.contains("assword") => Spoilt::Locked,
            _ => broken(),
        })?;
        let mut bytes = Vec::new();
        // What is unpacked is counted, not what the directory declares.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        let length = bytes.len() as u64;
        if length > self.left {
            return Err(Spoilt::TooLarge(MOST >> 20));
        }
        self.left -= length;
        String::from_utf8(bytes).map(Some).map_err(|_| broken())
    }
}

/// Whether the bytes are a document of Office 97–2003, or a newer one locked with a password: both
/// are wrapped the same way.
pub fn old_or_locked(bytes: &[u8]) -> Option<Wrapped> {
    if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        && !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
    {
        return None;
    }
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = bytes.windows(name.len()).any(|window| window == name.as_slice());
    Some(if locked { Wrapped::Locked } else { Wrapped::Old })
}

/// What an Office file of the old wrapping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// Of Office 97–2003.
    Old,
    /// Locked with a password.
    Locked,
}
