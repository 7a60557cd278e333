//! What can go wrong in the store.

/// Why the store could not answer. "Not found" is no error: look-ups return `Option`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database cannot be understood.
    #[error(
        "`{url}` is no database address: write `sqlite:FILE` or `postgres://USER@HOST:PORT/NAME`"
    )]
    Url {
        /// What was given, without a password.
        url: String,
    },
    /// The database does not open or answer.
    #[error(
        "cannot open the database `{database}`: check that it is there and that this user may use it"
    )]
    Open {
        /// Which, without a password.
        database: String,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
    /// A later version of sitrep has written this database.
    #[error(
        "the database `{database}` was written by a newer sitrep (its schema has step {found}, this \
         version knows {known}): install that version, or restore a backup made before the upgrade"
    )]
    NewerSchema {
        /// Which, without a password.
        database: String,
        /// The step that we do not know.
        found: i64,
        /// The last step that we know.
        known: i64,
    },
    /// The tables could not be brought up to date.
    #[error(
        "the tables of the database `{database}` could not be brought up to date; nothing was changed"
    )]
    Migrate {
        /// Which, without a password.
        database: String,
        /// What the driver says.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// A query failed.
    #[error("the database refused a query")]
    Driver(#[from] sqlx::Error),
    /// A value in a row is not what this program writes.
    #[error("in table `{table}`, row `{row}`, column `{column}` holds what cannot be read: {why}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The key of the row.
        row: String,
        /// What is wrong with it.
        why: String,
    },
    /// One of PostgreSQL's own tools.
    #[error("`{program}` failed: {said}; install the client tools of the server's version")]
    Tool {
        /// Which.
        program: String,
        /// Its last words.
        said: String,
    },
    /// A copy of the database.
    #[error("cannot write the copy `{path}`: {said}")]
    Snapshot {
        /// Where.
        path: std::path::PathBuf,
        /// Why.
        said: String,
    },
    /// A value cannot be written as JSON.
    #[error("a `{what}` cannot be written as JSON")]
    Encode {
        /// The type of the value.
        what: &'static str,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}
