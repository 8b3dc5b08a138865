//! The one place that reads the machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in milliseconds UTC; below 0 on a machine whose clock stands before 1970.
pub fn now_ms() -> i64 {
    let whole = |milliseconds: u128| i64::try_from(milliseconds).expect("fits for 290 million years");
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_millis()),
        Err(before) => -whole(before.duration().as_millis()),
    }
}
