//! Wires everything: used by the commands and by the tests.

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::ExposeSecret as _;
use thiserror::Error;

use crate::config::packs;
use crate::config::{Config, ConfigError, secret};
use crate::deliver::dkim::Signer;
use crate::deliver::token::Tokens;
use crate::deliver::{Alarm, DeliverError, Mailbox, Mailer, Transport};
use crate::gather::{GatherError, Gatherer};
use crate::model::Clock;
use crate::model::id::FactionId;
use crate::model::registry::Registry;
use crate::model::source::Source;
use crate::pipeline::packs::Packs;
use crate::pipeline::{Home, Leaving, Pipeline, PipelineError};
use crate::store::{Db, StoreError};

/// What keeps the program from starting.
#[derive(Debug, Error)]
pub enum AppError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What editors added to the packs.
    #[error(transparent)]
    Packs(#[from] PipelineError),
    /// The fetcher.
    #[error(transparent)]
    Gather(#[from] GatherError),
    /// The way out for mail.
    #[error(transparent)]
    Deliver(#[from] DeliverError),
}

/// The built-in packs and those of the configuration, merged; the last one that knows an id wins.
pub fn registry(config: &Config, extra: &[PathBuf]) -> Result<Registry, ConfigError> {
    let files = packs::files(config, extra)?;
    Ok(Registry::merge(files.into_iter().map(|file| file.pack)))
}

/// The same with what editors added on the site.
pub async fn registry_of(
    config: &Config,
    extra: &[PathBuf],
    db: &Db,
) -> Result<Arc<Registry>, AppError> {
    let packs = Packs::new(registry(config, extra)?);
    packs.renew(db).await?;
    Ok(Arc::clone(&packs.now().registry))
}

/// What sources say of factions that no pack knows: an unknown `aligned_with` would make a party's outlet count as
/// independent.
pub fn unknown_factions(sources: &[Source], registry: &Registry) -> Vec<String> {
    let mut problems = Vec::new();
    for source in sources {
        let aligned = source.aligned_with.iter().flatten().map(|id| ("aligned_with", id));
        for (key, id) in aligned.chain(source.calls.values().map(|id| ("calls", id))) {
            if registry.faction(&FactionId::new(id.as_str())).is_none() {
                let name = &source.id;
                problems.push(format!("source `{name}`: no pack knows the faction `{id}` of its `{key}`; try `sitrep faction lookup {id}`"));
            }
        }
    }
    problems
}

/// Opens the database of the configuration and brings its schema up to date.
pub async fn database(config: &Config) -> Result<Db, AppError> {
    let db = Db::connect(&database_url(config)?).await?;
    db.migrate().await?;
    Ok(db)
}

/// Where the database of the configuration is; may hold a password.
pub fn database_url(config: &Config) -> Result<String, ConfigError> {
    let file = config.database.url_file.as_ref();
    let read = secret::resolve("database.url", None, file, &config.folder)?;
    let url =
        read.map_or_else(|| config.database.url.clone(), |url| url.expose_secret().to_owned());
    Ok(match url.strip_prefix("sqlite:") {
        Some(path) if !path.starts_with(':') => {
            format!("sqlite:{}", config.resolve(path.trim_start_matches("//").as_ref()).display())
        }
        _ => url,
    })
}

/// Where this process runs, for a database at `url`.
pub fn home(url: &str) -> Home {
    let file = database_file(url);
    file.map_or_else(Home::shared, |path| Home::of_file(&path))
}

/// The file of an SQLite database.
pub fn database_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.split_once('?').map_or(path, |(path, _)| path)))
}

/// Everything wired: the pipeline over the database, sources, packs and transport of the configuration.
pub async fn pipeline(config: Config, clock: Arc<dyn Clock>) -> Result<Pipeline, AppError> {
    let db = database(&config).await?;
    let packs = Packs::new(registry(&config, &[])?);
    packs.renew(&db).await?;
    // Gatherers are made for each run; a mistake in `[gather]` is told at the start.
    Gatherer::check(&config.gather)?;
    let transport = transport(&config)?;
    let mailbox = mailbox(&config)?;
    let mailer = Arc::new(mailer(&config)?);
    let leaving = leaving(&config, &db)?;
    let home = home(&database_url(&config)?);
    let alarm = alarm(&config)?;
    let file_sources = config.file_sources()?;
    for problem in unknown_factions(&file_sources, &packs.now().registry) {
        tracing::warn!(problem, "source names a faction that is in no pack");
    }
    Ok(Pipeline {
        file_sources,
        extractor_version: env!("CARGO_PKG_VERSION").to_owned(),
        worker: worker_name(),
        config: Arc::new(config),
        db,
        clock,
        packs,
        transport,
        mailbox,
        mailer,
        leaving,
        home,
        alarm,
    })
}

/// The way out for mail.
pub fn transport(config: &Config) -> Result<Transport, AppError> {
    let password = config.deliver.smtp.secret(&config.folder)?;
    Ok(Transport::new(&config.deliver, &config.folder, password.as_ref())?)
}

/// The mailbox of what comes back, where one is configured.
pub fn mailbox(config: &Config) -> Result<Option<Mailbox>, AppError> {
    let imap = &config.deliver.imap;
    Ok(Mailbox::new(imap, &config.folder, imap.secret(&config.folder)?)?)
}

/// The key of links and addresses, made when it is missing.
pub fn tokens(config: &Config) -> Result<Tokens, DeliverError> {
    Tokens::open(&config.resolve(&config.deliver.token_key_file))
}

/// Those who sign, in the order of the configuration.
pub fn signers(config: &Config) -> Result<Vec<Signer>, DeliverError> {
    let domain = config.deliver.domain();
    let open = |key: &crate::config::deliver::DkimConfig| {
        Signer::open(domain, &key.selector, &config.resolve(&key.key_file))
    };
    config.deliver.dkim.iter().map(open).collect()
}

/// Builds messages as the configuration asks for.
pub fn mailer(config: &Config) -> Result<Mailer, DeliverError> {
    let mailer = Mailer::new(config.deliver.clone(), tokens(config)?, signers(config)?);
    Ok(mailer.with_site(config.web.site()))
}

/// The ways to the operator.
pub fn alarm(config: &Config) -> Result<Alarm, AppError> {
    let (webhook, heartbeat) =
        (config.alert.webhook(&config.folder)?, config.alert.heartbeat(&config.folder)?);
    Ok(Alarm::new(&config.alert, &config.deliver, webhook, heartbeat)?)
}

/// Suppresses who left.
pub fn leaving(config: &Config, db: &Db) -> Result<Leaving, DeliverError> {
    let log = config.resolve(&config.deliver.suppressions);
    Ok(Leaving::new(db.clone(), tokens(config)?, log))
}

/// The name under which this process holds leases: unlike any other's, on any machine.
pub fn worker_name() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
