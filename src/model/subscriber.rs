//! Subscribers, their addresses, and what they want.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::Clock;
use super::filter::{Filter, Grouping};
use super::id::{EditionId, SubscriberId, SubscriptionId};

/// A mail address that passed D-20's checks; its domain is lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why a text is no address that we mail to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a mail address that can be used: {why}")]
pub struct BadAddress {
    /// What was given.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl Address {
    /// `local@domain` as it goes on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// `a***@domain`, for logs (S-13).
    pub fn redacted(&self) -> String {
        let first = self.0.chars().next().unwrap_or('?');
        format!("{first}***@{}", self.domain())
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = |why| BadAddress { text: text.escape_debug().to_string(), why };
        let (local, domain) = text.rsplit_once('@').ok_or_else(|| bad("it has no `@`"))?;
        check_local(local).map_err(bad)?;
        Ok(Self(format!("{local}@{}", ascii_domain(domain).map_err(bad)?)))
    }
}

fn check_local(local: &str) -> Result<(), &'static str> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || "\"(),:;<>@[\\]".contains(c);
    if local.is_empty() || local.len() > 64 {
        return Err("the part before `@` must have 1 to 64 bytes");
    }
    if local.chars().any(odd)
        || local.starts_with('.')
        || local.ends_with('.')
        || local.contains("..")
    {
        return Err("the part before `@` holds a character that is not allowed");
    }
    Ok(())
}

/// The A-label form, by the `url` crate's IDNA.
fn ascii_domain(domain: &str) -> Result<String, &'static str> {
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(name)) if name.contains('.') && !name.ends_with('.') => Ok(name),
        Ok(url::Host::Domain(_)) => Err("the domain needs a dot"),
        Ok(_) => Err("an IP address is not a mail domain"),
        Err(_) => Err("the domain is not valid"),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = BadAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

/// Whether we may mail somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberState {
    /// Yes.
    Active,
    /// They asked to join and have not confirmed: only to be asked whether they mean it.
    Pending,
    /// Never again: left, complained or bounced.
    Suppressed,
}

/// A person's address and where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    /// A time-ordered id.
    pub id: SubscriberId,
    /// Where to mail.
    pub address: Address,
    /// Whether we may.
    pub state: SubscriberState,
    /// ISO 639-1 code.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// When an operator or the reader themself added it.
    pub created_at: Timestamp,
}

impl Subscriber {
    /// Somebody who is only written to once, on demand.
    pub fn unknown(address: Address, clock: &dyn Clock) -> Self {
        let (language, zone) = ("en".to_owned(), "UTC".to_owned());
        let state = SubscriberState::Active;
        Self {
            id: SubscriberId::next(clock),
            address,
            state,
            language,
            zone,
            created_at: clock.now(),
        }
    }
}

/// On which days a reader wants a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every day.
    #[default]
    Daily,
    /// Monday to Friday in the reader's zone.
    Weekdays,
    /// On Monday in the reader's zone.
    Weekly,
    /// At each closing of the edition, at once.
    EachIssue,
}

/// What a subscriber wants of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// A time-ordered id.
    pub id: SubscriptionId,
    /// Whose it is.
    pub subscriber: SubscriberId,
    /// Which product.
    pub edition: EditionId,
    /// What of it; within the edition's own filter.
    pub filter: Filter,
    /// How events are grouped; none takes the edition's.
    pub grouping: Option<Grouping>,
    /// "In my inbox by", in the reader's zone.
    pub at: Time,
    /// On which days.
    pub frequency: Frequency,
    /// Whether quiet days are left out.
    pub skip_quiet: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_20_the_domain_is_stored_as_an_a_label_in_lower_case() {
        let address: Address = "Reader@MÜNCHEN.example".parse().unwrap();
        assert_eq!(address.as_str(), "Reader@xn--mnchen-3ya.example");
    }

    #[test]
    fn d_20_odd_addresses_are_refused_with_their_name() {
        for text in [
            "a",
            "a@localhost",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "\"a b\"@c.example",
            "a@b.example\r\nX: y",
            "@b.example",
            "a..b@c.example",
        ] {
            let error = text.parse::<Address>().unwrap_err().to_string();
            assert!(error.contains("is not a mail address"), "{text}: {error}");
        }
    }

    #[test]
    fn s_13_a_redacted_address_does_not_tell_the_local_part() {
        let address: Address = "reader@example.org".parse().unwrap();
        assert_eq!(address.redacted(), "r***@example.org");
    }
}
