//! Joining by a form, confirmed by mail, and the link to one's preferences (D-40, D-42, D-44, S-11).
//!
//! Whoever asks sees the same answer whatever is known of the address; what happens is told to the address alone.

use jiff::SignedDuration;
use jiff::civil::Time;

use super::{Pipeline, PipelineError};
use crate::model::Clock;
use crate::model::delivery::DeliveryKind;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::{EditionId, SubscriberId, SubscriptionId};
use crate::model::subscriber::{Address, Frequency, Subscriber, SubscriberState, Subscription};
use crate::store::limits::Limit;
use crate::store::{limits, signups, subscribers};

/// How long somebody may take to confirm, in hours (D-42).
const UNCONFIRMED_HOURS: i64 = 48;
/// How long an address that was suppressed is not asked again, in days (D-16).
const LEFT_DAYS: i64 = 30;

/// What somebody asks for by the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// ISO 639-1 code of a language that digests are written in.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// Which product.
    pub edition: EditionId,
    /// What of it.
    pub filter: Filter,
    /// How events are grouped; none takes the edition's.
    pub grouping: Option<Grouping>,
    /// In the inbox by this local time.
    pub at: Time,
    /// On which days.
    pub frequency: Frequency,
    /// Whether quiet days are left out.
    pub skip_quiet: bool,
}

impl Wish {
    /// The subscription of `owner` that it comes to.
    pub fn subscription(&self, owner: SubscriberId, clock: &dyn Clock) -> Subscription {
        Subscription {
            id: SubscriptionId::next(clock),
            subscriber: owner,
            edition: self.edition.clone(),
            filter: self.filter.clone(),
            grouping: self.grouping,
            at: self.at,
            frequency: self.frequency,
            skip_quiet: self.skip_quiet,
        }
    }
}

impl Pipeline {
    /// Takes in that somebody on `network` asks to join: mails a request to confirm, or a link to the preferences where
    /// the address has a subscriber, within the limits of S-11. An address that left is not asked for 30 days.
    pub async fn ask(
        &self,
        address: &Address,
        wish: &Wish,
        network: &str,
    ) -> Result<(), PipelineError> {
        let now = self.clock.now();
        let known = subscribers::find(&self.db, address).await?;
        if let Some(known) = known.filter(|known| known.state == SubscriberState::Active) {
            return self.link_to(&known, network).await;
        }
        let lately = now - SignedDuration::from_hours(24 * LEFT_DAYS);
        if self.leaving.is_fresh(address, lately).await? {
            return Ok(());
        }
        let mark = self.mailer.tokens().mark(address);
        let mut limits = self.form_limits(address, network);
        limits.push(Limit::hours(format!("confirm/{mark}"), 1, 24));
        limits.push(Limit::hours(format!("confirm/{mark}"), 3, 24 * 30));
        if !limits::take(&self.db, &limits, now).await? {
            return Ok(());
        }
        let subscriber = Subscriber {
            state: SubscriberState::Pending,
            language: wish.language.clone(),
            zone: wish.zone.clone(),
            ..Subscriber::unknown(address.clone(), &*self.clock)
        };
        let wanted = wish.subscription(subscriber.id, &*self.clock);
        match signups::put(&self.db, &subscriber, &wanted).await? {
            Some(pending) => self.queue_letter(DeliveryKind::Confirmation, &pending).await,
            None => Ok(()),
        }
    }

    /// Mails a link to the preferences to an address, if it has a subscriber.
    pub async fn ask_for_link(
        &self,
        address: &Address,
        network: &str,
    ) -> Result<(), PipelineError> {
        let known = subscribers::find(&self.db, address).await?;
        match known.filter(|known| known.state == SubscriberState::Active) {
            Some(known) => self.link_to(&known, network).await,
            None => Ok(()),
        }
    }

    async fn link_to(&self, who: &Subscriber, network: &str) -> Result<(), PipelineError> {
        let mut limits = self.form_limits(&who.address, network);
        limits.push(Limit::hours(
            format!("link/{}", self.mailer.tokens().mark(&who.address)),
            3,
            24,
        ));
        if limits::take(&self.db, &limits, self.clock.now()).await? {
            self.queue_letter(DeliveryKind::Preferences, who).await?;
        }
        Ok(())
    }

    /// Confirms what somebody asked for. Says whether they are a subscriber now: not when they never asked, waited too
    /// long, or left.
    pub async fn confirm(&self, id: SubscriberId, form: &str) -> Result<bool, PipelineError> {
        let Some(who) = subscribers::get(&self.db, id).await? else { return Ok(false) };
        let now = self.clock.now();
        match who.state {
            SubscriberState::Active => Ok(true),
            SubscriberState::Suppressed => Ok(false),
            SubscriberState::Pending => {
                if self.leaving.is_suppressed(&who.address).await? {
                    self.leaving.lift(&who.address, now).await?;
                }
                Ok(signups::confirm(&self.db, id, form, now).await?)
            }
        }
    }

    /// Forgets who asked and did not confirm in time. Says how many.
    pub async fn forget_unconfirmed(&self) -> Result<u64, PipelineError> {
        let before = self.clock.now() - SignedDuration::from_hours(UNCONFIRMED_HOURS);
        Ok(signups::forget(&self.db, before).await?)
    }

    /// What every mail by a form counts against: its network, the domain it goes to, and all together. The network's
    /// key changes every day, so that it cannot be followed (D-43).
    fn form_limits(&self, address: &Address, network: &str) -> Vec<Limit> {
        let day = self.clock.now().strftime("%F").to_string();
        let network = self.mailer.tokens().stamp(&["network", &day, network]);
        let domain = self.mailer.tokens().stamp(&["domain", address.domain()]);
        vec![
            Limit::hours("form/all", 500, 1),
            Limit::hours(format!("form/network/{network}"), 5, 1),
            Limit::hours(format!("form/domain/{domain}"), 50, 1),
        ]
    }
}
