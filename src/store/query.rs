//! Running one SQL text on either engine. Columns are TEXT or BIGINT, so two kinds of parameter are enough.

use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Database, Encode, Executor, FromRow, IntoArguments, SqlStr, Transaction, Type};

use super::dialect::Engine;
use super::{Db, StoreError};

/// A parameter of a query. An absent value keeps its type, which PostgreSQL wants to know.
#[derive(Debug, Clone)]
pub(super) enum Bind {
    Int(Option<i64>),
    Text(Option<String>),
}

/// A row that can be read from either engine.
pub(super) trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// The parameters of a query, in order.
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::query::Bind::from($value)),*] };
}
pub(super) use binds;

type Binds = Vec<Bind>;

impl Db {
    /// All rows of a query that does not write.
    pub(super) async fn all<T: Record>(
        &self,
        sql: &'static str,
        binds: Binds,
    ) -> Result<Vec<T>, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => all(&pools.read, Engine::Sqlite.adapt(sql), binds).await?,
            Self::Postgres(pool) => all(pool, Engine::Postgres.adapt(sql), binds).await?,
        })
    }

    /// The first row of a query that does not write.
    pub(super) async fn one<T: Record>(
        &self,
        sql: &'static str,
        binds: Binds,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, binds).await?.into_iter().next())
    }

    /// The rows that a writing query returns.
    pub(super) async fn change<T: Record>(
        &self,
        sql: &'static str,
        binds: Binds,
    ) -> Result<Vec<T>, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => all(&pools.write, Engine::Sqlite.adapt(sql), binds).await?,
            Self::Postgres(pool) => all(pool, Engine::Postgres.adapt(sql), binds).await?,
        })
    }

    /// How many rows a writing query changed.
    pub(super) async fn run(&self, sql: &'static str, binds: Binds) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => {
                let sql = Engine::Sqlite.adapt(sql);
                bound(sql, binds).execute(&pools.write).await?.rows_affected()
            }
            Self::Postgres(pool) => {
                let sql = Engine::Postgres.adapt(sql);
                bound(sql, binds).execute(pool).await?.rows_affected()
            }
        })
    }

    /// A transaction whose loss costs no more than doing it again, as gathering does: its end does not wait for the
    /// disk. A kill takes nothing of it. A power cut may take the last ones, the latest first, and never one before
    /// which another transaction was made to last.
    pub(super) async fn begin_unsynced(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => {
                let turn = pools.write.acquire().await?;
                let begin = Engine::Sqlite.begin_unsynced();
                Tx::Sqlite(pools.unsynced.begin_with(begin).await?, Some(turn))
            }
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with(Engine::Postgres.begin_unsynced()).await?)
            }
        })
    }

    /// The engine.
    pub(super) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that will write. Dropped without `commit`, it leaves no trace.
    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => {
                Tx::Sqlite(pools.write.begin_with(Engine::Sqlite.begin()).await?, None)
            }
            Self::Postgres(pool) => Tx::Postgres(pool.begin_with(Engine::Postgres.begin()).await?),
        })
    }
}

/// Several statements that take effect together or not at all. Never held across network input or output.
pub(super) enum Tx {
    /// Where another connection than the usual one writes, that one is held meanwhile, so that callers queue in order.
    Sqlite(Transaction<'static, Sqlite>, Option<PoolConnection<Sqlite>>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// All rows that a query returns, whether it writes or not.
    pub(super) async fn all<T: Record>(
        &mut self,
        sql: &'static str,
        binds: Binds,
    ) -> Result<Vec<T>, StoreError> {
        Ok(match self {
            Self::Sqlite(tx, _) => all(&mut **tx, Engine::Sqlite.adapt(sql), binds).await?,
            Self::Postgres(tx) => all(&mut **tx, Engine::Postgres.adapt(sql), binds).await?,
        })
    }

    /// The first row that a query returns.
    pub(super) async fn one<T: Record>(
        &mut self,
        sql: &'static str,
        binds: Binds,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, binds).await?.into_iter().next())
    }

    /// How many rows a query changed.
    pub(super) async fn run(&mut self, sql: &'static str, binds: Binds) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(tx, _) => {
                let sql = Engine::Sqlite.adapt(sql);
                bound(sql, binds).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let sql = Engine::Postgres.adapt(sql);
                bound(sql, binds).execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// The engine.
    pub(super) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(..) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Makes it last.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx, _turn) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

async fn all<'e, DB, E, T>(executor: E, sql: SqlStr, binds: Binds) -> Result<Vec<T>, sqlx::Error>
where
    DB: Database,
    E: Executor<'e, Database = DB>,
    DB::Arguments: IntoArguments<DB> + 'e,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    T: for<'r> FromRow<'r, DB::Row> + Send + Unpin,
{
    let rows = bound(sql, binds).fetch_all(executor).await?;
    rows.iter().map(T::from_row).collect()
}

fn bound<'q, DB>(sql: SqlStr, binds: Binds) -> sqlx::query::Query<'q, DB, DB::Arguments>
where
    DB: Database,
    Option<i64>: for<'v> Encode<'v, DB> + Type<DB>,
    Option<String>: for<'v> Encode<'v, DB> + Type<DB>,
{
    binds.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Bind::Int(value) => query.bind(value),
        Bind::Text(value) => query.bind(value),
    })
}

impl From<i64> for Bind {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Bind {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<bool> for Bind {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Timestamp> for Bind {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_microsecond()))
    }
}

impl From<Option<Timestamp>> for Bind {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_microsecond))
    }
}

impl From<&str> for Bind {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Bind {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<&str>> for Bind {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}

impl From<Option<String>> for Bind {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
