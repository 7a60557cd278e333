//! Names that the claims of the database hold and no pack knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Pipeline, PipelineError};
use crate::aggregate::unresolved::{NameKind, Unknowns, Unresolved};
use crate::extract::Extractor;
use crate::model::registry::Registry;
use crate::model::text::fold::plain;
use crate::store::Db;
use crate::store::claims::{self, StoredClaim};

/// What needs no entry.
pub struct KnownNames {
    /// The reader, which knows the packs' organisations.
    pub extractor: Arc<Extractor>,
    /// Plain names of the packs' places: claims of the database may be older than the packs.
    places: BTreeSet<String>,
    only: Option<NameKind>,
}

impl KnownNames {
    /// Over the reader and its packs; with `only`, names of the other kind count as known.
    pub fn new(extractor: Arc<Extractor>, registry: &Registry, only: Option<NameKind>) -> Self {
        let names = registry
            .places()
            .iter()
            .flat_map(|place| std::iter::once(&place.name).chain(&place.aliases));
        Self { extractor, places: names.map(|name| plain(name)).collect(), only }
    }

    /// Whether a name needs no entry.
    pub fn has(&self, kind: NameKind, name: &str) -> bool {
        self.only.is_some_and(|only| only != kind)
            || match kind {
                NameKind::Actor => self.extractor.knows_organisation(name),
                NameKind::Place => self.places.contains(&plain(name)),
            }
    }

    /// The names without an entry in the claims of articles seen since `since`, with what is said of each.
    pub async fn unknown(&self, db: &Db, since: Timestamp) -> Result<Unknowns, PipelineError> {
        let stored = claims::claims_since(db, since).await?;
        Ok(self.unknown_of(&stored))
    }

    fn unknown_of(&self, stored: &[StoredClaim]) -> Unknowns {
        let mut unknowns = Unknowns::default();
        for stored in stored.iter().filter(|stored| stored.latest) {
            let article = &stored.article.url;
            unknowns.add(article, &stored.claim, |kind, name| self.has(kind, name));
        }
        unknowns
    }
}

impl Pipeline {
    /// The names that no pack knows in the claims of articles seen since `since`, the most frequent first.
    pub async fn unknown_names(&self, since: Timestamp) -> Result<Vec<Unresolved>, PipelineError> {
        self.renew_packs().await?;
        let packs = self.packs.now();
        let known = KnownNames::new(packs.extractor()?, &packs.registry, None);
        let stored = claims::claims_since(&self.db, since).await?;
        let list = move || known.unknown_of(&stored).list();
        Ok(tokio::task::spawn_blocking(list).await?)
    }
}
