//! Everything a data folder holds into one file, and back into an empty place; compared whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use par_store::snapshot::{Field, Refill};
use par_store::store::Store;

use super::clock;
use super::data_folder::{self, DataFolder};
use crate::exchange::backup::{self, Backup, Content, Failed, Fault, Manifest, Member, Writer};

/// Says which file the system refused.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Failed {
    let path = path.to_owned();
    move |error| Failed::System(path, error)
}

/// Writes a backup while others go on working, and reads it again before it gets its name.
///
/// # Errors
/// See [`Failed`]; no file of that name is there then.
pub async fn write(data: &DataFolder, out: &Path) -> Result<Manifest, Failed> {
    if fs::symlink_metadata(out).is_ok() {
        return Err(Failed::Occupied(out.to_owned()));
    }
    // One name for all tries: what a broken one left is written over.
    let making = beside(out);
    let made = fill(data, &making).await.and_then(|manifest| {
        let read = backup::open(&making).map_err(at(&making))?.map_err(Failed::Spoilt)?;
        if read.manifest != manifest {
            return Err(Failed::Differs(out.display().to_string()));
        }
        fs::rename(&making, out).map_err(at(out))?;
        settle(out)?;
        Ok(manifest)
    });
    if made.is_err() {
        // What failed is the news; that its rest could not be removed is not.
        let _ = fs::remove_file(&making);
    }
    made
}

async fn fill(data: &DataFolder, making: &Path) -> Result<Manifest, Failed> {
    let store = data.open_as_it_is().await?;
    let filled = fill_from(&store, data, making).await;
    // Also after a failure: then the database's lock files are gone.
    store.close().await;
    filled
}

async fn fill_from(store: &Store, data: &DataFolder, making: &Path) -> Result<Manifest, Failed> {
    let mut snapshot = store.snapshot().await?;
    let schema = snapshot.version().await?;
    let file = File::create(making).map_err(at(making))?;
    let mut writer = Writer::new(file, schema, clock::now().to_string());
    for table in snapshot.tables() {
        writer.table(&table.name).map_err(at(making))?;
        let mut refused = None;
        let mut take = |row: &[Field]| {
            writer.row(row).map_err(|error| {
                let kind = error.kind();
                refused = Some(error);
                kind.into()
            })
        };
        let read = snapshot.rows(&table, &mut take).await;
        // Not the database failed, but the disk of the backup.
        refused.map_or(Ok(()), |error| Err(at(making)(error)))?;
        read?;
        writer.end_table(&table.name);
    }
    for (name, path) in data.files().map_err(at(&data.path))? {
        let from = File::open(&path).map_err(at(&path))?;
        writer.file(&name, from).map_err(at(making))?;
    }
    writer.finish().map_err(at(making))
}

/// Restores a backup into a folder that is not there or empty, and a database that is empty. Files and
/// rows are read again and compared before anything gets its name.
///
/// # Errors
/// See [`Failed`]; the place is as it was then.
pub async fn restore(from: &Path, data: &DataFolder) -> Result<Manifest, Failed> {
    let mut backup = backup::open(from).map_err(at(from))?.map_err(Failed::Spoilt)?;
    let folder = &std::path::absolute(&data.path).map_err(at(&data.path))?;
    let occupied = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failed::System(folder.clone(), error)),
    };
    if occupied {
        return Err(Failed::Occupied(data.path.clone()));
    }
    let making = beside(folder);
    match fs::remove_dir_all(&making) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failed::System(making, error)),
        _ => fs::create_dir_all(&making).map_err(at(&making))?,
    }
    let restored = lay(&mut backup, data, &making, folder).await;
    if restored.is_err() {
        // What failed is the news; that its rest could not be removed is not.
        let _ = fs::remove_dir_all(&making);
    }
    restored.map(|()| backup.manifest)
}

/// Rows and files; the folder gets its name when all of it is complete. Rows of PostgreSQL are committed
/// after that: a folder without rows is told at the next try, rows without files would not be.
async fn lay(backup: &mut Backup, data: &DataFolder, making: &Path, folder: &Path) -> Result<(), Failed> {
    lay_files(backup, making)?;
    let target = DataFolder { path: making.to_owned(), database: data.database.clone() };
    let store = target.open_new().await?;
    let mut refill = store.refill(backup.manifest.schema, clock::now().ms()).await?;
    lay_rows(backup, &mut refill).await?;
    let named = || fs::rename(making, folder).map_err(at(folder)).and_then(|()| settle(folder));
    if data.database.is_some() {
        named()?;
        refill.commit().await?;
        store.close().await;
        return Ok(());
    }
    refill.commit().await?;
    store.close().await;
    named()
}

fn lay_files(backup: &mut Backup, making: &Path) -> Result<(), Failed> {
    let foreign = |member: &&Member| !data_folder::keeps(&member.name);
    let foreign: Vec<Fault> = backup
        .manifest
        .files
        .iter()
        .filter(foreign)
        .map(|member| Fault::Foreign(member.name.clone()))
        .collect();
    if !foreign.is_empty() {
        return Err(Failed::Spoilt(foreign));
    }
    for member in backup.manifest.files.clone() {
        let path = making.join(&member.name);
        let around = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(around).map_err(at(around))?;
        backup.file(&member.name, &path).map_err(at(&path))?;
        let laid = backup::content_of(&path).map_err(at(&path))?;
        if laid.member(&member.name) != member {
            return Err(Failed::Differs(member.name));
        }
    }
    Ok(())
}

async fn lay_rows(backup: &mut Backup, refill: &mut Refill) -> Result<(), Failed> {
    let tables = refill.tables();
    let members = backup.manifest.tables.clone();
    let lacking = members.iter().filter(|member| tables.iter().all(|table| table.name != member.name));
    let missing = tables.iter().filter(|table| members.iter().all(|member| member.name != table.name));
    let other: Vec<Fault> = lacking
        .map(|member| &member.name)
        .chain(missing.map(|table| &table.name))
        .map(|name| Fault::Table(name.clone()))
        .collect();
    if !other.is_empty() {
        return Err(Failed::Spoilt(other));
    }
    for table in &tables {
        let changed = || Failed::Spoilt(vec![Fault::Changed(table.name.clone())]);
        let mut rows = backup.rows(table).map_err(|_| changed())?;
        loop {
            let batch = rows.batch().map_err(|_| changed())?.ok_or_else(changed)?;
            if batch.is_empty() {
                break;
            }
            refill.put(table, &batch).await?;
        }
    }
    for table in &tables {
        let mut content = Content::default();
        let mut count = |row: &[Field]| {
            content.row(row);
            Ok(())
        };
        refill.rows(table, &mut count).await?;
        if !members.contains(&content.member(&table.name)) {
            return Err(Failed::Differs(table.name.clone()));
        }
    }
    Ok(())
}

/// Where something is made that will get the name `path`.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.dang-ghi"))
}

/// Makes a new name durable.
fn settle(path: &Path) -> Result<(), Failed> {
    let around = path.parent().filter(|around| !around.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(around).and_then(|folder| folder.sync_all()).map_err(at(around))
}
