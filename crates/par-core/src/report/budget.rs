//! How much a wording may ask for: what strangers wrote is composed too, and lists inside lists multiply.
//!
//! Must not know: what is looked up or written.

/// What is left of the looks and bytes a composition may take.
#[derive(Debug)]
pub struct Budget {
    looks: usize,
    bytes: usize,
}

impl Budget {
    /// A hundred times what the wording built in takes of a year with so many units.
    pub fn of(units: usize) -> Budget {
        Budget { looks: 200_000 + 200 * units, bytes: (16 << 20) + (8 << 10) * units }
    }

    /// Takes names looked up or places gone to.
    pub fn look(&mut self, count: usize) {
        self.looks = self.looks.saturating_sub(count);
    }

    /// Takes bytes written; every run of them is as long as 64 at least, since it is kept as a value.
    pub fn write(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes.max(64));
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.looks == 0 || self.bytes == 0
    }
}
