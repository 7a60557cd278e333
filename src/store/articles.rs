//! Articles: every version of every text that a source gave.

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::Timestamp;
use twox_hash::XxHash3_64;

use crate::model::article::{Article, FoundArticle};
use crate::model::id::{ArticleId, SourceId};

use super::codec::{At, count};
use super::many::Many;
use super::query::{Bind, Tx, binds};
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
    let articles: Vec<Listed> = numbered
        .flat_map(|(list, articles)| articles.into_iter().map(move |one| (list, one)))
        .collect();
    if articles.is_empty() {
        return Ok(all);
    }
    let new = match insert_first(db, &articles).await? {
        Some(new) => new,
        None => insert_next(db, articles).await?,
    };
    for list in &new {
        if let Some(count) = all.get_mut(*list) {
            *count += 1;
        }
    }
    db.wrote(u32::try_from(new.len()).unwrap_or(u32::MAX));
    Ok(all)
}

/// An article, and in which of the lists it stands.
type Listed = (usize, Article);

/// So many articles are copied for the database at a time.
const COPIED_AT_ONCE: usize = 512;

/// Inserts the articles where no address among them gave anything before, so nearly always; none of them where one did.
/// Gives the list of each. Only later versions are looked for, where an address may have no first one any more.
async fn insert_first(db: &Db, articles: &[Listed]) -> Result<Option<Vec<usize>>, StoreError> {
    static LATER: Many = Many::new(
        "SELECT a.id FROM (VALUES /*rows*/) AS v JOIN article a \
        ON a.source = v.column1 AND a.address = v.column2 AND a.version > 1",
        2,
    );
    if without_repeats(articles.iter()) < articles.len() {
        return Ok(None);
    }
    let mut tx = db.begin_unsynced().await?;
    for some in articles.chunks(COPIED_AT_ONCE) {
        let rows = some.iter().map(|(_, article)| row(article, 1, article.counts));
        if INSERT.run(&mut tx, rows.collect()).await? < some.len() as u64 {
            return Ok(None);
        }
        let later: Vec<(String,)> = LATER.write(&mut tx, some.iter().map(place).collect()).await?;
        if !later.is_empty() {
            return Ok(None);
        }
    }
    tx.commit().await?;
    Ok(Some(articles.iter().map(|(list, _)| *list).collect()))
}

/// Inserts those of the articles that are new, each as the next version at its address, and gives their lists.
async fn insert_next(db: &Db, articles: Vec<Listed>) -> Result<Vec<usize>, StoreError> {
    let (mut tx, mut new) = (db.begin_unsynced().await?, Vec::new());
    let mut articles = VecDeque::from(articles);
    while !articles.is_empty() {
        let next = without_repeats(articles.iter());
        new.extend(insert_versions(&mut tx, articles.drain(..next).collect()).await?);
    }
    tx.commit().await?;
    Ok(new)
}

/// How many articles from the first on are each of another address: versions of one follow upon each other.
fn without_repeats<'a>(mut articles: impl ExactSizeIterator<Item = &'a Listed>) -> usize {
    let (all, mut seen) = (articles.len(), HashSet::new());
    let repeated = articles.position(|(_, one)| !seen.insert((&one.source, &one.found.url)));
    repeated.unwrap_or(all)
}

/// [`insert_next`] for articles each of another address.
async fn insert_versions(tx: &mut Tx, articles: Vec<Listed>) -> Result<Vec<usize>, StoreError> {
    // Looked up apart: SQLite copies all rows of an insertion that reads the table it goes into.
    let shelf = Shelf::of(tx, &articles).await?;
    let (mut unknown, mut rows) = (Vec::new(), Vec::new());
    for (list, article) in articles {
        match shelf.get(&article) {
            Some(shown) if shown.hashes.contains(&article.hash) => look_again(tx, &article).await?,
            shown => {
                let (counts, last) = shown.map_or((true, 0), |shown| (shown.counts, shown.version));
                rows.push(row(&article, last + 1, article.counts && counts));
                unknown.push((list, article));
            }
        }
    }
    if INSERT.run(tx, rows).await? < unknown.len() as u64 {
        let ours = ours(tx, &unknown).await?;
        unknown.retain(|(_, article)| ours.contains(article.id.as_str()));
    }
    Ok(unknown.into_iter().map(|(list, _)| list).collect())
}

static INSERT: Many = Many::new(
    "INSERT /*or ignore*/ INTO article (id, source, address, url, hash, title, text, author, credit, \
        language, published, first_seen, mark, counts, version) \
    VALUES /*rows*/ ON CONFLICT DO NOTHING",
    15,
);

