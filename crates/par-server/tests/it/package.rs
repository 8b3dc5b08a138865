//! Packages as a civil servant checks them: the sound one, and twenty-odd spoilt by hand. What each spoiling
//! is called and what is told of it stands under `golden/package`; `UPDATE_GOLDEN=1` writes it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use par_core::publication::anonymous::publishable;
use par_core::publication::level::Level;
use par_core::score::results::{Results, Scope};
use par_core::year::{LeafFile, Year};
use par_server::exchange::folder;
use par_server::exchange::package::archive;
use par_server::exchange::package::describe::LICENCES;
use par_server::exchange::package::record::{self, Amendment, Record};
use par_server::exchange::package::{MANIFEST, Package};
use par_server::ops::load::year_of;
use par_server::ops::publish::{self, Edition, package};
use par_server::ops::{release, report};
use zip::write::{SimpleFileOptions, ZipWriter};

pub fn edition() -> Edition {
    let published_at = "2021-04-15T08:00:00+07:00".to_owned();
    Edition {
        published_at,
        licence: LICENCES[0],
        level: Level::Leaves,
        journal: None,
        amendments: Vec::new(),
    }
}

fn sound() -> Package {
    static SOUND: LazyLock<Package> = LazyLock::new(make_sound);
    SOUND.clone()
}

fn make_sound() -> Package {
    let year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    package(&year, &edition(), &beside(&year))
}

/// Wording and text of the report, as a publication freezes them.
pub fn beside(year: &Year) -> BTreeMap<String, Vec<u8>> {
    let results = Results::of(publishable(year));
    let worded = report::worded(&[], &results.year).expect("the wording built in");
    assert!(worded.problems.is_empty(), "{:?}", worded.problems);
    report::frozen(&report::report(&results, &worded.wording), &worded.files)
}

/// The second version: one judgement corrected, the first one named.
fn amended() -> Package {
    static AMENDED: LazyLock<Package> = LazyLock::new(make_amended);
    AMENDED.clone()
}

fn make_amended() -> Package {
    let mut year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    let units = |year: &Year| {
        let tables = par_core::publication::standing::tables(&Results::of(year.clone()));
        tables.into_iter().find(|table| table.name == "units").expect("a table of units")
    };
    let before = units(&year);
    let less = par_core::points::Points::from_millionths(900_000);
    let changed =
        Arc::make_mut(&mut year.files[0]).leaves[2].council.as_mut().expect("judged by the council");
    changed.points = less;
    changed.inputs = par_core::rule::inputs::Inputs::parse("a=10;b=9").expect("inputs");
    let amendment = Amendment {
        number: 1,
        at: "2021-05-04T09:30:00+07:00".to_owned(),
        reason: "Bổ sung kết luận thanh tra về tiêu chí 1.1.3".to_owned(),
        amends: sound().id(),
        changes: publish::changes(&before, &units(&year)),
    };
    let published_at = amendment.at.clone();
    let edition = Edition { published_at, amendments: vec![amendment], ..edition() };
    package(&year, &edition, &beside(&year))
}

/// How one package was spoilt.
struct Spoilt {
    name: &'static str,
    what: &'static str,
    /// The archive as it is handed on.
    bytes: Vec<u8>,
}

type Files = BTreeMap<String, Vec<u8>>;

/// Replaces one place of a text, which must be there exactly once.
fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let bytes = files.get_mut(path).expect("the file is in the package");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
    *bytes = text.replace(from, to).into_bytes();
}

/// Exchanges a cell of the row that begins with `row`.
fn edit_cell(files: &mut Files, path: &str, row: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("UTF-8");
    let line = text.lines().find(|line| line.starts_with(row)).expect("the row is there").to_owned();
    let new = line.replacen(from, to, 1);
    assert_ne!(new, line, "{from:?} in {line:?}");
    edit(files, path, &format!("{line}\n"), &format!("{new}\n"));
}

/// With the list of hashes as it was.
fn left(edit: impl Fn(&mut Files)) -> Vec<u8> {
    let mut package = sound();
    edit(&mut package.files);
    archive::write(&package)
}

/// With a new list of hashes over what was spoilt.
fn rehashed(edit: impl Fn(&mut Files)) -> Vec<u8> {
    rehashed_of(sound(), edit)
}

fn rehashed_of(mut package: Package, edit: impl Fn(&mut Files)) -> Vec<u8> {
    edit(&mut package.files);
    archive::write(&Package::sealed(package.files))
}

