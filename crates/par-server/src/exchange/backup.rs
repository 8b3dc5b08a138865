//! A backup as one archive: every table row by row, every file of the data folder, and a manifest that
//! names all of them with their hashes.
//!
//! Tables are JSON, one row a line, the same from SQLite and from PostgreSQL. Must not know: databases,
//! what rows and files mean.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use par_store::error::Error;
use par_store::snapshot::{Field, Kind, Table};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::CompressionMethod;
use zip::read::{ZipArchive, ZipFile};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::package::{hex, is_inside};

/// What the manifest calls this format.
const FORMAT: &str = "parindex-backup-1";
/// The manifest's name in the archive; it is written last.
const MANIFEST: &str = "manifest.json";
/// Bytes a manifest may have: some 300,000 names.
const LARGEST_MANIFEST: u64 = 64 * 1024 * 1024;
/// Rows read before they are handed on.
const BATCH: usize = 500;
/// Bytes of rows after which a batch ends early: a published file is one row.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Bytes of a row at most: the largest is a published file.
const LONGEST_ROW: u64 = 128 * 1024 * 1024;
/// How many times its own size an archive may unpack to; backups come to some five times.
const MOST_TIMES: u64 = 250;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of this format.
    pub format: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// When, as data files write moments.
    pub made_at: String,
    /// Version of the database's schema.
    pub schema: i64,
    /// Every table of the database.
    pub tables: Vec<Member>,
    /// Every file of the data folder, by its path there.
    pub files: Vec<Member>,
}

/// A table or file in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name, or its path from the data folder with `/`.
    pub name: String,
    /// Rows of a table; 0 for a file.
    pub rows: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
}

/// Why an archive is no sound backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no archive, or cut off.
    NoArchive,
    /// It has no manifest that can be read.
    NoManifest,
    /// It is of another format.
    Format(String),
    /// A member that the manifest names is not there.
    Missing(String),
    /// A member that the manifest does not name.
    Foreign(String),
    /// A member is not what was written.
    Changed(String),
    /// It would unpack to more than this many times its size.
    Swells(u64),
    /// A table that this version of the schema does not have, or lacks.
    Table(String),
}

/// Why a backup was not written or not restored.
#[derive(Debug)]
pub enum Failed {
    /// The database.
    Store(Error),
    /// The system refused a file or folder.
    System(PathBuf, io::Error),
    /// The file is no sound backup.
    Spoilt(Vec<Fault>),
    /// Something stands where the backup, or the data folder, is to be written.
    Occupied(PathBuf),
    /// What was restored is not what the backup holds; nothing was kept.
    Differs(String),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Store(error)
    }
}

/// What a member is made of, as it is written or read.
#[derive(Default)]
pub struct Content {
    hash: Sha256,
    bytes: u64,
    rows: u64,
}

impl Content {
    fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// Counts in a row of a table.
    pub fn row(&mut self, row: &[Field]) {
        self.add(line(row).as_bytes());
        self.rows += 1;
    }

    /// The member of that name with this content.
    pub fn member(self, name: &str) -> Member {
        let (rows, bytes) = (self.rows, self.bytes);
        Member { name: name.to_owned(), rows, sha256: hex(&self.hash.finalize()), bytes }
    }
}

/// A row as a line of JSON.
fn line(row: &[Field]) -> String {
    let fields = row.iter().map(|field| match field {
        Field::Text(text) => serde_json::Value::from(text.as_str()),
        Field::Whole(number) => serde_json::Value::from(*number),
        Field::Null => serde_json::Value::Null,
    });
    format!("{}\n", serde_json::Value::Array(fields.collect()))
}

/// The row in a line of JSON; `None` where it is none of the table.
fn row(text: &str, table: &Table) -> Option<Vec<Field>> {
    let values: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    let same = values.len() == table.columns.len();
    let field = |(value, kind): (serde_json::Value, Kind)| match value {
        serde_json::Value::Null => Some(Field::Null),
        serde_json::Value::String(text) => (kind == Kind::Text).then_some(Field::Text(text)),
        other => other.as_i64().filter(|_| kind == Kind::Whole).map(Field::Whole),
    };
    let kinds = table.columns.iter().map(|column| column.kind);
    same.then(|| values.into_iter().zip(kinds).map(field).collect())?
}

