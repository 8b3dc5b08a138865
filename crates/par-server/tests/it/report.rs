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
    let expect = "I. Tóm tắt\n2 khối của tỉnh Lai Châu: các sở, ban, ngành tỉnh đạt 82,08%; các huyện, thành phố đạt 72,65%./.\n";
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
    let rows: [(&[&str], i32, &str); 10] = [
        (&["report", DEMO, "--docx", "b.docx", "--template", "./b.docx"], 2, "b.docx được nêu hai lần"),
        (&["report", DEMO], 2, "chưa nêu tệp nào để viết"),
        (&["report", DEMO, "--unit", "KHONGCO", "--text", "-"], 2, "không có đơn vị KHONGCO"),
        (&["report", DEMO, "--wording", "khong-co", "--text", "-"], 2, "không phải thư mục câu chữ"),
        (&["report", DEMO, "--docx", "b.docx", "--text", "./b.docx"], 2, "phải có đuôi .txt"),
        (&["report", DEMO, "--docx", "b.pdf"], 2, "ví dụ --docx b.docx"),
        (&["report", DEMO, "--pdf", "b.docx", "--xlsx", "b"], 2, "tệp của --xlsx phải có đuôi .xlsx"),
        (&["report", DEMO, "--docx", "khong-co/b.docx"], 3, "không có thư mục khong-co"),
        (&["report", DEMO, "--template", "m.docx", "--docx", "b.docx"], 2, "m.docx: không đọc"),
        (&["report", "2019", "--text", "-"], 2, "không phải thư mục dữ liệu"),
    ];
    for (arguments, expect, words) in rows {
        let (code, said) = parindex(place, arguments);
        assert!(code == expect && said.contains(words), "{arguments:?}: {code} {said}");
    }
}

