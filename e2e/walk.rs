//! Browser walks: the real binary, a real Chromium, the pages as people use them, and axe on each.

mod browser;

use browser::{Browser, Server};

/// Every kind of page of the demo year, and those in English that differ by more than words.
const PAGES: [&str; 26] = [
    "/",
    "/ket-qua/2020",
    "/ket-qua/2020/linh-vuc",
    "/ket-qua/2020/linh-vuc/3",
    "/ket-qua/2020/tieu-chi/departments/2.1.1",
    "/ket-qua/2020/don-vi/so-noi-vu",
    "/ket-qua/2020/don-vi/so-ngoai-vu",
    "/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so",
    "/ket-qua/2020/dan-giai/don-vi/so-noi-vu/diem/2.1.1",
    "/ket-qua/2020/ly-do",
    "/ket-qua/2020/dan-giai/tinh/mat-diem/ly-do/period",
    "/ket-qua/2020/so-sanh",
    "/ket-qua/2020/so-sanh?don-vi=so-noi-vu&don-vi=so-xay-dung&don-vi=huyen-muong-te&don-vi=x",
    "/xu-huong",
    "/xu-huong/so-noi-vu",
    "/ket-qua/2020/linh-vuc/8",
    "/ket-qua/2020/bao-cao",
    "/ket-qua/2020/dieu-tra",
    "/ket-qua/2020/phuong-phap",
    "/ket-qua/2020/tim?q=noi+vu",
    "/en",
    "/en/ket-qua/2020",
    "/en/ket-qua/2020/linh-vuc",
    "/en/ket-qua/2020/don-vi/so-noi-vu",
    "/en/ket-qua/2020/dan-giai/don-vi/so-noi-vu/diem/2.1.1",
    "/en/ket-qua/2020/bao-cao",
];

/// Words of charts that reach over the edge of their picture, as the browser sets them.
const OUTSIDE: &str = "
    const over = [];
    for (const svg of document.querySelectorAll('figure.chart > svg')) {
        const view = svg.viewBox.baseVal;
        for (const text of svg.querySelectorAll('text')) {
            const box = text.getBBox();
            if (box.x < -1 || box.x + box.width > view.width + 1 || box.y < -1 || box.y + box.height > view.height + 1)
                over.push(text.textContent);
        }
    }
    return over.join('; ');";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_passes_axe_and_fits_a_wide_window() {
    check_pages(Browser::start().await, 1280).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_passes_axe_and_fits_a_telephone_of_360_px() {
    check_pages(Browser::telephone().await, 360).await;
}

