//! Leaving: by the reader's wish, by bounces and by complaint; and what is kept of who left.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::PipelineError;
use crate::deliver::token::Tokens;
use crate::model::id::SubscriberId;
use crate::model::reply::ReplyClass;
use crate::model::subscriber::{Address, Subscriber, SubscriberState};
use crate::store::{Db, subscribers, suppressions};

/// Bad addresses that suppress somebody who once confirmed theirs, within so many days (delivery.md 4.1).
const BAD_CONFIRMED: (u32, i64) = (2, 30);
/// Full mailboxes that suppress, over at least so many days.
const SOFT: (u32, i64) = (5, 14);
/// How far back full mailboxes are counted, in days.
const SOFT_WINDOW: i64 = 90;

/// Suppresses and erases; everything that does so goes through here, so that the file beside the database has it too.
#[derive(Debug, Clone)]
pub struct Leaving {
    db: Db,
    tokens: Tokens,
    log: PathBuf,
}

impl Leaving {
    /// Over a database, with the installation's key and the file that remembers suppressions.
    pub fn new(db: Db, tokens: Tokens, log: PathBuf) -> Self {
        Self { db, tokens, log }
    }

    /// Never mails somebody again. Says whether they were active before.
    pub async fn suppress(
        &self,
        who: &Subscriber,
        why: &str,
        now: Timestamp,
    ) -> Result<bool, PipelineError> {
        let mark = self.tokens.mark(&who.address);
        self.write(&mark, why, now)?;
        Ok(suppressions::suppress(&self.db, who.id, &mark, why, now).await?)
    }

    /// Whether an address left, complained or bounced, even if nothing else is known of it any more.
    pub async fn is_suppressed(&self, address: &Address) -> Result<bool, PipelineError> {
        Ok(suppressions::find(&self.db, &self.tokens.mark(address)).await?.is_some())
    }

    /// The marks of all who left, complained or bounced: for many addresses at once.
    pub async fn suppressed(&self) -> Result<BTreeSet<String>, PipelineError> {
        let all = suppressions::list(&self.db).await?;
        Ok(all.into_iter().map(|one| one.mark).collect())
    }

    /// What an address is known by when nothing else of it is.
    pub fn mark(&self, address: &Address) -> String {
        self.tokens.mark(address)
    }

    /// Takes an address off the list again, at its owner's wish. Says whether it was on it.
    pub async fn lift(&self, address: &Address, now: Timestamp) -> Result<bool, PipelineError> {
        let mark = self.tokens.mark(address);
        self.write(&mark, LIFTED, now)?;
        Ok(suppressions::lift(&self.db, address.as_str(), &mark).await?)
    }

    /// Forgets somebody; only the mark of the address stays.
    pub async fn erase(&self, who: &Subscriber, now: Timestamp) -> Result<(), PipelineError> {
        let mark = self.tokens.mark(&who.address);
        self.write(&mark, "erased", now)?;
        Ok(suppressions::erase(&self.db, who.id, &mark, now).await?)
    }

    /// Notes that an address does not exist or takes nothing, and suppresses it when that was often enough. Says
    /// whether it did.
    pub async fn strike(
        &self,
        id: SubscriberId,
        class: ReplyClass,
        now: Timestamp,
    ) -> Result<bool, PipelineError> {
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        let enough = match class {
            ReplyClass::BadAddress if suppressions::is_confirmed(&self.db, id).await? => {
                let (times, within) = BAD_CONFIRMED;
                let since = now - days(within);
                suppressions::strike(&self.db, id, class, since, now).await?.count >= times
            }
            ReplyClass::BadAddress => true,
            ReplyClass::Soft => {
                let since = now - days(SOFT_WINDOW);
                let strikes = suppressions::strike(&self.db, id, class, since, now).await?;
                strikes.count >= SOFT.0 && strikes.span >= days(SOFT.1)
            }
            _ => false,
        };
        let Some(who) = subscribers::get(&self.db, id).await?.filter(|_| enough) else {
            return Ok(false);
        };
        self.suppress(&who, "bounced", now).await
    }

    /// Takes what the file remembers into the database: a restored one revives nobody. Says how many it did not know.
    pub async fn replay(&self) -> Result<u32, PipelineError> {
        let text = match std::fs::read_to_string(&self.log) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(self.wrong(error)),
        };
        let mut last = std::collections::BTreeMap::new();
        for line in text.lines() {
            let mut parts = line.splitn(3, ' ');
            let at = parts.next().and_then(|at| at.parse::<Timestamp>().ok());
            if let (Some(at), Some(mark), Some(why)) = (at, parts.next(), parts.next()) {
                last.insert(mark.to_owned(), (at, why.to_owned()));
            }
        }
        last.retain(|_, (_, why)| why != LIFTED);
        let mut revived = 0;
        for who in subscribers::list(&self.db).await? {
            let mark = self.tokens.mark(&who.address);
            let known = last.remove(&mark).filter(|_| who.state == SubscriberState::Active);
            if let Some((at, why)) = known {
                let was = suppressions::suppress(&self.db, who.id, &mark, &why, at).await?;
                revived += u32::from(was);
            }
        }
        for (mark, (at, why)) in last {
            if suppressions::find(&self.db, &mark).await?.is_none() {
                suppressions::keep_mark(&self.db, &mark, &why, at).await?;
            }
        }
        Ok(revived)
    }

    /// One line to the file, on disk before the database has it.
    fn write(&self, mark: &str, why: &str, now: Timestamp) -> Result<(), PipelineError> {
        let open = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.log);
        let written = open.and_then(|mut file| {
            file.write_all(format!("{now} {mark} {why}\n").as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| self.wrong(error))
    }

    fn wrong(&self, source: std::io::Error) -> PipelineError {
        PipelineError::Suppressions { path: self.log.clone(), source }
    }
}

/// What the file says of who came back.
const LIFTED: &str = "lifted";