fn record(files: &mut Files, edit: impl Fn(&mut Record)) {
    let mut record: Record = serde_json::from_slice(&files["publication.json"]).expect("a record");
    edit(&mut record);
    files.insert("publication.json".to_owned(), record.text().into_bytes());
}

/// An archive with members as they are given, twice or with bad names.
fn members(rows: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in rows {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("a vector takes every byte");
    }
    writer.finish().expect("complete").into_inner()
}

/// `from` and `to` are equally long, so that nothing else of an archive moves.
fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> =
        (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    bytes
}

#[rustfmt::skip] // one spoiling a line reads as a list
fn spoilt_figures() -> Vec<Spoilt> {
    let one = |name, what, bytes| Spoilt { name, what, bytes };
    vec![
        one("01-mot-byte", "Sửa một chữ số trong bảng kết quả",
            left(|files| edit_cell(files, "standing/units.csv", "SNV,", "87.42", "87.43"))),
        one("02-nang-diem-dau-vao", "Nâng điểm một tiêu chí trong đầu vào, lập lại mã băm",
            rehashed(|files| edit_cell(files, "inputs/scores.csv", "SNV,1.1.3,", "1,a=21;b=21,,,", "0.5,a=21;b=21,,,"))),
        one("03-nang-diem-va-so-lieu", "Sửa cả điểm lẫn số liệu chấm điểm, lập lại mã băm",
            rehashed(|files| edit_cell(files, "inputs/scores.csv", "SNV,1.1.2,", "0.5,opt=1,,,", "0,opt=2,,,"))),
        one("04-doi-thu-hang", "Đổi chỗ hai thứ hạng, lập lại mã băm", rehashed(|files| {
            edit_cell(files, "standing/units.csv", "SNV,", "departments,1,", "departments,2,");
            edit_cell(files, "standing/units.csv", "STP,", "departments,2,", "departments,1,");
        })),
        one("05-doi-xep-loai", "Ghi một đơn vị xếp loại Xuất sắc, lập lại mã băm",
            rehashed(|files| edit_cell(files, "standing/units.csv", "SNV,", ",Tốt,", ",Xuất sắc,"))),
        one("06-doi-ten-loai", "Đổi tên một loại trong danh mục, lập lại mã băm",
            rehashed(|files| edit_cell(files, "standing/classes.csv", "departments,Tốt,", "Tốt", "Giỏi"))),
        one("07-bo-khong-danh-gia", "Bỏ một nội dung không đánh giá, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files["inputs/exemptions.csv"].clone()).expect("UTF-8");
            let kept: String = text.lines().filter(|line| !line.starts_with("SNGV,3.4,")).map(|line| format!("{line}\n")).collect();
            files.insert("inputs/exemptions.csv".to_owned(), kept.into_bytes());
        })),
        one("08-doi-cau-tra-loi", "Sửa một câu trả lời điều tra, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files["inputs/survey-counts.csv"].clone()).expect("UTF-8");
            let of_unit = |option: &str| {
                let found = text.lines().find(|line| line.starts_with("M1,SNV,D01,") && line.contains(option));
                let (before, count) = found.expect("an answer").rsplit_once(',').expect("a count");
                (before.to_owned(), count.parse::<u32>().expect("a number"))
            };
            let [(a, of_a), (b, of_b)] = [",A,", ",B,"].map(of_unit);
            edit(files, "inputs/survey-counts.csv", &format!("{a},{of_a}\n"), &format!("{a},{}\n", of_a - 1));
            edit(files, "inputs/survey-counts.csv", &format!("{b},{of_b}\n"), &format!("{b},{}\n", of_b + 1));
        })),
        one("09-sua-trung-binh", "Sửa trung bình toàn tỉnh, lập lại mã băm", rehashed(|files| {
            let row = "province,province,index,";
            let text = String::from_utf8(files["standing/means.csv"].clone()).expect("UTF-8");
            let mean = text.lines().find_map(|line| line.strip_prefix(row)).and_then(|rest| rest.split(',').next()).expect("a mean").to_owned();
            edit_cell(files, "standing/means.csv", row, &mean, "90.00");
        })),
        one("10-sua-so-dem", "Sửa số đơn vị xếp loại Tốt, lập lại mã băm", rehashed(|files| {
            let row = "province,province,index,class,Tốt,";
            let text = String::from_utf8(files["standing/counts.csv"].clone()).expect("UTF-8");
            let count = text.lines().find_map(|line| line.strip_prefix(row)).expect("a count").to_owned();
            edit(files, "standing/counts.csv", &format!("{row}{count}\n"), &format!("{row}27\n"));
        })),
        one("11-bot-dong", "Xóa một đơn vị khỏi bảng kết quả, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files["standing/units.csv"].clone()).expect("UTF-8");
            let line = text.lines().find(|line| line.starts_with("STP,")).expect("a unit").to_owned();
            edit(files, "standing/units.csv", &format!("{line}\n"), "");
        })),
        one("26-sua-thay-doi", "Sửa một thay đổi trên cùng nội dung, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files["standing/changes.csv"].clone()).expect("UTF-8");
            let line = text.lines().find(|line| line.starts_with("SNV,")).expect("a unit");
            let cell = line.split(',').nth(7).expect("the change over what both years assessed").to_owned();
            edit_cell(files, "standing/changes.csv", "SNV,", &format!(",{cell},"), ",9.99,");
        })),
        one("12-sua-bo-tieu-chi", "Nâng ngưỡng xếp loại Tốt trong bộ tiêu chí, lập lại mã băm",
            rehashed(|files| edit(files, "inputs/sets/departments/framework.toml", "from = \"80\"", "from = \"85\""))),
    ]
}

