//! When things happen: due times in the database, the one ticker, the worker, and the reader's hour.
//!
//! tokio-cron-scheduler keeps time badly over changes of the clocks and fires on every machine, so it holds one job
//! only: a tick in UTC. What is due when stands in the store and is computed here, in each schedule's own zone.

mod error;
mod guard;
mod plan;
mod service;
mod step;
mod ticker;
mod worker;

pub use error::ScheduleError;
pub use guard::{ClockGuard, ClockVerdict, judge};
pub use plan::{Planned, keep};
pub use service::{Roles, run_now, serve};
pub use step::{DEFAULT_GRACE, step};
pub use ticker::{Context, TickReport, run_ticker, tick};
pub use worker::{JobHandler, StepOutcome, Worker};
