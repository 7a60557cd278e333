//! What an operator should know and nobody would notice: an issue that is late or does not arrive, sources that have
//! dried up, a relay that is shut, a disk that fills.

use std::path::Path;

use jiff::SignedDuration;

use super::{Pipeline, PipelineError};
use crate::model::notice::{Notice, NoticeKind};
use crate::store::issues::Mailed;
use crate::store::{articles, installation, issues, notices, outbox, schedules};

/// For how long an issue is watched: longer than any message of it lives.
const WATCHED: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A message that waits so long past its time shows that the way out may be shut.
const STUCK: SignedDuration = SignedDuration::from_mins(5);
/// What the schedule that closes an edition begins with.
const CLOSE: &str = "close/";

impl Pipeline {
    /// Looks at everything, notes what turned, and accounts for the issues whose messages have all come to their end.
    pub async fn watch(&self) -> Result<(), PipelineError> {
        self.watch_closings().await?;
        self.watch_mailings().await?;
        self.watch_gathering().await?;
        self.watch_relay().await?;
        self.watch_disk().await
    }

    /// Notes a turn, once.
    async fn note(
        &self,
        subject: impl Into<String>,
        kind: NoticeKind,
        text: String,
    ) -> Result<(), PipelineError> {
        let notice = Notice::new(subject.into(), self.clock.now(), kind, text);
        if notices::put(&self.db, &notice).await? && kind.is_bad() {
            tracing::warn!(subject = notice.subject, text = notice.text, "trouble");
        }
        Ok(())
    }

    /// An edition is late when its time has passed for long and its window is not closed.
    async fn watch_closings(&self) -> Result<(), PipelineError> {
        let now = self.clock.now();
        let late = now - self.config.alert.late_after.signed();
        for schedule in schedules::list(&self.db).await? {
            let Some(name) = schedule.id.strip_prefix(CLOSE) else { continue };
            let due = if schedule.next_due_at <= late {
                Some(schedule.next_due_at)
            } else {
                schedule.last_due_at.filter(|due| *due <= late)
            };
            let Some(due) = due else { continue };
            let closed = issues::last_close(&self.db, &name.into()).await?;
            let subject = format!("issue/{name}");
            if closed.is_none_or(|closed| closed < due) {
                let text = format!(
                    "the edition `{name}` was to close at {} and has not: look at `sitrep status` and the log",
                    due.strftime("%F %R UTC")
                );
                self.note(subject, NoticeKind::IssueLate, text).await?;
            } else {
                let text = format!("the edition `{name}` is closed again");
                self.note(subject, NoticeKind::IssueOut, text).await?;
            }
        }
        Ok(())
    }

    async fn watch_mailings(&self) -> Result<(), PipelineError> {
        let now = self.clock.now();
        let due =
            now - self.config.alert.late_after.signed() + self.config.deliver.expire_after.signed();
        for mailed in issues::unaccounted(&self.db, now - WATCHED, due).await? {
            self.judge(&mailed).await?;
            if mailed.is_accounted_for() {
                issues::accounted(&self.db, &mailed.issue.id, now).await?;
            }
        }
        Ok(())
    }

    async fn judge(&self, mailed: &Mailed) -> Result<(), PipelineError> {
        let (issue, undelivered) = (&mailed.issue, mailed.undelivered());
        let subject = format!("delivery/{}", issue.id);
        let closed = issue.window.to.strftime("%F %R UTC");
        if undelivered > self.config.alert.undelivered {
            let text = format!(
                "the issue of `{}` of {closed}: {undelivered} % of the messages that were due have not been accepted; \
                 look at `sitrep delivery list`",
                issue.edition
            );
            return self.note(subject, NoticeKind::DeliveryTrouble, text).await;
        }
        let text = format!("the issue of `{}` of {closed} arrives", issue.edition);
        self.note(subject, NoticeKind::DeliveryWell, text).await
    }

    /// Sources that are read without error may still give nothing; so may a machine without a network.
    async fn watch_gathering(&self) -> Result<(), PipelineError> {
        if self.sources().await?.is_empty() {
            return Ok(());
        }
        let began = installation::get(&self.db).await?.map(|known| known.recorded_at);
        let Some(last) = articles::last_seen(&self.db).await?.max(began) else { return Ok(()) };
        if self.clock.now().duration_since(last) > self.config.alert.nothing_gathered.signed() {
            let text = format!(
                "no new article since {}; look at `sitrep source list`",
                last.strftime("%F %R UTC")
            );
            self.note("gathering", NoticeKind::GatherStopped, text).await
        } else {
            let text = "articles come in again".to_owned();
            self.note("gathering", NoticeKind::GatherResumed, text).await
        }
    }

    /// Only where messages wait: a relay is not asked for nothing.
    async fn watch_relay(&self) -> Result<(), PipelineError> {
        let before = self.clock.now() - STUCK;
        let stuck = outbox::waiting(&self.db, before).await?;
        let known = notices::standing(&self.db).await?;
        if stuck == 0 && !known.iter().any(|notice| notice.subject == "relay") {
            return Ok(());
        }
        let mut session = self.transport.session();
        let probed = session.probe().await;
        session.close().await;
        match probed {
            Ok(_) => {
                let text = "the relay takes us again".to_owned();
                self.note("relay", NoticeKind::RelayOpen, text).await
            }
            Err(why) => {
                let ports = self.transport.ports().await;
                let told = std::iter::once(why).chain(ports.iter().map(ToString::to_string));
                let told: Vec<_> = told.collect();
                let text = format!("{stuck} messages wait; {}", told.join("; "));
                self.note("relay", NoticeKind::RelayBlocked, text).await
            }
        }
    }

    async fn watch_disk(&self) -> Result<(), PipelineError> {
        let Some(file) = self.home.file() else { return Ok(()) };
        let Some(free) = free_space(file) else { return Ok(()) };
        if free < self.config.alert.disk_free {
            let text = format!("only {free} MiB are free where the database lies: make room");
            self.note("disk", NoticeKind::DiskLow, text).await
        } else {
            let text = format!("{free} MiB are free again");
            self.note("disk", NoticeKind::DiskFree, text).await
        }
    }
}

/// The MiB that this user may still fill where `file` lies; none where the system does not tell.
pub fn free_space(file: &Path) -> Option<u64> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let found = rustix::fs::statvfs(folder.unwrap_or(Path::new("."))).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize) >> 20)
}
