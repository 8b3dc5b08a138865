//! Several years on the pages: units followed through merger, split and renaming; side by side.

use std::collections::BTreeSet;

use par_core::score::results::Results;
use par_core::year::{Year, read};
use par_server::exchange::folder;

use crate::app::{BY, TestApp, built_in_year};
use crate::second_year;

/// The pages of the built-in year, and the year after it not yet brought in.
async fn first_of_two() -> (TestApp, Year) {
    let first = built_in_year();
    let files = second_year::files(&folder::demo().files, &Results::of(first.clone()));
    let second = read::read(&files).0.expect("the second year is sound");
    let app = TestApp::empty().await;
    app.show(&first).await;
    (app, second)
}

#[tokio::test]
async fn a_page_over_all_years_shows_a_year_that_comes_and_a_change_of_any_year_at_once() {
    let (app, second) = first_of_two().await;
    let before = app.page("/xu-huong").await;
    assert!(before.contains("Năm 2019 (%)") && !before.contains("Năm 2021 (%)"));
    assert_eq!(app.page("/xu-huong").await, before, "a cached page is the page");
    let unit = app.page("/xu-huong/so-tu-phap").await;
    app.show(&second).await;
    let after = app.page("/xu-huong").await;
    assert!(after.contains("Năm 2021 (%)"), "the year that came shows");
    assert_ne!(app.page("/xu-huong/so-tu-phap").await, unit);
    // The earlier year changes: the page of all years changes with it.
    let cell = par_store::cell::Cell {
        year: 2020,
        unit: "SNV",
        leaf: "1.1.1",
        stage: par_core::year::Stage::Council,
    };
    let inputs = par_core::rule::inputs::Inputs::parse("opt=2").unwrap();
    let judgement =
        par_core::year::Judgement { points: par_core::points::Points::from_millionths(250_000), inputs };
    let store = app.store().await;
    let revision = Some(par_store::revision::Revision::from_number(1));
    store.record_judgement(&cell, revision, &judgement, &BY).await.unwrap();
    app.publish(2020, Some("Kết luận thanh tra")).await;
    assert_ne!(app.page("/xu-huong").await, after, "the amendment shows");
}

#[tokio::test]
async fn units_are_followed_through_merger_split_renaming_and_founding() {
    let (app, second) = first_of_two().await;
    app.show(&second).await;
    let merged = app.rows("/xu-huong/so-tai-chinh.json", "cac-nam").await;
    let named: Vec<_> = merged.iter().map(|row| (row["year"].as_str(), row["unit"].as_str())).collect();
    let both = Some("Sở Kế hoạch và Đầu tư; Sở Tài chính");
    assert_eq!(named, [(Some("2019"), both), (Some("2020"), both), (Some("2021"), Some("Sở Tài chính"))]);
    // (86,06 + 76,94) / 2, as the change of 2021 takes it.
    assert_eq!(merged[1]["index"]["printed"], "81.50");
    assert_eq!(merged[2]["lineage"], "so với trung bình các đơn vị được hợp nhất");
    assert!(merged[2]["change"]["printed"].is_string() && merged[2]["like_for_like"]["printed"].is_string());
    let page_of = async |slug: &str| app.page(&format!("/xu-huong/{slug}")).await;
    assert!(
        page_of("so-tai-chinh").await.contains("trung bình cộng của Sở Kế hoạch và Đầu tư; Sở Tài chính")
    );
    assert!(page_of("so-nong-nghiep").await.contains("so với đơn vị trước khi tách"));
    let new = page_of("ban-chuyen-doi-so").await;
    assert!(new.contains("đơn vị mới, không so sánh"));
    assert!(new.contains("Trước năm 2021 không có đơn vị để nối tiếp."));
    let ended = page_of("so-cong-thuong").await;
    assert!(
        ended.contains("Năm 2020 là năm cuối có đơn vị này.") && ended.contains("Sở Công Thương và Du lịch")
    );
    let lineage = app.rows("/xu-huong.json", "tien-than").await;
    assert_eq!(lineage.len(), 5, "merged, two halves, renamed, new");
}

#[tokio::test]
async fn changes_are_percentage_points_and_missing_years_are_no_numbers() {
    let (app, second) = first_of_two().await;
    app.show(&second).await;
    for path in ["/xu-huong", "/xu-huong/so-tai-chinh", "/xu-huong/ban-chuyen-doi-so"] {
        let text = app.page(path).await;
        assert!(text.contains("điểm phần trăm"), "{path}");
        assert!(!text.contains("NaN"));
        let cells = |class: &'static str| text.split(class).skip(1);
        for change in cells("class=\"num up\"").chain(cells("class=\"num down\"")) {
            let cell = change.split("</td>").next().unwrap();
            assert!(!cell.contains('%'), "{path}: a change with a percent sign: {cell}");
        }
    }
    let units = app.rows("/xu-huong.json", "don-vi").await;
    let new = units.iter().find(|row| row["unit"] == "Ban Chuyển đổi số").unwrap();
    assert!(new["2019"].is_null() && new["2020"].is_null() && new["change"].is_null());
    assert!(new["2021"]["exact"].is_string());
}

