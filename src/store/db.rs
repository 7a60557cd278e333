//! The database: which engine, how it is opened, how its tables are brought up to date.

use std::fmt;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::error::DatabaseError;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::log::Log;
use super::{StoreError, articles};

static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations");

/// How long a statement waits for SQLite's one writer, in another process too.
const BUSY: Duration = Duration::from_secs(15);
/// How long a caller waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(30);
const READERS: u32 = 4;
/// The size of a page of a new database, in bytes: three articles go into one, of SQLite's own 4 KiB each takes one. In
/// pages of twice the size a run takes a twentieth less time, but a million known articles slow it by more.
const PAGE: u32 = 8192;
/// After how many pages the write-ahead log is moved into the database. All writing waits for that, and for the disk.
const CHECKPOINT_PAGES: &str = "4000";
/// The same where much is written that does not wait for the disk: there [`Log`] moves it meanwhile, and this only keeps
/// it from growing without end, at 256 MiB.
const UNSYNCED_CHECKPOINT_PAGES: &str = "32000";
/// The pages that a connection keeps in memory, in KiB (so the minus): of a million articles the upper levels of each
/// index, and what one batch changes.
const CACHE: &str = "-4000";
/// The same of each that only reads: what another writes makes it read anew.
const READER_CACHE: &str = "-3000";
/// The same of the one that moves the log, which it does past its cache.
const LOG_CACHE: &str = "-500";
/// How many rows a connection gives before they are taken: as many as a statement over several rows returns.
const ROWS_WAITING: usize = 128;
/// How often, and after which pause, a start is tried again that met another process's.
const RACES: u32 = 20;
const RACE_PAUSE: Duration = Duration::from_millis(50);
const POSTGRES_CONNECTIONS: u32 = 10;

/// The database of an installation. Cloning it is cheap; all clones share their connections.
#[derive(Clone)]
pub enum Db {
    /// A file on this machine.
    Sqlite(SqlitePools),
    /// A server that several machines share.
    Postgres(PgPool),
}

/// SQLite has one writer at a time; a pool of one connection makes the callers of this process queue in order,
/// where SQLite's own busy handler would let them sleep and race.
#[derive(Clone)]
pub struct SqlitePools {
    pub(super) read: SqlitePool,
    pub(super) write: SqlitePool,
    /// For what need not wait for the disk; opened when it is first used.
    pub(super) unsynced: SqlitePool,
    pub(super) log: Log,
}

impl Db {
    /// Opens the database at `url`: `sqlite:FILE` (made when it is missing) or `postgres://…`.
    ///
    /// # Errors
    ///
    /// When the address cannot be understood, or the database does not open.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", _)) => connect_sqlite(url).await,
            Some(("postgres" | "postgresql", _)) => connect_postgres(url).await,
            _ => Err(bad_url(url)),
        }
    }

    /// Brings the tables up to date; does nothing when they are.
    ///
    /// # Errors
    ///
    /// [`StoreError::NewerSchema`] when a later version has written this database.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let result = match self {
            Self::Sqlite(pools) => migrate_sqlite(&pools.write).await,
            Self::Postgres(pool) => MIGRATOR.run(pool).await,
        };
        result.map_err(|error| self.migration_error(error))?;
        articles::fill_addresses(self).await
    }

    /// Ends all connections, after what runs on them has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pools) => {
                pools.read.close().await;
                pools.unsynced.close().await;
                pools.log.close().await;
                pools.write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Notes that so many articles were written: SQLite's log is moved into the database meanwhile, see [`Log`].
    pub(super) fn wrote(&self, articles: u32) {
        if let Self::Sqlite(pools) = self {
            pools.log.wrote(articles);
        }
    }

    /// Which database it is, without a password: for messages.
    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(pools) => sqlite_place(pools.write.connect_options().get_filename()),
            Self::Postgres(pool) => postgres_place(&pool.connect_options()),
        }
    }

    fn migration_error(&self, error: MigrateError) -> StoreError {
        let database = self.place();
        match error {
            MigrateError::VersionMissing(found) => {
                let known = MIGRATOR.iter().map(|step| step.version).max().unwrap_or(0);
                StoreError::NewerSchema { database, found, known }
            }
            source => StoreError::Migrate { database, source },
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({})", self.place())
    }
}

