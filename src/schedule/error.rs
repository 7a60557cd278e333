//! What can go wrong with a schedule.

use tokio_cron_scheduler::JobSchedulerError;

use crate::model::closing::BadClosing;
use crate::store::StoreError;

/// Why something could not be scheduled.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The store could not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A closing time cannot be used.
    #[error(transparent)]
    Closing(#[from] BadClosing),
    /// The ticker does not start.
    #[error("the ticker does not start")]
    Ticker(#[from] JobSchedulerError),
}
