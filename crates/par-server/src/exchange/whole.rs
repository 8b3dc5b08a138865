//! A file that is written whole or not at all: the new content stands beside the old until it is complete.
//!
//! Must not know: what the file holds.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Writes a file, in place of the one that is there.
///
/// # Errors
/// When the system refuses; what was there stands then, and nothing is left beside it.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link: what it leads to is written.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = match fs::metadata(path) {
        Ok(known) if known.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        // Devices and pipes hold nothing that could be lost.
        Ok(known) if !known.is_file() => return fs::write(path, bytes),
        // Renaming over a file asks for no right to write to it; a protected file is meant to stay.
        Ok(known) if known.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
        Ok(known) => Some(known.permissions()),
        Err(_) => None,
    };
    let making = path.with_file_name(format!(".dang-ghi-{}", std::process::id()));
    let written = lay(&making, bytes, old).and_then(|()| fs::rename(&making, path));
    if written.is_err() {
        // What failed is the news; that its rest could not be removed is not.
        let _ = fs::remove_file(&making);
    }
    written
}

fn lay(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    // A full disk may tell so only now.
    file.sync_all()
}
