//! Articles: every version of every text that a source gave.

use std::collections::BTreeSet;

use crate::model::article::{Article, FoundArticle};
use crate::model::id::{ArticleId, SourceId};

use super::codec::{At, count};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Keeps those articles that are new, and says how many. A text that is known at its address is passed over;
/// another text at a known address becomes the next version.
pub async fn insert_new(db: &Db, articles: &[Article]) -> Result<u32, StoreError> {
    let mut tx = db.begin().await?;
    let mut new = 0;
    for article in articles {
        new += insert(&mut tx, article).await?;
    }
    tx.commit().await?;
    Ok(new)
}

async fn insert(tx: &mut Tx, article: &Article) -> Result<u32, StoreError> {
    // The aggregate gives exactly one row, so this inserts one article with the next version at its address.
    const SQL: &str = "INSERT INTO article (id, source, url, hash, title, text, author, credit, \
            language, published, first_seen, counts, version) \
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, COALESCE(MAX(version), 0) + 1 \
        FROM article WHERE source = $2 AND url = $3 \
        ON CONFLICT DO NOTHING";
    let found = &article.found;
    let binds = binds![
        article.id.as_str(),
        article.source.as_str(),
        found.url.as_str(),
        article.hash.as_str(),
        found.title.as_str(),
        found.text.as_str(),
        found.author.as_deref(),
        found.credit.as_deref(),
        found.language.as_deref(),
        found.published,
        article.first_seen,
        article.counts,
    ];
    Ok(count(i64::try_from(tx.run(SQL, binds).await?).unwrap_or(i64::MAX)))
}

/// The addresses of a source that we have read already.
pub async fn known_urls(db: &Db, source: &SourceId) -> Result<BTreeSet<String>, StoreError> {
    const SQL: &str = "SELECT DISTINCT url FROM article WHERE source = $1";
    let rows: Vec<(String,)> = db.all(SQL, binds![source.as_str()]).await?;
    Ok(rows.into_iter().map(|(url,)| url).collect())
}

/// One article.
pub async fn get(db: &Db, id: &ArticleId) -> Result<Option<Article>, StoreError> {
    const SQL: &str = "SELECT id, source, url, hash, version, title, text, author, credit, language, \
        published, first_seen, counts FROM article WHERE id = $1";
    let found: Option<ArticleRow> = db.one(SQL, binds![id.as_str()]).await?;
    found.map(Article::try_from).transpose()
}

/// An article as its row has it.
#[derive(sqlx::FromRow)]
pub(super) struct ArticleRow {
    pub(super) id: String,
    source: String,
    url: String,
    hash: String,
    version: i64,
    title: String,
    text: String,
    author: Option<String>,
    credit: Option<String>,
    language: Option<String>,
    published: Option<i64>,
    first_seen: i64,
    counts: i64,
}

impl TryFrom<ArticleRow> for Article {
    type Error = StoreError;

    fn try_from(row: ArticleRow) -> Result<Self, StoreError> {
        let at = At { table: "article", row: &row.id };
        let published = at.maybe_time("published", row.published)?;
        let first_seen = at.time("first_seen", row.first_seen)?;
        let found = FoundArticle {
            url: row.url,
            title: row.title,
            text: row.text,
            published,
            author: row.author,
            credit: row.credit,
            language: row.language,
        };
        Ok(Self {
            id: ArticleId::new(row.id),
            source: SourceId::new(row.source),
            found,
            hash: row.hash,
            version: count(row.version),
            first_seen,
            counts: row.counts != 0,
        })
    }
}
