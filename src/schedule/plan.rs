//! The schedules that the configuration asks for, brought into the store.

use jiff::Timestamp;

use super::ScheduleError;
use crate::model::closing::{BadClosing, Timetable};
use crate::store::Db;
use crate::store::schedules::{self, Schedule};

/// A schedule as the configuration asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What falls due: `close/daily`, `gather/daily`.
    pub id: String,
    /// At which times, each with its zone.
    pub closings: Vec<String>,
    /// How long before those times, in seconds.
    pub lead_seconds: i64,
}

/// Keeps exactly the schedules in `planned`. One that is there with the same times keeps its place; one with other
/// times starts anew at `now`; one that is no longer planned goes.
pub async fn keep(db: &Db, planned: &[Planned], now: Timestamp) -> Result<(), ScheduleError> {
    let fresh = planned.iter().map(|plan| fresh(plan, now)).collect::<Result<Vec<_>, _>>()?;
    for known in schedules::list(db).await? {
        if !fresh.iter().any(|schedule| schedule.id == known.id) {
            schedules::remove(db, &known.id).await?;
        }
    }
    for schedule in &fresh {
        schedules::put(db, schedule).await?;
    }
    Ok(())
}

fn fresh(plan: &Planned, now: Timestamp) -> Result<Schedule, BadClosing> {
    let table = Timetable::parse(&plan.closings, plan.lead_seconds)?;
    let next_due_at = table.next_after(now).ok_or_else(|| BadClosing {
        text: plan.closings.join(", "),
        why: "it never comes".to_owned(),
    })?;
    let (id, closings, lead_seconds) = (plan.id.clone(), plan.closings.clone(), plan.lead_seconds);
    Ok(Schedule { id, closings, lead_seconds, next_due_at, last_due_at: None })
}