async fn connect_sqlite(url: &str) -> Result<Db, StoreError> {
    if url.contains(":memory:") {
        return Err(bad_url(url));
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|_| bad_url(url))?;
    let options = options
        .create_if_missing(true)
        .page_size(PAGE)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .pragma("cache_size", CACHE)
        // what a statement notes of the pages it changes: at most a batch
        .pragma("temp_store", "memory")
        .busy_timeout(BUSY)
        .row_buffer_size(ROWS_WAITING);
    let open = |source| StoreError::Open { database: sqlite_place(options.get_filename()), source };
    // The writer first: it makes the file and turns on the write-ahead log.
    let write = open_writer(&options).await.map_err(open)?;
    let unsynced = options
        .clone()
        .synchronous(SqliteSynchronous::Normal)
        .pragma("wal_autocheckpoint", UNSYNCED_CHECKPOINT_PAGES);
    let moving = unsynced.clone().pragma("cache_size", LOG_CACHE);
    let log = Log::of(pool(1).connect_lazy_with(moving), options.get_filename().to_path_buf());
    let unsynced = pool(1).connect_lazy_with(unsynced);
    let reading = options.clone().pragma("query_only", "on").pragma("cache_size", READER_CACHE);
    let read = pool(READERS).connect_with(reading).await.map_err(open)?;
    Ok(Db::Sqlite(SqlitePools { read, write, unsynced, log }))
}

// SQLite has no lock that covers the making of the file, the turning on of its log and the making of the tables. So
// of several processes that start at once on a new file, those that meet another's work look again.

async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    for _ in 0..RACES {
        match pool(1).connect_with(options.clone()).await {
            Err(error) if is_busy(&error) => tokio::time::sleep(RACE_PAUSE).await,
            opened => return opened,
        }
    }
    pool(1).connect_with(options.clone()).await
}

async fn migrate_sqlite(writer: &SqlitePool) -> Result<(), MigrateError> {
    for _ in 0..RACES {
        match MIGRATOR.run(writer).await {
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) => {
                tokio::time::sleep(RACE_PAUSE).await;
            }
            ended => return ended,
        }
    }
    MIGRATOR.run(writer).await
}

/// `SQLITE_BUSY` in any of its forms.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code % 256 == 5)
}

/// Connections are not tried before each use: a file does not go away as a server does.
fn pool(size: u32) -> SqlitePoolOptions {
    let options = SqlitePoolOptions::new().test_before_acquire(false);
    options.max_connections(size).acquire_timeout(ACQUIRE)
}

async fn connect_postgres(url: &str) -> Result<Db, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| bad_url(url))?;
    let options = options.application_name("sitrep");
    let database = postgres_place(&options);
    // A pool would try again until its time is up, and then say only that. One connection says at once what is
    // wrong.
    let trial = PgConnection::connect_with(&options).await;
    let trial = trial.map_err(|source| StoreError::Open { database, source })?;
    trial.close().await?;
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE);
    Ok(Db::Postgres(pool.connect_lazy_with(options)))
}

fn sqlite_place(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

fn postgres_place(options: &PgConnectOptions) -> String {
    let (host, port) = (options.get_host(), options.get_port());
    let name = options.get_database().unwrap_or_else(|| options.get_username());
    format!("postgres://{host}:{port}/{name}")
}

/// The address that was given, without what may be a password.
fn bad_url(url: &str) -> StoreError {
    let shown = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    };
    StoreError::Url { url: shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_refused_is_shown_without_its_password() {
        let shown = bad_url("mysql://me:secret@host/db").to_string();
        assert!(shown.contains("mysql://…@host/db"), "{shown}");
        assert!(!shown.contains("secret"));
    }

    #[tokio::test]
    async fn an_unknown_scheme_is_refused_with_what_to_write_instead() {
        let error = Db::connect("mysql://host/db").await.unwrap_err().to_string();
        assert!(error.contains("`mysql://host/db`") && error.contains("sqlite:FILE"), "{error}");
    }
}
