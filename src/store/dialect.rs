//! The few words in which the SQL of the two engines differs. Everything else is one text for both.

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// Stands in a query after the rows that a worker picks.
const LOCK: &str = "/*lock*/";

/// Stands in an insertion over many rows that does nothing where a row is there already.
pub(super) const OR_IGNORE: &str = "/*or ignore*/";

impl Engine {
    /// SQLite keeps a copy of each page that a statement over many rows changes, in case that it fails halfway; one that
    /// passes over a row instead cannot. PostgreSQL has no such words and no such cost.
    pub(super) fn or_ignore(self) -> &'static str {
        match self {
            Self::Sqlite => "OR IGNORE",
            Self::Postgres => "",
        }
    }

    /// Picked rows: PostgreSQL passes over what another machine has locked; SQLite has one writer, so nothing
    /// can be locked there.
    fn lock(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// How a transaction begins that will write: SQLite takes the write lock at once, since a reader that turns
    /// writer fails where it would have to wait.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// How a transaction begins whose loss costs no more than doing it again: its end does not wait for the disk. SQLite
    /// has a connection for these, see `Db::begin_unsynced`.
    pub(super) fn begin_unsynced(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN; SET LOCAL synchronous_commit = off",
        }
    }

    /// Parameter number `at` of a statement in which each stands once and in order. In SQLite they have no names there:
    /// it looks each name up among all of the statement.
    pub(super) fn place(self, at: usize) -> String {
        match self {
            Self::Sqlite => "?".to_owned(),
            Self::Postgres => format!("${at}"),
        }
    }

    /// The query in this engine's words.
    pub(super) fn adapt(self, sql: &'static str) -> SqlStr {
        if sql.contains(LOCK) {
            // Safe: both texts are constants of this program.
            AssertSqlSafe(sql.replace(LOCK, self.lock())).into_sql_str()
        } else {
            sql.into_sql_str()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lock_clause_differs() {
        let sql = "SELECT id FROM job LIMIT 1 /*lock*/";
        assert_eq!(Engine::Sqlite.adapt(sql).as_str(), "SELECT id FROM job LIMIT 1 ");
        let postgres = Engine::Postgres.adapt(sql);
        assert_eq!(postgres.as_str(), "SELECT id FROM job LIMIT 1 FOR UPDATE SKIP LOCKED");
    }
}
