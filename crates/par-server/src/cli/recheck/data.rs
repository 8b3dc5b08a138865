//! The result of a recheck for other programs: JSON and CSV, decimal point, English keys.

use par_core::points::decimal::Decimal;
use par_core::points::rounding::Rounding;
use par_core::recheck::finding::{Finding, Value};
use par_core::recheck::rows::Verdict;
use par_core::recheck::table::{Row, Table};
use par_core::recheck::{Fits, Recheck};
use serde_json::{Value as Json, json};

use super::{Judged, Unread};
use crate::messages;

/// `{rows, findings, checks, fits, tables, unread}`; numbers are quoted decimals. Rows and findings
/// are those of all tables, each with its table's name; `checks` and `fits` those of the first, and
/// of each in `tables`.
pub fn json(judged: &[Judged], unread: &Unread) -> String {
    let mut rows: Vec<Json> = Vec::new();
    let mut findings: Vec<Json> = Vec::new();
    let mut tables: Vec<Json> = Vec::new();
    for Judged { name, table, result } in judged {
        for (row, verdicts) in table.rows.iter().zip(&result.rows) {
            let mut json = place(table, row);
            json["table"] = name.as_str().into();
            json["without_result"] = row.without_result.into();
            json["sum"] = verdict(verdicts.sum).into();
            json["index"] = verdict(verdicts.index).into();
            json["place"] = verdict(verdicts.place).into();
            json["class"] = verdict(verdicts.class).into();
            json["change"] = verdict(verdicts.change).into();
            rows.push(json);
        }
        findings.extend(result.findings.iter().map(|found| {
            let mut json = finding(table, found);
            json["table"] = name.as_str().into();
            json
        }));
        let units = table.rows.len();
        tables.push(json!({
            "name": name,
            "units": units,
            "sound": result.is_sound(),
            "checks": checks(result),
            "fits": fits(table, &result.fits),
        }));
    }
    let hidden: Vec<Json> = unread
        .parts
        .iter()
        .map(|(sheet, rows, columns)| json!({ "sheet": sheet, "rows": rows, "columns": columns }))
        .collect();
    let all = json!({
        "rows": rows,
        "findings": findings,
        "checks": tables[0]["checks"],
        "fits": tables[0]["fits"],
        "tables": tables,
        "unread": {
            "sheets_without_table": unread.without_table,
            "hidden_sheets": unread.hidden,
            "hidden": hidden,
        },
    });
    let mut text = serde_json::to_string_pretty(&all).expect("strings, numbers and lists are JSON");
    text.push('\n');
    text
}

fn checks(result: &Recheck) -> Vec<Json> {
    let each = result.checks.iter().map(|check| {
        json!({
            "check": check.subject.name(),
            "made": check.made,
            "of": check.rows,
            "why_not": check.why_not.map(|why| why.name()),
            "sentence": messages::recheck::check(check),
        })
    });
    each.collect()
}

fn place(table: &Table, row: &Row) -> Json {
    json!({ "line": row.line, "unit": row.unit, "block": table.blocks[row.block].name })
}

fn finding(table: &Table, finding: &Finding) -> Json {
    json!({
        "row": finding.row.map(|row| place(table, &table.rows[row])),
        "kind": finding.kind.name(),
        "said": finding.said.as_ref().map(value),
        "computed": finding.computed.as_ref().map(value),
        "explained_by": finding.explained_by.map(|reason| reason.name()),
        "suspect": finding.suspect.map(|figure| figure.name()),
        "line": finding.line,
        "fault": finding.is_fault(),
        "sentence": messages::recheck::finding(table, finding),
    })
}

fn fits(table: &Table, fits: &Fits) -> Json {
    let rounding: Vec<Json> = fits
        .rounding
        .iter()
        .enumerate()
        .map(|(at, fit)| {
            json!({
                "mode": fit.mode.name(),
                "best": at == 0,
                "rederived": fit.rederived,
                "explained": fit.explained,
                "unexplained": fit.unexplained,
                "fits": fit.unexplained == 0,
            })
        })
        .collect();
    let rules: Vec<Json> = fits
        .places
        .rules
        .iter()
        .map(|(rule, faults)| json!({ "rule": rule.name(), "faults": faults, "fits": *faults == 0 }))
        .collect();
    let scales: Vec<Json> = fits
        .scales
        .iter()
        .map(|fit| {
            let block = &table.blocks[fit.block].name;
            json!({ "block": block, "scale": decimal(fit.scale), "rows": fit.rows, "fitting": fit.fitting })
        })
        .collect();
    json!({
        "rounding": rounding,
        "ties": {
            "scope": fits.places.scope.map(|scope| scope.name()),
            "checked": fits.places.checked,
            "tied_groups": fits.places.ties,
            "rules": rules,
        },
        "classes": classes(table, fits),
        "means": means(table, fits),
        "scales": scales,
    })
}

