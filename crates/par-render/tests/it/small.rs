//! Small years as the texts of their folders.

use std::fmt::Write;

use par_core::framework::read::Files;
use par_core::score::results::Results;
use par_core::year::read;

/// A year of two ranking lists by one criteria set of four leaves of 5 points, scored by the units
/// themselves and appraised.
#[derive(Clone, Debug, Default)]
pub struct Small {
    /// Code, block (`a` or `b`), predecessors as in files, quarters of points leaf by leaf.
    pub units: Vec<(String, &'static str, String, [u32; 4])>,
    /// Code and index of the year before.
    pub previous: Vec<(String, String)>,
    /// Unit and leaf of requests for explanation.
    pub requests: Vec<(String, usize)>,
}

impl Small {
    /// Units of block `a` that continue themselves, all with the given quarters.
    pub fn of(quarters: &[[u32; 4]]) -> Small {
        let unit = |(i, quarters): (usize, &[u32; 4])| (format!("U{i}"), "a", String::new(), *quarters);
        Small { units: quarters.iter().enumerate().map(unit).collect(), ..Small::default() }
    }

    /// The evaluated year.
    pub fn results(&self) -> Results {
        let (year, problems) = read::read(&self.files());
        assert!(problems.is_empty(), "{problems:#?}");
        Results::of(year.expect("a year without problems is there"))
    }

    fn files(&self) -> Files {
        let mut files = Files::new();
        let mut header =
            "year = 2024\ntitle = \"Chỉ số\"\nprovince = \"tỉnh\"\nprovince_mean = \"units\"\n".to_owned();
        if !self.previous.is_empty() {
            header.push_str("previous_year = 2023\n");
            let mut rows = "unit,index,class,origin\n".to_owned();
            for (code, index) in &self.previous {
                let _ = writeln!(rows, "{code},{index},Tốt,published");
            }
            files.insert("previous.csv".to_owned(), rows);
        }
        header.push_str("[[set]]\nid = \"s\"\nfolder = \"s\"\n[[cluster]]\nid = \"c\"\nname = \"Khối\"\n");
        for (id, name) in [("a", "Các sở"), ("b", "Các xã")] {
            let _ =
                write!(header, "[[block]]\nid = \"{id}\"\nname = \"{name}\"\nset = \"s\"\ncluster = \"c\"\n");
        }
        let mut units = "code,name,block,predecessors\n".to_owned();
        let mut scores = "unit,code,self,round1,reason,answer,outcome\n".to_owned();
        for (code, block, before, quarters) in &self.units {
            let _ = writeln!(units, "{code},Đơn vị {code},{block},{before}");
            for (leaf, quarter) in quarters.iter().enumerate() {
                let asked = self.requests.iter().any(|(unit, at)| unit == code && *at == leaf);
                let asked = if asked { "thieu,,none" } else { ",," };
                let (area, criterion) = (leaf / 2 + 1, leaf % 2 + 1);
                let points = f64::from(*quarter) / 4.0;
                let _ = writeln!(scores, "{code},{area}.{criterion},5,{points:.2},{asked}");
            }
        }
        files.insert("year.toml".to_owned(), header);
        files.insert("units.csv".to_owned(), units);
        files.insert("scores.csv".to_owned(), scores);
        files.insert("reasons.csv".to_owned(), "code,name\nthieu,Thiếu tài liệu kiểm chứng\n".to_owned());
        files.insert("sets/s/framework.toml".to_owned(), FRAMEWORK.to_owned());
        for area in 1..=2 {
            files.insert(format!("sets/s/area-{area}.toml"), area_text(area));
        }
        files
    }
}

const FRAMEWORK: &str = "id = \"s\"\nname = \"Bộ tiêu chí\"\nyear = 2024\nfull_scale = \"20\"\n\
    [rounding]\npoint_places = 4\npoints = \"half_up\"\nprint_places = 2\nprint = \"half_up\"\n\
    [ranking]\ncompare = \"exact\"\nties = \"share\"\n[exemption]\nmethod = \"reduce_scale\"\n\
    [[class]]\nname = \"Xuất sắc\"\nfrom = \"90\"\n[[class]]\nname = \"Tốt\"\nfrom = \"80\"\n\
    [[class]]\nname = \"Khá\"\nfrom = \"70\"\n[[class]]\nname = \"Yếu\"\nfrom = \"0\"\n";

fn area_text(area: usize) -> String {
    let mut text = format!("[area]\ncode = \"{area}\"\nname = \"Lĩnh vực số {area}\"\nmax = \"10\"\n");
    for criterion in 1..=2 {
        let _ = write!(
            text,
            "[[node]]\ncode = \"{area}.{criterion}\"\nname = \"Tiêu chí\"\nmax = \"5\"\nsource = \"self\"\n\
             rule = {{ kind = \"judged\", step = \"0.25\" }}\n"
        );
    }
    text
}