#[rustfmt::skip] // one spoiling a line reads as a list
fn spoilt_wholes() -> Vec<Spoilt> {
    let one = |name, what, bytes| Spoilt { name, what, bytes };
    let good = sound();
    let whole = archive::write(&good);
    let pairs = || -> Vec<(&str, &[u8])> { good.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect() };
    vec![
        one("13-thieu-tep", "Bỏ một tệp khỏi gói", left(|files| drop(files.remove("inputs/previous.csv")))),
        one("14-thua-tep", "Thêm một tệp lạ vào gói", left(|files| drop(files.insert("ghi-chu.txt".to_owned(), b"x".to_vec())))),
        one("15-thieu-danh-sach", "Bỏ danh sách mã băm", left(|files| drop(files.remove(MANIFEST)))),
        one("16-sua-cong-bo", "Sửa năm và phiên bản chương trình trong publication.json, lập lại mã băm",
            rehashed(|files| record(files, |record| { record.year = 2021; record.program.version = "mới nhất".to_owned(); }))),
        one("17-hong-json", "Cắt publication.json giữa chừng, lập lại mã băm", rehashed(|files| {
            let half = files["publication.json"].len() / 2;
            files.get_mut("publication.json").expect("there").truncate(half);
        })),
        one("18-dut-chuoi", "Bỏ số hiệu phiên bản trước trong lần đính chính, lập lại mã băm",
            rehashed_of(amended(), |files| record(files, |record| { record.previous = None; record.amendments[0].number = 2; }))),
        one("19-dinh-chinh-sai", "Lần đính chính ghi sai số sau khi sửa, lập lại mã băm",
            rehashed_of(amended(), |files| record(files, |record| record.amendments[0].changes[0].after = "90".to_owned()))),
        one("20-duong-dan-ra-ngoai", "Tệp nén có tên dẫn ra ngoài gói",
            renamed(&members(&[pairs(), vec![("XX/XX/thu.txt", b"x")]].concat()), "XX/XX/thu.txt", "../../thu.txt")),
        one("21-cat-ngan", "Tệp nén bị cắt ngắn", whole[..whole.len() / 2].to_vec()),
        one("22-hai-lan", "Tệp nén có hai tệp cùng tên",
            renamed(&members(&[pairs(), vec![("standing/Units.csv", b"unit\n")]].concat()), "standing/Units.csv", "standing/units.csv")),
        one("23-sai-ma", "Đầu vào ghi theo mã khác UTF-8, lập lại mã băm", rehashed(|files| {
            let bytes = files.get_mut("inputs/units.csv").expect("there");
            let at = bytes.windows(3).position(|three| three == "ở".as_bytes()).expect("a letter");
            bytes.splice(at..at + 3, [0xf4]);
        })),
        one("24-mo-ta-sai", "Mô tả dữ liệu ghi sai số byte, lập lại mã băm", rehashed(|files| {
            let bytes = format!("\"bytes\": {},", files["standing/units.csv"].len());
            edit(files, "datapackage.json", &bytes, "\"bytes\": 1,");
        })),
        one("33-sua-nguyen-nhan", "Sửa điểm mất của một nguyên nhân, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files["inputs/losses.csv"].clone()).expect("UTF-8");
            let line = text.lines().find(|line| line.starts_with("SNV,")).expect("a loss").to_owned();
            let (before, _) = line.rsplit_once(',').expect("points");
            edit(files, "inputs/losses.csv", &format!("{line}\n"), &format!("{before},9.99\n"));
        })),
        one("32-tep-la", "Thêm tệp lạ vào gói và vào danh sách mã băm", rehashed(|files| {
            files.insert("INPUTS/units.csv".to_owned(), files["inputs/units.csv"].clone());
            files.insert("bao-cao/phu-luc.pdf".to_owned(), b"%PDF-1.7".to_vec());
            files.insert("inputs/sets/khac/area-1.toml".to_owned(), b"[area]\n".to_vec());
        })),
        one("25-bung-lon", "Tệp nén bung ra lớn bất thường", {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            writer.start_file("bom.csv", SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)).expect("a member");
            writer.write_all(&vec![b'0'; 8 << 20]).expect("a vector takes every byte");
            writer.finish().expect("complete").into_inner()
        }),
    ]
}

