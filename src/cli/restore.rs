//! `sitrep restore`: an installation from a backup.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use super::backup::manifest::{Kept, Manifest, Role};
use super::backup::write_new;
use super::global::Global;
use super::output;
use crate::app;
use crate::config::{Config, environment, load};
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::home::RESTORED;
use crate::store::installation::{self, Installation};
use crate::store::{Db, snapshot};

/// Bring back what `sitrep backup` saved; nothing is mailed from it until `sitrep db adopt`
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The folder of the backup
    dir: PathBuf,
    /// Replace what is there; the replaced files stay beside it as `*.replaced`
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let manifest = Manifest::open(&self.dir)?;
        let of = |role| manifest.files.iter().filter(move |kept| kept.role == role);
        let main = of(Role::Configuration).next().context("the backup has no configuration")?;
        let target = global.target(&main.path);
        let home = target.parent().unwrap_or(Path::new("")).to_owned();
        for kept in of(Role::Configuration).chain(of(Role::Key)) {
            let to = if std::ptr::eq(kept, main) { target.clone() } else { home.join(&kept.path) };
            self.put(&to, &kept.bytes(&self.dir)?)?;
        }
        for kept in of(Role::Suppressions) {
            merge_lines(&home.join(&kept.path), &kept.bytes(&self.dir)?)?;
        }
        let config = load(&target, &environment::variables())?;
        let database = manifest.files.first().context("the backup has no database")?;
        self.database(&config, database).await?;
        output::line(format!(
            "restored what was saved at {}; nothing is mailed from it until `sitrep db adopt`",
            manifest.made_at.strftime("%F %R UTC")
        ))
    }

    /// Writes a file, unless the same is there; another one is only replaced when asked for.
    fn put(&self, to: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        if to.exists() {
            if fs::read(to).is_ok_and(|there| there == bytes) {
                return Ok(());
            }
            self.set_aside(to)?;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make `{}`", folder.display()))?;
        }
        write_new(to, bytes)
    }

    fn set_aside(&self, path: &Path) -> anyhow::Result<()> {
        if !self.force {
            bail!(
                "`{}` is there and differs; --force replaces it and keeps it as `*.replaced`",
                path.display()
            );
        }
        let mut aside = path.as_os_str().to_owned();
        aside.push(".replaced");
        fs::rename(path, &aside).with_context(|| format!("cannot move `{}`", path.display()))
    }

    async fn database(&self, config: &Config, kept: &Kept) -> anyhow::Result<()> {
        let url = app::database_url(config)?;
        match (kept.role, app::database_file(&url)) {
            (Role::Sqlite, Some(file)) => {
                if file.exists() {
                    self.set_aside(&file)?;
                    // What is not in the file yet stands in its log.
                    let beside = |end: &str| PathBuf::from(format!("{}{end}", file.display()));
                    let _ = fs::rename(beside("-wal"), beside(".replaced-wal"));
                    let _ = fs::remove_file(beside("-shm"));
                }
                self.put(&file, &kept.bytes(&self.dir)?)?;
            }
            (Role::Postgres, None) => {
                let there = app::database(config).await?;
                if !self.force && !snapshot::is_new(&there).await? {
                    bail!("`{}` holds something; --force replaces it", there.place());
                }
                there.close().await;
                let name = kept.stored.file_name().unwrap_or_default();
                snapshot::load_postgres(&url, &self.dir.join(name)).await?;
            }
            _ => bail!(
                "the backup is of another engine than `database.url` names; set it to the one that was saved"
            ),
        }
        mark_restored(&app::database(config).await?).await
    }
}

/// From now on the database belongs nowhere.
async fn mark_restored(db: &Db) -> anyhow::Result<()> {
    let departures = installation::get(db).await?.map_or(0, |known| known.departures);
    let (machine, place) = (RESTORED.to_owned(), String::new());
    let recorded_at = SystemClock.now();
    let nowhere = Installation { machine, place, departures, recorded_at };
    installation::settle(db, &nowhere).await?;
    db.close().await;
    Ok(())
}

/// Whoever left stays away, by the file that is there and by the one that was saved.
fn merge_lines(path: &Path, saved: &[u8]) -> anyhow::Result<()> {
    let there = fs::read_to_string(path).unwrap_or_default();
    let known: BTreeSet<_> = there.lines().collect();
    let saved = String::from_utf8_lossy(saved);
    let mut lines: Vec<_> =
        known.iter().copied().chain(saved.lines().filter(|line| !known.contains(line))).collect();
    // Each line begins with its instant.
    lines.sort_unstable();
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    let part = path.with_extension("part");
    let _ = fs::remove_file(&part);
    write_new(&part, text.as_bytes())?;
    fs::rename(&part, path).with_context(|| format!("cannot write `{}`", path.display()))
}
