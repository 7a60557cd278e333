//! Time limits and contained panics for readers of foreign text.

use std::sync::{LazyLock, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// The stack of a reader's thread, in bytes: enough for trees 500 levels deep, the most that readers descend.
const STACK: usize = 8 << 20;

/// Why a reader gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// It was not done in time.
    #[error("it took longer than we wait")]
    TimedOut,
    /// It panicked, or no thread could be started.
    #[error("the reader cannot cope with it")]
    Failed,
}

/// What a thread does next.
type Job = Box<dyn FnOnce() + Send>;

/// How many documents are read at the same time: more would only take memory.
static READERS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(at_once()));

/// Threads that have nothing to do. A new one for each document would cost more than a short document does.
static IDLE: Mutex<Vec<mpsc::Sender<Job>>> = Mutex::new(Vec::new());

fn at_once() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// [`within`] for callers that have other things to do: waits until a core is free, then for at most `limit`.
pub(super) async fn apart<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, LimitError> {
    let _turn = READERS.acquire().await.map_err(|_| LimitError::Failed)?;
    let (sender, receiver) = oneshot::channel();
    start(Box::new(move || drop(sender.send(work()))))?;
    match tokio::time::timeout(limit, receiver).await {
        Ok(read) => read.map_err(|_| LimitError::Failed),
        Err(_) => Err(LimitError::TimedOut),
    }
}

/// Runs `work` on a thread of its own and waits for at most `limit`. After that its thread is left to end by itself.
pub(super) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, LimitError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    start(Box::new(move || drop(sender.send(work()))))?;
    receiver.recv_timeout(limit).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => LimitError::TimedOut,
        mpsc::RecvTimeoutError::Disconnected => LimitError::Failed,
    })
}

/// Has a thread do it that does nothing else meanwhile.
fn start(mut job: Job) -> Result<(), LimitError> {
    while let Some(thread) = idle().pop() {
        match thread.send(job) {
            Ok(()) => return Ok(()),
            // That one has ended.
            Err(mpsc::SendError(back)) => job = back,
        }
    }
    let (own, jobs) = mpsc::channel::<Job>();
    let run = move || {
        job();
        while wait_for_more(&own)
            && let Ok(job) = jobs.recv()
        {
            job();
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(run).map(drop).map_err(|_| LimitError::Failed)
}

/// Lines up a thread that is done. A panic ends its thread before that; where enough wait already, it ends too. More
/// than work at the same time, since a result is there a moment before its thread is.
fn wait_for_more(thread: &mpsc::Sender<Job>) -> bool {
    let mut idle = idle();
    let wanted = idle.len() < 2 * at_once();
    if wanted {
        idle.push(thread.clone());
    }
    wanted
}

fn idle() -> std::sync::MutexGuard<'static, Vec<mpsc::Sender<Job>>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_contained() {
        let result =
            within(Duration::from_secs(9), || [1, 2].iter().map(|x| 2 / (x - 1)).sum::<i32>());
        assert_eq!(result, Err(LimitError::Failed));
    }

    #[test]
    fn work_that_does_not_end_is_left_behind() {
        let forever = || thread::sleep(Duration::from_mins(10));
        assert_eq!(within(Duration::from_millis(5), forever), Err(LimitError::TimedOut));
        assert_eq!(within(Duration::from_secs(9), || 7), Ok(7));
    }

    #[tokio::test]
    async fn what_hangs_or_panics_takes_no_others_place() {
        for _ in 0..64 {
            let forever = || thread::sleep(Duration::from_mins(10));
            assert_eq!(apart(Duration::from_millis(5), forever).await, Err(LimitError::TimedOut));
        }
        let panics = || [1, 2].iter().map(|x| 2 / (x - 1)).sum::<i32>();
        assert_eq!(apart(Duration::from_secs(9), panics).await, Err(LimitError::Failed));
        assert_eq!(apart(Duration::from_secs(9), || 7).await, Ok(7));
    }
}