#[test]
fn a_file_is_replaced_whole_and_what_cannot_be_written_is_named() {
    let place = place();
    let place = place.path();
    fs::write(place.join("cu.txt"), "bản cũ").unwrap();
    let (code, said) = parindex(place, &["report", DEMO, "--text", "cu.txt"]);
    assert!(code == 0 && fs::read_to_string(place.join("cu.txt")).unwrap().contains("82,08%"), "{said}");
    fs::create_dir(place.join("thu-muc.docx")).unwrap();
    fs::write(place.join("chi-doc.txt"), "đã ký").unwrap();
    let mut rights = fs::metadata(place.join("chi-doc.txt")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(place.join("chi-doc.txt"), rights).unwrap();
    let rows: [(&[&str], &str); 4] = [
        (&["report", DEMO, "--docx", "thu-muc.docx"], "thu-muc.docx: không ghi được: đây là thư mục"),
        (&["report", DEMO, "--text", "chi-doc.txt"], "chi-doc.txt: không ghi được: không có quyền ghi"),
        (&["report", DEMO, "--text", "cu.txt/b.txt"], "cu.txt/b.txt: không ghi được: cu.txt là tệp"),
        (
            &["package", "khong-co/goi.zip", "--from", DEMO],
            "khong-co/goi.zip: không ghi được: không có thư mục",
        ),
    ];
    for (arguments, words) in rows {
        let (code, said) = parindex(place, arguments);
        assert!(code == 3 && said.contains(words), "{arguments:?}: {code} {said}");
    }
    assert_eq!(fs::read_to_string(place.join("chi-doc.txt")).unwrap(), "đã ký");
    assert_eq!(fs::read_dir(place).unwrap().count(), 3, "something was left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_the_file() {
    let place = place();
    std::os::unix::fs::symlink("/dev/full", place.path().join("day.txt")).unwrap();
    let (code, said) = parindex(place.path(), &["report", DEMO, "--text", "day.txt"]);
    assert!(code == 3 && said.contains("day.txt: không ghi được: ổ đĩa đã đầy"), "{code}: {said}");
}

#[test]
fn a_folder_without_wording_is_no_wording() {
    let place = place();
    let place = place.path();
    fs::create_dir(place.join("trong")).unwrap();
    fs::write(place.join("trong/bao-cao.docx"), "x").unwrap();
    for arguments in [
        &["wording", "check", "trong", "--against", DEMO][..],
        &["report", DEMO, "--wording", "trong", "--text", "-"],
    ] {
        let (code, said) = parindex(place, arguments);
        let told = said.contains("trong: không có tệp câu chữ nào (đã tìm report-….txt, unit.txt");
        assert!(code == 1 && told, "{arguments:?}: {code} {said}");
    }
}

#[test]
fn a_misspelt_fact_is_told_with_the_name_that_was_meant() {
    let place = place();
    let place = place.path();
    fs::create_dir(place.join("cc")).unwrap();
    let text = "# Họp\n\n{dữ kiện council_dat? có: Ngày {dữ kiện council_dat}.}\n\
        {dữ kiện xyz? có: Có xyz.} {tỷ lệ dữ kiện council_agree council_member? có: Tỷ lệ.}\n\
        {dữ kiện round1_sent? có: Đã gửi.}\n";
    fs::write(place.join("cc/report-1-trien-khai.txt"), text).unwrap();
    let (code, said) = parindex(place, &["wording", "check", "cc", "--against", DEMO]);
    let lines: Vec<&str> = said.lines().collect();
    let file = "cc/report-1-trien-khai.txt";
    let fact = |place: &str, name: &str, rest: &str| {
        format!("{file}:{place}: Không có dữ kiện nào tên «{name}» trong facts.csv. {rest}")
    };
    let expect = [
        fact("3:1", "council_dat", "Tên gần giống: «council_date»."),
        fact("3:32", "council_dat", "Tên gần giống: «council_date»."),
        fact("4:1", "xyz", "Kiểm tra lại tên, hoặc thêm dữ kiện này vào facts.csv."),
        fact("4:28", "council_member", "Tên gần giống: «council_members»."),
    ];
    assert_eq!((code, lines), (1, expect.iter().map(String::as_str).collect()));
    // The report is written all the same; a slip of the pen is told, a fact of another year is not.
    let (code, said) = parindex(place, &["report", DEMO, "--wording", "cc", "--text", "b.txt"]);
    assert!(code == 1 && said.contains("council_date") && !said.contains("xyz"), "{said}");
    assert!(place.join("b.txt").is_file());
}

#[test]
fn a_year_without_a_notice_leaves_nothing_blank() {
    let place = place();
    crate::static_site::small_year(place.path());
    let (code, said) = parindex(place.path(), &["report", "nam-2024", "--text", "b.txt"]);
    assert_eq!((code, said.as_str()), (0, "Đã viết b.txt.\n"));
}

#[test]
fn a_wording_too_deep_to_read_is_refused() {
    let place = place();
    let place = place.path();
    fs::create_dir(place.join("cc")).unwrap();
    let text = "{năm? có: ".repeat(50_000) + "\n\n" + &"[mỗi khối]\n".repeat(100);
    fs::write(place.join("cc/report-1-trien-khai.txt"), text).unwrap();
    let (code, said) = parindex(place, &["wording", "check", "cc", "--against", DEMO]);
    assert!(code == 1 && said.contains("Lồng nhau quá 20 lớp"), "{code}");
}

#[test]
fn a_file_in_another_encoding_is_one_problem() {
    let place = place();
    let place = place.path();
    fs::create_dir(place.join("cc")).unwrap();
    fs::write(place.join("cc/report-2-ket-qua.txt"), b"# K\nXin ch\xe0o {n\xe3m}\n\n{abc \xe9\n").unwrap();
    fs::write(place.join("cc/letter.toml"), b"issuer = \"\xe0\"\n").unwrap();
    let (code, said) = parindex(place, &["wording", "check", "cc", "--against", DEMO]);
    let places: Vec<&str> = said.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!((code, places), (1, vec!["cc/letter.toml:1:11", "cc/report-2-ket-qua.txt:2:7"]), "{said}");
    assert!(said.lines().all(|line| line.contains("Tệp không phải UTF-8")), "{said}");
    // What Notepad writes is read: a mark at the beginning, two signs at the end of a line.
    fs::remove_file(place.join("cc/letter.toml")).unwrap();
    fs::write(place.join("cc/report-2-ket-qua.txt"), "\u{FEFF}# Kết quả\r\n\r\nNăm {năm}.\r\n").unwrap();
    let (code, said) = parindex(place, &["report", DEMO, "--wording", "cc", "--text", "-"]);
    assert!(code == 0 && said.contains(" Kết quả\nNăm 2020.\n"), "{said}");
}
