//! `sitrep demo`: the whole job on a newsroom of our own, served on loopback at the samples' date.

mod newsroom;
mod pages;
mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::SignedDuration;

use self::newsroom::{Newsroom, Reader, readers};
use self::site::Site;
use super::global::Global;
use super::output;
use crate::config::Config;
use crate::config::edition::EditionConfig;
use crate::model::closing::next_closing;
use crate::model::delivery::DeliveryState;
use crate::model::digest::Variant;
use crate::model::id::{EditionId, SubscriberId, SubscriptionId};
use crate::model::subscriber::{Frequency, Subscriber, SubscriberState, Subscription};
use crate::model::{Clock, FixedClock};
use crate::pipeline::{Gathered, Pipeline, ReadSummary, SendSummary};
use crate::store::{subscribers, subscriptions};
use crate::{app, telemetry};

/// The edition of the demonstration.
const EDITION: &str = "daily";

/// Issues that are closed, a day apart; the last is the one that is mailed.
const ISSUES: i32 = 3;

/// Run the whole job on sample sources served on loopback, at the samples' date
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to leave the database, the digest and the mails
    #[arg(default_value = "sitrep-demo")]
    dir: PathBuf,
}

impl Demo {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let newsroom = Newsroom::built_in()?;
        clean(&self.dir)?;
        let clock = Arc::new(FixedClock::new(newsroom.head.clock));
        let site = Site::serve(newsroom.clone(), Arc::clone(&clock) as Arc<dyn Clock>).await?;
        let config = config(&self.dir, &newsroom, &site);
        telemetry::start(&config.log, global.verbosity().min(0));
        let pipeline = pipeline(config, &newsroom, Arc::clone(&clock)).await?;
        let (days, sent) = run_days(&pipeline, &newsroom, &clock).await?;
        write_digest(&pipeline, &self.dir, &newsroom.head.zone).await?;
        report(&self.dir, &newsroom, &days, &sent)
    }
}

/// Removes what an earlier demonstration left in `dir`, and nothing else.
fn clean(dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make `{}`", dir.display()))?;
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ours = name.starts_with("sitrep.db")
            || path.extension().is_some_and(|ending| ending == "eml")
            || name.starts_with("digest.");
        if ours {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove `{}`", path.display()))?;
        }
    }
    Ok(())
}

/// The defaults, with the newsroom's hosts on loopback and everything kept below `dir`.
fn config(dir: &Path, newsroom: &Newsroom, site: &Site) -> Config {
    let address = site.address.to_string();
    let edition = EditionConfig {
        title: Some("Syria".to_owned()),
        closes: vec![format!("{} {}", newsroom.head.closes, newsroom.head.zone)],
        filter: crate::model::filter::Filter {
            theatres: vec![newsroom.head.theatre.clone()],
            ..Default::default()
        },
        ..EditionConfig::default()
    };
    let mut config = Config { folder: dir.to_owned(), ..Config::default() };
    config.edition = BTreeMap::from([(EDITION.to_owned(), edition)]);
    config.sources.files.clear();
    "error".clone_into(&mut config.log.level);
    "sqlite:sitrep.db".clone_into(&mut config.database.url);
    config.gather.allow_private = vec![address.clone()];
    config.gather.hosts =
        newsroom.outlets.iter().map(|outlet| (outlet.host.clone(), address.clone())).collect();
    config.gather.host_delay = 0;
    config.deliver.folder = PathBuf::from(".");
    "digest@sitrep.example".clone_into(&mut config.deliver.from);
    config.deliver.unsubscribe_to = Some("leave@sitrep.example".to_owned());
    config
}

async fn pipeline(
    config: Config,
    newsroom: &Newsroom,
    clock: Arc<FixedClock>,
) -> anyhow::Result<Pipeline> {
    let mut pipeline = app::pipeline(config, clock).await?;
    let theatre = &newsroom.head.theatre;
    pipeline.file_sources = newsroom.outlets.iter().map(|outlet| outlet.source(theatre)).collect();
    Ok(pipeline)
}

/// What one day gave.
struct Day {
    gathered: Gathered,
    read: ReadSummary,
}

