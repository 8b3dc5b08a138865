//! The journal is read by people: listed, filtered, exported, verified against a hash kept elsewhere.

use crate::backup::run;

/// A data folder `data` with an imported and published year.
fn published() -> tempfile::TempDir {
    let place = tempfile::TempDir::new().unwrap();
    let folder = crate::static_site::small_year(place.path());
    let (code, said) = run(place.path(), &["import", folder.to_str().unwrap(), "--published"]);
    assert_eq!(code, 0, "{said}");
    place
}

#[test]
fn lines_are_listed_as_sentences_and_filtered() {
    let place = published();
    let (code, said) = run(place.path(), &["journal", "list"]);
    assert_eq!(code, 0, "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].contains("Nhập năm 2024: 2 đơn vị, 8 điểm chấm"), "{said}");
    assert!(lines[1].contains("Công bố năm 2024, phiên bản 1, mã gói "), "{said}");
    let (_, said) = run(place.path(), &["journal", "list", "--act", "publish_year", "--year", "2024"]);
    assert_eq!(said.lines().count(), 1, "{said}");
    let (code, said) = run(place.path(), &["journal", "list", "--to", "31/12/1999"]);
    assert_eq!((code, said.as_str()), (0, "Không có dòng nào của nhật ký khớp với điều kiện.\n"));
    let (code, said) = run(place.path(), &["journal", "list", "--from", "2021-13-01"]);
    assert!(code == 2 && said.contains("dd/mm/yyyy"), "{said}");
    let (_, said) = run(place.path(), &["journal", "list", "--csv"]);
    let mut reader = csv::Reader::from_reader(said.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 9);
    let hashes: Vec<String> = reader.records().map(|row| row.unwrap()[8].to_owned()).collect();
    assert!(hashes.len() == 2 && hashes.iter().all(|hash| hash.len() == 64), "{said}");
}

#[test]
fn the_chain_is_verified_and_held_against_a_hash_kept_elsewhere() {
    let place = published();
    let (code, said) = run(place.path(), &["journal", "verify"]);
    assert!(code == 0 && said.contains("Nhật ký nguyên vẹn: 2 dòng"), "{said}");
    let hash = said.split("--hash ").nth(1).unwrap().trim().to_owned();
    let kept = ["journal", "verify", "--line", "2", "--hash", &hash];
    let (code, said) = run(place.path(), &kept);
    assert!(code == 0 && said.contains("Dòng 2 khớp"), "{said}");
    let (code, said) = run(place.path(), &["journal", "verify", "--line", "1", "--hash", &hash]);
    assert!(code == 1 && said.contains("khác với mã đã giữ"), "{said}");
    let (code, said) = run(place.path(), &["journal", "verify", "--line", "9", "--hash", &hash]);
    assert!(code == 1 && said.contains("không có dòng 9"), "{said}");
    let (code, _) = run(place.path(), &["journal", "verify", "--line", "1"]);
    assert_eq!(code, 2);
    assert_eq!(run(place.path(), &["journal", "list", "--data", "khong-co"]).0, 2);
}
