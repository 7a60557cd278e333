//! Where a database is at home. A copy, or an old state that was put back, sends nothing until it is adopted: the
//! original may have sent what still waits in it, or may be sending it.
//!
//! A file of SQLite notes the machine and the place that it was made at, and counts the runs that sent mail. The count
//! stands in a file beside it too, which no backup holds: a database that knows of fewer runs is an old one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Leaving, Pipeline, PipelineError};
use crate::model::closing::Timetable;
use crate::store::installation::{self, Ended, Installation};
use crate::store::{Db, StoreError, schedules};

/// What stands for the machine in a database that was restored.
pub const RESTORED: &str = "restored";
/// What stands for it where several machines share a database.
const SHARED: &str = "shared";
/// Where Linux keeps the id of the machine.
const MACHINE_ID: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/// Where this process runs.
#[derive(Debug, Clone)]
pub struct Home {
    machine: String,
    place: String,
    witness: Option<PathBuf>,
}

/// What an adoption came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adopted {
    /// What was due and is ended.
    pub ended: Ended,
    /// Schedules that were moved past what was missed.
    pub skipped: u32,
    /// Readers who left meanwhile.
    pub left: u32,
}

impl Home {
    /// That of a database on this machine.
    pub fn of_file(database: &Path) -> Self {
        let read = |path: &&str| fs::read_to_string(path).ok();
        let machine = MACHINE_ID.iter().find_map(read).unwrap_or_default().trim().to_owned();
        let place = fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
        let mut witness = place.clone().into_os_string();
        witness.push(".home");
        Self { machine, place: place.display().to_string(), witness: Some(witness.into()) }
    }

    /// That of a database which several machines share.
    pub fn shared() -> Self {
        Self { machine: SHARED.to_owned(), place: String::new(), witness: None }
    }

    /// The database's file; none where several machines share a database.
    pub fn file(&self) -> Option<&Path> {
        self.witness.as_ref().map(|_| Path::new(&self.place))
    }

    /// Why a database is not at home here; none when it is.
    pub async fn away(&self, db: &Db, now: Timestamp) -> Result<Option<String>, PipelineError> {
        let known = installation::record(db, &self.machine, &self.place, now).await?;
        if known.machine == RESTORED {
            return Ok(Some("it was restored from a backup".to_owned()));
        }
        if known.machine != self.machine {
            return Ok(Some("it comes from another machine".to_owned()));
        }
        // An empty place is that of a database from before places were noted.
        if !known.place.is_empty() && known.place != self.place {
            return Ok(Some(format!("it comes from `{}`", known.place)));
        }
        let Some(witness) = &self.witness else { return Ok(None) };
        let seen = seen(witness)?;
        let shown = witness.display();
        Ok(match seen {
            None if known.departures > 0 => Some(format!(
                "mail went out from it, and `{shown}`, which lies beside the original, is missing"
            )),
            Some(seen) if seen > known.departures => Some(format!(
                "it is an older state: by `{shown}` mail went out {seen} times, by the database {}",
                known.departures
            )),
            _ => None,
        })
    }

    /// Counts a run that is about to send: in the database first, so that a crash in between raises no false alarm.
    pub async fn depart(&self, db: &Db) -> Result<(), PipelineError> {
        let number = installation::depart(db).await?;
        self.witness(number)
    }

    /// Writes the number down beside the database, unless a later run's stands there.
    fn witness(&self, number: i64) -> Result<(), PipelineError> {
        let Some(path) = &self.witness else { return Ok(()) };
        if seen(path)?.is_some_and(|seen| seen >= number) {
            return Ok(());
        }
        write(path, number).map_err(|source| PipelineError::Witness { path: path.clone(), source })
    }
}

/// The number beside the database; none where there is no such file.
fn seen(witness: &Path) -> Result<Option<i64>, PipelineError> {
    match fs::read_to_string(witness) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PipelineError::Witness { path: witness.to_owned(), source }),
    }
}

/// First beside its place, then moved there: it is never seen half.
fn write(path: &Path, number: i64) -> io::Result<()> {
    let part = path.with_extension(format!("home-{}", std::process::id()));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    writeln!(file, "{number}")?;
    file.sync_all()?;
    fs::rename(part, path)
}

/// Takes a database over: nothing is sent that was due before, nobody is revived who left.
pub async fn adopt(
    db: &Db,
    home: &Home,
    leaving: &Leaving,
    now: Timestamp,
) -> Result<Adopted, PipelineError> {
    let left = leaving.replay().await?;
    let skipped = skip_past(db, now).await?;
    let known = installation::get(db).await?.map_or(0, |known| known.departures);
    let seen = home.witness.as_deref().map(seen).transpose()?.flatten();
    let departures = known.max(seen.unwrap_or(0)) + 1;
    let (machine, place) = (home.machine.clone(), home.place.clone());
    let new = Installation { machine, place, departures, recorded_at: now };
    let ended = installation::adopt(db, &new, now).await?;
    home.witness(departures)?;
    Ok(Adopted { ended, skipped, left })
}

/// Moves every schedule past `now`: what was missed is not made up for.
async fn skip_past(db: &Db, now: Timestamp) -> Result<u32, StoreError> {
    let mut skipped = 0;
    for schedule in schedules::due(db, now).await? {
        let table = Timetable::parse(&schedule.closings, schedule.lead_seconds).ok();
        // A schedule that cannot be followed is told by the ticker.
        let Some(next_due_at) = table.and_then(|table| table.next_after(now)) else { continue };
        let step = schedules::Step { fire: None, next_due_at };
        skipped += u32::from(schedules::fire(db, &schedule, step, now).await?);
    }
    Ok(skipped)
}

impl Pipeline {
    /// Refuses to send from a database that is not at home here.
    pub(super) async fn be_at_home(&self) -> Result<(), PipelineError> {
        match self.home.away(&self.db, self.clock.now()).await? {
            Some(why) => Err(PipelineError::Away { database: self.db.place(), why }),
            None => Ok(()),
        }
    }
}
