//! `sitrep backup`: everything that an installation cannot be made anew from.

pub(super) mod manifest;

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use self::manifest::{Kept, MANIFEST, Manifest, Role, checksum};
use super::global::Global;
use super::output;
use crate::app;
use crate::config::Config;
use crate::model::{Clock as _, SystemClock};
use crate::store::{Db, snapshot};

/// Save database, configuration, sources, packs and keys into a new folder that only its owner can read; the service
/// may run on
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The folder; it must not exist or be empty
    dir: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let (config, file) = global.load_with_path()?;
        open_folder(&self.dir)?;
        let db = app::database(&config).await?;
        let mut kept = vec![self.database(&config, &db).await?];
        for (role, path) in files(&config, &file)? {
            if let Some(one) = self.file(role, &path, &config, kept.len())? {
                kept.push(one);
            }
        }
        let made_at = SystemClock.now();
        let sitrep = env!("CARGO_PKG_VERSION").to_owned();
        let manifest = Manifest { sitrep, made_at, files: kept };
        let text = serde_json::to_string_pretty(&manifest)?;
        write_new(&self.dir.join(MANIFEST), text.as_bytes())?;
        let count = manifest.files.len();
        output::line(format!("saved {} and {} files", db.place(), count - 1))
    }

    async fn database(&self, config: &Config, db: &Db) -> anyhow::Result<Kept> {
        let (role, name) = match db {
            Db::Sqlite(_) => (Role::Sqlite, "database.sqlite"),
            Db::Postgres(_) => (Role::Postgres, "database.pgdump"),
        };
        let path = self.dir.join(name);
        snapshot::save(db, &app::database_url(config)?, &path).await?;
        let sha256 = checksum(&fs::read(&path)?);
        Ok(Kept { role, stored: name.into(), path: PathBuf::new(), sha256 })
    }

    /// Copies one file; one that is not there is left out, unless it must be.
    fn file(
        &self,
        role: Role,
        path: &Path,
        config: &Config,
        number: usize,
    ) -> anyhow::Result<Option<Kept>> {
        let from = config.resolve(path);
        let bytes = match fs::read(&from) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                output::note(format!("`{}` is not there and is left out", from.display()));
                return Ok(None);
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", from.display()));
            }
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stored = PathBuf::from(format!("{number:02}-{name}"));
        write_new(&self.dir.join(&stored), &bytes)?;
        Ok(Some(Kept { role, stored, path: path.to_owned(), sha256: checksum(&bytes) }))
    }
}

/// The files of an installation, as the configuration names them.
fn files(config: &Config, file: &Path) -> anyhow::Result<Vec<(Role, PathBuf)>> {
    let name = file.file_name().context("the configuration has no name")?;
    let mut all = vec![(Role::Configuration, PathBuf::from(name))];
    let deliver = &config.deliver;
    let given = |paths: &[PathBuf]| {
        paths.iter().cloned().map(|path| (Role::Configuration, path)).collect::<Vec<_>>()
    };
    all.extend(given(&config.sources.files));
    all.extend(given(&config.extract.packs));
    let trusted = [&deliver.smtp.ca_file, &deliver.imap.ca_file];
    all.extend(trusted.into_iter().flatten().map(|path| (Role::Configuration, path.clone())));
    let keys = [Some(&deliver.token_key_file)]
        .into_iter()
        .chain(deliver.dkim.iter().map(|key| Some(&key.key_file)))
        .chain(
            [
                &deliver.smtp.password_file,
                &deliver.imap.password_file,
                &deliver.smtp.oauth.client_secret_file,
                &deliver.smtp.oauth.refresh_token_file,
                &deliver.imap.oauth.client_secret_file,
                &deliver.imap.oauth.refresh_token_file,
                &config.database.url_file,
                &config.gather.proxy_file,
                &config.alert.webhook_file,
                &config.alert.heartbeat_url_file,
            ]
            .map(Option::as_ref),
        );
    all.extend(keys.flatten().map(|path| (Role::Key, path.clone())));
    for source in config.file_sources()? {
        all.extend(source.request.cookie_file.map(|path| (Role::Key, path)));
    }
    all.push((Role::Suppressions, deliver.suppressions.clone()));
    all.dedup();
    Ok(all)
}

/// Makes the folder, for its owner alone; a folder with something in it is refused.
fn open_folder(dir: &Path) -> anyhow::Result<()> {
    if dir.exists()
        && fs::read_dir(dir)
            .with_context(|| format!("cannot read `{}`", dir.display()))?
            .next()
            .is_some()
    {
        bail!("`{}` is not empty; name a new folder for each backup", dir.display());
    }
    if !dir.exists() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .with_context(|| format!("cannot make `{}`", dir.display()))?;
    }
    Ok(())
}

/// Writes a new file that only its owner may read.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = open.and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.with_context(|| format!("cannot write `{}`", path.display()))
}