fn table_path(name: &str) -> String {
    format!("database/{name}.jsonl")
}

fn file_path(name: &str) -> String {
    format!("files/{name}")
}

/// The file of an archive. After a first refusal of the system nothing more is written to it, only places
/// are counted on: the archive would try to end itself, and complain to the terminal.
struct Out {
    file: BufWriter<File>,
    refused: bool,
    at: u64,
    end: u64,
}

impl Out {
    fn new(file: File) -> Out {
        Out { file: BufWriter::new(file), refused: false, at: 0, end: 0 }
    }

    fn moved(&mut self, to: u64) {
        self.at = to;
        self.end = self.end.max(to);
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.refused { Ok(bytes.len()) } else { self.file.write(bytes) };
        self.refused |= written.is_err();
        let length = written?;
        self.moved(self.at + length as u64);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = if self.refused { Ok(()) } else { self.file.flush() };
        self.refused |= flushed.is_err();
        flushed
    }
}

impl Seek for Out {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        let place = place.ok_or(io::ErrorKind::InvalidInput)?;
        let sought = if self.refused { Ok(place) } else { self.file.seek(SeekFrom::Start(place)) };
        self.refused |= sought.is_err();
        self.moved(sought?);
        Ok(place)
    }
}

/// A backup being written.
pub struct Writer {
    zip: ZipWriter<Out>,
    manifest: Manifest,
    content: Content,
}

impl Writer {
    /// Begins in an empty file.
    pub fn new(file: File, schema: i64, made_at: String) -> Writer {
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            schema,
            tables: Vec::new(),
            files: Vec::new(),
        };
        Writer { zip: ZipWriter::new(Out::new(file)), manifest, content: Content::default() }
    }

    fn begin(&mut self, path: String) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true)
            .unix_permissions(0o600);
        self.content = Content::default();
        Ok(self.zip.start_file(path, options)?)
    }

    /// Begins a table; its rows follow.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn table(&mut self, name: &str) -> io::Result<()> {
        self.begin(table_path(name))
    }

    /// Adds a row to the table begun.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn row(&mut self, row: &[Field]) -> io::Result<()> {
        let line = line(row);
        self.content.add(line.as_bytes());
        self.content.rows += 1;
        self.zip.write_all(line.as_bytes())
    }

    /// Ends the table begun.
    pub fn end_table(&mut self, name: &str) {
        let content = std::mem::take(&mut self.content);
        self.manifest.tables.push(content.member(name));
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When the system refuses to show or to write it.
    pub fn file(&mut self, name: &str, mut from: File) -> io::Result<()> {
        self.begin(file_path(name))?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            self.content.add(&buffer[..read]);
            self.zip.write_all(&buffer[..read])?;
        }
        let content = std::mem::take(&mut self.content);
        self.manifest.files.push(content.member(name));
        Ok(())
    }

    /// Writes the manifest and makes the file durable.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn finish(mut self) -> io::Result<Manifest> {
        self.begin(MANIFEST.to_owned())?;
        serde_json::to_writer_pretty(&mut self.zip, &self.manifest)?;
        let out = self.zip.finish()?;
        let file = out.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(self.manifest)
    }
}

/// A backup that was read whole and found to be what its manifest says.
pub struct Backup {
    archive: ZipArchive<BufReader<File>>,
    /// What it holds.
    pub manifest: Manifest,
}