#[test]
fn a_sound_package_is_the_same_bytes_each_time_and_verifies() {
    let (place, package) = (place(), sound());
    assert_eq!(archive::write(&package), archive::write(&make_sound()));
    assert_eq!(archive::read(&archive::write(&package)), Ok(package.clone()));
    fs::write(place.path().join("goi.zip"), archive::write(&package)).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip", "--id", &package.id()]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("ĐÚNG: mọi kết quả tính lại") && !told.contains("SAI"), "{told}");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip", "--id", &"0".repeat(64)]);
    assert!(code == 1 && told.contains("đây là một gói khác"), "{told}");
    if let Some((code, told)) = python(place.path(), "goi.zip") {
        assert_eq!(
            (code, told.lines().last()),
            (0, Some("ĐÚNG: mọi kết quả tính lại từ số liệu đầu vào đều khớp với gói.")),
            "{told}"
        );
    }
}

#[test]
fn a_package_folder_holds_what_its_archive_holds_and_is_never_written_over() {
    let place = place();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");
    let write = |out: &str| {
        parindex(place.path(), &["package", out, "--from", demo, "--at", "2021-04-15T08:00:00+07:00"])
    };
    let mut ids = Vec::new();
    for out in ["goi", "goi.zip"] {
        let (code, told) = write(out);
        assert_eq!(code, 0, "{told}");
        ids.extend(told.lines().find(|line| line.starts_with("Mã gói: ")).map(str::to_owned));
        assert_eq!(parindex(place.path(), &["verify", out]).0, 0);
        assert_eq!(write(out).0, 2, "written over {out}");
    }
    assert!(ids.len() == 2 && ids[0] == ids[1], "the same moment gives the same bytes: {ids:?}");
    assert!(place.path().join("goi/bao-cao/bao-cao.pdf").is_file(), "the report goes with the package");
    assert_eq!(fs::read_dir(place.path()).expect("readable").count(), 2, "something was left behind");
    assert_eq!(parindex(place.path(), &["verify", "khong-co.zip"]).0, 2);
    assert_eq!(parindex(place.path(), &["package", "x", "--from", demo, "--at", "hôm qua"]).0, 2);
    assert_eq!(parindex(place.path(), &["package", "x", "--from", demo, "--licence", "MIT"]).0, 2);
}

#[test]
fn versions_given_together_are_checked_as_a_chain() {
    let place = place();
    fs::write(place.path().join("v1.zip"), archive::write(&sound())).expect("writable");
    fs::write(place.path().join("v2.zip"), archive::write(&amended())).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "v1.zip", "v2.zip"]);
    assert_eq!(code, 0, "{told}");
    // The second points at another first one.
    let other = rehashed(|files| {
        record(files, |record| record.published_at = "2021-04-16T08:00:00+07:00".to_owned())
    });
    fs::write(place.path().join("v1.zip"), other).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "v1.zip", "v2.zip"]);
    assert!(code == 1 && told.contains("publication.json: previous: ghi"), "{told}");
}

#[test]
fn spoilt_figures_are_told_with_row_said_and_recomputed() {
    check(spoilt_figures(), Checkers::Both);
}

