//! The value of a figure alone: what tables print, without how it came about.

use super::Value;
use crate::framework::ExemptionMethod;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::share::Share;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::Results;
use crate::score::{printed_points, printed_scale};

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

    /// Points of a unit as they are printed: as earned, or stretched to the full scale; nothing while
    /// something is not yet scored.
    fn points_of(&self, unit: usize, points: Points) -> Value {
        let (set, standing) = (self.year.set_of(unit), &self.standing.units[unit]);
        match set.settings.exemption {
            _ if standing.unscored > 0 => Value::Nothing,
            ExemptionMethod::ReduceScale => Value::Points(points),
            ExemptionMethod::RescaleToFull => Value::Stretched(printed_points(set, points, standing.scale)),
        }
    }

    fn value_of_unit(&self, unit: usize, figure: &UnitFigure) -> Value {
        let standing = &self.standing.units[unit];
        if !self.year.is_evaluated(unit) {
            return Value::Nothing;
        }
        match figure {
            UnitFigure::Index => percent(standing.index.map(Share::percent)),
            UnitFigure::Total => self.points_of(unit, standing.total),
            UnitFigure::Scale => Value::Points(printed_scale(self.year.set_of(unit), standing.scale)),
            UnitFigure::Appraisal => self.points_of(unit, standing.appraisal),
            UnitFigure::Survey => self.points_of(unit, standing.survey),
            UnitFigure::Adjustment => self.points_of(unit, standing.adjustment()),
            UnitFigure::Node(code) => {
                let set = self.year.set_of(unit);
                let id = set.find(code).expect("figures name nodes of the unit's set");
                let points = standing.node(set, id);
                match self.year.exemption_at(unit, id) {
                    Some(_) => Value::Nothing,
                    None if points.missing > 0 => Value::Nothing,
                    None => Value::Points(points.earned),
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
