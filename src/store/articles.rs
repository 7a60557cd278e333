//! Articles: every version of every text that a source gave.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::model::article::{Article, FoundArticle};
use crate::model::id::{ArticleId, SourceId};

use super::codec::{At, count};
use super::many::Many;
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Keeps those articles that are new, and says how many. A text that is known at its address is passed over, unless
/// it is an older version that has come back; another text at a known address becomes the next version. A version of
/// an article that does not count does not count either.
pub async fn insert_new(db: &Db, articles: &[Article]) -> Result<u32, StoreError> {
    Ok(insert_lists(db, &[articles]).await?.into_iter().sum())
}

/// [`insert_new`] for several lists at once, all or none: how many were new in each. One wait for the disk for all.
pub async fn insert_lists(db: &Db, lists: &[&[Article]]) -> Result<Vec<u32>, StoreError> {
    let mut all = vec![0; lists.len()];
    let numbered = lists.iter().enumerate();
    let waiting: Vec<(usize, &Article)> =
        numbered.flat_map(|(list, articles)| articles.iter().map(move |one| (list, one))).collect();
    if waiting.is_empty() {
        return Ok(all);
    }
    let mut tx = db.begin_unsynced().await?;
    let mut waiting = waiting.as_slice();
    while !waiting.is_empty() {
        let (batch, rest) = waiting.split_at(without_repeats(waiting));
        let inserted = insert(&mut tx, batch).await?;
        for (list, article) in batch {
            if inserted.contains(article.id.as_str()) {
                all[*list] += 1;
            } else {
                look_again(&mut tx, article).await?;
            }
        }
        waiting = rest;
    }
    tx.commit().await?;
    Ok(all)
}

/// How many articles from the first on are each of another address: versions of one follow upon each other.
fn without_repeats(articles: &[(usize, &Article)]) -> usize {
    let mut seen = HashSet::new();
    let mut addresses =
        articles.iter().map(|(_, one)| (one.source.as_str(), one.found.url.as_str()));
    addresses.position(|address| !seen.insert(address)).unwrap_or(articles.len())
}

/// Inserts articles, each with the next version at its address; gives the ids of those that were not known.
async fn insert<'a>(
    tx: &mut Tx,
    articles: &[(usize, &'a Article)],
) -> Result<HashSet<&'a str>, StoreError> {
    static SQL: Many = Many::new(
        "INSERT /*or ignore*/ INTO article (id, source, url, hash, title, text, author, credit, \
            language, published, first_seen, mark, counts, version) \
        VALUES /*rows*/ ON CONFLICT DO NOTHING",
        14,
    );
    let before = versions(tx, articles).await?;
    let last_of = |article: &Article| {
        let key = || (article.source.to_string(), article.found.url.clone());
        let last = if before.is_empty() { None } else { before.get(&key()) };
        last.copied().unwrap_or((0, true))
    };
    let row = |(_, article): &(usize, &Article)| {
        let found = &article.found;
        let (version, counted) = last_of(article);
        binds![
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
            found.mark.as_deref(),
            article.counts && counted,
            version + 1,
        ]
    };
    let inserted = SQL.run(tx, articles.iter().map(row).collect()).await?;
    let ids = articles.iter().map(|(_, article)| article.id.as_str());
    if inserted == articles.len() as u64 {
        return Ok(ids.collect());
    }
    // Ids are made anew for every text that is found: whoever has one now was put there just now.
    static THERE: Many = Many::new(
        "SELECT a.id FROM (VALUES /*rows*/) AS v JOIN article a ON a.id = v.column1",
        1,
    );
    let there: Vec<(String,)> = THERE.write(tx, ids.clone().map(|id| binds![id]).collect()).await?;
    let there: HashSet<String> = there.into_iter().map(|(id,)| id).collect();
    Ok(ids.filter(|id| there.contains(*id)).collect())
}

