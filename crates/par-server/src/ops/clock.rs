//! The one place that reads the machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use par_core::moment::Moment;

/// Now; before 1970 on a machine whose clock stands there.
pub fn now() -> Moment {
    let whole = |milliseconds: u128| i64::try_from(milliseconds).expect("fits for 290 million years");
    Moment::from_ms(match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_millis()),
        Err(before) => -whole(before.duration().as_millis()),
    })
}