/// What [`INSERT`] takes for an article.
fn row(article: &Article, version: i64, counts: bool) -> Vec<Bind> {
    let found = &article.found;
    binds![
        article.id.as_str(),
        article.source.as_str(),
        hash_of(&found.url),
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
        counts,
        version,
    ]
}

/// By what the versions of an article are found: its source and its address's number.
fn place((_, article): &Listed) -> Vec<Bind> {
    binds![article.source.as_str(), hash_of(&article.found.url)]
}

/// Under which number an address is kept: two of one source have the same in one of some 10⁷ sources of a million
/// articles each, and pass then for one address.
fn hash_of(address: &str) -> i64 {
    XxHash3_64::oneshot(address.as_bytes()).cast_signed()
}

/// Of articles of which another process inserted some at the same time the ids of those that we inserted.
async fn ours(tx: &mut Tx, articles: &[Listed]) -> Result<HashSet<String>, StoreError> {
    static SQL: Many = Many::new(
        "SELECT a.id FROM (VALUES /*rows*/) AS v \
        JOIN article a ON a.id = v.column1 AND a.first_seen = v.column2",
        2,
    );
    let asked = articles.iter().map(|(_, one)| binds![one.id.as_str(), one.first_seen]);
    let found: Vec<(String,)> = SQL.write(tx, asked.collect()).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
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

/// What the addresses of some articles showed, by source and the address's number.
struct Shelf(HashMap<(String, i64), Shown>);

impl Shelf {
    /// Looks up the addresses of `articles`.
    async fn of(tx: &mut Tx, articles: &[Listed]) -> Result<Self, StoreError> {
        static SQL: Many = Many::new(
            "SELECT a.source, a.address, a.version, a.counts, a.hash FROM (VALUES /*rows*/) AS v \
            JOIN article a ON a.source = v.column1 AND a.address = v.column2",
            2,
        );
        let rows: Vec<(String, i64, i64, i64, String)> =
            SQL.write(tx, articles.iter().map(place).collect()).await?;
        let mut shelf = HashMap::new();
        for (source, address, version, counts, hash) in rows {
            let nothing = || Shown { version: 0, counts: true, hashes: Vec::new() };
            let shown = shelf.entry((source, address)).or_insert_with(nothing);
            shown.version = shown.version.max(version);
            shown.counts &= counts != 0;
            shown.hashes.push(hash);
        }
        Ok(Self(shelf))
    }

    fn get(&self, article: &Article) -> Option<&Shown> {
        self.0.get(&(article.source.to_string(), hash_of(&article.found.url)))
    }
}

/// A known text is what its address shows now, whatever came between; and so its source lists it.
async fn look_again(tx: &mut Tx, article: &Article) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE article SET mark = COALESCE($4, mark), \
            version = (SELECT MAX(o.version) + CASE WHEN MAX(o.version) = article.version \
                THEN 0 ELSE 1 END FROM article o WHERE o.source = $1 AND o.address = $2) \
        WHERE source = $1 AND address = $2 AND hash = $3";
    let (source, address) = (article.source.as_str(), hash_of(&article.found.url));
    let mark = article.found.mark.as_deref();
    tx.run(SQL, binds![source, address, article.hash.as_str(), mark]).await.map(drop)
}

/// How many addresses are given their numbers at a time.
const FILLED_AT_ONCE: u32 = 4096;

/// Gives the addresses of articles that an earlier version stored their numbers.
pub(super) async fn fill_addresses(db: &Db) -> Result<(), StoreError> {
    const SQL: &str = "SELECT id, url FROM article WHERE address IS NULL LIMIT $1";
    static FILL: Many = Many::new(
        "UPDATE article SET address = v.column2 FROM (VALUES /*rows*/) AS v \
        WHERE article.id = v.column1",
        2,
    );
    loop {
        let rows: Vec<(String, String)> = db.all(SQL, binds![FILLED_AT_ONCE]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut tx = db.begin_unsynced().await?;
        let numbers = rows.iter().map(|(id, url)| binds![id.as_str(), hash_of(url)]);
        FILL.run(&mut tx, numbers.collect()).await?;
        tx.commit().await?;
    }
}

/// Marks by address: how a source listed an article the last time.
pub type Marks = HashMap<String, Option<String>>;

/// Of each source and its addresses those that it gave before, each with its mark.
pub async fn known(db: &Db, asked: &[(&SourceId, &[String])]) -> Result<Vec<Marks>, StoreError> {
    static SQL: Many = Many::new(
        "SELECT a.source, a.url, a.version, a.mark FROM (VALUES /*rows*/) AS v \
        JOIN article a ON a.source = v.column1 AND a.address = v.column2",
        2,
    );
    let keys = asked.iter().flat_map(|(source, urls)| urls.iter().map(|url| (*source, url)));
    let keys = keys.map(|(source, url)| binds![source.as_str(), hash_of(url)]);
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
