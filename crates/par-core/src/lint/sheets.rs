//! Numbers of survey sheets: issued, returned, accepted, refused.

use super::finding::{Kind, Of, Sheets};
use super::items::{Item, ItemKind};
use super::sentence::Sentence;
use super::tokens::Number;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;

/// Words by which a count of sheets is known; the first that stands beside the number decides.
const MARKS: [(&[&str], Sheets); 14] = [
    (&["không", "nghiệm", "thu"], Sheets::Rejected),
    (&["không", "hợp", "lệ"], Sheets::Rejected),
    (&["không", "đạt", "yêu", "cầu"], Sheets::Rejected),
    (&["bị", "loại"], Sheets::Rejected),
    (&["không", "thu"], Sheets::NotReturned),
    (&["chưa", "thu"], Sheets::NotReturned),
    (&["phát", "ra"], Sheets::Issued),
    (&["phát", "đi"], Sheets::Issued),
    (&["phát", "hành"], Sheets::Issued),
    (&["thu", "về"], Sheets::Collected),
    (&["thu", "vào"], Sheets::Collected),
    (&["đạt", "yêu", "cầu"], Sheets::Accepted),
    (&["hợp", "lệ"], Sheets::Accepted),
    (&["nghiệm", "thu"], Sheets::Accepted),
];

impl Sentence<'_, '_> {
    /// Compares a count of sheets or the rate behind it; whether the number is one.
    pub(super) fn survey(&mut self, from: usize, at: usize, number: &Number) -> bool {
        let whole = !number.percent && number.value.places() == 0;
        let sheets = |at: usize| self.items.get(at).is_some_and(|item| item.is("phiếu"));
        if number.percent {
            return self.return_rate(from, at, number);
        }
        if !whole || !sheets(at + 1) && !self.is_form_count(at) {
            return false;
        }
        let meant = if self.is_form_count(at) {
            Some(Sheets::Forms)
        } else {
            meaning(self.behind(at)).or_else(|| meaning(self.ahead(from, at)))
        };
        let counted = meant.map(|sheets| (sheets, self.sheets(sheets)));
        match counted {
            Some((_, data)) if number.value == Decimal::new(data as i128, 0) => self.compared(at, None),
            Some((sheets, data)) if !self.is_part(from, at, number.value) => {
                let data = Some(Decimal::new(data as i128, 0));
                let kind = Kind::Value { of: Of::Survey(sheets), said: number.value, data };
                self.compared(at, Some(kind));
            }
            _ => {
                self.unchecked(at);
            }
        }
        true
    }

    /// "06 mẫu phiếu", "06 loại phiếu"
    fn is_form_count(&self, at: usize) -> bool {
        let kind = self.items.get(at + 1).is_some_and(|item| item.is("mẫu") || item.is("loại"));
        kind && self.items.get(at + 2).is_some_and(|item| item.is("phiếu"))
    }

    /// Words of the same clause behind the number.
    fn behind(&self, at: usize) -> &[Item] {
        let rest = &self.items[at + 1..];
        let end = rest.iter().position(ends_clause).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Words of the same clause before the number.
    fn ahead(&self, from: usize, at: usize) -> &[Item] {
        let own = &self.items[from..at];
        let start = own.iter().rposition(ends_clause).map_or(0, |end| end + 1);
        &own[start..]
    }

    fn sheets(&self, sheets: Sheets) -> usize {
        let survey = &self.data.results.year.survey;
        let counts = survey.counts(None);
        match sheets {
            Sheets::Issued => counts.issued(),
            Sheets::Collected => counts.collected(),
            Sheets::Accepted => counts.accepted,
            Sheets::Rejected => counts.rejected,
            Sheets::NotReturned => counts.not_returned,
            Sheets::Forms => survey.forms.len(),
            Sheets::ReturnRate => 0,
        }
    }

    /// Whether the sentence speaks of one form or stratum, or the number is a count of one.
    fn is_part(&self, from: usize, at: usize, said: Decimal) -> bool {
        let survey = &self.data.results.year.survey;
        let same = |count: usize| said == Decimal::new(count as i128, 0);
        let of_form = |code: &str| {
            let counts = survey.counts(Some(code));
            [counts.issued(), counts.collected(), counts.accepted, counts.rejected, counts.not_returned]
                .into_iter()
                .any(same)
        };
        let form = self.ahead(from, at).iter().any(|item| item.is("mẫu"));
        form || survey.forms.iter().any(|form| of_form(&form.code))
            || survey
                .plan
                .iter()
                .any(|stratum| same(stratum.issued as usize) || same(stratum.required as usize))
    }

    /// "(đạt 98,1 %)" behind the sheets that came back.
    fn return_rate(&mut self, from: usize, at: usize, number: &Number) -> bool {
        let own = &self.items[from..at];
        let returned = meaning(own) == Some(Sheets::Collected) && own.iter().any(|item| item.is("phiếu"));
        let behind = from.checked_sub(1).is_some_and(|before| {
            let after = &self.items[from..at];
            let short = after.len() <= 6 && after.first().is_some_and(|item| item.is("phiếu"));
            short && matches!(self.items[before].kind, ItemKind::Number(_)) && self.counts_returned(before)
        });
        if !returned && !behind {
            return false;
        }
        let counts = self.data.results.year.survey.counts(None);
        if counts.issued() == 0 {
            self.unchecked(at);
            return true;
        }
        let rate = Exact::ratio(counts.collected() as i128 * 100, counts.issued() as i128);
        let data = self.data.mode().apply(&rate, number.value.places());
        let kind = Kind::Value { of: Of::Survey(Sheets::ReturnRate), said: number.value, data: Some(data) };
        self.compared(at, (data != number.value).then_some(kind));
        true
    }

    fn counts_returned(&self, at: usize) -> bool {
        let start = self.items[..at].iter().rposition(ends_clause).map_or(0, |end| end + 1);
        meaning(&self.items[start..at]) == Some(Sheets::Collected)
    }
}

fn ends_clause(item: &Item) -> bool {
    matches!(
        item.kind,
        ItemKind::Sign(',' | ';' | '(' | ')' | ':') | ItemKind::Number(_) | ItemKind::Fraction(..)
    )
}

fn meaning(items: &[Item]) -> Option<Sheets> {
    let stands = |words: &[&str]| {
        items.windows(words.len()).any(|window| window.iter().zip(words).all(|(item, word)| item.is(word)))
    };
    MARKS.iter().find(|(words, _)| stands(words)).map(|(_, sheets)| *sheets)
}
