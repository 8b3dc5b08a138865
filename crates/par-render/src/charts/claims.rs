//! What units gave themselves beside what they got, in percent of the same leaves' maxima.

use par_core::score::results::Results;

use super::On;
use super::pairs::{self, Group, Pair};
use super::parts::{Slice, whole};
use super::svg::{axis, position};

/// The chart, list by list; `None` when no unit scored itself.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    of(results, &whole(results), on)
}

/// The chart of these units, on the scale of all; `None` when none of them scored itself.
pub fn of(results: &Results, slices: &[Slice], on: On<'_>) -> Option<String> {
    let all: Vec<Group> = whole(results).iter().map(|slice| group(results, slice, on)).collect();
    let groups: Vec<Group> = slices.iter().map(|slice| group(results, slice, on)).collect();
    let values = all
        .iter()
        .flat_map(|group| &group.pairs)
        .flat_map(|pair| [Some(pair.to), pair.from].into_iter().flatten().map(position));
    let scale = axis(values);
    let title = on.say(
        "Điểm tự chấm và điểm có hiệu lực (% điểm tối đa của các tiêu chí đơn vị tự chấm)",
        "Self-scores and binding scores (% of the maximum of self-scored criteria)",
    );
    pairs::draw(
        on,
        title,
        (on.say("điểm tự chấm", "self-score"), on.say("điểm có hiệu lực", "binding score")),
        scale,
        &groups,
    )
}

fn group(results: &Results, slice: &Slice, on: On<'_>) -> Group {
    let pair = |unit: &usize| {
        let claim = results.claim(*unit)?;
        let (places, mode) = results.print_of(*unit);
        let from = claim.own_share()?.rounded(places, mode);
        let to = claim.binding_share()?.rounded(places, mode);
        let label = results.year.units[*unit].name.clone();
        Some(Pair {
            label,
            from: Some(from),
            to,
            note: format!("{} → {}", on.language.number(from), on.language.number(to)),
        })
    };
    let pairs = slice.units(results).iter().filter_map(pair).collect();
    Group { name: slice.name(results, on.language), pairs }
}
