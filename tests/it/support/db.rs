//! A fresh database for each test, gone afterwards, on either engine.

use sitrep::store::Db;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqlSafeStr as _};
use tempfile::TempDir;
use uuid::Uuid;

/// Names the PostgreSQL server of the contract tests; `tests/postgres.sh start` prints one.
const POSTGRES_URL: &str = "SITREP_TEST_POSTGRES_URL";

/// A migrated database of a test's own. Dropping it removes the database, after a panic too.
pub(crate) struct TestDb {
    pub(crate) db: Db,
    pub(crate) url: String,
    home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { admin: String, name: String },
}

impl TestDb {
    /// A file in a temporary folder.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("sitrep.db").display());
        let db = Db::connect(&url).await.unwrap();
        db.migrate().await.unwrap();
        Self { db, url, home: Home::Folder { _folder: folder } }
    }

    /// A new database on the test server; none without a server, which in CI is a failure.
    pub(crate) async fn postgres() -> Option<Self> {
        let admin = server()?;
        let name = format!("sitrep_test_{}", Uuid::new_v4().simple());
        administer(&admin, &format!("CREATE DATABASE {name}")).await;
        let (base, _) = admin.rsplit_once('/').unwrap();
        let url = format!("{base}/{name}");
        let db = Db::connect(&url).await.unwrap();
        let test = Self { db, url, home: Home::Server { admin, name } };
        test.db.migrate().await.unwrap();
        Some(test)
    }

    /// The same database through connections of its own, as another process has it.
    pub(crate) async fn another(&self) -> Db {
        Db::connect(&self.url).await.unwrap()
    }

    /// Runs a statement on it that the store would never run.
    pub(crate) async fn tamper(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned()).into_sql_str();
        if let Home::Server { .. } = self.home {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        }
    }
}

impl Drop for TestDb {
    /// On a thread of its own, because a destructor cannot wait for the test's runtime.
    fn drop(&mut self) {
        let Home::Server { admin, name } = &self.home else { return };
        let (admin, sql) = (admin.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(administer(&admin, &sql));
        });
        assert!(dropping.join().is_ok() || std::thread::panicking(), "the database stays");
    }
}

async fn administer(admin: &str, sql: &str) {
    let mut connection = PgConnection::connect(admin).await.unwrap();
    let sql = AssertSqlSafe(sql.to_owned()).into_sql_str();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "where the test server is, only the caller knows")]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn server() -> Option<String> {
    let server = std::env::var(POSTGRES_URL).ok().filter(|url| !url.is_empty());
    if server.is_none() {
        let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !in_ci,
            "no PostgreSQL: set {POSTGRES_URL} to what `tests/postgres.sh start` prints"
        );
        eprintln!("skipped: no PostgreSQL, {POSTGRES_URL} is not set");
    }
    server
}

/// Stories that must come out the same on both engines: each becomes one test on SQLite and one on PostgreSQL.
macro_rules! contract {
    ($(async fn $name:ident($test:ident: &$db:ident) $story:block)+) => {$(
        mod $name {
            use super::*;

            async fn story($test: &$db) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story(&$db::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(test) = $db::postgres().await {
                    story(&test).await;
                }
            }
        }
    )+};
}
pub(crate) use contract;
