//! Which line of a text is the twin of which line of the composed report.
//!
//! Every line is the twin of at most one. Lines in the same section go first, lines that agree in
//! everything before lines that differ; where more than one could be meant and none agrees in at least
//! half of what it says, none is.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use super::slots::agreement;

/// Pairs as positions in both lists.
pub(super) fn pairs(ours: &[Line], theirs: &[Line]) -> Vec<(usize, usize)> {
    let mut search = Search {
        ours,
        theirs,
        taken: vec![false; ours.len()],
        used: vec![false; theirs.len()],
        found: Vec::new(),
    };
    search.round(|line| (line.section, &line.skeleton));
    search.round(|line| (None, &line.skeleton));
    search.found
}

/// Words a name may be, at most.
const NAME: usize = 14;

/// A line that would have a twin if one name in it were the twin's: positions in both lists and in
/// their slots.
pub(super) struct Misnamed {
    pub own: usize,
    pub twin: usize,
    pub slot: usize,
}

/// Lines without a twin that differ from an unused line of their section by one unknown name.
pub(super) fn misnamed(ours: &[Line], theirs: &[Line], pairs: &[(usize, usize)]) -> Vec<Misnamed> {
    let mut left: HashMap<(Option<usize>, bool), Vec<usize>> = HashMap::new();
    let used: HashSet<usize> = pairs.iter().map(|(_, twin)| *twin).collect();
    let taken: HashSet<usize> = pairs.iter().map(|(own, _)| *own).collect();
    let free =
        theirs.iter().enumerate().filter(|(at, line)| !used.contains(at) && line.skeleton.contains('@'));
    free.for_each(|(at, line)| left.entry((line.section, line.row)).or_default().push(at));
    let mut found = Vec::new();
    for (own, line) in ours.iter().enumerate().filter(|(own, _)| !taken.contains(own)) {
        let Some(twins) = left.get_mut(&(line.section, line.row)) else { continue };
        let one = twins.iter().enumerate().find_map(|(at, twin)| Some((at, name_at(line, &theirs[*twin])?)));
        if let Some((at, slot)) = one {
            found.push(Misnamed { own, twin: twins.remove(at), slot });
        }
    }
    found
}

/// The slot of the twin's name for which the line has unknown words.
fn name_at(own: &Line, twin: &Line) -> Option<usize> {
    let (one, two) = (own.skeleton.as_bytes(), twin.skeleton.as_bytes());
    let front = one.iter().zip(two).take_while(|(one, two)| one == two).count();
    let back = one.iter().rev().zip(two.iter().rev()).take_while(|(one, two)| one == two).count();
    // Both ends grow into the name when it shares signs with what surrounds it.
    let at = (0..=front).rev().find(|at| two.get(*at) == Some(&b'@') && two.len() - at - 1 <= back)?;
    let words = one.get(at..one.len() - (two.len() - at - 1))?;
    let words = std::str::from_utf8(words).ok()?;
    let plain = !words.trim().is_empty() && !words.contains(['#', '±', '^', '|', '\n', ';']);
    let short = words.split(' ').filter(|word| !word.is_empty()).count() <= NAME;
    (plain && short)
        .then(|| two[..at].iter().filter(|sign| b"@#^".contains(sign)).count() + signs(&twin.skeleton[..at]))
}

/// Directions are slots of more than one byte.
fn signs(skeleton: &str) -> usize {
    skeleton.matches('±').count()
}

struct Search<'a> {
    ours: &'a [Line],
    theirs: &'a [Line],
    taken: Vec<bool>,
    used: Vec<bool>,
    found: Vec<(usize, usize)>,
}

/// A section and a skeleton.
type Key<'a> = (Option<usize>, &'a String);

impl<'a> Search<'a> {
    fn round(&mut self, key: impl Fn(&'a Line) -> Key<'a>) {
        let mut groups: HashMap<Key<'a>, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, line) in self.theirs.iter().enumerate().filter(|(at, _)| !self.used[*at]) {
            groups.entry(key(line)).or_default().1.push(at);
        }
        for (at, line) in self.ours.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
            if let Some((own, _)) = groups.get_mut(&key(line)) {
                own.push(at);
            }
        }
        for (own, twins) in groups.into_values().filter(|(own, _)| !own.is_empty()) {
            self.group(own, twins);
        }
    }

    fn group(&mut self, mut own: Vec<usize>, mut twins: Vec<usize>) {
        let whole = |own: usize, twin: usize| {
            agreement(&self.ours[own], &self.theirs[twin]) == self.ours[own].slots.len()
        };
        let mut pairs = Vec::new();
        own.retain(|one| {
            let same = twins.iter().position(|twin| whole(*one, *twin));
            pairs.extend(same.map(|at| (*one, twins.remove(at))));
            same.is_none()
        });
        // More or fewer lines than twins: something was added or left out, and only likeness tells what.
        let uneven = own.len() != twins.len();
        while let Some((agree, one, twin)) = self.best(&own, &twins) {
            let slots = self.ours[one].slots.len();
            if agree * if uneven { 2 } else { 3 } < slots && (uneven || slots > 2) {
                break;
            }
            own.retain(|other| *other != one);
            twins.retain(|other| *other != twin);
            pairs.push((one, twin));
        }
        for (one, twin) in pairs {
            (self.taken[one], self.used[twin]) = (true, true);
            self.found.push((one, twin));
        }
    }

    /// The pair that agrees most, the first of those that agree as much.
    fn best(&self, own: &[usize], twins: &[usize]) -> Option<(usize, usize, usize)> {
        let all = own.iter().flat_map(|one| twins.iter().map(move |twin| (*one, *twin)));
        let mut best: Option<(usize, usize, usize)> = None;
        for (one, twin) in all {
            let agree = agreement(&self.ours[one], &self.theirs[twin]);
            if best.is_none_or(|(most, ..)| agree > most) {
                best = Some((agree, one, twin));
            }
        }
        best
    }
}
