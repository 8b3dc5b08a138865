//! The site as files: every link leads to a file, nothing is written over, all or nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// A year of two units in a folder, with its criteria set.
pub fn small_year(place: &Path) -> PathBuf {
    let folder = place.join("nam-2024");
    let set = "id = \"xa\"\nname = \"Bộ nhỏ\"\nyear = 2024\nfull_scale = \"10\"\nlegal_basis = []\n\
        [rounding]\npoint_places = 4\npoints = \"half_up\"\nprint_places = 2\nprint = \"half_up\"\n\
        [ranking]\ncompare = \"exact\"\nties = \"share\"\n[exemption]\nmethod = \"reduce_scale\"\n\
        [[class]]\nname = \"Tốt\"\nfrom = \"80\"\n[[class]]\nname = \"Khá\"\nfrom = \"0\"\n";
    let area = "[area]\ncode = \"1\"\nname = \"Thể chế\"\nmax = \"10\"\n\
        [[node]]\ncode = \"1.1\"\nname = \"Kế hoạch\"\nmax = \"4\"\nsource = \"self\"\nrule = { kind = \"yes_no\" }\n\
        [[node]]\ncode = \"1.2\"\nname = \"Báo cáo\"\nmax = \"6\"\nsource = \"self\"\nrule = { kind = \"ratio\" }\n";
    let header = "year = 2024\ntitle = \"Kết quả năm 2024\"\nprovince = \"tỉnh Thử\"\nprovince_mean = \"units\"\n\
        [[set]]\nid = \"xa\"\nfolder = \"bo\"\n[[cluster]]\nid = \"xa\"\nname = \"Các xã\"\n\
        [[block]]\nid = \"xa\"\nname = \"Các xã\"\nset = \"xa\"\ncluster = \"xa\"\n";
    let files = [
        ("year.toml", header),
        ("units.csv", "code,name,block,predecessors\nXA,Xã Bản Á,xa,-\nXB,Xã Mường Đức,xa,-\n"),
        (
            "scores.csv",
            "unit,code,self,round1,round1_input\nXA,1.1,4,4,yes=1\nXA,1.2,6,3,a=4;b=2\nXB,1.1,0,0,yes=0\nXB,1.2,6,6,a=4;b=4\n",
        ),
        ("bo/framework.toml", set),
        ("bo/area-1.toml", area),
    ];
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub fn publish(place: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    let output = command.current_dir(place).arg("publish").args(arguments).output().unwrap();
    let told = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    (output.status.code().unwrap(), told)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Addresses in a page that lead to files.
fn links(html: &str) -> Vec<&str> {
    let values = [" href=\"", " src=\"", " action=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.filter_map(|rest| rest.split('"').next()).filter(|value| !value.starts_with('#')).collect()
}

/// Where a link of a file leads, without asking the disk.
fn target(file: &Path, link: &str) -> PathBuf {
    let mut target = file.parent().unwrap().to_owned();
    for part in Path::new(link.split(['#', '?']).next().unwrap()).components() {
        match part {
            Component::ParentDir => drop(target.pop()),
            part => target.push(part),
        }
    }
    target
}

#[test]
fn every_link_of_the_site_leads_to_a_file_and_nothing_to_a_server() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    let (code, told) =
        publish(place.path(), &["trang", "--from", "nam-2024", "--at", "2025-04-15T08:00:00+07:00"]);
    assert_eq!(code, 0, "{told}");
    let site = place.path().join("trang");
    let known: BTreeSet<PathBuf> = files(&site).into_iter().collect();
    let mut wrong = Vec::new();
    for page in known.iter().filter(|file| file.extension().is_some_and(|kind| kind == "html")) {
        let html = fs::read_to_string(page).unwrap();
        // The page for addresses that are none is shown at any depth, and so leads from the root.
        if page.ends_with("404.html") {
            continue;
        }
        for link in links(&html) {
            if link.starts_with('/') || link.contains("://") || !known.contains(&target(page, link)) {
                wrong.push(format!("{} → {link}", page.strip_prefix(&site).unwrap().display()));
            }
        }
        assert!(!html.contains(" style=\"") && !html.contains(" onclick"), "{}", page.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let names: Vec<String> =
        known.iter().map(|file| file.strip_prefix(&site).unwrap().to_string_lossy().into_owned()).collect();
    for name in [
        "index.html",
        "404.html",
        "en/index.html",
        "en/404.html",
        "en/ket-qua/2024/index.html",
        "en/ket-qua/2024/tim/tim.js",
        "en/xu-huong/index.html",
        "en/cong-bo/2024/1.html",
        "ket-qua/2024/index.html",
        "ket-qua/2024/du-lieu.csv",
        "ket-qua/2024/tim/tim.js",
        "cong-bo/2024/cchc-2024-v1.zip",
        "cong-bo/2024/1/SHA256SUMS",
        "tinh/css/base.css",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is not there: {names:#?}");
    }
    assert!(!names.iter().any(|name| name.contains([':', '?', '*'])), "{names:#?}");
    assert!(!names.iter().any(|name| name == "sitemap.xml"), "a map needs full addresses");
    let ranked = fs::read_to_string(site.join("ket-qua/2024/index.html")).unwrap();
    assert!(
        ranked.contains("application/ld+json") && ranked.contains("../../cong-bo/2024/1.html"),
        "{ranked}"
    );
    let searched = fs::read_to_string(site.join("ket-qua/2024/tim/tim-du-lieu.js")).unwrap();
    assert!(
        searched.contains("Xã Mường Đức") && searched.contains("../don-vi/xa-muong-duc/index.html"),
        "{searched}"
    );
    let english = fs::read_to_string(site.join("en/ket-qua/2024/tim/tim-du-lieu.js")).unwrap();
    assert!(
        english.contains("[\"Xã Mường Đức\",\"Unit\",\"../don-vi/xa-muong-duc/index.html\""),
        "{english}"
    );
    let missing = |file: &str| fs::read_to_string(site.join(file)).unwrap();
    assert!(
        missing("404.html")
            .contains("<a class=\"language\" lang=\"en\" hreflang=\"en\" href=\"/en/404.html\">")
    );
    assert!(
        missing("en/404.html").contains("<html lang=\"en\">")
            && missing("en/404.html").contains("href=\"/404.html\"")
    );
}

#[test]
fn a_site_replaces_itself_and_nothing_else() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    let write =
        |arguments: &[&str]| publish(place.path(), &[&["trang", "--from", "nam-2024"], arguments].concat());
    fs::create_dir(place.path().join("trang")).unwrap();
    fs::write(place.path().join("trang/anh.png"), "của tôi").unwrap();
    let (code, told) = write(&[]);
    assert!(code == 2 && told.contains("không do lệnh này ghi"), "{told}");
    assert_eq!(fs::read(place.path().join("trang/anh.png")).unwrap(), "của tôi".as_bytes());
    fs::remove_file(place.path().join("trang/anh.png")).unwrap();
    assert_eq!(write(&[]).0, 0);
    let (code, told) = write(&["--base", "https://cchc.example.vn/nam"]);
    assert_eq!(code, 0, "{told}");
    let map = fs::read_to_string(place.path().join("trang/sitemap.xml")).unwrap();
    assert!(map.contains("<loc>https://cchc.example.vn/nam/ket-qua/2024/</loc>"), "{map}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "something was left behind");
    let page = fs::read_to_string(place.path().join("trang").join("ket-qua/2024/index.html")).unwrap();
    let picture =
        "<meta property=\"og:image\" content=\"https://cchc.example.vn/nam/ket-qua/2024/chia-se.png\">";
    assert!(page.contains(picture), "{page}");
    let picture = fs::read(place.path().join("trang").join("ket-qua/2024/chia-se.png")).unwrap();
    assert_eq!(&picture[16..24], [1200u32.to_be_bytes(), 630u32.to_be_bytes()].concat(), "width and height");
    assert_eq!(write(&["--base", "trang chủ"]).0, 2);
    assert_eq!(publish(place.path(), &["x", "--from", "khong-co"]).0, 2);
    assert!(!place.path().join("x").exists());
}

#[test]
fn what_somebody_else_put_into_a_site_is_never_removed() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    let site = place.path().join("trang");
    let write = || publish(place.path(), &["trang", "--from", "nam-2024"]);
    assert_eq!(write().0, 0);
    fs::write(site.join("ket-qua/rieng.txt"), "của tôi").unwrap();
    let (code, told) = write();
    assert!(code == 2 && told.contains("ket-qua/rieng.txt") && told.contains("chưa ghi gì"), "{told}");
    assert_eq!(fs::read(site.join("ket-qua/rieng.txt")).unwrap(), "của tôi".as_bytes());
    fs::remove_file(site.join("ket-qua/rieng.txt")).unwrap();
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    fs::write(site.join("index.html"), page.replace("<main", "<main data-cua-toi")).unwrap();
    let (code, told) = write();
    assert!(code == 2 && told.contains("index.html"), "a page that somebody edited: {told}");
    assert!(fs::read_to_string(site.join("index.html")).unwrap().contains("data-cua-toi"));

    // A mark alone makes no folder ours.
    let other = place.path().join("khac");
    fs::create_dir(&other).unwrap();
    for mark in ["", "Thư mục này do «parindex publish» ghi; lần ghi sau sẽ thay toàn bộ nội dung.\n"]
    {
        fs::write(other.join("parindex-site.txt"), mark).unwrap();
        fs::write(other.join("luan-van.docx"), "của tôi").unwrap();
        let (code, told) = publish(place.path(), &["khac", "--from", "nam-2024"]);
        assert!(code == 2 && told.contains("không do lệnh này ghi"), "{told}");
        assert!(other.join("luan-van.docx").exists());
    }
    fs::copy(site.join("parindex-site.txt"), other.join("parindex-site.txt")).unwrap();
    let (code, told) = publish(place.path(), &["khac", "--from", "nam-2024"]);
    assert!(code == 2 && told.contains("luan-van.docx"), "{told}");
    assert!(other.join("luan-van.docx").exists());
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_rests_of_broken_runs_are_cleared() {
    use std::os::unix::fs::symlink;
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    let path = |name: &str| place.path().join(name);
    let write = || publish(place.path(), &["trang", "--from", "nam-2024"]);
    fs::create_dir(path("that")).unwrap();
    symlink("that", path("trang")).unwrap();
    for _ in 0..2 {
        let (code, told) = write();
        assert_eq!(code, 0, "{told}");
        assert!(path("trang").is_symlink() && path("that/index.html").is_file());
    }
    let secret = path("bi-mat.txt");
    fs::write(&secret, "của tôi").unwrap();
    symlink(&secret, path("that/lien-ket")).unwrap();
    let (code, told) = write();
    assert!(code == 2 && told.contains("lien-ket"), "{told}");
    fs::remove_file(path("that/lien-ket")).unwrap();

    // What a run that was killed leaves: the mark and some of the files, under the number of a process
    // that is gone; a folder of that name without a mark is somebody else's.
    let gone = u32::MAX - 7;
    let rest = path(&format!(".that.dang-ghi-{gone}"));
    fs::create_dir_all(rest.join("en")).unwrap();
    fs::copy(path("that/parindex-site.txt"), rest.join("parindex-site.txt")).unwrap();
    fs::write(rest.join("en/index.html"), "nửa chừng").unwrap();
    let foreign = path(&format!(".that.dang-ghi-{}", gone - 1));
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("cua-toi.txt"), "của tôi").unwrap();
    assert_eq!(write().0, 0);
    assert!(!rest.exists() && foreign.join("cua-toi.txt").exists());
    fs::remove_file(path("trang")).unwrap();
    symlink("khong-co", path("trang")).unwrap();
    let (code, told) = write();
    assert!(code == 2 && told.contains("dẫn tới nơi không có"), "{told}");
}

#[test]
fn a_year_with_bonus_and_penalty_areas_is_published_whole() {
    let place = tempfile::TempDir::new().unwrap();
    let folder = commune_year(place.path());
    let (code, told) = publish(place.path(), &["trang", "--from", folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    let packages = place.path().join("trang/cong-bo/2025");
    let package = packages.join("cchc-2025-v1.zip");
    let verified = Command::new(env!("CARGO_BIN_EXE_parindex")).arg("verify").arg(package).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// A year on the shipped set for communes: two of them, everything full, the survey answered with the
/// best answer throughout.
fn commune_year(place: &Path) -> PathBuf {
    use par_core::framework::{self, Source};
    use par_core::rule::Rule;
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../frameworks/xa-2025");
    let names =
        files(Path::new(shipped)).into_iter().filter(|path| path.parent() == Some(Path::new(shipped)));
    let files = names.map(|path| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
    });
    let files = files.filter(|(name, _)| name.ends_with(".toml")).collect();
    let (set, problems) = framework::read::read(&files);
    let set = set.unwrap_or_else(|| panic!("{problems:?}"));
    let (mut scores, mut questions) = (String::from("unit,code,round1\n"), BTreeSet::new());
    let mut exempt = String::from("unit,code,reason\n");
    for (leaf, node) in set.leaves() {
        let (scoring, node) = (set.scoring(leaf), set.node(node));
        match (&scoring.rule, scoring.source) {
            (Rule::Survey(rule), _) => questions.extend(rule.questions.iter().cloned()),
            // Nobody is asked for these.
            (_, Source::Survey) => exempt.push_str(&format!("all,{},Chưa công bố\n", node.code)),
            _ => ["XA", "XB"].iter().for_each(|unit| {
                scores.push_str(&format!("{unit},{},{}\n", node.code, node.max));
            }),
        }
    }
    let asked: String = questions.iter().map(|code| format!("N,{code},Câu {code}\n")).collect();
    let answers = "A".repeat(questions.len());
    let sheets: String = (0..12)
        .map(|sheet| format!("N-{sheet},N,dan,accepted,,{},{answers}\n", ["XA", "XB"][sheet % 2]))
        .collect();
    let folder = place.join("nam-2025");
    let header = format!(
        "year = 2025\ntitle = \"Kết quả năm 2025\"\nprovince = \"tỉnh Thử\"\nprovince_mean = \"units\"\n\
        [[set]]\nid = \"xa-2025\"\nfolder = \"{shipped}\"\n[[cluster]]\nid = \"xa\"\nname = \"Các xã\"\n\
        [[block]]\nid = \"xa\"\nname = \"Các xã\"\nset = \"xa-2025\"\ncluster = \"xa\"\n"
    );
    let files = [
        ("year.toml", header),
        ("units.csv", "code,name,block,predecessors\nXA,Xã Bản Á,xa,-\nXB,Xã Mường Đức,xa,-\n".to_owned()),
        ("scores.csv", scores),
        ("exemptions.csv", exempt),
        ("survey-forms.csv", "form,name,respondents,rates\nN,Phiếu,Người dân,Từng xã\n".to_owned()),
        ("survey-questions.csv", format!("form,question,text\n{asked}")),
        ("survey-plan.csv", "form,stratum,name,issued,required\nN,dan,Người dân,12,12\n".to_owned()),
        ("survey-sheets.csv", format!("serial,form,stratum,status,refusal,unit,answers\n{sheets}")),
    ];
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}
