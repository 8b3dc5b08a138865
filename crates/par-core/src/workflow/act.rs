//! The acts there are, and who does them: one table.
//!
//! What is not in the table is denied.

use super::actor::Duty;

/// Something a person does in a year. Rounds are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Opens a page about a unit or a leaf; what it shows is decided by sight.
    Open,
    /// Scores a leaf of the own unit, or takes the score back.
    SelfScore,
    /// Types a unit's signed paper in for it (nhập thay).
    SelfScoreFor,
    /// Sends the self-score (gửi báo cáo tự chấm điểm).
    Send,
    /// Receives a self-score (tiếp nhận).
    Receive,
    /// Returns it for completion (trả lại để hoàn thiện).
    Return,
    /// Decides about a self-score that was never sent.
    Settle,
    /// Judges a leaf and asks for an explanation.
    Judge(u8),
    /// Gives an opinion on a leaf, which does not count by itself.
    Opine(u8),
    /// Delivers results of a round to units (gửi kết quả thẩm định).
    Deliver(u8),
    /// Explains a leaf (giải trình).
    Explain(u8),
    /// Sends the explanations.
    SendExplanation(u8),
    /// Records what the council resolved about a leaf.
    Resolve,
    /// Sets up the year: blocks, units, criteria, exemptions.
    SetUp,
    /// Opens, extends or closes a phase.
    SetTimetable,
    /// Assigns appraisers and providers, gives roles.
    GiveRoles,
    /// Invites and ends colleagues of the own unit.
    ManageColleagues,
    /// Makes, disables and resets accounts.
    ManageAccounts,
    /// Publishes the year.
    Publish,
    /// Reads the provisional result of all units.
    ReadProvisional,
    /// Reads the journal of the year.
    ReadJournal,
    /// Looks at pages as a unit sees them (Xem như đơn vị).
    ViewAs,
}

/// Whether an act is about the unit a person works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// The own unit alone.
    Only,
    /// Never the own unit, nor one with a declared conflict.
    Never,
    /// Either, or no unit at all.
    Either,
}

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The year as a whole.
    Year,
    /// A unit.
    Unit,
    /// A leaf of a unit.
    Leaf,
    /// Any of them.
    Any,
}

impl Act {
    /// What it is about; nobody does it about anything else.
    pub fn about(self) -> About {
        match self {
            Act::Open => About::Any,
            Act::SelfScore
            | Act::SelfScoreFor
            | Act::Judge(_)
            | Act::Opine(_)
            | Act::Deliver(_)
            | Act::Explain(_)
            | Act::Resolve => About::Leaf,
            Act::Send
            | Act::Receive
            | Act::Return
            | Act::Settle
            | Act::SendExplanation(_)
            | Act::ManageColleagues
            | Act::ViewAs => About::Unit,
            Act::SetUp
            | Act::SetTimetable
            | Act::GiveRoles
            | Act::ManageAccounts
            | Act::Publish
            | Act::ReadProvisional
            | Act::ReadJournal => About::Year,
        }
    }

    /// All acts of a year with that many rounds.
    pub fn all(rounds: u8) -> Vec<Act> {
        let of_rounds = (1..=rounds).flat_map(|round| {
            [
                Act::Judge(round),
                Act::Opine(round),
                Act::Deliver(round),
                Act::Explain(round),
                Act::SendExplanation(round),
            ]
        });
        let before =
            [Act::Open, Act::SelfScore, Act::SelfScoreFor, Act::Send, Act::Receive, Act::Return, Act::Settle];
        let after = [
            Act::Resolve,
            Act::SetUp,
            Act::SetTimetable,
            Act::GiveRoles,
            Act::ManageColleagues,
            Act::ManageAccounts,
            Act::Publish,
            Act::ReadProvisional,
            Act::ReadJournal,
            Act::ViewAs,
        ];
        before.into_iter().chain(of_rounds).chain(after).collect()
    }

    /// The duties that do it, and whether for the own unit. Empty for what sight decides.
    pub fn duties(self) -> (&'static [Duty], Own) {
        use Duty::{
            Administrator, Appraiser, CoAppraiser, Contact, Contributor, Head, Inspector, Organiser,
            Provider, Secretary,
        };
        match self {
            Act::Open | Act::ReadProvisional => (&[], Own::Either),
            Act::SelfScore | Act::Explain(_) => (&[Contact, Contributor], Own::Only),
            Act::Send | Act::SendExplanation(_) => (&[Contact, Head], Own::Only),
            Act::ManageColleagues => (&[Contact], Own::Only),
            Act::SelfScoreFor | Act::Receive | Act::Return | Act::Settle => (&[Organiser], Own::Never),
            Act::Judge(_) => (&[Appraiser], Own::Never),
            Act::Opine(_) => (&[CoAppraiser, Provider], Own::Never),
            Act::Resolve => (&[Secretary], Own::Never),
            Act::Deliver(_)
            | Act::SetUp
            | Act::SetTimetable
            | Act::GiveRoles
            | Act::Publish
            | Act::ViewAs => (&[Organiser], Own::Either),
            Act::ManageAccounts => (&[Administrator], Own::Either),
            Act::ReadJournal => (&[Organiser, Inspector], Own::Either),
        }
    }
}
