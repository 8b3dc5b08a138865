//! The words by which a report states the claims of 2020: what has to stand together in one line.
//!
//! Read by the tests of the report as a value and of the documents written from it.

use std::collections::BTreeMap;

/// A claim as words.
pub struct Stated {
    /// Its number.
    pub id: String,
    /// The part of the report it belongs to, as in `II.A3`.
    pub section: &'static str,
    /// Words that stand together in one line of that part, in small letters.
    pub words: Vec<String>,
}

/// Claims that the report has to state, from `claims-2020.csv` and the units' names by code.
pub fn stated(claims: &str, units: &BTreeMap<String, String>) -> Vec<Stated> {
    let mut reader = csv::Reader::from_reader(claims.as_bytes());
    let rows =
        reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("claims are well-formed"));
    rows.filter(|row| row["status"] == "reproduced")
        .map(|row| {
            let words = Claim { row: &row, units }.words();
            let words = words.into_iter().map(|word| word.to_lowercase()).collect();
            Stated { id: row["id"].clone(), section: section(&row["section"]), words }
        })
        .collect()
}

/// Footnotes stand in the part that they explain.
fn section(section: &str) -> &'static str {
    match section {
        "I.1" => "I.1",
        "I.2" => "I.2",
        "II.1" => "II.1",
        "II.2" | "fn1" | "fn2" | "fn3" | "fn4" | "fn5" | "fn6" | "fn7" => "II.2",
        "II.3" => "II.3",
        "II.A1" | "fn8" => "III.1",
        "II.A2" | "fn9" => "III.2",
        "II.A3" | "fn10" => "III.3",
        "II.A4" | "fn11" => "III.4",
        "II.A5" | "fn12" => "III.5",
        "II.A6" | "fn13" => "III.6",
        "II.A7" | "fn14" | "III.2(6)" => "III.7",
        "II.A8" | "fn15" | "fn16" => "III.8",
        "III.2" => "IV.2",
        "III.2(5)" => "III.5",
        other => panic!("no part of the report for {other}"),
    }
}

struct Claim<'r> {
    row: &'r BTreeMap<String, String>,
    units: &'r BTreeMap<String, String>,
}

/// `-8.81` → `8,81`; the direction is a word of its own.
fn vi(number: &str) -> String {
    number.trim_start_matches('-').replace('.', ",")
}

/// Names of criteria the claims speak of.
fn criterion(code: &str) -> &'static str {
    match code {
        "1.2" => "thực hiện chế độ báo cáo cchc",
        "1.3" => "công tác tuyên truyền cchc",
        "1.5" => "thực hiện nhiệm vụ ubnd tỉnh, chủ tịch ubnd tỉnh giao",
        "1.7" => "tự chấm điểm xác định chỉ số cchc của đơn vị",
        "1.8" => "thực hiện nhiệm vụ cchc gắn với chỉ số cchc của tỉnh do bộ nội vụ công bố",
        "1.9" => "thực hiện kế hoạch công tác năm",
        "1.10" => "kết quả công tác chỉ đạo, điều hành cchc (điều tra xhh)",
        "4.1" => "thực hiện quy định của chính phủ, hướng dẫn của bộ, ngành về tổ chức bộ máy",
        "4.2.1" => "sử dụng biên chế được cấp có thẩm quyền giao",
        "4.2.3" => "số lượng người làm việc hưởng lương từ nsnn trong đơn vị sự nghiệp công lập",
        "4.3" => "chế độ báo cáo",
        "5.1" => "thực hiện cơ cấu công chức, viên chức theo vị trí việc làm",
        "5.1.2" => "tỷ lệ viên chức bố trí đúng vị trí việc làm được phê duyệt",
        "5.4" => "đào tạo, bồi dưỡng",
        "5.5" => "chất lượng cán bộ, công chức cấp xã",
        "5.5|5.6" => "tác động của cchc đến chất lượng đội ngũ cbccvc (điều tra xhh)",
        "6.4" => "cơ chế tự chủ tại đơn vị sự nghiệp công lập",
        "7.1" => "ứng dụng công nghệ thông tin",
        "7.2" => "cung cấp dịch vụ công trực tuyến",
        "7.3" => "tiếp nhận, trả kết quả qua dịch vụ bưu chính công ích",
        "7.4" => "iso",
        "8.1" => "không đánh giá",
        "8.2" => "chỉ số năng lực cạnh tranh sở, ngành, huyện (ddci)",
        other => panic!("no name for criterion {other}"),
    }
}

