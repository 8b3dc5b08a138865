//! The address of one judgement.

use par_core::year::Stage;

/// Where a judgement stands.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// The year.
    pub year: u16,
    /// The unit's code.
    pub unit: &'a str,
    /// The leaf's code.
    pub leaf: &'a str,
    /// The stage.
    pub stage: Stage,
}