#[tokio::test]
async fn all_links_of_pages_over_several_years_lead_somewhere() {
    let (app, second) = first_of_two().await;
    app.show(&second).await;
    let mut links = BTreeSet::new();
    let compare = "/ket-qua/2021/so-sanh?don-vi=so-tai-chinh&don-vi=ban-chuyen-doi-so";
    let english = ["/en/xu-huong", "/en/xu-huong/so-tai-chinh", "/en/xu-huong/so-cong-thuong"];
    let paths = ["/xu-huong", "/xu-huong/so-tai-chinh", "/xu-huong/so-cong-thuong", compare];
    for path in paths.into_iter().chain(english) {
        let text = app.page(path).await;
        let found = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.extend(found.filter(|link| link.starts_with('/')).map(|link| link.replace("&#38;", "&")));
    }
    for link in links {
        assert_eq!(app.get(&link).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn pages_over_several_years_lead_to_each_of_them_and_speak_both_languages() {
    let (app, second) = first_of_two().await;
    app.show(&second).await;
    for path in ["/xu-huong", "/xu-huong/so-tai-chinh"] {
        let text = app.page(path).await;
        assert!(text.contains("<a href=\"/ket-qua/2021\">2021</a> <a href=\"/ket-qua/2020\">2020</a></nav>"));
        let text = app.page(&format!("/en{path}")).await;
        assert!(
            text.contains(
                "<a href=\"/en/ket-qua/2021\">2021</a> <a href=\"/en/ket-qua/2020\">2020</a></nav>"
            )
        );
        assert!(text.contains("Change 2020–2021 (percentage points)"), "{path}");
    }
    let merged = app.page("/en/xu-huong/so-tai-chinh").await;
    assert!(
        merged
            .contains("The figures of 2020 are the unweighted mean of Sở Kế hoạch và Đầu tư; Sở Tài chính.")
    );
    let new = app.page("/en/xu-huong/ban-chuyen-doi-so").await;
    assert!(new.contains("There is no unit before 2021 that this one continues."));
    let ended = app.page("/en/xu-huong/so-cong-thuong").await;
    assert!(ended.contains("2020 is the last year of this unit."));
}

#[tokio::test]
async fn units_are_compared_by_their_codes_or_names_and_faults_of_the_choice_are_said() {
    let (app, _) = first_of_two().await;
    let start = "/ket-qua/2020/so-sanh";
    assert!(app.page(start).await.contains("Chọn từ hai đơn vị trở lên"));
    assert!(app.page(&format!("{start}?don-vi=so-noi-vu")).await.contains("Mới chọn một đơn vị"));
    let two =
        app.page(&format!("{start}?don-vi=so-noi-vu&don-vi=STP&don-vi=so-noi-vu&don-vi=x%3Cb%3E")).await;
    assert!(two.contains("không có đơn vị «x&#60;b&#62;»"));
    assert_eq!(two.matches(" checked>").count(), 2, "named twice is chosen once");
    let six: String =
        ["SNV", "STP", "SXD", "SYT", "STC", "SCT"].map(|code| format!("don-vi={code}&")).concat();
    let six = format!("{start}?{six}");
    assert!(app.page(&six).await.contains("đã lấy 5 đơn vị chọn đầu tiên"));
    let areas = app.rows(&format!("{start}.json?don-vi=SNV&don-vi=STP"), "linh-vuc").await;
    assert_eq!((areas.len(), &areas[0]["SNV"]["printed"]), (8, &"89.93".into()));
}

#[tokio::test]
async fn a_site_without_years_says_so() {
    let app = TestApp::empty().await;
    assert!(app.page("/xu-huong").await.contains("Chưa có năm nào."));
    assert!(app.page("/en/xu-huong").await.contains("There are no years yet."));
    assert_eq!(app.get("/xu-huong/so-noi-vu").await.status, 404);
}

#[tokio::test]
async fn causes_of_lost_points_add_up_on_the_page_too() {
    let (app, _) = first_of_two().await;
    let causes = app.rows("/ket-qua/2020/ly-do.json", "nguyen-nhan").await;
    let millionths = |row: &serde_json::Value, key: &str| {
        let exact = row[key]["exact"].as_str().unwrap();
        let points = par_core::points::read::decimal(exact, par_core::points::read::Notation::Data).unwrap();
        points.points().unwrap().millionths()
    };
    let sum =
        |rows: &[serde_json::Value], key: &str| rows.iter().map(|row| millionths(row, key)).sum::<i64>();
    let areas = app.rows("/ket-qua/2020/ly-do.json", "linh-vuc").await;
    let leaves = app.rows("/ket-qua/2020/ly-do.json", "tieu-chi").await;
    assert_eq!(sum(&causes, "points"), sum(&areas, "lost"));
    assert_eq!(sum(&leaves, "lost"), sum(&areas, "lost"), "data files have every criterion");
}