#[test]
fn spoilt_archives_and_descriptions_are_told_with_their_fault() {
    check(spoilt_wholes(), Checkers::Both);
}

#[test]
fn spoilt_words_of_the_report_are_told_with_line_said_and_composed() {
    check(spoilt_words(), Checkers::Ours);
}

#[test]
fn what_is_no_package_is_told_as_such_and_has_no_id() {
    let place = place();
    fs::create_dir(place.path().join("trong")).expect("writable");
    crate::static_site::small_year(place.path());
    fs::write(place.path().join("ghi-chu.zip"), "ghi chú").expect("writable");
    fs::write(place.path().join("anh.zip"), members(&[("anh/1.png", b"x")])).expect("writable");
    let rows = [
        ("trong", "trong không phải gói dữ liệu: ", "thư mục trống"),
        ("nam-2024", "nam-2024 không phải gói dữ liệu", "làm gói từ thư mục này bằng `parindex package"),
        ("ghi-chu.zip", "ghi-chu.zip không phải gói dữ liệu: ", "không phải tệp .zip"),
        (
            "anh.zip",
            "anh.zip không phải gói dữ liệu: ",
            "không có SHA256SUMS, publication.json, inputs/year.toml",
        ),
    ];
    for (path, said, more) in rows {
        let (code, told) = parindex(place.path(), &["verify", path]);
        assert!(code == 1 && told.contains(said) && told.contains(more), "{path}: {code} {told}");
        assert!(!told.contains("Mã gói"), "{told}");
        if let Some((code, told)) = python(place.path(), path) {
            assert!(
                code == 1 && told.contains("không phải gói dữ liệu") && !told.contains("Mã gói"),
                "{told}"
            );
        }
    }
    let (code, told) = parindex(place.path(), &["verify", "anh.zip", "--id", "abc"]);
    assert!(code == 2 && told.contains("64 chữ số 0–9 và chữ a–f"), "{code} {told}");
}

#[test]
fn other_ends_of_lines_in_the_list_of_hashes_are_no_published_package() {
    let place = place();
    let bytes = left(|files| {
        let list = String::from_utf8(files[MANIFEST].clone()).expect("UTF-8");
        files.insert(MANIFEST.to_owned(), list.replace('\n', "\r\n").into_bytes());
    });
    fs::write(place.path().join("goi.zip"), bytes).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
    assert!(code == 1 && told.contains("CRLF") && told.contains("1 chỗ sai"), "{told}");
    assert!(told.contains("Mã gói: không nêu, vì gói có chỗ sai"), "{told}");
    if let Some((code, told)) = python(place.path(), "goi.zip") {
        assert!(code == 1 && told.contains("CRLF"), "{told}");
    }
}

/// The script that came with such a package is not asked here: it is the one of its time.
#[test]
fn packages_of_earlier_forms_still_verify() {
    let place = place();
    for (form, lacks) in [(1, "changes.csv"), (2, "losses")] {
        let old = format!("{}/tests/it/goi-dang-{form}.zip", env!("CARGO_MANIFEST_DIR"));
        let (code, told) = parindex(place.path(), &["verify", &old]);
        assert!(code == 0 && !told.contains(lacks), "{told}");
        assert!(told.contains("Gói dạng cũ: văn bản báo cáo chỉ được kiểm bằng mã băm"), "{told}");
        if let Some((code, told)) = python(place.path(), &old) {
            assert_eq!(code, 0, "{told}");
        }
    }
}

