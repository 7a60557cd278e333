//! Articles: every version of every text that a source gave.

use std::collections::{HashMap, HashSet, VecDeque};

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
    Ok(insert_lists(db, vec![articles.to_vec()]).await?.into_iter().sum())
}

/// [`insert_new`] for several lists at once, all or none: how many were new in each. One wait for the disk for all.
pub async fn insert_lists(db: &Db, lists: Vec<Vec<Article>>) -> Result<Vec<u32>, StoreError> {
    let mut all = vec![0; lists.len()];
    let numbered = lists.into_iter().enumerate();
    let mut waiting: VecDeque<(usize, Article)> = numbered
        .flat_map(|(list, articles)| articles.into_iter().map(move |one| (list, one)))
        .collect();
    if waiting.is_empty() {
        return Ok(all);
    }
    let mut tx = db.begin_unsynced().await?;
    while !waiting.is_empty() {
        let next = without_repeats(&waiting);
        insert(&mut tx, waiting.drain(..next).collect(), &mut all).await?;
    }
    tx.commit().await?;
    db.wrote(all.iter().sum());
    Ok(all)
}

/// How many articles from the first on are each of another address: versions of one follow upon each other.
fn without_repeats(articles: &VecDeque<(usize, Article)>) -> usize {
    let mut seen = HashSet::new();
    let mut addresses =
        articles.iter().map(|(_, one)| (one.source.as_str(), one.found.url.as_str()));
    addresses.position(|address| !seen.insert(address)).unwrap_or(articles.len())
}

/// Inserts those of the articles that are not known, each with the next version at its address, and counts them in
/// `all`, by their lists.
async fn insert(
    tx: &mut Tx,
    articles: Vec<(usize, Article)>,
    all: &mut [u32],
) -> Result<(), StoreError> {
    static SQL: Many = Many::new(
        "INSERT /*or ignore*/ INTO article (id, source, url, hash, title, text, author, credit, \
            language, published, first_seen, mark, counts, version) \
        VALUES /*rows*/ ON CONFLICT DO NOTHING",
        14,
    );
    // Looked up apart: SQLite copies all rows of an insertion that reads the table it goes into.
    let shelf = Shelf::of(tx, &articles).await?;
    let (mut unknown, mut known, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (list, article) in articles {
        let shown = shelf.get(&article);
        if shown.is_some_and(|shown| shown.hashes.contains(&article.hash)) {
            known.push(article);
            continue;
        }
        let (counts, last) = shown.map_or((true, 0), |shown| (shown.counts, shown.version));
        unknown.push((list, article.id.clone(), article.first_seen));
        let found = article.found;
        rows.push(binds![
            article.id.as_str(),
            article.source.as_str(),
            found.url,
            article.hash,
            found.title,
            found.text,
            found.author,
            found.credit,
            found.language,
            found.published,
            article.first_seen,
            found.mark,
            article.counts && counts,
            last + 1,
        ]);
    }
    let inserted = SQL.run(tx, rows).await?;
    if inserted < unknown.len() as u64 {
        unknown = ours(tx, unknown).await?;
    }
    for (list, ..) in unknown {
        if let Some(count) = all.get_mut(list) {
            *count += 1;
        }
    }
    for article in &known {
        look_again(tx, article).await?;
    }
    Ok(())
}

/// An article that was to be inserted: its list, its id, and when it was found.
type Inserted = (usize, ArticleId, Timestamp);

/// Of articles of which another process inserted some at the same time those that we did.
async fn ours(tx: &mut Tx, articles: Vec<Inserted>) -> Result<Vec<Inserted>, StoreError> {
    static SQL: Many = Many::new(
        "SELECT a.id FROM (VALUES /*rows*/) AS v \
        JOIN article a ON a.id = v.column1 AND a.first_seen = v.column2",
        2,
    );
    let asked = articles.iter().map(|(_, id, seen)| binds![id.as_str(), *seen]);
    let found: Vec<(String,)> = SQL.write(tx, asked.collect()).await?;
    let found: HashSet<String> = found.into_iter().map(|(id,)| id).collect();
    Ok(articles.into_iter().filter(|(_, id, _)| found.contains(id.as_str())).collect())
}

/// What an address showed so far.
struct Shown {
    /// The last version.
    version: i64,
    /// Whether all versions count.
    counts: bool,
    /// Of each version's text.
    hashes: Vec<String>,
}

/// What the addresses of some articles showed, by source and address.
struct Shelf(HashMap<(String, String), Shown>);

impl Shelf {
    /// Looks up the addresses of `articles`.
    async fn of(tx: &mut Tx, articles: &[(usize, Article)]) -> Result<Self, StoreError> {
        static SQL: Many = Many::new(
            "SELECT a.source, a.url, a.version, a.counts, a.hash FROM (VALUES /*rows*/) AS v \
            JOIN article a ON a.source = v.column1 AND a.url = v.column2",
            2,
        );
        let asked =
            |(_, one): &(usize, Article)| binds![one.source.as_str(), one.found.url.as_str()];
        let rows: Vec<(String, String, i64, i64, String)> =
            SQL.write(tx, articles.iter().map(asked).collect()).await?;
        let mut shelf = HashMap::new();
        for (source, url, version, counts, hash) in rows {
            let nothing = || Shown { version: 0, counts: true, hashes: Vec::new() };
            let shown = shelf.entry((source, url)).or_insert_with(nothing);
            shown.version = shown.version.max(version);
            shown.counts &= counts != 0;
            shown.hashes.push(hash);
        }
        Ok(Self(shelf))
    }

    fn get(&self, article: &Article) -> Option<&Shown> {
        // Nearly always nothing is known, and no key need be made.
        let key = || (article.source.to_string(), article.found.url.clone());
        if self.0.is_empty() { None } else { self.0.get(&key()) }
    }
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