async fn check_pages(browser: Browser, width: i64) {
    let server = Server::demo().await;
    let mut faults = Vec::new();
    for page in PAGES {
        browser.open(&server.url(page)).await;
        let status = "return performance.getEntriesByType('navigation')[0].responseStatus";
        assert_eq!(browser.number(status).await, 200, "{page} is a page and no failure");
        assert_eq!(
            browser.number("return window.innerWidth").await,
            width,
            "{page}: the window has the width asked for"
        );
        for violation in browser.axe().await {
            faults.push(format!("{page}: {violation}"));
        }
        let outside = browser.string(OUTSIDE).await;
        if !outside.is_empty() {
            faults.push(format!("{page}: outside of its chart: {outside}"));
        }
        let needs = browser.number("return document.documentElement.scrollWidth").await;
        if needs > width {
            faults.push(format!("{page}: the page is {needs} px wide"));
        }
    }
    browser.stop().await;
    assert!(faults.is_empty(), "at {width} px:\n{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_the_ranked_table_opens_down_to_the_judgement() {
    let server = Server::demo().await;
    let browser = Browser::start().await;
    browser.open(&server.url("/ket-qua/2020")).await;
    // Sở Nội vụ → index → total → area 2 → criterion 2.1 → leaf 2.1.1.
    for link in ["87,42", "85,6685", "10,8822", "2,5833", "1,3333"] {
        browser.follow(link).await;
    }
    let text = browser.text().await;
    for said in ["thẩm định lần 1", "Hội đồng thẩm định", "8/9 (88,89%)"] {
        assert!(text.to_lowercase().contains(&said.to_lowercase()), "{said} is not on the page:\n{text}");
    }
    let reason = "Tài liệu ngoài thời gian đánh giá";
    assert!(!text.contains(reason), "a reason asked of one unit is not public:\n{text}");
    browser.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_reaches_the_content_first_and_search_needs_no_diacritics() {
    let server = Server::demo().await;
    let browser = Browser::start().await;
    browser.open(&server.url("/ket-qua/2020")).await;
    browser.press_tab().await;
    let first = browser.string("return document.activeElement.getAttribute('href')").await;
    assert!(first.starts_with('#'), "the first stop is the skip link, not {first}");
    browser.open(&server.url("/ket-qua/2020/tim?q=so+noi+vu")).await;
    browser.follow("Sở Nội vụ").await;
    assert!(browser.address().await.ends_with("/ket-qua/2020/don-vi/so-noi-vu"));
    browser.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_changes_the_language_and_stays_on_the_page() {
    let server = Server::demo().await;
    let browser = Browser::start().await;
    browser.open(&server.url("/ket-qua/2020/tim?q=so+noi+vu")).await;
    browser.change_language().await;
    // The query is kept in one spelling.
    assert!(browser.address().await.ends_with("/en/ket-qua/2020/tim?q=so%20noi%20vu"));
    browser.follow("Sở Nội vụ").await;
    browser.follow("87.42").await;
    assert!(browser.address().await.ends_with("/en/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so"));
    let text = browser.text().await;
    assert!(text.contains("85.6685 ÷ 98 × 100"), "{text}");
    browser.change_language().await;
    let text = browser.text().await;
    assert!(text.contains("85,6685 ÷ 98 × 100"), "{text}");
    browser.stop().await;
}

/// Pages of the site as files, one of each kind.
const FILES: [&str; 12] = [
    "index.html",
    "ket-qua/2020/index.html",
    "ket-qua/2020/linh-vuc/index.html",
    "ket-qua/2020/linh-vuc/3/index.html",
    "ket-qua/2020/tieu-chi/departments/2.1.1/index.html",
    "ket-qua/2020/don-vi/so-noi-vu/index.html",
    "ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so/index.html",
    "ket-qua/2020/dieu-tra/index.html",
    "ket-qua/2020/tim/index.html?q=noi+vu",
    "cong-bo/2020/1.html",
    "en/ket-qua/2020/index.html",
    "en/ket-qua/2020/tim/index.html?q=noi+vu",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_published_site_opens_from_the_file_system_without_a_server() {
    let place = tempfile::TempDir::new().expect("a temporary folder");
    let site = place.path().join("trang");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_parindex"))
        .arg("publish")
        .arg(&site)
        .args(["--from", demo])
        .status()
        .expect("the binary starts");
    assert!(status.success());
    let url = |file: &str| format!("file://{}/{file}", site.display());
    let browser = Browser::logging().await;
    let mut faults = Vec::new();
    for file in FILES {
        browser.open(&url(file)).await;
        faults.extend(browser.errors().await);
        faults.extend(browser.axe().await.into_iter().map(|violation| format!("{file}: {violation}")));
        // Axe fetches the style sheets once more, which a page of files may not: that is no fault of the page.
        drop(browser.errors().await);
        // Style sheets and fonts come from files too.
        let sheets = browser.number("return document.styleSheets.length").await;
        assert!(sheets >= 4, "{file} has {sheets} style sheets");
    }
    // From the list of years down to a judgement, by links only.
    browser.open(&url("index.html")).await;
    for link in ["2020", "87,42", "85,6685", "10,8822", "2,5833", "1,3333"] {
        browser.follow(link).await;
    }
    assert!(browser.text().await.contains("8/9 (88,89%)"), "{}", browser.text().await);
    // Search through the form of the page, without diacritics, without a server.
    browser.search("so noi vu").await;
    assert!(browser.text().await.contains("Sở Nội vụ"), "{}", browser.text().await);
    browser.follow("Sở Nội vụ").await;
    assert!(browser.address().await.ends_with("/don-vi/so-noi-vu/index.html"), "{}", browser.address().await);
    faults.extend(browser.errors().await);
    browser.stop().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
