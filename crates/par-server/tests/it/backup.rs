//! Everything goes into one file and back; what is spoilt, in the way or broken off is told and keeps nothing.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Runs the program in a place: its exit code, and what it said.
pub fn run(place: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(place)
        .args(arguments)
        .output()
        .expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().expect("not killed"), String::from_utf8(said).expect("UTF-8"))
}

/// A place with a data folder `data` and its backup `a.zip`.
fn saved() -> tempfile::TempDir {
    let place = tempfile::TempDir::new().unwrap();
    let year = Path::new(ROOT).join("demo/lai-chau-2020");
    assert_eq!(run(place.path(), &["import", year.to_str().unwrap()]).0, 0);
    let wording = place.path().join("data/wording/2020");
    fs::create_dir_all(&wording).unwrap();
    fs::write(wording.join("Lời riêng.txt"), "Chữ có dấu\n").unwrap();
    let (code, said) = run(place.path(), &["backup", "a.zip"]);
    assert!(code == 0 && said.contains("Đã sao lưu") && said.contains("đối chiếu"), "{said}");
    place
}

/// Members of an archive by name, in order.
type Members = Vec<(String, Vec<u8>)>;

fn members(archive: &Path) -> Members {
    let mut archive = ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    (0..archive.len())
        .map(|number| {
            let mut member = archive.by_index(number).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn write(archive: &Path, members: &[(String, Vec<u8>)]) {
    let mut writer = ZipWriter::new(fs::File::create(archive).unwrap());
    for (name, bytes) in members {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

/// Everything below a folder by name, hidden files too.
fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into()).collect();
    names.sort();
    names
}

#[test]
fn a_restored_folder_says_what_the_saved_one_said() {
    let place = saved();
    let (code, said) = run(place.path(), &["restore", "a.zip", "moi"]);
    assert!(code == 0 && said.contains("Đã khôi phục") && said.contains("2 tệp"), "{said}");
    for command in [&["score", "--format", "json"][..], &["check"], &["explain", "SNV"]] {
        let of = |data| run(place.path(), &[command, &["--data", data]].concat());
        let (before, after) = (of("data"), of("moi"));
        assert_eq!(before, after, "{command:?}");
        assert_eq!(after.0, 0, "{}", after.1);
    }
    let wording = fs::read_to_string(place.path().join("moi/wording/2020/Lời riêng.txt")).unwrap();
    assert_eq!(wording, "Chữ có dấu\n");
    // A backup of what was restored holds the same rows and files.
    assert_eq!(run(place.path(), &["backup", "b.zip", "--data", "moi"]).0, 0);
    let rest = |archive: &str| {
        let mut members = members(&place.path().join(archive));
        members.retain(|(name, _)| name != "manifest.json");
        members
    };
    assert!(rest("a.zip") == rest("b.zip"));
    assert_eq!(names(place.path()), ["a.zip", "b.zip", "data", "moi"].map(PathBuf::from));
}

#[test]
fn nothing_that_stands_is_written_over() {
    let place = saved();
    let before = fs::read(place.path().join("a.zip")).unwrap();
    let (code, said) = run(place.path(), &["backup", "a.zip"]);
    assert!(code == 2 && said.contains("không có gì bị ghi đè"), "{code} {said}");
    assert!(fs::read(place.path().join("a.zip")).unwrap() == before);
    let (code, said) = run(place.path(), &["restore", "a.zip", "data"]);
    assert!(code == 2 && said.contains("còn trống"), "{code} {said}");
    fs::create_dir(place.path().join("trong")).unwrap();
    assert_eq!(run(place.path(), &["restore", "a.zip", "trong"]).0, 0);
    let (code, said) = run(place.path(), &["backup", "khong/co/a.zip"]);
    assert!(code == 2 && said.contains("khong/co"), "{code} {said}");
    let (code, said) = run(place.path(), &["restore", "khong-co.zip", "x"]);
    assert!(code == 2 && said.contains("khong-co.zip"), "{code} {said}");
    assert_eq!(names(place.path()), ["a.zip", "data", "trong"].map(PathBuf::from));
}

#[test]
fn a_spoilt_backup_is_told_and_nothing_is_restored() {
    let place = saved();
    let archive = place.path().join("a.zip");
    let (bytes, sound) = (fs::read(&archive).unwrap(), members(&archive));
    let judgements = sound.iter().position(|(name, _)| name == "database/judgements.jsonl").unwrap();
    let edited = |edit: &dyn Fn(&mut Members)| {
        let mut members = sound.clone();
        edit(&mut members);
        write(&archive, &members);
    };
    let cases: [(&str, &dyn Fn()); 7] = [
        ("không phải tệp nén", &|| fs::write(&archive, "xin chào").unwrap()),
        ("không phải tệp nén", &|| fs::write(&archive, &bytes[..bytes.len() / 2]).unwrap()),
        ("không phải bản sao lưu", &|| {
            edited(&|members| members.retain(|(name, _)| name != "manifest.json"))
        }),
        ("thiếu database/judgements.jsonl", &|| edited(&|members| drop(members.remove(judgements)))),
        ("database/judgements.jsonl không còn như khi ghi", &|| {
            edited(&|members| *members[judgements].1.last_mut().unwrap() = b' ');
        }),
        ("có files/../../x không nằm trong bản kê", &|| {
            edited(&|members| members.push(("files/../../x".to_owned(), Vec::new())));
        }),
        ("phiên bản khác", &|| {
            edited(&|members| {
                let manifest = String::from_utf8(members.last().unwrap().1.clone()).unwrap();
                members.last_mut().unwrap().1 = manifest.replace("backup-1", "backup-9").into_bytes();
            });
        }),
    ];
    for (expect, spoil) in cases {
        spoil();
        let (code, said) = run(place.path(), &["restore", "a.zip", "moi"]);
        assert!(code == 1 && said.contains(expect) && said.contains("không có gì được khôi phục"), "{said}");
        assert_eq!(names(place.path()), ["a.zip", "data"].map(PathBuf::from), "{expect}");
    }
}

/// Whoever can make an archive can make a manifest that agrees with it.
#[test]
fn a_backup_that_agrees_with_itself_brings_no_foreign_file_and_does_not_swell() {
    let place = saved();
    let archive = place.path().join("a.zip");
    let sound = members(&archive);
    let named = |name: &str, bytes: u64| {
        let mut members = sound.clone();
        let text = b"x".to_vec();
        let mut manifest: serde_json::Value = serde_json::from_slice(&members.last().unwrap().1).unwrap();
        let sha256 = par_server::exchange::package::sha256(&text);
        let files = manifest["files"].as_array_mut().unwrap();
        files.push(serde_json::json!({ "name": name, "rows": 0, "sha256": sha256, "bytes": bytes }));
        members.last_mut().unwrap().1 = serde_json::to_vec(&manifest).unwrap();
        members.push((format!("files/{name}"), text));
        write(&archive, &members);
    };
    let rows = [
        ("parindex.sqlite", 1, "có parindex.sqlite không nằm trong bản kê"),
        ("published/x", 1, "có published/x không nằm trong bản kê"),
        ("wording/../../x", 1, "có files/wording/../../x không nằm trong bản kê"),
        ("/tmp/x", 1, "có files//tmp/x không nằm trong bản kê"),
        ("wording/x", 1 << 40, "giải nén ra lớn hơn 250 lần"),
    ];
    for (name, bytes, expect) in rows {
        named(name, bytes);
        let (code, said) = run(place.path(), &["restore", "a.zip", "moi"]);
        assert!(code == 1 && said.contains(expect), "{name}: {code} {said}");
        assert_eq!(names(place.path()), ["a.zip", "data"].map(PathBuf::from), "{name}");
    }
    named("wording/them.txt", 1);
    assert_eq!(run(place.path(), &["restore", "a.zip", "moi"]).0, 0);
    assert_eq!(fs::read(place.path().join("moi/wording/them.txt")).unwrap(), b"x");
}

#[test]
fn what_was_killed_half_way_keeps_nothing_and_the_next_try_ends_well() {
    let place = saved();
    let commands = [(&["backup", "b.zip"][..], "b.zip"), (&["restore", "a.zip", "moi"], "moi")];
    for (command, made) in commands {
        let (made, making) = (place.path().join(made), place.path().join(format!(".{made}.dang-ghi")));
        let mut child = Command::new(env!("CARGO_BIN_EXE_parindex"))
            .current_dir(place.path())
            .args(command)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while !making.exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!made.exists(), "{command:?} was done before it could be killed");
        assert_eq!(run(place.path(), command).0, 0);
        assert!(made.exists() && !making.exists());
    }
    assert_eq!(run(place.path(), &["check", "--data", "moi"]).0, 0);
}
