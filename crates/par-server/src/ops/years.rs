//! Evaluated years, kept in memory until their inputs change.

use std::collections::BTreeMap;
use std::sync::Arc;

use par_core::score::results::Results;
use par_core::year::Year;

/// The years a server shows.
#[derive(Debug, Default)]
pub struct Years {
    fixed: BTreeMap<u16, Arc<Results>>,
}

impl Years {
    /// Years that never change, evaluated once.
    pub fn fixed(years: impl IntoIterator<Item = Year>) -> Years {
        let fixed = years.into_iter().map(|year| (year.year, Arc::new(Results::of(year)))).collect();
        Years { fixed }
    }

    /// The years there are, oldest first.
    pub async fn list(&self) -> Vec<u16> {
        self.fixed.keys().copied().collect()
    }

    /// A year with its standing.
    pub async fn get(&self, year: u16) -> Option<Arc<Results>> {
        self.fixed.get(&year).cloned()
    }
}
