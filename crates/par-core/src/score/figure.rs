//! Addresses of figures: every number that is shown has one, and every address has a derivation.
//!
//! The text form is a path of ASCII words, such as `don-vi/so-noi-vu/diem/1.2.3` or
//! `khoi/departments/trung-binh/1`.

use super::component::Quantity;
use super::results::{Measure, Scope};
use crate::points::decimal::Decimal;
use crate::points::read::{Notation, decimal};
use crate::text;
use crate::year::lost::Cause;
use crate::year::{LeafFile, Year};

/// A figure of a year's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A figure of one unit, by the unit's position.
    Unit(usize, UnitFigure),
    /// The mean of a measure over a scope, in percent.
    Mean(Scope, Measure),
    /// The same mean of the year before.
    PreviousMean(Scope, Measure),
    /// The change of the mean, in percentage points.
    MeanChange(Scope, Measure),
    /// How many units of a scope stand in some relation to a mark.
    Count(Scope, Count),
    /// Points that the units of a scope lost.
    Lost(Scope, Lost),
}

/// Which of the points lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// All of them.
    All,
    /// Those lost for a cause.
    Cause(Cause),
    /// Those lost in the areas compared under this code.
    Area(String),
    /// Those lost at a leaf, by the position of its set and its code.
    Leaf(usize, String),
}

/// A figure of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitFigure {
    /// The index in percent.
    Index,
    /// All points.
    Total,
    /// The sum of the maxima that apply.
    Scale,
    /// Points from leaves that are not surveyed.
    Appraisal,
    /// Points from survey leaves.
    Survey,
    /// Bonus and penalty points.
    Adjustment,
    /// Points of the node with this code.
    Node(String),
    /// A component index in percent.
    Percent(Measure),
    /// Place in the block.
    Place,
    /// Class.
    Class,
    /// Percentage points lacking to the next class.
    NextClass,
    /// Percent of the year before.
    Previous(Measure),
    /// Change against the year before, in percentage points.
    Change(Measure),
    /// Change over what both years assessed.
    LikeForLike,
}

/// What units are counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// Printed value above a mark.
    Above(Quantity, Decimal),
    /// Printed value at a mark or above.
    AtLeast(Quantity, Decimal),
    /// Printed value below a mark.
    Below(Quantity, Decimal),
    /// Of the class with this name.
    InClass(String),
}

impl Count {
    /// Units whose measure rose.
    pub fn up(measure: Measure) -> Count {
        Count::Above(Quantity::Change(measure), Decimal::new(0, 0))
    }

    /// Units whose measure fell.
    pub fn down(measure: Measure) -> Count {
        Count::Below(Quantity::Change(measure), Decimal::new(0, 0))
    }
}

impl Figure {
    /// The address.
    pub fn path(&self, year: &Year) -> String {
        match self {
            Figure::Unit(unit, figure) => {
                format!("don-vi/{}/{}", year.units[*unit].slug, unit_path(figure, year))
            }
            Figure::Mean(scope, measure) => with(scope_path(*scope, year) + "/trung-binh", measure, year),
            Figure::PreviousMean(scope, measure) => {
                with(scope_path(*scope, year) + "/trung-binh-nam-truoc", measure, year)
            }
            Figure::MeanChange(scope, measure) => with(scope_path(*scope, year) + "/thay-doi", measure, year),
            Figure::Count(scope, count) => {
                format!("{}/so-don-vi/{}", scope_path(*scope, year), count_path(count, year))
            }
            Figure::Lost(scope, lost) => {
                format!("{}/mat-diem{}", scope_path(*scope, year), lost_path(lost, year))
            }
        }
    }

    /// The figure at an address; `None` when the address names nothing of this year.
    pub fn parse(year: &Year, path: &str) -> Option<Figure> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["don-vi", unit, rest @ ..] => {
                let unit = year.units.iter().position(|known| known.slug == *unit)?;
                Some(Figure::Unit(unit, parse_unit(year, unit, rest)?))
            }
            ["bang", id, rest @ ..] => {
                let block = year.blocks.iter().position(|block| block.id == *id)?;
                parse_scope(year, Scope::Block(block), rest)
            }
            ["khoi", id, rest @ ..] => {
                let cluster = year.clusters.iter().position(|cluster| cluster.id == *id)?;
                parse_scope(year, Scope::Cluster(cluster), rest)
            }
            ["tinh", rest @ ..] => parse_scope(year, Scope::Province, rest),
            _ => None,
        }
    }
}