impl Claim<'_> {
    fn get(&self, key: &str) -> &str {
        &self.row[key]
    }

    fn name(&self, code: &str) -> String {
        self.units[code].clone()
    }

    fn names(&self, codes: &str) -> Vec<String> {
        codes.split(';').map(|code| self.name(code)).collect()
    }

    fn words(&self) -> Vec<String> {
        let (item, operand, published) = (self.get("item"), self.get("operand"), self.get("published"));
        let with = |words: &[&str], more: Vec<String>| {
            words.iter().map(|word| (*word).to_owned()).chain(more).collect::<Vec<_>>()
        };
        match self.get("kind") {
            "fact" => vec![date(published)],
            "share_units" => with(&["giải trình", "100%"], vec![]),
            "rate" => with(&["hội đồng", "100%"], vec![]),
            "survey" => self.survey(item, published),
            "structure" => self.structure(item, published),
            "count_units" | "count_class" | "change_class" => self.counted(published),
            "excluded" if self.get("scope") == "all" => vec![criterion(item).to_owned()],
            "excluded" => with(&[criterion(item)], self.names(published)),
            "not_evaluated" => with(&["không đánh giá"], self.names(published)),
            "count_at_least" | "count_above" | "count_below" if item == "scale" => vec![published.to_owned()],
            "count_at_least" | "count_above" => {
                with(&["trên", &format!("{operand}%")], vec![published.to_owned()])
            }
            "count_below" => with(&["dưới", &format!("{operand}%")], vec![published.to_owned()]),
            "count_up" => with(&["tăng"], vec![published.to_owned()]),
            "count_down" => with(&["giảm"], vec![published.to_owned()]),
            "list_below" if item == "scale" => vec![self.name(published.split(';').next().expect("a unit"))],
            "list_above" | "list_below" | "list_up" | "list_down" | "event_list" => self.names(published),
            "value" => self.value(item, published),
            "mean" => self.mean(item, published),
            "change" => self.change(item, published),
            "max" | "min" | "second_max" | "second_min" => self.extreme(item, published),
            "rest_low" => vec![format!("còn lại đạt từ {}%", vi(published))],
            "rest_high" => vec![format!("đến {}%", vi(published))],
            "order" => vec![self.name(published.split(';').next().expect("a unit"))],
            "direction" => vec!["giảm".to_owned()],
            "higher_block" => with(&["các sở, ban, ngành tỉnh", "trung bình"], vec![]),
            "loss_set" => {
                let (worse, _) = item.split_once('|').expect("two groups of criteria");
                worse.split(';').map(|code| criterion(code).to_owned()).collect()
            }
            "rank_item" => self.rank(item, published),
            "only_up" => {
                published.split(';').map(|code| criterion(code.trim_start_matches("C:")).to_owned()).collect()
            }
            "event_count" => with(&["cấp xã"], vec![published.to_owned()]),
            "event_exists" if item == "discipline_cases" => with(&["vi phạm kỷ luật"], vec![]),
            "event_exists" => with(&["không giải trình"], vec![]),
            other => panic!("no words for claims of kind {other}"),
        }
    }

    fn survey(&self, item: &str, published: &str) -> Vec<String> {
        let number = match published.len() {
            4 if !published.contains('.') => format!("{}.{}", &published[..1], &published[1..]),
            _ => vi(published),
        };
        let said = match item {
            "issued" | "issued_plan" => format!("phát ra là {number}"),
            "collected" => format!("thu về {number}"),
            "return_rate" => format!("đạt {number}%"),
            "accepted" => format!("{number} phiếu đạt yêu cầu"),
            "rejected" => format!("{number} phiếu không được nghiệm thu"),
            "over_quota" => format!("{number} phiếu vượt"),
            "form_types" => format!("{number} mẫu phiếu"),
            "not_returned" => format!("{number} phiếu không thu về"),
            other => panic!("no words for {other}"),
        };
        vec![said]
    }

    fn structure(&self, item: &str, published: &str) -> Vec<String> {
        let set = if item.starts_with('D') { "sở, ban, ngành" } else { "huyện, thành phố" };
        let what = item.split(':').nth(1).expect("set:what:where");
        let said = match what {
            "points" if item.contains("self") && item.contains("survey") => {
                format!("thang điểm {published} điểm")
            }
            "points" if item.contains("self") => format!("{published} điểm thẩm định"),
            "points" => format!("{published} điểm điều tra"),
            "max" if item.ends_with("8.2") => format!("({published} điểm)"),
            "max" => format!("thang điểm {published} điểm"),
            "criteria" => format!("{published} tiêu chí"),
            "components" => format!("{published} tiêu chí thành phần"),
            "new" => format!("{published} tiêu chí mới"),
            "common" => format!("trong {published} tiêu chí chung"),
            "areas" => return vec![format!("trong {published} lĩnh vực")],
            other => panic!("no words for {other}"),
        };
        if what == "common" { vec![said] } else { vec![said, set.to_owned()] }
    }

    fn counted(&self, published: &str) -> Vec<String> {
        match (self.get("scope"), self.get("kind"), self.get("item")) {
            ("full" | "special", ..) => vec![format!("{published}/20 đơn vị")],
            ("all", ..) => vec![format!("/{published} đơn vị")],
            (_, "count_class", "class2019") => vec![format!("| trung bình | {published} |")],
            (_, "count_class", _) => vec![format!("| {published} |"), "| trung bình |".to_owned()],
            _ => vec!["| trung bình |".to_owned(), format!("| +{published} |")],
        }
    }

    fn value(&self, item: &str, published: &str) -> Vec<String> {
        let name = self.name(self.get("scope"));
        match item {
            "position" => vec![format!("| {published} | {name}")],
            "d_index" => vec![format!("{name} ({} {}", direction(published), vi(published))],
            // The index's scale stands in a footnote of the ranking, an area's in one of the area.
            "scale" if published == "98" => vec![],
            "scale" => vec![format!("thang điểm {}", trimmed(published))],
            "scale_A8" => vec![format!("thang điểm {} điểm", trimmed(published))],
            item if item.starts_with("scale_A") => {
                vec![name, format!("thang điểm {} điểm", trimmed(published))]
            }
            _ => vec![format!("| {name}"), format!("| {} |", vi(published))],
        }
    }

    fn mean(&self, item: &str, published: &str) -> Vec<String> {
        let value = format!("{}%", vi(published));
        match (item.strip_prefix("C:"), self.get("scope")) {
            (Some(code), _) => vec![criterion(code).to_owned(), format!("({value})")],
            (None, "all") => vec![format!("toàn tỉnh đạt {value}")],
            (None, scope) => vec![block(scope), format!(" {value}")],
        }
    }

    fn change(&self, item: &str, published: &str) -> Vec<String> {
        let change = format!("{} {} điểm phần trăm", direction(published), vi(published));
        match (item.strip_prefix("C:"), self.get("scope")) {
            (Some(code), _) => vec![criterion(code).to_owned(), change],
            (None, "all") => vec![format!("{change} so với năm 2019")],
            (None, scope) => vec![block(scope), change],
        }
    }

    fn extreme(&self, item: &str, published: &str) -> Vec<String> {
        let (code, value) = published.split_once(' ').expect("unit and value");
        let name = self.name(code);
        if item.starts_with('d') {
            return vec![format!("{name} ({} {} điểm phần trăm)", direction(value), vi(value))];
        }
        let end = match (self.get("kind"), self.get("scope")) {
            ("max", _) => "cao nhất là",
            ("min", _) => "thấp nhất là",
            ("second_max", _) => "tiếp theo là",
            _ => "tiếp đến là",
        };
        vec![format!("{end} {name}"), format!("{}%", vi(value))]
    }

    fn rank(&self, item: &str, published: &str) -> Vec<String> {
        let Some(code) = item.strip_prefix("C:") else {
            return vec!["cao nhất trong 8 lĩnh vực".to_owned()];
        };
        if let Some(code) = code.strip_suffix("@2019") {
            return vec!["năm 2019, thấp nhất".to_owned(), criterion(code).to_owned()];
        }
        let end = match published {
            "1" => "cao nhất ở tiêu chí",
            "2" => "tiếp theo là tiêu chí",
            "4" => "tiếp đến là tiêu chí",
            _ => "thấp nhất ở tiêu chí",
        };
        vec![end.to_owned(), criterion(code).to_owned()]
    }
}

fn block(scope: &str) -> String {
    if scope == "departments" { "các sở, ban, ngành tỉnh" } else { "các huyện, thành phố" }.to_owned()
}

fn direction(number: &str) -> &'static str {
    if number.starts_with('-') { "giảm" } else { "tăng" }
}

/// `78.50` → `78,5`, `80.00` → `80`.
fn trimmed(number: &str) -> String {
    let number = vi(number);
    match number.split_once(',') {
        Some((whole, places)) => {
            let places = places.trim_end_matches('0');
            if places.is_empty() { whole.to_owned() } else { format!("{whole},{places}") }
        }
        None => number,
    }
}

fn date(text: &str) -> String {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if year.len() == 4 => format!("{day}/{month}/{year}"),
        _ => text.to_owned(),
    }
}