/// What is published at each level recomputes in both programs, and says what the full year says there.
#[test]
fn every_level_verifies_in_both_programs_and_keeps_every_published_figure() {
    let year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    let full = Results::of(year.clone());
    let place = place();
    // The wording of the demonstration has remarks about components: only the deepest level can make them.
    let wording = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/lai-chau-2020/wording");
    let worded = report::worded(&[wording], &year).expect("the year's own wording");
    assert!(worded.problems.is_empty(), "{:?}", worded.problems);
    for level in Level::ALL {
        let edition = Edition { level, ..edition() };
        let public = publish::public(&year, level);
        let results = Results::of(public.clone());
        let frozen = report::frozen(&report::report(&results, &worded.wording), &worded.files);
        let text = String::from_utf8_lossy(&frozen[record::REPORT_TEXT]).into_owned();
        assert!(!text.contains("……"), "{}: a hole in the report", level.name());
        // What the level cannot say is left out, not said as nothing.
        for wrong in [" 0 điểm điều tra", "qua 0 tiêu chí", "trong 1 lĩnh vực", "1.109 nội dung"]
        {
            assert!(!text.contains(wrong), "{}: {wrong}", level.name());
        }
        let remark = text.contains("Chưa xin lỗi khi giải quyết hồ sơ quá hạn");
        assert_eq!(remark, level == Level::Leaves, "{}: remarks", level.name());
        let package = package(&year, &edition, &frozen);
        let name = format!("{}.zip", level.name());
        fs::write(place.path().join(&name), archive::write(&package)).expect("writable");
        let (code, told) = parindex(place.path(), &["verify", &name]);
        assert_eq!(code, 0, "{}: {told}", level.name());
        if let Some((code, told)) = python(place.path(), &name) {
            assert_eq!(code, 0, "{}: {told}", level.name());
        }
        assert_eq!(release::published_year(&package), Some(public), "{}: read back", level.name());
        for (unit, (now, was)) in results.standing.units.iter().zip(&full.standing.units).enumerate() {
            let figures = |one: &par_core::score::UnitStanding| {
                (one.total, one.scale, one.survey, one.appraisal, one.place, one.class)
            };
            assert_eq!(figures(now), figures(was), "{} {}", level.name(), year.units[unit].code);
        }
        let counts = package.files.contains_key("inputs/survey-counts.csv");
        assert_eq!(counts, level == Level::Leaves, "counts belong to the leaves");
        let scores = String::from_utf8(package.files["inputs/scores.csv"].clone()).expect("UTF-8");
        let heads: Vec<&str> = scores.lines().next().expect("headings").split(',').collect();
        let asked = scores.lines().skip(1).any(|line| {
            let cells = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(line.as_bytes())
                .records()
                .next()
                .expect("a row")
                .expect("sound");
            ["reason", "answer", "outcome"]
                .iter()
                .any(|head| heads.iter().position(|one| one == head).is_some_and(|at| !cells[at].is_empty()))
        });
        assert!(!asked, "{}: a request for explanation is public", level.name());
    }
}

/// A year in which a unit still waits for a score recomputes in both programs at every level, and its report
/// says that the table is provisional.
#[test]
fn a_provisional_year_verifies_at_every_level_and_says_that_it_is() {
    let mut year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    let leaf = &mut Arc::make_mut(&mut year.files[0]).leaves[2];
    *leaf = LeafFile { own: leaf.own.take(), ..LeafFile::default() };
    let place = place();
    for level in Level::ALL {
        let results = Results::of(publish::public(&year, level));
        let worded = report::worded(&[], &year).expect("the wording built in");
        let frozen = report::frozen(&report::report(&results, &worded.wording), &worded.files);
        let text = String::from_utf8_lossy(&frozen[record::REPORT_TEXT]).into_owned();
        assert!(text.contains("Còn 1/20 đơn vị chưa chấm xong, gồm Sở Nội vụ"), "{}", level.name());
        let package = package(&year, &Edition { level, ..edition() }, &frozen);
        let name = format!("{}.zip", level.name());
        fs::write(place.path().join(&name), archive::write(&package)).expect("writable");
        let (code, told) = parindex(place.path(), &["verify", &name]);
        assert_eq!(code, 0, "{}: {told}", level.name());
        if let Some((code, told)) = python(place.path(), &name) {
            assert_eq!(code, 0, "{}: {told}", level.name());
        }
    }
}

/// The report and its tables of causes follow from sums, without a single request.
#[test]
fn a_public_year_composes_the_same_report_without_the_requests() {
    let year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    let (full, public) = (Results::of(year.clone()), Results::of(publishable(&year)));
    let text = |results: &Results| {
        let worded = report::worded(&[], &results.year).expect("the wording built in");
        par_core::report::text::write(&report::report(results, &worded.wording).document)
    };
    assert_eq!(text(&full), text(&public));
    for scope in [Scope::Province, Scope::Block(0), Scope::Cluster(1)] {
        assert_eq!(full.lost_by_cause(scope), public.lost_by_cause(scope));
        assert_eq!(full.lost_by_area(scope), public.lost_by_area(scope));
    }
}

