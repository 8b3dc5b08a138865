//! The value of a figure alone: what tables print, without how it came about.

use super::Value;
use crate::points::exact::Exact;
use crate::points::share::Share;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::Results;

impl Results {
    /// The value of a figure; [`Results::derive`] explains it. Tables print hundreds of values, and
    /// the derivation of one place alone has a part for every unit of the list.
    pub fn value(&self, figure: &Figure) -> Value {
        match figure {
            Figure::Unit(unit, of) => self.value_of_unit(*unit, of),
            Figure::Mean(scope, measure) => percent(self.mean(*scope, measure)),
            Figure::PreviousMean(scope, measure) => percent(self.previous_mean(*scope, measure)),
            Figure::MeanChange(scope, measure) => change(self.mean_change(*scope, measure)),
            Figure::Count(scope, count) => super::group::counted(self, *scope, count),
            Figure::Lost(scope, lost) => Value::Points(super::lost::points(self, *scope, lost)),
        }
    }

    fn value_of_unit(&self, unit: usize, figure: &UnitFigure) -> Value {
        let standing = &self.standing.units[unit];
        match figure {
            UnitFigure::Index => percent(standing.index.map(Share::percent)),
            UnitFigure::Total => Value::Points(standing.total),
            UnitFigure::Scale => Value::Points(standing.scale),
            UnitFigure::Appraisal => Value::Points(standing.appraisal),
            UnitFigure::Survey => Value::Points(standing.survey),
            UnitFigure::Adjustment => Value::Points(standing.adjustment),
            UnitFigure::Node(code) => {
                let set = self.year.set_of(unit);
                let id = set.find(code).expect("figures name nodes of the unit's set");
                match self.year.exemption_at(unit, id) {
                    Some(_) => Value::Nothing,
                    None => Value::Points(standing.node(set, id).earned),
                }
            }
            UnitFigure::Percent(measure) => percent(self.share(unit, measure).map(Share::percent)),
            UnitFigure::Place => standing.place.map_or(Value::Nothing, |place| Value::Number(place.into())),
            UnitFigure::Class => {
                self.class_name(unit).map_or(Value::Nothing, |name| Value::Word(name.to_owned()))
            }
            UnitFigure::NextClass => change(self.to_next_class(unit).map(|(_, gap)| gap)),
            UnitFigure::Previous(measure) => percent(self.previous(unit, measure)),
            UnitFigure::Change(measure) => change(self.change(unit, measure)),
            UnitFigure::LikeForLike => change(self.like_for_like(unit).map(|found| found.change)),
        }
    }
}

fn percent(value: Option<Exact>) -> Value {
    value.map_or(Value::Nothing, Value::Percent)
}

fn change(value: Option<Exact>) -> Value {
    value.map_or(Value::Nothing, Value::Change)
}
