//! Digests: an issue rendered once for each variant that somebody wants.

use std::sync::Arc;

use data_encoding::BASE64;
use jiff::Timestamp;

use super::{Pipeline, PipelineError};
use crate::aggregate::situation::situation;
use crate::config::look::LookConfig;
use crate::model::digest::{Digest, Variant};
use crate::model::filter::Filter;
use crate::model::id::{DigestId, IssueId};
use crate::model::issue::Edition;
use crate::model::registry::Registry;
use crate::model::situation::{Frozen, Situation};
use crate::render::{self, Footer};
use crate::store::{digests, issues};

/// A situation with what it is worded with: of an issue the names of its day, whatever packs say since.
#[derive(Debug, Clone)]
pub struct Told {
    /// What is told.
    pub situation: Situation,
    /// By which names.
    pub registry: Arc<Registry>,
    /// In which look.
    pub look: LookConfig,
}

impl Pipeline {
    /// The stored digest of an issue for a variant, rendered now if nobody wanted it before.
    pub(super) async fn digest_of(
        &self,
        (issue, stored_issue): (&IssueId, bool),
        frozen: &Frozen,
        edition: &Edition,
        variant: &Variant,
    ) -> Result<Digest, PipelineError> {
        let id = DigestId::of(issue.as_str(), &variant.key());
        if let Some(digest) = digests::get(&self.db, &id).await? {
            return Ok(digest);
        }
        let told = self.told_of(frozen, edition, variant);
        let issue = stored_issue.then(|| issue.clone());
        let digest = self.rendered(id, issue, &told)?;
        digests::insert(&self.db, &digest).await?;
        Ok(digest)
    }

    /// What an issue tells for a variant, as it was when the issue closed.
    pub(super) fn told_of(&self, frozen: &Frozen, edition: &Edition, variant: &Variant) -> Told {
        let registry = self.registry_of(frozen);
        let filter = frozen.setting.as_ref().map_or(&edition.filter, |then| &then.filter);
        let situation = situation(frozen, variant, &registry, filter);
        Told { situation, registry, look: self.look(Some(edition)) }
    }

    /// What an edition's last issue tells for a variant, or the last one that had closed at `closed`; none where none
    /// had.
    pub async fn issue(
        &self,
        edition: &Edition,
        closed: Option<Timestamp>,
        variant: &Variant,
    ) -> Result<Option<Told>, PipelineError> {
        let until = closed.unwrap_or(Timestamp::MAX);
        let Some(issue) = issues::last_until(&self.db, &edition.id, until).await? else {
            return Ok(None);
        };
        let frozen = issues::frozen(&self.db, &issue.id).await?;
        Ok(frozen.map(|frozen| self.told_of(&frozen, edition, variant)))
    }

    /// A situation that belongs to no issue, by the names of today.
    pub fn told_now(&self, situation: Situation, edition: Option<&Edition>) -> Told {
        Told { situation, registry: self.registry(), look: self.look(edition) }
    }

    /// The look of `[look]`, with the templates that an edition asks for.
    pub(super) fn look(&self, edition: Option<&Edition>) -> LookConfig {
        let mut look = self.config.look.clone();
        let own = edition.and_then(|edition| self.config.edition.get(edition.id.as_str()));
        look.templates = own.and_then(|own| own.look).unwrap_or(look.templates);
        look
    }

    /// What is told as subject, HTML and text.
    pub fn rendered(
        &self,
        id: DigestId,
        issue: Option<IssueId>,
        told: &Told,
    ) -> Result<Digest, PipelineError> {
        let situation = &told.situation;
        let footer = self.footer(situation);
        let rendered = render::digest(situation, &told.registry, &told.look, &footer)?;
        Ok(Digest {
            id,
            issue,
            replies_to: None,
            variant: situation.variant.clone(),
            outcome: situation.outcome,
            subject: rendered.subject,
            html: rendered.html,
            text: rendered.text,
            map: rendered.map.map(|map| BASE64.encode(&map)),
            rendered_at: self.clock.now(),
        })
    }

    /// What the footer may promise is what this installation can honour.
    pub(super) fn footer(&self, situation: &Situation) -> Footer {
        let deliver = &self.config.deliver;
        let contact = deliver.reply_to.clone().unwrap_or_else(|| deliver.from.clone());
        let leave_to = deliver.unsubscribe_to.as_ref().map(ToString::to_string);
        let language = &situation.variant.language;
        let footer = Footer::subscribed(language, &situation.title, leave_to.as_deref(), &contact);
        Footer { site: self.config.web.site().unwrap_or_default().to_owned(), ..footer }
    }
}

/// A filter of nobody's own, for what a whole edition tells.
pub(super) fn whole(edition: &Edition, zone: &str) -> Variant {
    Variant {
        filter: Filter::default(),
        grouping: edition.lead,
        language: "en".to_owned(),
        zone: zone.to_owned(),
        brief: false,
    }
}
