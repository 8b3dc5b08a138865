//! Packages of published years: files with a list of their hashes, as a folder or one archive.
//!
//! Must not know: what the files say.

pub mod against;
pub mod archive;
pub mod describe;
pub mod disk;
pub mod fault;
pub mod manifest;
pub mod record;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The list of all other files with their SHA-256, as `sha256sum -c` reads it.
pub const MANIFEST: &str = "SHA256SUMS";

/// Largest file of a package.
pub const LARGEST: u64 = 100 * 1024 * 1024;
/// Most bytes of all files together.
pub const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// Most files.
pub const MOST_FILES: usize = 2_000;

/// A package's files by path with `/`, the list of hashes among them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Package {
    /// Contents by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Something in the way of reading a package, with the member it stands at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The file or member; empty for the package as a whole.
    pub file: String,
    /// What is in the way.
    pub kind: ObstacleKind,
}

/// What can be in the way of reading a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObstacleKind {
    /// The archive is cut off or damaged; the words are the reader's own.
    Damaged(String),
    /// A name that leads out of the package or cannot be a file's.
    Path,
    /// The name stands twice in the archive.
    Twice,
    /// Neither a file nor a folder: a link or an encrypted member.
    NotAFile,
    /// More files than allowed.
    TooManyFiles(usize),
    /// More bytes than allowed (megabytes), or far more than its size in the archive lets expect.
    TooLarge(u64),
}

impl Package {
    /// Adds the list of hashes to files that are complete.
    pub fn sealed(mut files: BTreeMap<String, Vec<u8>>) -> Package {
        files.remove(MANIFEST);
        let lines = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes)));
        let manifest: String = lines.collect();
        files.insert(MANIFEST.to_owned(), manifest.into_bytes());
        Package { files }
    }

    /// The package's id: the SHA-256 of its list of hashes.
    pub fn id(&self) -> String {
        sha256(self.files.get(MANIFEST).map_or(&[][..], Vec::as_slice))
    }

    /// How many bytes all files hold.
    pub fn bytes(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }
}

/// SHA-256 as hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text can be such a hash.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether a path stays inside a package on every system: parts of ordinary letters between `/`.
pub fn is_inside(path: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part
                .chars()
                .any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    };
    path.len() <= 300 && path.split('/').all(part)
}
