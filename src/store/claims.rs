//! Claims with the head of their article: what aggregation starts from.

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
    /// Where it stands.
    pub article: ArticleHead,
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
            (SELECT MAX(n.version) FROM article n WHERE n.source = a.source AND n.url = a.url) \
                AS latest_version \
        FROM claim c JOIN article a ON a.id = c.article WHERE a.first_seen >= $1 \
        ORDER BY a.first_seen, a.id, c.place_in_article";
    let rows: Vec<ClaimRow> = db.all(SQL, binds![since]).await?;
    rows.into_iter().map(StoredClaim::try_from).collect()
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

impl TryFrom<ClaimRow> for StoredClaim {
    type Error = StoreError;

    fn try_from(row: ClaimRow) -> Result<Self, StoreError> {
        let claim = At { table: "claim", row: &row.id }.json("body", &row.body)?;
        let at = At { table: "article", row: &row.article };
        let (published, first_seen) =
            (at.maybe_time("published", row.published)?, at.time("first_seen", row.first_seen)?);
        let fingerprint = at.json("fingerprint", &row.fingerprint)?;
        let article = ArticleHead {
            id: ArticleId::new(row.article),
            url: row.url,
            title: row.title,
            published,
            first_seen,
            revised_at: None,
            credit: row.credit,
            language: row.language,
            fingerprint,
        };
        Ok(Self {
            id: ClaimId::new(row.id),
            claim,
            article,
            source: SourceId::new(row.source),
            counts: row.counts != 0,
            version: count(row.version),
            latest: row.version == row.latest_version,
        })
    }
}
