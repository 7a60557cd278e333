//! `sitrep check`: is everything in place?

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::dkim::quoted;
use super::global::Global;
use super::output;
use crate::app;
use crate::config::Config;
use crate::config::deliver::Via;
use crate::config::packs::{clashes, files};
use crate::extract::Extractor;
use crate::gather::nothing_known;
use crate::model::closing::next_closing;
use crate::model::registry::Registry;
use crate::model::source::FetchState;
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::free_space;
use crate::store::Db;

/// Check configuration, packs, database and editions; with --online also the sources, the relay and the mailbox
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Try every source, the relay and the mailbox
    #[arg(long)]
    online: bool,
    /// Clashes between packs are failures
    #[arg(long)]
    strict: bool,
}

/// What was found so far.
#[derive(Default)]
struct Findings {
    failed: u32,
}

impl Findings {
    fn ok(text: impl AsRef<str>) -> anyhow::Result<()> {
        output::line(format!("ok    {}", text.as_ref()))
    }

    fn fail(&mut self, text: impl AsRef<str>) -> anyhow::Result<()> {
        self.failed += 1;
        output::line(format!("FAIL  {}", text.as_ref()))
    }
}

impl Check {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let config = global.load()?;
        let mut findings = Findings::default();
        Findings::ok("configuration")?;
        self.packs(&config, &mut findings)?;
        sources(&config, &mut findings)?;
        editions(&config, &mut findings)?;
        mail_records(&config, &mut findings)?;
        ways(&config, &mut findings)?;
        database(&config, &mut findings).await?;
        if self.online {
            online(config, &mut findings).await?;
        }
        Ok(if findings.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn packs(&self, config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
        let files = match files(config, &[]) {
            Ok(files) => files,
            Err(error) => return findings.fail(format!("packs: {:#}", anyhow::Error::from(error))),
        };
        let registry = Registry::merge(files.iter().map(|file| file.pack.clone()));
        let extractor = Extractor::new(&registry)?;
        for clash in clashes(&files, |word| extractor.is_common_word(word)) {
            if self.strict {
                findings.fail(format!("packs: {clash}"))?;
            } else {
                output::line(format!("note  packs: {clash}"))?;
            }
        }
        let (packs, factions) = (registry.packs().len(), registry.factions().count());
        Findings::ok(format!(
            "packs: {packs}, with {factions} factions and {} places",
            registry.places().len()
        ))
    }
}

fn sources(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    let sources = match config.file_sources() {
        Ok(sources) => sources,
        Err(error) => return findings.fail(format!("sources: {:#}", anyhow::Error::from(error))),
    };
    if let Ok(registry) = app::registry(config, &[]) {
        for problem in app::unknown_factions(&sources, &registry) {
            findings.fail(problem)?;
        }
    }
    Findings::ok(format!("sources in files: {}", sources.len()))
}

fn editions(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    if config.edition.is_empty() {
        return findings.fail("no edition is configured; add a section such as [edition.daily]");
    }
    for (name, edition) in &config.edition {
        match next_closing(&edition.closes, SystemClock.now()) {
            Ok(Some(at)) => Findings::ok(format!("edition `{name}` closes next at {at}"))?,
            Ok(None) => {
                Findings::ok(format!("edition `{name}` closes only by `sitrep run {name}`"))?;
            }
            Err(error) => findings.fail(format!("edition `{name}`: {error}"))?,
        }
    }
    Ok(())
}

async fn database(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    match app::database(config).await {
        Ok(db) => {
            Findings::ok(format!("database: {}", db.place()))?;
            place(config, &db, findings).await
        }
        Err(error) => findings.fail(format!("database: {:#}", anyhow::Error::from(error))),
    }
}

/// Whether the database is at home here, and has room.
async fn place(config: &Config, db: &Db, findings: &mut Findings) -> anyhow::Result<()> {
    let home = app::home(&app::database_url(config)?);
    if let Some(why) = home.away(db, SystemClock.now()).await? {
        findings.fail(format!(
            "database: nothing is sent from it: {why}; see `sitrep db adopt --help`"
        ))?;
    }
    match home.file().and_then(free_space) {
        Some(free) if free < config.alert.disk_free => {
            findings.fail(format!("disk: only {free} MiB are free where the database lies"))
        }
        Some(free) => Findings::ok(format!("disk: {free} MiB free")),
        None => Ok(()),
    }
}

async fn online(config: Config, findings: &mut Findings) -> anyhow::Result<()> {
    relay(&config, findings).await?;
    mailbox(&config, findings).await?;
    let pipeline = app::pipeline(config, Arc::new(SystemClock)).await?;
    let gatherer = pipeline.gatherer()?;
    for source in pipeline.sources().await? {
        let report = gatherer.gather(&source, &FetchState::default(), &nothing_known).await;
        let id = &source.id;
        if report.outcome.is_read() {
            Findings::ok(format!("source `{id}`: {} articles", report.articles.len()))?;
        } else {
            findings.fail(format!("source `{id}`: {}", report.message))?;
        }
    }
    Ok(())
}

async fn relay(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    // One that cannot be set up was told before.
    let Ok(transport) = app::transport(config) else { return Ok(()) };
    match transport.session().probe().await {
        Ok(text) => Findings::ok(format!("mail: {text}")),
        Err(text) => {
            findings.fail(format!("mail: {text}"))?;
            for port in transport.ports().await {
                output::line(format!("note  mail: {port}"))?;
            }
            Ok(())
        }
    }
}

async fn mailbox(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    // One that cannot be set up was told before.
    let Ok(Some(mailbox)) = app::mailbox(config) else { return Ok(()) };
    match mailbox.probe().await {
        Ok(text) => Findings::ok(format!("mailbox: {text}")),
        Err(error) => findings.fail(format!("mailbox: {error}")),
    }
}

/// Whether the way out for mail and the mailbox can be set up, without asking anybody.
fn ways(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    // Those that write to this machine make their folders, which a check should not.
    if matches!(config.deliver.via(), Via::Smtp | Via::Mx)
        && let Err(error) = app::transport(config)
    {
        findings.fail(format!("mail: {:#}", anyhow::Error::from(error)))?;
    }
    match app::mailbox(config) {
        Ok(_) => Ok(()),
        Err(error) => findings.fail(format!("mailbox: {:#}", anyhow::Error::from(error))),
    }
}

/// The keys, and what must stand in the DNS for receivers to trust our mail (D-5).
fn mail_records(config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    let signers = match app::signers(config) {
        Ok(signers) => signers,
        Err(error) => return findings.fail(format!("mail: {error}")),
    };
    if signers.is_empty() {
        // Mail that only goes to files needs no signature.
        if config.deliver.via() == Via::Folder {
            return Ok(());
        }
        return output::line(
            "note  mail: it is not signed; make a key with `sitrep dkim generate`",
        );
    }
    let domain = config.deliver.domain();
    for signer in signers {
        let (name, record) = signer.record();
        output::line(format!("dns   {name}. IN TXT {}", quoted(&record)))?;
    }
    let senders = if config.deliver.via() == Via::Mx {
        let helo = config.deliver.mx.helo.as_deref().unwrap_or("YOUR-HOST");
        output::line(format!("dns   {helo}. IN A YOUR-ADDRESS, and YOUR-ADDRESS IN PTR {helo}."))?;
        "ip4:YOUR-ADDRESS"
    } else {
        "include:YOUR-RELAY"
    };
    output::line(format!("dns   {domain}. IN TXT \"v=spf1 {senders} -all\""))?;
    output::line(format!(
        "dns   _dmarc.{domain}. IN TXT \"v=DMARC1; p=none\" (p=quarantine once reports are clean)"
    ))?;
    if let Some((_, bounces)) = config.deliver.bounce_to.as_ref().and_then(|to| to.rsplit_once('@'))
    {
        output::line(format!("dns   {bounces}. IN MX 10 YOUR-MAIL-SERVER"))?;
    }
    Ok(())
}
