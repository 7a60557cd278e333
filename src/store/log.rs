//! SQLite's write-ahead log, moved into the database while others write on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use sqlx::SqlitePool;

/// After how many new articles the log is moved: some 12 MB.
const ARTICLES: u32 = 4000;

/// Moves the log over a connection of its own, so that whoever writes much need not wait for it.
#[derive(Clone)]
pub(super) struct Log {
    connection: SqlitePool,
    /// How many articles were written since it was last moved.
    written: Arc<AtomicU32>,
    moving: Arc<AtomicBool>,
}

impl Log {
    /// The log of the database of this connection.
    pub(super) fn of(connection: SqlitePool) -> Self {
        Self { connection, written: Arc::default(), moving: Arc::default() }
    }

    /// Notes that so many articles were written, and lets the log be moved where they are many.
    pub(super) fn wrote(&self, articles: u32) {
        let written = self.written.fetch_add(articles, Ordering::Relaxed).saturating_add(articles);
        if written >= ARTICLES && !self.moving.swap(true, Ordering::AcqRel) {
            self.written.store(0, Ordering::Relaxed);
            tokio::spawn(self.clone().move_it());
        }
    }

    /// Moves what nobody reads or writes just now. What is left, also by an error, is moved next time.
    async fn move_it(self) {
        let moved = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&self.connection).await;
        if let Err(error) = moved {
            tracing::debug!(%error, "the write-ahead log stays");
        }
        self.moving.store(false, Ordering::Release);
    }

    /// Ends the connection, after a move under way.
    pub(super) async fn close(&self) {
        self.connection.close().await;
    }
}