fn unit_path(figure: &UnitFigure, year: &Year) -> String {
    match figure {
        UnitFigure::Index => "chi-so".to_owned(),
        UnitFigure::Total => "tong-diem".to_owned(),
        UnitFigure::Scale => "thang-diem".to_owned(),
        UnitFigure::Appraisal => "tham-dinh".to_owned(),
        UnitFigure::Survey => "dieu-tra".to_owned(),
        UnitFigure::Adjustment => "cong-tru".to_owned(),
        UnitFigure::Node(code) => format!("diem/{code}"),
        UnitFigure::Percent(measure) => with("ty-le".to_owned(), measure, year),
        UnitFigure::Place => "thu-hang".to_owned(),
        UnitFigure::Class => "xep-loai".to_owned(),
        UnitFigure::NextClass => "den-hang-tren".to_owned(),
        UnitFigure::Previous(measure) => with("nam-truoc".to_owned(), measure, year),
        UnitFigure::Change(measure) => with("thay-doi".to_owned(), measure, year),
        UnitFigure::LikeForLike => "thay-doi-cung-noi-dung".to_owned(),
    }
}

fn parse_unit(year: &Year, unit: usize, parts: &[&str]) -> Option<UnitFigure> {
    let measure = |parts: &[&str]| parse_measure(year, parts);
    Some(match parts {
        ["chi-so"] => UnitFigure::Index,
        ["tong-diem"] => UnitFigure::Total,
        ["thang-diem"] => UnitFigure::Scale,
        ["tham-dinh"] => UnitFigure::Appraisal,
        ["dieu-tra"] => UnitFigure::Survey,
        ["cong-tru"] => UnitFigure::Adjustment,
        ["diem", code] => UnitFigure::Node(year.set_of(unit).find(code).map(|_| (*code).to_owned())?),
        ["ty-le", rest @ ..] => {
            UnitFigure::Percent(measure(rest).filter(|measure| *measure != Measure::Index)?)
        }
        ["thu-hang"] => UnitFigure::Place,
        ["xep-loai"] => UnitFigure::Class,
        ["den-hang-tren"] => UnitFigure::NextClass,
        ["nam-truoc", rest @ ..] => UnitFigure::Previous(measure(rest)?),
        ["thay-doi", rest @ ..] => UnitFigure::Change(measure(rest)?),
        ["thay-doi-cung-noi-dung"] => UnitFigure::LikeForLike,
        _ => return None,
    })
}

fn parse_scope(year: &Year, scope: Scope, parts: &[&str]) -> Option<Figure> {
    match parts {
        ["trung-binh", rest @ ..] => Some(Figure::Mean(scope, parse_measure(year, rest)?)),
        ["trung-binh-nam-truoc", rest @ ..] => Some(Figure::PreviousMean(scope, parse_measure(year, rest)?)),
        ["thay-doi", rest @ ..] => Some(Figure::MeanChange(scope, parse_measure(year, rest)?)),
        ["so-don-vi", rest @ ..] => Some(Figure::Count(scope, parse_count(year, rest)?)),
        ["mat-diem", rest @ ..] => Some(Figure::Lost(scope, parse_lost(year, rest)?)),
        _ => None,
    }
}

fn scope_path(scope: Scope, year: &Year) -> String {
    match scope {
        Scope::Block(block) => format!("bang/{}", year.blocks[block].id),
        Scope::Cluster(cluster) => format!("khoi/{}", year.clusters[cluster].id),
        Scope::Province => "tinh".to_owned(),
    }
}

/// A path with the measure behind it; the index is meant when none is named.
fn with(path: String, measure: &Measure, year: &Year) -> String {
    match measure {
        Measure::Index => path,
        Measure::Node(code) => format!("{path}/{code}"),
        Measure::In(set, code) => format!("{path}/{}:{code}", year.sets[*set].id),
    }
}

