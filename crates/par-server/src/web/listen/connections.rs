//! The connections there are, and which of them goes when there are too many.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::Limits;
use super::activity::Activity;

/// Why a connection has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It did nothing for too long.
    Silent,
    /// Others need its place.
    Crowded,
    /// The program stops.
    Stop,
}

/// All open connections.
#[derive(Debug)]
pub struct Connections {
    limits: Limits,
    open: Mutex<Open>,
    /// Somebody left, or nobody has to wait any more.
    left: Notify,
}

#[derive(Debug, Default)]
struct Open {
    connections: BTreeMap<u64, Connection>,
    next: u64,
}

#[derive(Debug)]
struct Connection {
    address: IpAddr,
    activity: Arc<Activity>,
    end: Option<oneshot::Sender<Ended>>,
}

/// A connection's place among the others; left when dropped.
#[derive(Debug)]
pub struct Entry {
    connections: Arc<Connections>,
    number: u64,
    told: oneshot::Receiver<Ended>,
}

impl Connections {
    /// None yet.
    pub fn of(limits: Limits) -> Arc<Connections> {
        Arc::new(Connections { limits, open: Mutex::default(), left: Notify::new() })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().expect("nobody panics holding the connections")
    }

    /// Waits while all connections are having answers made: none of them may be cut, so nobody comes in.
    pub async fn room(&self) {
        loop {
            let left = self.left.notified();
            {
                let open = self.lock();
                let silent = |one: &Connection| one.activity.silent_since().is_some();
                if open.connections.len() < self.limits.connections || open.connections.values().any(silent) {
                    return;
                }
            }
            // An answer that is done makes room too, without leaving.
            let _ = tokio::time::timeout(super::BACK_OFF, left).await;
        }
    }

    /// Takes in a connection. When there are too many of its address, the one of them that has been silent
    /// longest has to go; when there are too many at all, the one of the address that has most.
    pub fn enter(self: &Arc<Connections>, address: IpAddr, activity: &Arc<Activity>) -> Entry {
        let mut open = self.lock();
        if open.of(address) >= self.limits.share {
            open.cut(address);
        }
        if open.connections.len() >= self.limits.connections
            && let Some(crowd) = open.crowd()
        {
            open.cut(crowd);
        }
        let (end, told) = oneshot::channel();
        let number = open.next;
        open.next += 1;
        let connection = Connection { address, activity: Arc::clone(activity), end: Some(end) };
        open.connections.insert(number, connection);
        Entry { connections: Arc::clone(self), number, told }
    }

    /// Ends all connections and waits until the last is gone.
    pub async fn close(&self) {
        for connection in self.lock().connections.values_mut() {
            connection.end(Ended::Stop);
        }
        loop {
            let left = self.left.notified();
            if self.lock().connections.is_empty() {
                return;
            }
            left.await;
        }
    }
}

impl Open {
    fn of(&self, address: IpAddr) -> usize {
        self.connections.values().filter(|one| one.address == address).count()
    }

    /// The address with most connections among those that have a silent one.
    fn crowd(&self) -> Option<IpAddr> {
        let mut counts: BTreeMap<IpAddr, (usize, bool)> = BTreeMap::new();
        for one in self.connections.values() {
            let (count, silent) = counts.entry(one.address).or_default();
            *count += 1;
            *silent |= one.activity.silent_since().is_some();
        }
        let silent = counts.into_iter().filter(|(_, (_, silent))| *silent);
        silent.max_by_key(|(_, (count, _))| *count).map(|(address, _)| address)
    }

    /// Ends the connection of an address that has been silent longest. Answers being made are not cut.
    fn cut(&mut self, address: IpAddr) {
        let silent = |(number, one): (&u64, &Connection)| -> Option<(Instant, u64)> {
            (one.address == address).then_some(())?;
            Some((one.activity.silent_since()?, *number))
        };
        if let Some((_, number)) = self.connections.iter().filter_map(silent).min()
            && let Some(mut connection) = self.connections.remove(&number)
        {
            connection.end(Ended::Crowded);
        }
    }
}

impl Connection {
    fn end(&mut self, ended: Ended) {
        if let Some(end) = self.end.take() {
            // One that has ended by itself needs not be told.
            let _ = end.send(ended);
        }
    }
}

impl Entry {
    /// Waits until the connection has to end.
    pub async fn told(&mut self) -> Ended {
        (&mut self.told).await.unwrap_or(Ended::Crowded)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.connections.lock().connections.remove(&self.number);
        self.connections.left.notify_waiters();
    }
}
