//! What was told, for readers of the site: issues by date, each in any variant, and events by what they are about.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Pipeline, PipelineError, Told};
use crate::config::edition::EditionConfig;
use crate::model::digest::{Digest, Variant};
use crate::model::event::Event;
use crate::model::filter::Filter;
use crate::model::id::{DigestId, EditionId, IssueId};
use crate::model::issue::{Edition, Issue};
use crate::model::review::ReviewState;
use crate::model::situation::{Frozen, Situation};
use crate::store::events::{self, Lookup};
use crate::store::{digests, issues, reviews, terms};

/// Events that get their terms in one step.
const STEP: u32 = 500;

/// One issue of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The issue.
    pub issue: Issue,
    /// Its edition's display name.
    pub title: String,
    /// The subject of its digest for everybody; none of issues that were closed before there was a site.
    pub subject: Option<String>,
}

/// An event that somebody looks for by its id.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// It is this one.
    Event(Box<Event>),
    /// It was told and is no event of its own any more; this is how it was last told.
    Former(Box<Event>),
    /// Several begin so.
    Several(Vec<Event>),
    /// None was ever told.
    None,
}

impl Pipeline {
    /// An edition by its name, also one that is no longer configured.
    pub fn edition_of(&self, issue: &Issue) -> Edition {
        let name = issue.edition.as_str();
        match self.config.edition.get(name) {
            Some(configured) => configured.edition(name),
            None => EditionConfig::default().edition(name),
        }
    }

    /// The variant of an edition that everybody may read.
    pub fn public_variant(edition: &Edition) -> Variant {
        Variant {
            filter: Filter::default(),
            grouping: edition.lead,
            language: "en".to_owned(),
            zone: "UTC".to_owned(),
            brief: false,
        }
    }

    /// Renders an issue for everybody, so that the archive and feeds can list it. Where there is no site, nothing.
    pub(super) async fn publish(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
    ) -> Result<(), PipelineError> {
        if self.config.web.listen.is_none() && self.config.web.site().is_none() {
            return Ok(());
        }
        let variant = Self::public_variant(edition);
        self.digest_of((&issue.id, true), frozen, edition, &variant).await.map(drop)
    }

    /// The issues that ended before an instant, newest first; of one edition where it is named.
    pub async fn issues_told(
        &self,
        edition: Option<&EditionId>,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Listed>, PipelineError> {
        let mut all = Vec::new();
        for issue in issues::list(&self.db, edition, before, most).await? {
            let own = self.edition_of(&issue);
            let id = DigestId::of(issue.id.as_str(), &Self::public_variant(&own).key());
            let subject = digests::subject(&self.db, &id).await?;
            all.push(Listed { issue, title: own.title, subject });
        }
        Ok(all)
    }

    /// The stored digest of an issue for everybody.
    pub async fn public_digest(&self, issue: &Issue) -> Result<Option<Digest>, PipelineError> {
        let variant = Self::public_variant(&self.edition_of(issue));
        let id = DigestId::of(issue.id.as_str(), &variant.key());
        Ok(digests::get(&self.db, &id).await?)
    }

    /// What an issue told, computed again for a variant from what was frozen when it closed. None of one that is held for
    /// its editors or was withheld.
    pub async fn issue_again(
        &self,
        id: &IssueId,
        change: impl FnOnce(&mut Variant),
    ) -> Result<Option<(Issue, Told)>, PipelineError> {
        let Some(issue) = issues::get(&self.db, id).await? else { return Ok(None) };
        let review = reviews::get(&self.db, id).await?;
        if review.is_some_and(|review| review.state != ReviewState::Released) {
            return Ok(None);
        }
        let Some(frozen) = issues::frozen(&self.db, id).await? else { return Ok(None) };
        let edition = self.edition_of(&issue);
        let mut variant = Self::public_variant(&edition);
        change(&mut variant);
        let told = self.told_of(&frozen, &edition, &variant);
        Ok(Some((issue, told)))
    }

    /// The event whose id begins so, as mails print it (B-4).
    pub async fn event_by_id(&self, prefix: &str) -> Result<Found, PipelineError> {
        match events::find(&self.db, prefix).await? {
            Lookup::One(event) => Ok(Found::Event(event)),
            Lookup::Ambiguous(ids) => {
                let mut all = Vec::new();
                for id in ids {
                    if let Lookup::One(event) = events::find(&self.db, id.as_str()).await? {
                        all.push(*event);
                    }
                }
                Ok(Found::Several(all))
            }
            Lookup::Missing => {
                let former = events::former(&self.db, prefix).await?;
                Ok(former.map_or(Found::None, |event| Found::Former(Box::new(event))))
            }
        }
    }

    /// The issues that may tell an event: those in whose windows it was first seen or last changed.
    pub async fn issues_of(&self, event: &Event) -> Result<Vec<Issue>, PipelineError> {
        let mut all = issues::around(&self.db, event.first_seen).await?;
        for issue in issues::around(&self.db, event.changed_at).await? {
            if !all.contains(&issue) {
                all.push(issue);
            }
        }
        Ok(all)
    }

    /// The situation of several events, for what is printed of each alone; retracted ones too. None of none.
    pub fn of_several(&self, found: Vec<Event>, zone: &str) -> Option<Situation> {
        let unmarked = |event: Event| Event { corrections: Vec::new(), ..event };
        let mut found = found.into_iter().map(unmarked);
        let first = found.next()?;
        let mut situation = self.of_one(first.clone(), zone);
        let all = std::iter::once(first).chain(found);
        situation.events.extend(all.map(|event| (event.id.clone(), Arc::new(event))));
        Some(situation)
    }

    /// Gives terms to events that an earlier version of this program stored. Says how many got theirs.
    pub async fn index_events(&self) -> Result<u32, PipelineError> {
        let mut all = 0;
        loop {
            let step = terms::fill(&self.db, STEP).await?;
            all += step;
            if step < STEP {
                return Ok(all);
            }
        }
    }
}