/// Closes one issue a day; the readers join before the last, which is mailed when it is due to all of them.
async fn run_days(
    pipeline: &Pipeline,
    newsroom: &Newsroom,
    clock: &FixedClock,
) -> anyhow::Result<(Vec<Day>, SendSummary)> {
    let edition = pipeline.edition(EDITION)?;
    let last = newsroom.head.clock;
    let mut days = Vec::new();
    for back in (0..ISSUES).rev() {
        let close = last - SignedDuration::from_hours(24) * back;
        clock.set(close - SignedDuration::from_mins(30));
        if back == 0 {
            subscribe(pipeline, clock).await?;
        }
        let (gathered, read) = pipeline.prepare().await?;
        clock.set(close);
        let next = next_closing(&edition.closes, close)?;
        pipeline.close_and_queue(&edition, close, next).await?;
        days.push(Day { gathered, read });
    }
    clock.set(last + SignedDuration::from_hours(12));
    let sent = pipeline.send_due().await?;
    Ok((days, sent))
}

async fn subscribe(pipeline: &Pipeline, clock: &dyn Clock) -> anyhow::Result<()> {
    for reader in readers()? {
        let (subscriber, subscription) = entry(&reader, clock)?;
        subscribers::add(&pipeline.db, &subscriber).await?;
        subscriptions::put(&pipeline.db, &subscription).await?;
    }
    Ok(())
}

fn entry(reader: &Reader, clock: &dyn Clock) -> anyhow::Result<(Subscriber, Subscription)> {
    let subscriber = Subscriber {
        id: SubscriberId::next(clock),
        address: reader.address.parse()?,
        state: SubscriberState::Active,
        language: reader.language.clone(),
        zone: reader.zone.clone(),
        created_at: clock.now(),
    };
    let subscription = Subscription {
        id: SubscriptionId::next(clock),
        subscriber: subscriber.id,
        edition: EditionId::new(reader.edition.as_str()),
        filter: reader.filter(),
        grouping: Some(reader.group),
        at: reader.at.parse()?,
        frequency: Frequency::Daily,
        skip_quiet: false,
    };
    Ok((subscriber, subscription))
}

/// The last issue as the whole edition has it, beside the readers' mails.
async fn write_digest(pipeline: &Pipeline, dir: &Path, zone: &str) -> anyhow::Result<()> {
    let edition = pipeline.edition(EDITION)?;
    let variant = Variant {
        filter: edition.filter.clone(),
        grouping: edition.lead,
        language: "en".to_owned(),
        zone: zone.to_owned(),
        brief: false,
    };
    let told = pipeline.issue(&edition, None, &variant).await?.context("no issue was closed")?;
    let digest = pipeline.rendered("demo".into(), None, &told)?;
    std::fs::write(dir.join("digest.html"), &digest.html)?;
    std::fs::write(dir.join("digest.txt"), &digest.text)?;
    Ok(())
}

fn report(dir: &Path, newsroom: &Newsroom, days: &[Day], sent: &SendSummary) -> anyhow::Result<()> {
    let (read, unread, claims) = days.iter().fold((0, 0, 0), |(read, unread, claims), day| {
        (read + day.read.read, unread + day.read.unread, claims + day.read.claims)
    });
    let outlets = newsroom.outlets.len();
    output::line(&newsroom.head.name)?;
    output::line(format!("{outlets} sample outlets on loopback, {} issues closed", days.len()))?;
    output::line(format!("{read} articles read, {unread} kept unread, {claims} claims"))?;
    for failed in days
        .last()
        .iter()
        .flat_map(|day| &day.gathered.sources)
        .filter(|one| !one.outcome.is_read())
    {
        output::line(format!("not read: {}", failed.message.as_deref().unwrap_or(&failed.name)))?;
    }
    let accepted = sent.count(DeliveryState::Accepted);
    output::line(format!("{accepted} mails written, one for each reader"))?;
    let dir = dir.display();
    output::line(format!(
        "\nOpen {dir}/digest.html in a browser, or read {dir}/digest.txt; the mails are {dir}/*.eml, the state is \
         {dir}/sitrep.db"
    ))
}
