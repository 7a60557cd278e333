//! Time of one thread.

use std::time::Instant;

/// Seconds that this thread has run: what else the machine does counts for nothing. Where the system does not tell, the
/// time that went by.
pub(crate) fn clock(start: Instant) -> f64 {
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = ran.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}
