//! Which articles wait to be read, who reads them, and what the reading gave.

use jiff::Timestamp;

use crate::model::article::Article;
use crate::model::claim::Claim;
use crate::model::id::{ArticleId, ClaimId};

use super::articles::ArticleRow;
use super::codec::{At, json};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// An article whose reading ended a worker so often is not given out again: it would end every worker in turn.
const MAX_ATTEMPTS: u32 = 5;

/// What the reading of an article came to.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadingResult {
    /// Read; these are its claims, most important first.
    Read(Vec<Claim>),
    /// Kept, not read: why (a language we do not read, no text).
    Unread(String),
    /// It could not be read: what went wrong.
    Failed(String),
}

/// The reading of one article, with what made it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReading {
    /// What it came to.
    pub result: ReadingResult,
    /// ISO 639-1 code of the language that was found; none leaves what the article says.
    pub language: Option<String>,
    /// The near-duplicate fingerprint of its text.
    pub fingerprint: Vec<u32>,
    /// Version of the extractor.
    pub extractor: String,
    /// Version of the packs.
    pub packs: String,
}

/// Gives up to `limit` articles that wait to `worker`, oldest first, until `lease_until`.
pub async fn claim_for_extraction(
    db: &Db,
    limit: u32,
    worker: &str,
    lease_until: Timestamp,
    now: Timestamp,
) -> Result<Vec<Article>, StoreError> {
    const SQL: &str = "WITH picked AS MATERIALIZED (\
            SELECT id FROM article WHERE state = 'pending' \
            AND (lease_until IS NULL OR lease_until <= $1) \
            ORDER BY first_seen, id LIMIT $2 /*lock*/) \
        UPDATE article SET attempts = attempts + 1, worker = $3, lease_until = $4, \
            state = CASE WHEN attempts >= $5 THEN 'error' ELSE state END, \
            why = CASE WHEN attempts >= $5 THEN 'its reading never ended' ELSE why END \
        WHERE id IN (SELECT id FROM picked) \
        RETURNING id, source, url, hash, version, title, text, author, credit, language, published, \
            first_seen, counts, mark, state";
    let rows = db.change(SQL, binds![now, limit, worker, lease_until, MAX_ATTEMPTS]).await?;
    let pending = rows.into_iter().filter(|row: &PickedRow| row.state == "pending");
    let mut articles = pending.map(|row| row.article.try_into()).collect::<Result<Vec<_>, _>>()?;
    articles.sort_by(|a: &Article, b| (a.first_seen, &a.id).cmp(&(b.first_seen, &b.id)));
    Ok(articles)
}

#[derive(sqlx::FromRow)]
struct PickedRow {
    #[sqlx(flatten)]
    article: ArticleRow,
    state: String,
}

/// Has every stored article that was first seen at or after `since` wait to be read again, and says how many there are.
/// What an earlier reading gave stays until the new one takes its place. A text that was pruned cannot be read again.
pub async fn reopen(db: &Db, since: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE article SET state = 'pending', attempts = 0, worker = NULL, \
            lease_until = NULL \
        WHERE first_seen >= $1 AND state <> 'pending' AND text <> ''";
    db.run(SQL, binds![since]).await
}

/// Up to `limit` stored articles first seen at or after `since`, whatever became of their reading, in the order of
/// their ids, those after `after`.
pub async fn stored_since(
    db: &Db,
    since: Timestamp,
    after: &ArticleId,
    limit: u32,
) -> Result<Vec<Article>, StoreError> {
    const SQL: &str = "SELECT id, source, url, hash, version, title, text, author, credit, language, \
            published, first_seen, counts, mark \
        FROM article WHERE first_seen >= $1 AND id > $2 AND text <> '' ORDER BY id LIMIT $3";
    let rows: Vec<ArticleRow> = db.all(SQL, binds![since, after.as_str(), limit]).await?;
    rows.into_iter().map(Article::try_from).collect()
}

/// The claims that the last reading of an article gave, most important first.
pub async fn claims_of(db: &Db, article: &ArticleId) -> Result<Vec<Claim>, StoreError> {
    const SQL: &str = "SELECT id, body FROM claim WHERE article = $1 ORDER BY place_in_article";
    let rows: Vec<(String, String)> = db.all(SQL, binds![article.as_str()]).await?;
    let read = |(id, body): &(String, String)| At { table: "claim", row: id }.json("body", body);
    rows.iter().map(read).collect()
}

/// Keeps what the reading of an article gave, in place of what an earlier reading gave. Says whether the article
/// is there.
pub async fn put_reading(
    db: &Db,
    article: &ArticleId,
    reading: &StoredReading,
) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    if !put_outcome(&mut tx, article, reading).await? {
        return Ok(false);
    }
    tx.run("DELETE FROM claim WHERE article = $1", binds![article.as_str()]).await?;
    if let ReadingResult::Read(claims) = &reading.result {
        for (position, claim) in claims.iter().enumerate() {
            put_claim(&mut tx, article, position, claim, reading).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

async fn put_outcome(
    tx: &mut Tx,
    article: &ArticleId,
    reading: &StoredReading,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE article SET state = $2, why = $3, language = COALESCE($4, language), \
            fingerprint = $5, extractor = $6, packs = $7, worker = NULL, lease_until = NULL \
        WHERE id = $1";
    let (state, why) = match &reading.result {
        ReadingResult::Read(_) => ("done", None),
        ReadingResult::Unread(why) => ("unread", Some(why.as_str())),
        ReadingResult::Failed(why) => ("error", Some(why.as_str())),
    };
    let binds = binds![
        article.as_str(),
        state,
        why,
        reading.language.as_deref(),
        json(&reading.fingerprint)?,
        reading.extractor.as_str(),
        reading.packs.as_str(),
    ];
    Ok(tx.run(SQL, binds).await? > 0)
}

async fn put_claim(
    tx: &mut Tx,
    article: &ArticleId,
    position: usize,
    claim: &Claim,
    reading: &StoredReading,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO claim (id, article, place_in_article, body, extractor, packs) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let binds = binds![
        ClaimId::of(article, position).as_str(),
        article.as_str(),
        i64::try_from(position).unwrap_or(i64::MAX),
        json(claim)?,
        reading.extractor.as_str(),
        reading.packs.as_str(),
    ];
    tx.run(SQL, binds).await.map(drop)
}