fn classes(table: &Table, fits: &Fits) -> Vec<Json> {
    fits.classes
        .iter()
        .map(|fit| {
            let bounds: Vec<Json> = fit
                .classes
                .iter()
                .map(|class| {
                    json!({
                        "class": class.name,
                        "lower_bound_above": class.above.map(decimal),
                        "lower_bound_at_most": class.at_most.map(decimal),
                        "rows": class.rows,
                    })
                })
                .collect();
            let scales: Vec<Vec<String>> =
                fit.scales.iter().map(|scale| scale.iter().copied().map(decimal).collect()).collect();
            json!({
                "block": fit.block.map(|block| &table.blocks[block].name),
                "stated": fit.stated,
                "checked": fit.checked,
                "classes": bounds,
                "scales": scales,
            })
        })
        .collect()
}

fn means(table: &Table, fits: &Fits) -> Json {
    let names = |blocks: &std::ops::Range<usize>| -> Vec<String> {
        table.blocks[blocks.clone()].iter().map(|block| block.name.clone()).collect()
    };
    let computed: Vec<Json> = fits
        .means
        .computed
        .iter()
        .map(|run| {
            let mut json = json!({ "blocks": names(&run.blocks), "units": run.units });
            for (definition, mean) in &run.means {
                json[definition.name()] = decimal(Rounding::HalfUp.apply(mean, 4)).into();
            }
            json
        })
        .collect();
    let printed: Vec<Json> = fits
        .means
        .printed
        .iter()
        .map(|source| {
            json!({
                "name": source.printed.name,
                "line": source.printed.line,
                "said": decimal(source.printed.value),
                "blocks": source.blocks.as_ref().map(names),
                "reproduced_by": source.definitions.iter().map(|by| by.name()).collect::<Vec<_>>(),
                "explained": source.explained,
                "compared": source.compared,
            })
        })
        .collect();
    json!({ "computed": computed, "printed": printed })
}

/// One record a unit with its verdicts and sentences, then one a finding about no unit, then one a
/// check with what it compared or why not; then one a part of the file that was not judged.
pub fn csv(judged: &[Judged], unread: &Unread) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut record = |fields: [&str; 10]| writer.write_record(fields).expect("memory takes every record");
    record(["line", "unit", "block", "sum", "index", "place", "class", "findings", "change", "table"]);
    for Judged { name, table, result } in judged {
        let mut sentences = vec![Vec::new(); table.rows.len()];
        for finding in &result.findings {
            if let Some(row) = finding.row {
                sentences[row].push(messages::recheck::finding(table, finding));
            }
        }
        for (row, (verdicts, sentences)) in table.rows.iter().zip(result.rows.iter().zip(sentences)) {
            record([
                &row.line.to_string(),
                &row.unit,
                &table.blocks[row.block].name,
                verdict(verdicts.sum),
                verdict(verdicts.index),
                verdict(verdicts.place),
                verdict(verdicts.class),
                &sentences.join(" "),
                verdict(verdicts.change),
                name,
            ]);
        }
        for finding in result.findings.iter().filter(|finding| finding.row.is_none()) {
            let line = finding.line.map_or(String::new(), |line| line.to_string());
            let sentence = messages::recheck::finding(table, finding);
            record([&line, "", "", "", "", "", "", &sentence, "", name]);
        }
        for check in &result.checks {
            record(["", "", "", "", "", "", "", &messages::recheck::check(check), "", name]);
        }
    }
    for note in messages::recheck::unread(&unread.without_table, &unread.hidden, &unread.parts) {
        record(["", "", "", "", "", "", "", &note, "", ""]);
    }
    let bytes = writer.into_inner().expect("memory takes every record");
    String::from_utf8(bytes).expect("fields are UTF-8")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unchecked => "unchecked",
        Verdict::Right => "right",
        Verdict::Explained => "explained",
        Verdict::Wrong => "wrong",
    }
}

fn value(value: &Value) -> Json {
    match value {
        Value::Number(number) => decimal(*number).into(),
        Value::Place(place) => (*place).into(),
        Value::Text(text) => text.as_str().into(),
        Value::OneOf(texts) => texts.clone().into(),
    }
}

fn decimal(decimal: Decimal) -> String {
    decimal.to_string()
}
