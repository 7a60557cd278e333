//! Claims with the head of their article: what aggregation starts from.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::claim::Claim;
use crate::model::event::ArticleHead;
use crate::model::id::{ArticleId, ClaimId, SourceId};

use super::codec::{At, count};
use super::query::binds;
use super::{Db, StoreError};

/// A claim as the store has it. The profile of its source comes from the configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredClaim {
    /// Its id.
    pub id: ClaimId,
    /// What it says.
    pub claim: Claim,
    /// Where it stands; one for all claims of an article.
    pub article: Arc<ArticleHead>,
    /// The near-duplicate fingerprint of the article's text.
    pub fingerprint: Arc<[u32]>,
    /// Who published it.
    pub source: SourceId,
    /// False for what a first run or a backfill found: it is no news.
    pub counts: bool,
    /// Which version of its article it stands in, from 1.
    pub version: u32,
    /// Whether that is the article's latest version.
    pub latest: bool,
}

/// The claims of articles first seen at or after `since`, in the order in which they were seen.
pub async fn claims_since(db: &Db, since: Timestamp) -> Result<Vec<StoredClaim>, StoreError> {
    const SQL: &str = "SELECT c.id, c.body, a.id AS article, a.url, a.title, a.published, \
            a.first_seen, a.credit, a.language, a.fingerprint, a.source, a.counts, a.version, \
            (SELECT MAX(n.version) FROM article n \
                WHERE n.source = a.source AND n.address = a.address) AS latest_version \
        FROM claim c JOIN article a ON a.id = c.article WHERE a.first_seen >= $1 \
        ORDER BY a.first_seen, a.id, c.place_in_article";
    let rows: Vec<ClaimRow> = db.all(SQL, binds![since]).await?;
    let mut claims: Vec<StoredClaim> = Vec::with_capacity(rows.len());
    for row in rows {
        let claim = row.claim(claims.last())?;
        claims.push(claim);
    }
    Ok(claims)
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    id: String,
    body: String,
    article: String,
    url: String,
    title: String,
    published: Option<i64>,
    first_seen: i64,
    credit: Option<String>,
    language: Option<String>,
    fingerprint: String,
    source: String,
    counts: i64,
    version: i64,
    latest_version: i64,
}

impl ClaimRow {
    /// The claim; its article is that of the claim `before` where it is the same.
    fn claim(self, before: Option<&StoredClaim>) -> Result<StoredClaim, StoreError> {
        let claim = At { table: "claim", row: &self.id }.json("body", &self.body)?;
        let before = before.filter(|before| before.article.id.as_str() == self.article);
        let (article, fingerprint) = match before {
            Some(before) => (Arc::clone(&before.article), Arc::clone(&before.fingerprint)),
            None => (Arc::new(self.head()?), self.fingerprint()?),
        };
        Ok(StoredClaim {
            id: ClaimId::new(self.id),
            claim,
            article,
            fingerprint,
            source: SourceId::new(self.source),
            counts: self.counts != 0,
            version: count(self.version),
            latest: self.version == self.latest_version,
        })
    }

    fn at(&self) -> At<'_> {
        At { table: "article", row: &self.article }
    }

    fn head(&self) -> Result<ArticleHead, StoreError> {
        Ok(ArticleHead {
            id: ArticleId::new(&self.article),
            url: self.url.clone(),
            title: self.title.clone(),
            published: self.at().maybe_time("published", self.published)?,
            first_seen: self.at().time("first_seen", self.first_seen)?,
            revised_at: None,
            credit: self.credit.clone(),
            language: self.language.clone(),
        })
    }

    fn fingerprint(&self) -> Result<Arc<[u32]>, StoreError> {
        self.at().json("fingerprint", &self.fingerprint)
    }
}