#[test]
fn units_merged_split_renamed_and_new_verify_in_both_programs() {
    let mut year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    let before: [(&str, &[&str]); 6] = [
        ("STC", &["STC", "SCT"]),
        ("SCT", &["SGTVT"]),
        ("SKHDT", &[]),
        ("TPLC", &["TPLC"]),
        ("SINHO", &["TPLC"]),
        ("SYT", &["SNV"]),
    ];
    for (code, predecessors) in before {
        let unit = year.find_unit(code).expect("a unit of the demo");
        year.units[unit].predecessors = predecessors.iter().map(|code| (*code).to_owned()).collect();
    }
    let package = package(&year, &edition(), &beside(&year));
    let table = String::from_utf8(package.files["standing/changes.csv"].clone()).expect("UTF-8");
    let lineage = |code: &str| {
        let row = table.lines().find_map(|line| line.strip_prefix(&format!("{code},"))).expect("a row");
        row.split(',').next().expect("a cell").to_owned()
    };
    let found = ["STC", "SCT", "SKHDT", "TPLC", "SINHO", "SNV"].map(lineage);
    assert_eq!(found, ["merged", "split", "new", "split", "split", "split"], "{table}");
    let place = place();
    fs::write(place.path().join("goi.zip"), archive::write(&package)).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
    assert_eq!(code, 0, "{told}");
    if let Some((code, told)) = python(place.path(), "goi.zip") {
        assert_eq!(code, 0, "{told}");
    }
}

/// Who is asked: the report's words are composed anew by our program only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checkers {
    Both,
    Ours,
}

#[test]
fn a_wording_whose_lists_multiply_is_refused_within_bounds() {
    let place = place();
    let depth = 6;
    let bytes = rehashed(|files| {
        let text = files.get_mut("inputs/wording/report-1-trien-khai.txt").expect("a template");
        let lists = "[mỗi danh sách đơn vị]\n".repeat(depth);
        text.extend(format!("\n{lists}- x {{năm}}\n{}", "[hết]\n".repeat(depth)).into_bytes());
    });
    fs::write(place.path().join("goi.zip"), bytes).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
    assert!(code == 1 && told.contains("inputs/wording/report-1-trien-khai.txt, dòng"), "{told}");
    assert!(told.contains("danh sách lồng nhau") && told.contains("1 chỗ sai"), "{told}");
    // The same wording in an office's own folder: told with its place, nothing written.
    let folder = place.path().join("cau-chu");
    fs::create_dir(&folder).expect("writable");
    let lists = "{mỗi danh sách đơn vị: {mỗi danh sách đơn vị: {mỗi danh sách đơn vị: {mỗi danh sách đơn vị: {tên}}}}}";
    fs::write(folder.join("report-1-trien-khai.txt"), format!("# A\n\n{lists}.\n")).expect("writable");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");
    let (code, told) = parindex(place.path(), &["report", demo, "--wording", "cau-chu", "--text", "b.txt"]);
    assert!(code == 1 && told.contains("report-1-trien-khai.txt:3:"), "{told}");
    assert!(!place.path().join("b.txt").exists());
}

#[test]
fn names_that_look_like_formulas_are_guarded_and_read_back() {
    let mut year = year_of(&folder::demo()).ok().expect("the built-in year has no problems").0;
    year.units[0].name = "=HYPERLINK(\"http://x\") Sở".to_owned();
    year.units[1].name = "'@SUM(A1)".to_owned();
    let package = package(&year, &edition(), &beside(&year));
    for file in ["inputs/units.csv", "standing/units.csv"] {
        let text = String::from_utf8(package.files[file].clone()).expect("UTF-8");
        assert!(text.contains("\"'=HYPERLINK(") && text.contains(",''@SUM(A1),"), "{text}");
    }
    let read = release::published_year(&package).expect("the package can be read");
    assert_eq!([&read.units[0].name, &read.units[1].name], [&year.units[0].name, &year.units[1].name]);
    let place = place();
    fs::write(place.path().join("goi.zip"), archive::write(&package)).expect("writable");
    let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
    assert_eq!(code, 0, "{told}");
    if let Some((code, told)) = python(place.path(), "goi.zip") {
        assert_eq!(code, 0, "{told}");
    }
}

