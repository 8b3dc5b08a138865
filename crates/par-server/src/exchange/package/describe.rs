//! Descriptions of a package for other programs: Frictionless Data Package, DCAT 3, schema.org.

use par_core::publication::table::{Column, Filled, Kind, Table};
use serde_json::{Map, Value, json};

use super::record::Record;
use super::sha256;

/// A licence that data can be published under: its short name, title and address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// As in `CC-BY-4.0`.
    pub name: &'static str,
    /// Its full title.
    pub title: &'static str,
    /// Where it can be read.
    pub address: &'static str,
}

/// The licences to choose from; the first is the usual one.
pub const LICENCES: [Licence; 4] = [
    Licence {
        name: "CC-BY-4.0",
        title: "Creative Commons Ghi công 4.0 Quốc tế",
        address: "https://creativecommons.org/licenses/by/4.0/",
    },
    Licence {
        name: "CC0-1.0",
        title: "Creative Commons CC0 1.0 (không giữ quyền nào)",
        address: "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    Licence {
        name: "ODC-BY-1.0",
        title: "Open Data Commons Ghi công 1.0",
        address: "https://opendatacommons.org/licenses/by/1-0/",
    },
    Licence {
        name: "ODbL-1.0",
        title: "Open Data Commons Cơ sở dữ liệu mở 1.0",
        address: "https://opendatacommons.org/licenses/odbl/1-0/",
    },
];

impl Licence {
    /// The licence of that name.
    pub fn named(name: &str) -> Option<Licence> {
        LICENCES.into_iter().find(|licence| licence.name == name)
    }
}

/// Who publishes, as in `Ủy ban nhân dân tỉnh Lai Châu`.
fn publisher(record: &Record) -> String {
    format!("Ủy ban nhân dân {}", record.province)
}

fn description(record: &Record) -> String {
    let notice = record.notice.as_ref().map(|notice| format!(" {notice}")).unwrap_or_default();
    format!(
        "Dữ liệu đầu vào và kết quả Chỉ số cải cách hành chính năm {} của {}, phiên bản {}; mỗi số liệu có giá trị đã làm tròn và giá trị chính xác, tính lại được từ thư mục inputs.{notice}",
        record.year, record.province, record.version
    )
}

fn name(record: &Record) -> String {
    format!("cchc-{}", record.year)
}

const KEYWORDS: [&str; 4] = ["cải cách hành chính", "PAR INDEX", "chỉ số", "xếp hạng"];

/// `datapackage.json`: the tables with the type of every column, keys and references.
pub fn data_package(record: &Record, tables: &[Table]) -> Value {
    let licence = Licence::named(&record.licence);
    json!({
        "profile": "tabular-data-package",
        "name": name(record),
        "title": record.title,
        "description": description(record),
        "version": record.version.to_string(),
        "created": record.published_at,
        "licenses": licence.map(|licence| {
            vec![json!({ "name": licence.name, "title": licence.title, "path": licence.address })]
        }),
        "contributors": [{ "title": publisher(record), "role": "publisher" }],
        "sources": [{ "title": "Dữ liệu đầu vào của năm, trong thư mục inputs của gói này", "path": "inputs/year.toml" }],
        "keywords": KEYWORDS,
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(table: &Table) -> Value {
    let text = table.csv();
    json!({
        "name": table.name,
        "path": table.path(),
        "title": table.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": text.len(),
        "hash": format!("sha256:{}", sha256(text.as_bytes())),
        "schema": schema(table),
    })
}

fn schema(table: &Table) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), table.columns.iter().map(|column| field(table, column)).collect());
    schema.insert("missingValues".to_owned(), json!([""]));
    schema.insert("primaryKey".to_owned(), json!(table.key));
    if !table.references.is_empty() {
        let references = table.references.iter().map(|reference| {
            json!({
                "fields": reference.columns,
                "reference": { "resource": reference.table, "fields": reference.key },
            })
        });
        schema.insert("foreignKeys".to_owned(), references.collect());
    }
    Value::Object(schema)
}

