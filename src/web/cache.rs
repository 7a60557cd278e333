//! Pages that never change, kept so that they are made once: what an issue told was frozen when it closed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How much is kept, in bytes.
const ROOM: usize = 16 << 20;

/// The pages asked for last.
#[derive(Debug)]
pub(super) struct Cache<T>(Mutex<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    known: BTreeMap<String, (Arc<T>, usize)>,
    order: VecDeque<String>,
    bytes: usize,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(Inner { known: BTreeMap::new(), order: VecDeque::new(), bytes: 0 }))
    }
}

impl<T> Cache<T> {
    /// What is kept under a key.
    pub(super) fn get(&self, key: &str) -> Option<Arc<T>> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.known.get(key).map(|(value, _)| Arc::clone(value))
    }

    /// Keeps a value of so many bytes; the oldest make room.
    pub(super) fn put(&self, key: String, value: Arc<T>, bytes: usize) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.known.insert(key.clone(), (value, bytes)).is_none() {
            inner.order.push_back(key);
            inner.bytes += bytes;
        }
        while inner.bytes > ROOM {
            let Some(oldest) = inner.order.pop_front() else { break };
            let freed = inner.known.remove(&oldest).map_or(0, |(_, bytes)| bytes);
            inner.bytes = inner.bytes.saturating_sub(freed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pages_make_room() {
        let cache = Cache::default();
        for n in 0..20 {
            cache.put(n.to_string(), Arc::new(n), 1 << 20);
        }
        assert!(cache.get("0").is_none());
        assert_eq!(cache.get("19").as_deref(), Some(&19));
    }
}
