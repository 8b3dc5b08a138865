//! Who acts: an account with its home unit, its roles of the year and its conflicts of interest.

use super::scope::Scope;
use super::{At, Rules};
use crate::moment::{Day, Moment};

/// An account's number in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// A person who signed in, with what holds of them in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The unit the person works in, by its position; `None` for those above all units.
    pub home: Option<usize>,
    /// Every role of the year, in force or not.
    pub roles: Vec<Role>,
    /// Units the person declared a conflict of interest with, by position.
    pub conflicts: Vec<usize>,
}

/// A role of a year: dated, given by somebody with the authority to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// What it is.
    pub duty: Duty,
    /// Where it reaches. A role within a unit reaches the home unit alone, whatever stands here.
    pub scope: Scope,
    /// The first day.
    pub from: Day,
    /// The last day, if it ends.
    pub to: Option<Day>,
}

impl Role {
    /// Whether it is in force.
    pub fn holds(&self, now: Moment) -> bool {
        let today = now.day();
        self.from <= today && self.to.is_none_or(|last| today <= last)
    }
}

/// What a role is. The words are those of the decisions that set up council and appraisal team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Công chức đầu mối of a unit: scores, sends, invites colleagues.
    Contact,
    /// A colleague in the unit who scores the part named.
    Contributor,
    /// Thủ trưởng of a unit.
    Head,
    /// Lead appraiser (cơ quan chủ trì thẩm định) of the part named.
    Appraiser,
    /// Co-appraiser (phối hợp): opinions, which never count by themselves.
    CoAppraiser,
    /// Cơ quan theo dõi, cung cấp số liệu.
    Provider,
    /// Cơ quan thường trực: sets up, delivers, compiles, publishes.
    Organiser,
    /// Tổ trưởng Tổ giúp việc: confirms deliveries.
    TeamLead,
    /// Thư ký Hội đồng: records what the council resolved.
    Secretary,
    /// Thành viên Hội đồng thẩm định.
    CouncilMember,
    /// Lãnh đạo UBND: reads.
    Leader,
    /// Thanh tra, giám sát: reads.
    Inspector,
    /// Quản trị hệ thống: accounts and settings, no score by virtue of that.
    Administrator,
}

impl Duty {
    /// All duties.
    pub const ALL: [Duty; 13] = [
        Duty::Contact,
        Duty::Contributor,
        Duty::Head,
        Duty::Appraiser,
        Duty::CoAppraiser,
        Duty::Provider,
        Duty::Organiser,
        Duty::TeamLead,
        Duty::Secretary,
        Duty::CouncilMember,
        Duty::Leader,
        Duty::Inspector,
        Duty::Administrator,
    ];

    /// Whether it is a role within a unit, which reaches that unit alone.
    pub fn is_of_a_unit(self) -> bool {
        matches!(self, Duty::Contact | Duty::Contributor | Duty::Head)
    }

    /// The word used in data files and the database.
    pub fn name(self) -> &'static str {
        match self {
            Duty::Contact => "contact",
            Duty::Contributor => "contributor",
            Duty::Head => "head",
            Duty::Appraiser => "appraiser",
            Duty::CoAppraiser => "co_appraiser",
            Duty::Provider => "provider",
            Duty::Organiser => "organiser",
            Duty::TeamLead => "team_lead",
            Duty::Secretary => "secretary",
            Duty::CouncilMember => "council_member",
            Duty::Leader => "leader",
            Duty::Inspector => "inspector",
            Duty::Administrator => "administrator",
        }
    }

    /// The duty with that word.
    pub fn named(name: &str) -> Option<Duty> {
        Duty::ALL.into_iter().find(|duty| duty.name() == name)
    }
}

impl Actor {
    /// Whether a role of that kind is in force, wherever it reaches.
    pub fn has(&self, duty: Duty, now: Moment) -> bool {
        self.roles.iter().any(|role| role.duty == duty && role.holds(now))
    }

    /// Whether a role of that kind is in force and reaches there.
    pub fn has_at(&self, duty: Duty, at: At, rules: &Rules<'_>) -> bool {
        let mut roles = self.roles.iter().filter(|role| role.duty == duty && role.holds(rules.now));
        roles.any(|role| {
            if !duty.is_of_a_unit() {
                return role.scope.covers(at, rules.year);
            }
            let (Some(home), true) = (self.home, at.unit() == self.home) else { return false };
            let own = Scope { units: super::scope::Units::One(home), nodes: role.scope.nodes.clone() };
            own.covers(at, rules.year)
        })
    }

    /// Whether the unit is the person's own.
    pub fn is_home(&self, unit: usize) -> bool {
        self.home == Some(unit)
    }

    /// Whether the person may not judge the unit nor learn of its appraisal before everybody does: the
    /// home unit, or a declared conflict. No other role lifts that.
    pub fn is_partial(&self, unit: usize) -> bool {
        self.is_home(unit) || self.conflicts.contains(&unit)
    }
}