#[rustfmt::skip] // one spoiling a line reads as a list
fn spoilt_words() -> Vec<Spoilt> {
    let one = |name, what, bytes| Spoilt { name, what, bytes };
    const TEXT: &str = "bao-cao/bao-cao.txt";
    vec![
        one("27-sua-cau-chu", "Sửa một câu trong tệp mẫu, lập lại mã băm", rehashed(|files| {
            let path = "inputs/wording/report-2-ket-qua.txt";
            let text = String::from_utf8(files[path].clone()).expect("UTF-8");
            files.insert(path.to_owned(), text.replacen("Cao nhất là {", "Giỏi nhất là {", 1).into_bytes());
        })),
        one("28-sua-bao-cao", "Sửa một số trong văn bản báo cáo, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files[TEXT].clone()).expect("UTF-8");
            files.insert(TEXT.to_owned(), text.replacen("82,08%", "82,80%", 1).into_bytes());
        })),
        one("29-bot-bao-cao", "Cắt phần cuối văn bản báo cáo, lập lại mã băm", rehashed(|files| {
            let text = String::from_utf8(files[TEXT].clone()).expect("UTF-8");
            let kept: String = text.lines().take(40).map(|line| format!("{line}\n")).collect();
            files.insert(TEXT.to_owned(), kept.into_bytes());
        })),
        one("30-bo-cau-chu", "Bỏ câu chữ khỏi gói, lập lại mã băm",
            rehashed(|files| files.retain(|path, _| !path.starts_with("inputs/wording/")))),
        one("31-hong-cau-chu", "Tệp mẫu có tên số liệu không có và ghi theo mã khác, lập lại mã băm", rehashed(|files| {
            files.insert("inputs/wording/report-2-ket-qua.txt".to_owned(), "Có {trung bin} đơn vị.\n".into());
            files.insert("inputs/wording/report-4-danh-gia.txt".to_owned(), b"\xe0\n".to_vec());
        })),
    ]
}

fn check(packages: Vec<Spoilt>, checkers: Checkers) {
    let place = place();
    let mut wrong = Vec::new();
    for spoilt in packages {
        fs::write(place.path().join("goi.zip"), &spoilt.bytes).expect("writable");
        let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
        assert_eq!(code, 1, "{}: {told}", spoilt.name);
        let mut text = format!("{}\n\n== parindex verify: mã thoát {code}\n{}", spoilt.what, faults(&told));
        let by_python = python(place.path(), "goi.zip").filter(|_| checkers == Checkers::Both);
        if let Some((code, told)) = &by_python {
            assert_ne!(*code, 0, "{}: {told}", spoilt.name);
            text.push_str(&format!("\n== python3 verify.py: mã thoát {code}\n{}", faults(told)));
        }
        let path = golden(spoilt.name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &text).expect("writable");
        }
        let mut expected = fs::read_to_string(&path).unwrap_or_default();
        if by_python.is_none() {
            expected.truncate(expected.find("\n== python3").unwrap_or(expected.len()));
        }
        if expected != text {
            wrong.push(format!("{}\n{text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "told otherwise (UPDATE_GOLDEN=1 writes it):\n{}", wrong.join("\n"));
}

/// What is told, without what holds and without ids that follow from the program's version.
fn faults(told: &str) -> String {
    let noise = |line: &&str| {
        !line.is_empty()
            && !line.starts_with("khớp")
            && !line.starts_with("Gói ")
            && !line.starts_with("Mã gói")
    };
    told.lines().filter(noise).map(|line| format!("{}\n", without_hashes(line))).collect()
}

/// Hashes change with every word of the guide; which ones they are is not what is told.
fn without_hashes(line: &str) -> String {
    let part = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let hash = bare.len() >= 12 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hash { word.replace(bare, "HASH") } else { word.to_owned() }
    };
    line.split(' ').map(part).collect::<Vec<_>>().join(" ")
}

fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/package");
    fs::create_dir_all(&folder).expect("writable");
    folder.join(format!("{name}.txt"))
}

pub fn place() -> tempfile::TempDir {
    tempfile::TempDir::new().expect("a temporary folder")
}

/// Exit code, and both streams one after the other.
pub fn parindex(place: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex")).current_dir(place).args(arguments).output();
    ended(output.expect("the program starts"))
}

/// The independent check; `None` where there is no Python with a TOML reader.
pub fn python(place: &Path, package: &str) -> Option<(i32, String)> {
    let able = Command::new("python3").args(["-c", "import tomllib"]).output().ok()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/verify_package.py");
    able.status.success().then(|| {
        let output = Command::new("python3").current_dir(place).args([script, package]).output();
        ended(output.expect("Python starts"))
    })
}

fn ended(output: std::process::Output) -> (i32, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("not killed"), text(&output.stderr) + &text(&output.stdout))
}