/// By source and address the last version and whether all versions count, of what is known.
type Versions = HashMap<(String, String), (i64, bool)>;

/// What is known at the addresses of `articles`.
async fn versions(tx: &mut Tx, articles: &[(usize, &Article)]) -> Result<Versions, StoreError> {
    static SQL: Many = Many::new(
        "SELECT a.source, a.url, a.version, a.counts FROM (VALUES /*rows*/) AS v \
        JOIN article a ON a.source = v.column1 AND a.url = v.column2",
        2,
    );
    let keys = articles.iter().map(|(_, one)| (one.source.as_str(), one.found.url.as_str()));
    let asked = keys.map(|(source, url)| binds![source, url]).collect();
    let rows: Vec<(String, String, i64, i64)> = SQL.write(tx, asked).await?;
    let mut versions = Versions::new();
    for (source, url, version, counts) in rows {
        let known = versions.entry((source, url)).or_insert((0, true));
        *known = (known.0.max(version), known.1 && counts != 0);
    }
    Ok(versions)
}

/// A known text is what its address shows now, whatever came between; and so its source lists it.
async fn look_again(tx: &mut Tx, article: &Article) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE article SET mark = COALESCE($4, mark), \
            version = (SELECT MAX(o.version) + CASE WHEN MAX(o.version) = article.version \
                THEN 0 ELSE 1 END FROM article o WHERE o.source = $1 AND o.url = $2) \
        WHERE source = $1 AND url = $2 AND hash = $3";
    let (source, found) = (article.source.as_str(), &article.found);
    let binds = binds![source, found.url.as_str(), article.hash.as_str(), found.mark.as_deref()];
    tx.run(SQL, binds).await.map(drop)
}

/// Marks by address: how a source listed an article the last time.
pub type Marks = HashMap<String, Option<String>>;

/// Of each source and its addresses those that it gave before, each with its mark.
pub async fn known(db: &Db, asked: &[(&SourceId, &[String])]) -> Result<Vec<Marks>, StoreError> {
    static SQL: Many = Many::new(
        "SELECT a.source, a.url, a.version, a.mark FROM (VALUES /*rows*/) AS v \
        JOIN article a ON a.source = v.column1 AND a.url = v.column2",
        2,
    );
    let keys = asked.iter().flat_map(|(source, urls)| urls.iter().map(|url| (*source, url)));
    let keys = keys.map(|(source, url)| binds![source.as_str(), url.as_str()]);
    let rows: Vec<(String, String, i64, Option<String>)> = SQL.read(db, keys.collect()).await?;
    let mut last: HashMap<(&str, &str), (i64, Option<&str>)> = HashMap::new();
    for (source, url, version, mark) in &rows {
        let seen = last.entry((source.as_str(), url.as_str())).or_insert((*version, None));
        if seen.0 <= *version {
            *seen = (*version, mark.as_deref());
        }
    }
    let marks = |(source, urls): &(&SourceId, &[String])| {
        let mark = |url: &String| {
            let (_, mark) = last.get(&(source.as_str(), url.as_str()))?;
            Some((url.clone(), mark.map(str::to_owned)))
        };
        urls.iter().filter_map(mark).collect()
    };
    Ok(asked.iter().map(marks).collect())
}

/// One article.
pub async fn get(db: &Db, id: &ArticleId) -> Result<Option<Article>, StoreError> {
    const SQL: &str = "SELECT id, source, url, hash, version, title, text, author, credit, language, \
        published, first_seen, counts, mark FROM article WHERE id = $1";
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
    mark: Option<String>,
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
            mark: row.mark,
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

/// When the last new article came.
pub async fn last_seen(db: &Db) -> Result<Option<Timestamp>, StoreError> {
    let found: Option<(Option<i64>,)> =
        db.one("SELECT MAX(first_seen) FROM article", binds![]).await?;
    At { table: "article", row: "last" }.maybe_time("first_seen", found.and_then(|(at,)| at))
}
