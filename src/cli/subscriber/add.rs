//! `sitrep subscriber add`.

use anyhow::{Context as _, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Time;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::config::Config;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::{EditionId, FactionId, RegionId, SubscriberId, SubscriptionId};
use crate::model::subscriber::{Address, Frequency, Subscriber, SubscriberState, Subscription};
use crate::model::{Clock, SystemClock};
use crate::render::LANGUAGES;
use crate::store::subscribers::Added;
use crate::store::{Db, subscribers, subscriptions};

/// Add a subscriber to an edition; somebody who left is not added again
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The address
    address: String,
    #[command(flatten)]
    wish: Wish,
}

/// What a subscriber wants.
#[derive(Debug, Clone, Args)]
pub(crate) struct Wish {
    /// The edition
    #[arg(long, default_value = "daily")]
    pub(crate) edition: String,
    /// IANA zone
    #[arg(long, default_value = "UTC")]
    pub(crate) zone: String,
    /// In the inbox by this local time, HH:MM
    #[arg(long, default_value = "06:30")]
    pub(crate) at: String,
    /// daily, weekdays, weekly or `each-issue`
    #[arg(long, default_value = "daily")]
    pub(crate) frequency: String,
    /// Only these factions, by id
    #[arg(long, value_delimiter = ',')]
    pub(crate) faction: Vec<String>,
    /// Only these regions: an id, CC or CC/Admin1
    #[arg(long, value_delimiter = ',')]
    pub(crate) region: Vec<String>,
    /// Only these theatres, by pack id
    #[arg(long, value_delimiter = ',')]
    pub(crate) theatre: Vec<String>,
    /// region or faction; left out, as the edition
    #[arg(long)]
    pub(crate) group: Option<String>,
    /// In which language; other ones than English are told in lines without sentences
    #[arg(long, default_value = "en", value_parser = PossibleValuesParser::new(LANGUAGES))]
    pub(crate) language: String,
    /// No mail on quiet days
    #[arg(long)]
    pub(crate) skip_quiet: bool,
}

impl Add {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        self.wish.check(&config, &db).await?;
        let (subscriber, subscription) = self.wish.for_address(&self.address, &SystemClock)?;
        if app::leaving(&config, &db)?.is_suppressed(&subscriber.address).await? {
            bail!(
                "`{}` left, complained or bounced, and is not mailed again; if they ask for it, \
                 `sitrep subscriber suppressed --lift {0}`",
                subscriber.address
            );
        }
        output::line(put(&db, &subscriber, subscription).await?)
    }
}

/// Adds both; an address that is there gets the subscription beside those it has.
async fn put(
    db: &Db,
    subscriber: &Subscriber,
    mut subscription: Subscription,
) -> anyhow::Result<String> {
    match subscribers::add(db, subscriber).await? {
        Added::New => {}
        Added::Suppressed => {
            bail!("`{}` left, complained or bounced, and is not mailed again", subscriber.address)
        }
        Added::Existing(known) => {
            let theirs = subscriptions::of(db, known.id).await?;
            subscription.subscriber = known.id;
            if let Some(same) = theirs.iter().find(|one| one.edition == subscription.edition) {
                subscription.id = same.id;
            }
        }
    }
    subscriptions::put(db, &subscription).await?;
    Ok(format!(
        "`{}` gets edition `{}` by {} {}",
        subscriber.address, subscription.edition, subscription.at, subscriber.zone
    ))
}

impl Wish {
    /// The subscriber and the subscription of one address.
    pub(crate) fn for_address(
        &self,
        address: &str,
        clock: &dyn Clock,
    ) -> anyhow::Result<(Subscriber, Subscription)> {
        let address: Address = address.parse()?;
        let subscriber = Subscriber {
            id: SubscriberId::next(clock),
            address,
            state: SubscriberState::Active,
            language: self.language.clone(),
            zone: self.zone.clone(),
            created_at: clock.now(),
        };
        let subscription = Subscription {
            id: SubscriptionId::next(clock),
            subscriber: subscriber.id,
            edition: EditionId::new(self.edition.as_str()),
            filter: self.filter(),
            grouping: self.group.as_deref().map(word::<Grouping>).transpose()?,
            at: self
                .at
                .parse::<Time>()
                .with_context(|| format!("`{}` is no time of day; write 06:30", self.at))?,
            frequency: word::<Frequency>(&self.frequency.replace('-', "_"))?,
            skip_quiet: self.skip_quiet,
        };
        Ok((subscriber, subscription))
    }

    fn filter(&self) -> Filter {
        Filter {
            theatres: self.theatre.clone(),
            factions: self.faction.iter().map(|id| FactionId::new(id.as_str())).collect(),
            regions: self.region.iter().map(|id| RegionId::new(id.as_str())).collect(),
            ..Filter::default()
        }
    }

    /// Refuses an edition, a zone or a faction that does not exist.
    pub(crate) async fn check(&self, config: &Config, db: &Db) -> anyhow::Result<()> {
        if !config.edition.contains_key(&self.edition) {
            let known: Vec<_> = config.edition.keys().map(String::as_str).collect();
            bail!("there is no edition `{}`; configured: {}", self.edition, known.join(", "));
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            bail!("`{}` is no time zone; write one such as Asia/Damascus", self.zone);
        }
        let registry = app::registry_of(config, &[], db).await?;
        for id in &self.faction {
            if registry.faction(&FactionId::new(id.as_str())).is_none() {
                bail!("no pack knows the faction `{id}`; try `sitrep faction lookup {id}`");
            }
        }
        Ok(())
    }
}

/// A word of the model, as it is written in JSON.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> anyhow::Result<T> {
    let value = serde_json::Value::String(text.to_owned());
    serde_json::from_value(value).with_context(|| format!("`{text}` is not known here"))
}
