//! Digests: an issue rendered for one variant, stored once for all who want that one.

use crate::model::digest::Digest;
use crate::model::id::{DigestId, IssueId};

use super::codec::{At, json, word};
use super::query::binds;
use super::{Db, StoreError};

/// Keeps a digest unless it is there: what may have been sent is never replaced. Says whether it was kept.
pub async fn insert(db: &Db, digest: &Digest) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO digest (id, issue, variant, outcome, subject, html, text, rendered_at, replies_to, map) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let binds = binds![
        digest.id.as_str(),
        digest.issue.as_ref().map(IssueId::as_str),
        json(&digest.variant)?,
        word(digest.outcome)?,
        digest.subject.as_str(),
        digest.html.as_str(),
        digest.text.as_str(),
        digest.rendered_at,
        digest.replies_to.as_ref().map(DigestId::as_str),
        digest.map.as_deref(),
    ];
    Ok(db.run(SQL, binds).await? > 0)
}

/// One digest.
pub async fn get(db: &Db, id: &DigestId) -> Result<Option<Digest>, StoreError> {
    const SQL: &str = "SELECT id, issue, variant, outcome, subject, html, text, rendered_at, replies_to, map \
        FROM digest WHERE id = $1";
    let found: Option<DigestRow> = db.one(SQL, binds![id.as_str()]).await?;
    found.map(Digest::try_from).transpose()
}

/// The subject of a digest.
pub async fn subject(db: &Db, id: &DigestId) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT subject FROM digest WHERE id = $1";
    let found: Option<(String,)> = db.one(SQL, binds![id.as_str()]).await?;
    Ok(found.map(|(subject,)| subject))
}

/// The digests of an issue.
pub async fn of_issue(db: &Db, issue: &IssueId) -> Result<Vec<Digest>, StoreError> {
    const SQL: &str = "SELECT id, issue, variant, outcome, subject, html, text, rendered_at, replies_to, map \
        FROM digest WHERE issue = $1 ORDER BY rendered_at, id";
    let rows: Vec<DigestRow> = db.all(SQL, binds![issue.as_str()]).await?;
    rows.into_iter().map(Digest::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct DigestRow {
    id: String,
    issue: Option<String>,
    variant: String,
    outcome: String,
    subject: String,
    html: String,
    text: String,
    rendered_at: i64,
    replies_to: Option<String>,
    map: Option<String>,
}

impl TryFrom<DigestRow> for Digest {
    type Error = StoreError;

    fn try_from(row: DigestRow) -> Result<Self, StoreError> {
        let at = At { table: "digest", row: &row.id };
        let variant = at.json("variant", &row.variant)?;
        let outcome = at.word("outcome", &row.outcome)?;
        let rendered_at = at.time("rendered_at", row.rendered_at)?;
        let (subject, html, text) = (row.subject, row.html, row.text);
        let issue = row.issue.map(IssueId::new);
        Ok(Self {
            id: DigestId::new(row.id),
            issue,
            replies_to: row.replies_to.map(DigestId::new),
            variant,
            outcome,
            subject,
            html,
            text,
            map: row.map,
            rendered_at,
        })
    }
}
