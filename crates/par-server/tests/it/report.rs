//! The report from the command line: files, wording of an office's own, and the lint that reads it back.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::golden::golden;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");

/// Runs the program in a folder; its exit code and everything it said.
fn parindex(place: &Path, arguments: &[&str]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_parindex")).current_dir(place).args(arguments).output();
    let ran = ran.expect("the program starts");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.code().expect("not killed"), String::from_utf8(said).expect("UTF-8"))
}

fn place() -> tempfile::TempDir {
    tempfile::TempDir::new().expect("a temporary folder")
}

#[test]
fn the_lint_finds_nothing_in_what_the_program_wrote_and_finds_what_was_changed() {
    let place = place();
    let place = place.path();
    let (code, said) = parindex(place, &["report", DEMO, "--docx", "b.docx", "--text", "b.txt"]);
    assert_eq!((code, said.as_str()), (0, "Đã viết b.docx.\nĐã viết b.txt.\n"));
    for file in ["b.docx", "b.txt"] {
        let (code, said) = parindex(place, &["lint", file, "--against", DEMO]);
        assert!(code == 0 && said.contains("Không thấy sai lệch"), "{file}: {said}");
    }
    let text = fs::read_to_string(place.join("b.txt")).unwrap();
    let changes = [
        ("đạt 82,08%, tăng 3,32 điểm phần trăm", "đạt 82,80%, tăng 3,32 điểm phần trăm", "82,08"),
        ("Có 15/20 đơn vị có chỉ số tăng", "Có 15/19 đơn vị có chỉ số tăng", "20"),
        ("thấp nhất là huyện Sìn Hồ đạt 67,81%", "thấp nhất là huyện Than Uyên đạt 67,81%", "Sìn Hồ"),
        ("phát ra là 1.160 phiếu", "phát ra là 1.106 phiếu", "1.160"),
    ];
    for (right, wrong, data) in changes {
        assert!(text.contains(right), "{right}");
        fs::write(place.join("sua.txt"), text.replacen(right, wrong, 1)).unwrap();
        let (code, said) = parindex(place, &["lint", "sua.txt", "--against", DEMO]);
        assert!(code == 1 && said.contains(data), "{wrong}: {said}");
    }
}

#[test]
fn everything_wrong_with_an_offices_wording_is_told_with_file_and_line() {
    let place = place();
    let place = place.path();
    assert_eq!(parindex(place, &["wording", "export", "cau-chu"]).0, 0);
    let (code, said) = parindex(place, &["wording", "check", "cau-chu", "--against", DEMO]);
    assert_eq!((code, said.as_str()), (0, "cau-chu: dùng được với năm 2020.\n"));

    fs::write(place.join("cau-chu/ghi-chu.txt"), "Ghi chú của tôi.").unwrap();
    let letter = fs::read_to_string(place.join("cau-chu/letter.toml")).unwrap();
    let letter = letter.replace("date = \"\"", "date = \"31/02/2021\"").replace("năm {năm}\"", "năm {nam}\"");
    fs::write(place.join("cau-chu/letter.toml"), letter).unwrap();
    let text = "# Kết quả}\n\n\
        Trung bình {trung binh} và {chỉ số trung bình}.\n\n\
        Cao nhất {cao nhất.ten}, {cao nhất.hang}.\n\n\
        {tăng? không: không có | có: có {tăng}\n\n\
        [mỗi linh vực]\n{tên}: {mốc trên}\n\n\
        [bảng kết qua]\n[bảng tổng hợp]\n\n\
        {lĩnh vực}\n";
    fs::write(place.join("cau-chu/report-2-ket-qua.txt"), text).unwrap();
    fs::write(
        place.join("cau-chu/findings.toml"),
        "[[finding]]\narea = \"3\"\ntext = \"Trễ hạn\"\ndepartments = \"late 3.4.1\"\n",
    )
    .unwrap();
    let (code, said) = parindex(place, &["wording", "check", "cau-chu", "--against", DEMO]);
    assert_eq!(code, 1, "{said}");
    golden("report/wording.txt", &said);
    let (code, again) = parindex(place, &["report", DEMO, "--wording", "cau-chu", "--text", "-"]);
    assert_eq!((code, again), (1, said), "a report is not written with a faulty wording");
}

#[test]
fn an_office_changes_a_sentence_and_the_report_says_it_so() {
    let place = place();
    let place = place.path();
    fs::create_dir(place.join("cau-chu")).unwrap();
    let text = "# Tóm tắt\n\n{tỉnh? có: {số khối} khối của {tỉnh}}: {mỗi khối: {tên} đạt {trung bình}%}.\n";
    fs::write(place.join("cau-chu/report-1-trien-khai.txt"), text).unwrap();
    for name in ["2-ket-qua", "3-thanh-phan", "4-danh-gia", "5-phu-luc"] {
        fs::write(place.join(format!("cau-chu/report-{name}.txt")), "").unwrap();
    }
    let (code, said) = parindex(place, &["report", DEMO, "--wording", "cau-chu", "--text", "-"]);
    assert_eq!(code, 0, "{said}");
    let expect = "I. Tóm tắt\n2 khối của tỉnh Lai Châu: các sở, ban, ngành tỉnh đạt 82,08%; các huyện, thành phố đạt 72,65%.\n";
    assert!(said.contains(expect), "{said}");
}

#[test]
fn a_years_own_wording_goes_with_it_into_the_data_folder() {
    let place = place();
    let place = place.path();
    assert_eq!(parindex(place, &["import", DEMO]).0, 0);
    let (code, said) = parindex(place, &["report", "2020", "--text", "-"]);
    assert!(code == 0 && said.contains("Có hồ sơ thủ tục hành chính giải quyết quá hạn"), "{code}: {said}");
    fs::write(place.join("data/wording/letter.toml"), "issuer = \"HỘI ĐỒNG\"\n").unwrap();
    let (code, said) = parindex(place, &["report", "2020", "--text", "-"]);
    assert!(code == 1 && said.contains("data/wording/letter.toml"), "{code}: {said}");
}

#[test]
fn wrong_usage_of_report_is_told_with_what_to_do() {
    let place = place();
    let place = place.path();
    let rows: [(&[&str], i32, &str); 6] = [
        (&["report", DEMO, "--docx", "b.docx", "--text", "b.docx"], 2, "b.docx được nêu hai lần"),
        (&["report", DEMO], 2, "chưa nêu tệp nào để viết"),
        (&["report", DEMO, "--unit", "KHONGCO", "--text", "-"], 2, "không có đơn vị KHONGCO"),
        (&["report", DEMO, "--wording", "khong-co", "--text", "-"], 2, "không phải thư mục câu chữ"),
        (&["report", DEMO, "--docx", "khong-co/b.docx"], 2, "không đọc hoặc ghi được"),
        (&["report", "2019", "--text", "-"], 2, "không phải thư mục dữ liệu"),
    ];
    for (arguments, expect, words) in rows {
        let (code, said) = parindex(place, arguments);
        assert!(code == expect && said.contains(words), "{arguments:?}: {code} {said}");
    }
}