fn parse_measure(year: &Year, parts: &[&str]) -> Option<Measure> {
    match parts {
        [] => Some(Measure::Index),
        [name] => match name.split_once(':') {
            Some((set, code)) => {
                let set = year.sets.iter().position(|known| known.id == set)?;
                year.sets[set].find(code).map(|_| Measure::In(set, code.to_owned()))
            }
            None => {
                let known = year.sets.iter().any(|set| set.find_compared(name).is_some());
                known.then(|| Measure::Node((*name).to_owned()))
            }
        },
        _ => None,
    }
}

fn count_path(count: &Count, year: &Year) -> String {
    let marked = |word: &str, quantity: &Quantity, mark: &Decimal| match quantity {
        Quantity::Percent(measure) => with(format!("{word}/{mark}"), measure, year),
        Quantity::Change(measure) => with(format!("thay-doi-{word}/{mark}"), measure, year),
    };
    match count {
        Count::Above(quantity, mark) => marked("tren", quantity, mark),
        Count::AtLeast(quantity, mark) => marked("tu", quantity, mark),
        Count::Below(quantity, mark) => marked("duoi", quantity, mark),
        Count::InClass(name) => format!("xep-loai/{}", text::slug(name)),
    }
}

fn parse_count(year: &Year, parts: &[&str]) -> Option<Count> {
    if let ["xep-loai", slug] = parts {
        let mut classes = (0..year.blocks.len()).flat_map(|block| year.classes_of(block));
        return classes
            .find(|class| text::slug(&class.name) == *slug)
            .map(|class| Count::InClass(class.name.clone()));
    }
    let [word, mark, rest @ ..] = parts else { return None };
    let mark = decimal(mark, Notation::Data).ok()?;
    let measure = parse_measure(year, rest)?;
    let (word, quantity) = match word.strip_prefix("thay-doi-") {
        Some(word) => (word, Quantity::Change(measure)),
        None => (*word, Quantity::Percent(measure)),
    };
    match word {
        "tren" => Some(Count::Above(quantity, mark)),
        "tu" => Some(Count::AtLeast(quantity, mark)),
        "duoi" => Some(Count::Below(quantity, mark)),
        _ => None,
    }
}

/// Words for the causes that are no reasons of requests for explanation.
const CAUSES: [(&str, Cause); 5] = [
    ("khong-neu-ly-do", Cause::Unexplained),
    ("tu-cham-chua-dat", Cause::Unclaimed),
    ("dieu-tra", Cause::Survey),
    ("chua-cham", Cause::Unscored),
    ("tham-dinh", Cause::Appraised),
];

fn lost_path(lost: &Lost, year: &Year) -> String {
    match lost {
        Lost::All => String::new(),
        Lost::Cause(Cause::Reason(code)) => format!("/ly-do/{}", text::slug(code)),
        Lost::Cause(cause) => {
            let word = CAUSES.iter().find(|(_, known)| known == cause).map_or("", |(word, _)| word);
            format!("/nguyen-nhan/{word}")
        }
        Lost::Area(code) => format!("/linh-vuc/{code}"),
        Lost::Leaf(set, code) => format!("/tieu-chi/{}:{code}", year.sets[*set].id),
    }
}

fn parse_lost(year: &Year, parts: &[&str]) -> Option<Lost> {
    match parts {
        [] => Some(Lost::All),
        ["ly-do", slug] => {
            let requests = year.files.iter().flat_map(|file| &file.leaves).flat_map(LeafFile::requests);
            let mut codes = year.reasons.iter().map(|one| &one.code).chain(requests.map(|one| &one.reason));
            codes.find(|code| text::slug(code) == *slug).map(|code| Lost::Cause(Cause::Reason(code.clone())))
        }
        ["nguyen-nhan", word] => {
            CAUSES.iter().find(|(known, _)| known == word).map(|(_, cause)| Lost::Cause(cause.clone()))
        }
        ["linh-vuc", code] => match parse_measure(year, &[code])? {
            Measure::Node(code) => Some(Lost::Area(code)),
            _ => None,
        },
        ["tieu-chi", named] => match parse_measure(year, &[named])? {
            Measure::In(set, code) => {
                let node = year.sets[set].find(&code)?;
                year.sets[set].leaf(node).map(|_| Lost::Leaf(set, code))
            }
            _ => None,
        },
        _ => None,
    }
}