/// Opens a backup and reads every member of it against the manifest.
///
/// # Errors
/// All faults; the outer one when the system refuses.
pub fn open(path: &Path) -> io::Result<Result<Backup, Vec<Fault>>> {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(File::open(path)?)) else {
        return Ok(Err(vec![Fault::NoArchive]));
    };
    let manifest = match manifest(&mut archive) {
        Ok(manifest) => manifest,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    let tables = manifest.tables.iter().map(|member| (table_path(&member.name), member));
    let files = manifest.files.iter().map(|member| (file_path(&member.name), member));
    let named: Vec<(String, &Member)> = tables.chain(files).collect();
    let most = path.metadata()?.len().saturating_mul(MOST_TIMES);
    let promised = named.iter().map(|(_, member)| member.bytes).fold(0, u64::saturating_add);
    if promised > most {
        return Ok(Err(vec![Fault::Swells(MOST_TIMES)]));
    }
    let paths: HashSet<&str> = named.iter().map(|(path, _)| path.as_str()).chain([MANIFEST]).collect();
    let known = |name: &str| paths.contains(name);
    let fault = |name: zip::result::ZipResult<Cow<'_, str>>| match name {
        Ok(name) if known(&name) && is_inside(&name) => None,
        Ok(name) => Some(Fault::Foreign(name.into_owned())),
        Err(_) => Some(Fault::NoArchive),
    };
    let mut faults: Vec<Fault> = archive.file_names().filter_map(fault).collect();
    for (path, member) in &named {
        let Ok(entry) = archive.by_name(path) else {
            faults.push(Fault::Missing(path.clone()));
            continue;
        };
        // A byte more than promised is enough to know.
        let mut content = Content::default();
        let read = copy(entry.take(member.bytes + 1), |bytes| content.add(bytes));
        let found = content.member(&member.name);
        if read.is_err() || (&found.sha256, found.bytes) != (&member.sha256, member.bytes) {
            faults.push(Fault::Changed(path.clone()));
        }
    }
    Ok(if faults.is_empty() { Ok(Backup { archive, manifest }) } else { Err(faults) })
}

fn manifest(archive: &mut ZipArchive<BufReader<File>>) -> Result<Manifest, Fault> {
    let entry = archive.by_name(MANIFEST).map_err(|_| Fault::NoManifest)?;
    let said: serde_json::Value =
        serde_json::from_reader(entry.take(LARGEST_MANIFEST)).map_err(|_| Fault::NoManifest)?;
    match said.get("format").and_then(serde_json::Value::as_str) {
        Some(FORMAT) => serde_json::from_value(said).map_err(|_| Fault::NoManifest),
        Some(other) => Err(Fault::Format(other.to_owned())),
        None => Err(Fault::NoManifest),
    }
}

/// Reads to the end by pieces.
fn copy(mut from: impl Read, mut to: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            read => to(&buffer[..read]),
        }
    }
}

impl Backup {
    /// The rows of a table, some at a time.
    ///
    /// # Errors
    /// When the member cannot be read any more.
    pub fn rows(&mut self, table: &Table) -> io::Result<Rows<'_>> {
        let entry = self.archive.by_name(&table_path(&table.name))?;
        Ok(Rows { lines: BufReader::new(entry), table: table.clone() })
    }

    /// Writes a file of the data folder.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn file(&mut self, name: &str, to: &Path) -> io::Result<()> {
        let mut entry = self.archive.by_name(&file_path(name))?;
        let mut file = File::create_new(to)?;
        io::copy(&mut entry, &mut file)?;
        file.sync_all()
    }
}

/// The content of a file on disk.
///
/// # Errors
/// When the system refuses to show it.
pub fn content_of(path: &Path) -> io::Result<Content> {
    let mut content = Content::default();
    copy(File::open(path)?, |bytes| content.add(bytes))?;
    Ok(content)
}

/// Rows of a table in a backup.
pub struct Rows<'b> {
    lines: BufReader<ZipFile<'b, BufReader<File>>>,
    table: Table,
}

impl Rows<'_> {
    /// The next rows; none at the end, and `None` inside where a line is no row of the table.
    ///
    /// # Errors
    /// When the member cannot be read any more.
    pub fn batch(&mut self) -> io::Result<Option<Vec<Vec<Field>>>> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        let mut text = String::new();
        while rows.len() < BATCH && bytes < BATCH_BYTES {
            text.clear();
            bytes += match (&mut self.lines).take(LONGEST_ROW).read_line(&mut text)? {
                0 => break,
                read => read,
            };
            match row(&text, &self.table) {
                Some(row) => rows.push(row),
                None => return Ok(None),
            }
        }
        Ok(Some(rows))
    }
}