fn field(table: &Table, column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.filled == Filled::Always {
        constraints.insert("required".to_owned(), json!(true));
    }
    if table.key == [column.name] {
        constraints.insert("unique".to_owned(), json!(true));
    }
    let kind = match &column.kind {
        Kind::Text => "string",
        Kind::Word(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            "string"
        }
        Kind::Whole => {
            constraints.insert("minimum".to_owned(), json!(0));
            "integer"
        }
        Kind::Decimal => "number",
        Kind::Exact => {
            constraints.insert("pattern".to_owned(), json!(r"-?[0-9]+(\.[0-9]+|/[0-9]+)?"));
            "string"
        }
    };
    json!({ "name": column.name, "type": kind, "title": column.title, "constraints": constraints })
}

/// `dcat.jsonld`: an entry for a catalogue of open data (DCAT 3).
pub fn catalogue_entry(record: &Record, tables: &[Table]) -> Value {
    let distribution = |table: &Table| {
        json!({
            "@type": "dcat:Distribution",
            "@id": table.path(),
            "dct:title": vietnamese(table.title),
            "dcat:mediaType": { "@id": "https://www.iana.org/assignments/media-types/text/csv" },
            "dcat:byteSize": { "@value": table.csv().len().to_string(), "@type": "xsd:nonNegativeInteger" },
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
                "spdx:checksumValue": { "@value": sha256(table.csv().as_bytes()), "@type": "xsd:hexBinary" },
            },
        })
    };
    let mut entry = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "adms": "http://www.w3.org/ns/adms#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": "",
        "dct:identifier": format!("{}-v{}", name(record), record.version),
        "dct:title": vietnamese(&record.title),
        "dct:description": vietnamese(&description(record)),
        "dct:issued": { "@value": record.published_at, "@type": "xsd:dateTime" },
        "dct:publisher": { "@type": "foaf:Organization", "foaf:name": vietnamese(&publisher(record)) },
        "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/VIE" },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": { "@value": format!("{}-01-01", record.year), "@type": "xsd:date" },
            "dcat:endDate": { "@value": format!("{}-12-31", record.year), "@type": "xsd:date" },
        },
        "dcat:version": record.version.to_string(),
        "dcat:keyword": KEYWORDS.map(vietnamese),
        "dcat:distribution": tables.iter().map(distribution).collect::<Vec<_>>(),
    });
    if let Some(licence) = Licence::named(&record.licence) {
        entry["dct:license"] = json!({ "@id": licence.address });
    }
    if let Some(last) = record.amendments.last() {
        entry["adms:versionNotes"] = vietnamese(&last.reason);
    }
    entry
}

fn vietnamese(text: &str) -> Value {
    json!({ "@value": text, "@language": "vi" })
}

/// `schema-org.jsonld`: what search engines read, for the head of a page too.
pub fn schema_org(record: &Record, tables: &[Table]) -> Value {
    let download = |table: &Table| {
        json!({
            "@type": "DataDownload",
            "name": table.title,
            "encodingFormat": "text/csv",
            "contentUrl": table.path(),
            "sha256": sha256(table.csv().as_bytes()),
        })
    };
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": record.title,
        "description": description(record),
        "identifier": name(record),
        "version": record.version.to_string(),
        "datePublished": record.published_at,
        "temporalCoverage": format!("{0}-01-01/{0}-12-31", record.year),
        "spatialCoverage": record.province,
        "inLanguage": "vi",
        "isAccessibleForFree": true,
        "license": Licence::named(&record.licence).map(|licence| licence.address),
        "creator": { "@type": "GovernmentOrganization", "name": publisher(record) },
        "keywords": KEYWORDS,
        "distribution": tables.iter().map(download).collect::<Vec<_>>(),
    })
}
