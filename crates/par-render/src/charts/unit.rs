//! One unit: its areas against the mean of its cluster, and their way from the year before.

use par_core::score::results::{Measure, Results, Scope};

use super::On;
use super::bars::{self, Bar};
use super::round;
use super::slopes::{self, Panel, Slope};

/// Component indices against the mean of the unit's cluster; `None` when there is no such unit.
pub fn against_cluster(results: &Results, unit: usize, on: On<'_>) -> Option<String> {
    let named = results.year.units.get(unit)?;
    let cluster = Scope::Cluster(results.year.blocks[named.block].cluster);
    let bar = |(measure, label): (Measure, String)| Bar {
        label,
        value: results.printed(unit, &measure),
        waits: results.waits(unit, &measure),
        mean: results.mean(cluster, &measure).map(|mean| round(results, &mean)),
    };
    let bars: Vec<Bar> = areas(results, unit).into_iter().map(bar).collect();
    let title = format!(
        "{}: {}",
        named.name,
        on.say("tỷ lệ điểm đạt được theo lĩnh vực (%)", "share of points earned by area (%)")
    );
    bars::draw(on, &title, on.say("trung bình của khối", "mean of the cluster"), &bars)
}

/// Component indices of the year before and of this year; `None` when nothing can be compared.
pub fn changes(results: &Results, unit: usize, on: On<'_>) -> Option<String> {
    let before = results.year.previous.as_ref()?.year;
    let slope = |(measure, label): (Measure, String)| {
        let before = round(results, &results.previous(unit, &measure)?);
        let now = results.printed(unit, &measure)?;
        let change = results.change(unit, &measure).map(|change| on.language.signed(round(results, &change)));
        Some(Slope { label, before, now, change: change.unwrap_or_default() })
    };
    let slopes: Vec<Slope> = areas(results, unit).into_iter().filter_map(slope).collect();
    let years =
        (format!("{}{before}", on.say("Năm ", "")), format!("{}{}", on.say("Năm ", ""), results.year.year));
    let panels = [Panel { name: String::new(), slopes, remark: String::new() }];
    slopes::draw(
        on,
        on.say("Thay đổi theo lĩnh vực (%)", "Change by area (%)"),
        (&years.0, &years.1),
        &panels,
    )
}

/// The unit's areas by the code they are listed under, with code and name in its set.
fn areas(results: &Results, unit: usize) -> Vec<(Measure, String)> {
    let set = results.year.set_of(unit);
    let area = |(id, node): (par_core::framework::NodeId, &par_core::framework::Node)| {
        (Measure::Node(set.compared_as(id)), format!("{}. {}", node.code, node.name))
    };
    set.areas().map(area).collect()
}
