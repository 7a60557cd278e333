//! Notices: each turn for the worse or the better, and whether an editor was told.

use jiff::Timestamp;

use crate::model::notice::{Notice, NoticeKind};

use super::codec::{At, word};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Keeps a notice, unless the last one about its subject says the same, or it says that all is well where nothing was
/// wrong. Says whether it is kept.
pub async fn put(db: &Db, notice: &Notice) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let kept = write(&mut tx, notice).await?;
    tx.commit().await?;
    Ok(kept)
}

pub(super) async fn write(tx: &mut Tx, notice: &Notice) -> Result<bool, StoreError> {
    const LAST: &str = "SELECT kind FROM notice WHERE subject = $1 ORDER BY at DESC LIMIT 1";
    const SQL: &str = "INSERT INTO notice (subject, at, kind, text, told_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (subject, at) DO NOTHING";
    let last: Option<(String,)> = tx.one(LAST, binds![notice.subject.as_str()]).await?;
    let at = At { table: "notice", row: &notice.subject };
    let last = last.map(|(kind,)| at.word::<NoticeKind>("kind", &kind)).transpose()?;
    if last.is_some_and(NoticeKind::is_bad) == notice.kind.is_bad() {
        return Ok(false);
    }
    let (subject, text) = (notice.subject.as_str(), notice.text.as_str());
    let binds = binds![subject, notice.at, word(notice.kind)?, text, notice.told_at];
    Ok(tx.run(SQL, binds).await? > 0)
}

/// The notices that nobody was told of, oldest first.
pub async fn untold(db: &Db) -> Result<Vec<Notice>, StoreError> {
    const SQL: &str = "SELECT subject, at, kind, text, told_at FROM notice \
        WHERE told_at IS NULL ORDER BY at, subject";
    read(db.all(SQL, binds![]).await?)
}

/// What is wrong now: the last notice of each subject, where it is a bad one.
pub async fn standing(db: &Db) -> Result<Vec<Notice>, StoreError> {
    const SQL: &str = "SELECT subject, at, kind, text, told_at FROM notice n \
        WHERE at = (SELECT MAX(at) FROM notice o WHERE o.subject = n.subject) ORDER BY at, subject";
    let mut last = read(db.all(SQL, binds![]).await?)?;
    last.retain(|notice| notice.kind.is_bad());
    Ok(last)
}

/// Notes that an editor was told. Says whether that was still to be done: of two who tell at once, one is first.
pub async fn told(db: &Db, notice: &Notice, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE notice SET told_at = $3 WHERE subject = $1 AND at = $2 AND told_at IS NULL";
    Ok(db.run(SQL, binds![notice.subject.as_str(), notice.at, now]).await? > 0)
}

type Row = (String, i64, String, String, Option<i64>);

fn read(rows: Vec<Row>) -> Result<Vec<Notice>, StoreError> {
    let read = |(subject, at, kind, text, told_at): Row| {
        let row = At { table: "notice", row: &subject };
        let (at, told_at) = (row.time("at", at)?, row.maybe_time("told_at", told_at)?);
        let kind = row.word("kind", &kind)?;
        Ok(Notice { subject, at, kind, text, told_at })
    };
    rows.into_iter().map(read).collect()
}
