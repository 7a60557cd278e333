//! A copy of the whole database as it is at one instant, and the way back.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Stdio;

use sqlx::{AssertSqlSafe, SqlSafeStr as _};
use tokio::process::Command;

use super::query::binds;
use super::{Db, StoreError};

/// Which programs PostgreSQL's own tools are.
const DUMP: &str = "pg_dump";
const RESTORE: &str = "pg_restore";

/// Copies the database at `url` into the new file `path`, which only its owner may read. The program may go on working
/// meanwhile.
pub async fn save(db: &Db, url: &str, path: &Path) -> Result<(), StoreError> {
    // SQLite and pg_dump take a file that is there and empty, so that nobody else can ever read it.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map_err(|error| failed(path, error.to_string()))?;
    match db {
        Db::Sqlite(pools) => {
            let quoted = path.display().to_string().replace('\'', "''");
            // Safe: the name is quoted, and VACUUM takes no parameter on every version.
            let sql = AssertSqlSafe(format!("VACUUM INTO '{quoted}'")).into_sql_str();
            sqlx::query(sql).execute(&pools.write).await?;
            Ok(())
        }
        Db::Postgres(_) => {
            let target = path.display().to_string();
            let options = ["--format=custom", "--no-owner", "--file", target.as_str()];
            call(DUMP, &options, url).await
        }
    }
}

/// Brings a copy back into the PostgreSQL database at `url`, in place of what is there. A copy of SQLite is the
/// database's file itself.
pub async fn load_postgres(url: &str, path: &Path) -> Result<(), StoreError> {
    let source = path.display().to_string();
    let options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", source.as_str()];
    call(RESTORE, &options, url).await
}

/// Whether anything was written into the database before.
pub async fn is_new(db: &Db) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM subscriber) + (SELECT COUNT(*) FROM article) \
        + (SELECT COUNT(*) FROM issue) + (SELECT COUNT(*) FROM source)";
    let found: Option<(i64,)> = db.one(SQL, binds![]).await?;
    Ok(found.is_none_or(|(rows,)| rows == 0))
}

/// Runs one of PostgreSQL's tools; the password goes by the environment, where other users cannot read it.
async fn call(program: &str, options: &[&str], url: &str) -> Result<(), StoreError> {
    let mut address =
        url::Url::parse(url).map_err(|_| StoreError::Url { url: "…".to_owned() })?;
    let password = address.password().map(decoded);
    let _ = address.set_password(None);
    let mut command = Command::new(program);
    command.args(options).arg("--dbname").arg(address.as_str());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let ended = command.stdin(Stdio::null()).output().await;
    let ended = ended.map_err(|error| tool(program, error.to_string()))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    Err(tool(program, said.lines().last().unwrap_or_default().to_owned()))
}

/// `%40` as `@`.
fn decoded(text: &str) -> String {
    let pair = format!("p={}", text.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
    pairs.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn tool(program: &str, said: String) -> StoreError {
    StoreError::Tool { program: program.to_owned(), said }
}

fn failed(path: &Path, said: String) -> StoreError {
    StoreError::Snapshot { path: path.to_owned(), said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_handed_on_as_it_is_meant() {
        assert_eq!(decoded("a%40b+c%25"), "a@b+c%");
    }
}
