//! SQLite's write-ahead log, moved into the database while others write on.

use std::fs::File;
use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

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
    file: Arc<DatabaseFile>,
}

impl Log {
    /// The log of the database at `path`, moved over `connection`.
    pub(super) fn of(connection: SqlitePool, path: PathBuf) -> Self {
        let file = Arc::new(DatabaseFile { path, open: OnceLock::new() });
        Self { connection, written: Arc::default(), moving: Arc::default(), file }
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
        if let Err(error) = self.try_move().await {
            tracing::debug!(%error, "the write-ahead log stays");
        }
        self.moving.store(false, Ordering::Release);
    }

    async fn try_move(&self) -> Result<(), sqlx::Error> {
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&self.connection).await?;
        let file = Arc::clone(&self.file);
        let synced = tokio::task::spawn_blocking(move || file.sync()).await;
        Ok(synced.map_err(io::Error::other)??)
    }

    /// Ends the connection, after a move under way.
    pub(super) async fn close(&self) {
        self.connection.close().await;
    }
}

/// The database's file, which is written to the disk after each move: SQLite does that only where nobody wrote
/// meanwhile, and so at the end of a run, for all of it at once.
struct DatabaseFile {
    path: PathBuf,
    /// Never closed: that would end the locks that SQLite holds on the file, which belong to the process (`fcntl`).
    open: OnceLock<ManuallyDrop<File>>,
}

impl DatabaseFile {
    fn sync(&self) -> io::Result<()> {
        if let Some(file) = self.open.get() {
            return file.sync_data();
        }
        let file = ManuallyDrop::new(File::open(&self.path)?);
        self.open.get_or_init(|| file).sync_data()
    }
}
