//! Where answers are computed: on threads of their own, a few at a time, so that whoever asks for much
//! keeps nobody else waiting.
//!
//! Must not know: what is computed.

use std::future::Future;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::failure::Failure;

/// Pages and files that may wait for their turn; more are told to come back.
const WAITING: usize = 256;
/// Documents that may be asked for at once.
const DOCUMENTS: usize = 16;

/// The lanes there are.
#[derive(Clone)]
pub struct Lanes {
    /// Pages and files: as many at once as there are cores.
    pub quick: Lane,
    /// Documents: one at a time.
    pub slow: Lane,
}

/// A number of turns, and room for those who wait for one.
#[derive(Clone)]
pub struct Lane {
    turns: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        let cores = available_parallelism().map_or(1, usize::from);
        Lanes { quick: Lane::of(cores, WAITING), slow: Lane::of(1, DOCUMENTS) }
    }
}

impl Lane {
    /// A lane with so many turns, and room for so many who have one or wait for one.
    pub fn of(turns: usize, room: usize) -> Lane {
        Lane { turns: Arc::new(Semaphore::new(turns)), room: Arc::new(Semaphore::new(room)) }
    }

    /// Computes in a turn of this lane. The turn lasts until the work is done, also when the reader has
    /// gone.
    ///
    /// # Errors
    /// [`Failure::Busy`] when there is no room.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Failure> {
        let room = Arc::clone(&self.room).try_acquire_owned().map_err(|_| Failure::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.expect("lanes are never closed");
        let runtime = Handle::current();
        let made = spawn_blocking(move || {
            let made = runtime.block_on(work);
            drop((turn, room));
            made
        });
        made.await.map_err(|error| Failure::Broken(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn who_finds_no_room_is_told_so_at_once() {
        let lane = Lane::of(1, 2);
        let (open, opened) = tokio::sync::oneshot::channel::<()>();
        let first = tokio::spawn({
            let lane = lane.clone();
            async move { lane.run(async { opened.await.is_ok() }).await }
        });
        let second = tokio::spawn({
            let lane = lane.clone();
            async move { lane.run(async { true }).await }
        });
        while lane.room.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(lane.run(pending::<()>()).await, Err(Failure::Busy)));
        open.send(()).expect("the first still waits");
        assert!(matches!((first.await.unwrap(), second.await.unwrap()), (Ok(true), Ok(true))));
        assert!(matches!(lane.run(async { 7 }).await, Ok(7)), "there is room again");
    }
}
