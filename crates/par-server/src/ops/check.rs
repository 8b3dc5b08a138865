//! The whole database looked through, and held against a package that was kept elsewhere.

use par_store::error::Error;
use par_store::fact::Fact;
use par_store::finding::Finding;
use par_store::invariants;
use par_store::store::Store;

use super::data_folder::DataFolder;
use crate::exchange::package::against::Against;
use crate::exchange::package::record::{self, Record};
use crate::exchange::package::{Package, manifest};

/// What was looked through and found.
#[derive(Debug)]
pub struct Checked {
    /// The years there are, oldest first.
    pub years: Vec<u16>,
    /// Where a fact does not hold.
    pub findings: Vec<Finding>,
    /// What speaks not against the database: a year that is not published yet lacks it, or an earlier
    /// version let it pass.
    pub remarks: Vec<Finding>,
    /// Years of which the import did not say what every table holds.
    pub sealed_late: Vec<u16>,
}

/// How many kinds of facts are looked at.
pub fn facts() -> usize {
    Fact::ALL.len()
}

/// Looks through the whole database of a folder.
///
/// # Errors
/// When it cannot be asked at all.
pub async fn folder(data: &DataFolder) -> Result<Checked, Error> {
    let store = data.open().await?;
    let found = invariants::check(&store).await?.into_iter();
    let (findings, mut remarks): (Vec<_>, Vec<_>) = found.partition(|finding| finding.is_fault);
    let years = store.years().await.unwrap_or_default().into_iter().map(|(year, _)| year).collect();
    // A damaged journal is told among the findings.
    let sealed_late = invariants::sealed_late(&store).await.unwrap_or_default();
    remarks.sort_by_key(|remark: &Finding| (remark.year, remark.fact));
    store.close().await;
    Ok(Checked { years, findings, remarks, sealed_late })
}

/// Holds the database of a folder against a package.
///
/// # Errors
/// When the database cannot be asked.
pub async fn against(data: &DataFolder, package: &Package) -> Result<Against, Error> {
    if let Some(fault) = manifest::check(package).1.into_iter().next() {
        return Ok(Against::Spoilt(fault.file));
    }
    let record =
        package.files.get(record::FILE).and_then(|bytes| serde_json::from_slice::<Record>(bytes).ok());
    let Some(record) = record else { return Ok(Against::NoRecord) };
    let store = data.open().await?;
    let stands = of_version(&store, package, &record).await;
    store.close().await;
    stands
}

async fn of_version(store: &Store, package: &Package, record: &Record) -> Result<Against, Error> {
    let (year, version) = (record.year, record.version);
    let versions = store.publications(year).await?;
    let Some(known) = versions.into_iter().find(|known| known.version == version) else {
        return Ok(Against::Missing { year, version });
    };
    let given = package.id();
    if known.package_id != given {
        return Ok(Against::Other { year, version, here: known.package_id, given });
    }
    if let Some(line) = &record.journal {
        let here = store.journal_hash(line.sequence).await?.unwrap_or_default();
        if here != line.hash {
            return Ok(Against::Journal { sequence: line.sequence, here, given: line.hash.clone() });
        }
    }
    Ok(Against::Same { year, version, names_journal: record.journal.is_some() })
}
