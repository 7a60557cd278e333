//! Tokens: who may leave, confirm or change what they get, and which message a bounce is about (S-8).
//!
//! A token is an id and an HMAC over its purpose and that id, so nothing has to be stored and one made for one purpose
//! is refused for another. It is written in lower-case base-32, because mail systems change the case of addresses.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::DeliverError;
use crate::model::subscriber::Address;

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Leaving; carries a subscriber and never expires, since old mails must work.
    Unsubscribe,
    /// A bounce; carries a delivery, for 30 days (D-14).
    Bounce,
    /// Confirming a subscription; carries a subscriber, for 48 hours (D-42).
    Confirm,
    /// Opening the preferences; carries a subscriber, for 15 minutes (D-44).
    Manage,
    /// Sending a form; carries a time-ordered id that says when it was shown, for 5 minutes (S-11).
    Form,
    /// Reading in a browser; carries a subscriber, for 30 days.
    Read,
    /// Reading by a feed reader; carries a subscriber, as long as they are one.
    Feed,
}

impl Purpose {
    fn tag(self) -> u8 {
        match self {
            Self::Unsubscribe => b'u',
            Self::Bounce => b'b',
            Self::Confirm => b'c',
            Self::Manage => b'm',
            Self::Form => b'f',
            Self::Read => b'r',
            Self::Feed => b'a',
        }
    }

    /// How long a token is good; none for ever.
    fn life(self) -> Option<SignedDuration> {
        match self {
            Self::Unsubscribe | Self::Feed => None,
            Self::Bounce | Self::Read => Some(SignedDuration::from_hours(30 * 24)),
            Self::Confirm => Some(SignedDuration::from_hours(48)),
            Self::Manage => Some(SignedDuration::from_mins(15)),
            Self::Form => Some(SignedDuration::from_mins(5)),
        }
    }

    /// Bytes of the HMAC. A local part has room for 64 characters, so those that stand in one are cut to 112 and 96
    /// bits; forging one takes that many tries by mail.
    fn seal(self) -> usize {
        match self {
            Self::Unsubscribe => 14,
            Self::Bounce => 12,
            Self::Confirm | Self::Manage | Self::Form | Self::Read | Self::Feed => 32,
        }
    }

    /// Bytes of the expiry, minutes of Unix time.
    fn expiry(self) -> usize {
        if self.life().is_some() { 4 } else { 0 }
    }
}

/// Makes and checks tokens with the key of an installation.
#[derive(Debug, Clone)]
pub struct Tokens(hmac::Key);

impl Tokens {
    /// Reads the key file, or makes it when it is not there. All machines of an installation need the same one.
    pub fn open(path: &Path) -> Result<Self, DeliverError> {
        let wrong = |why: String| DeliverError::Key { path: path.to_owned(), why };
        if !path.exists() {
            make(path).map_err(|error| wrong(error.to_string()))?;
        }
        check_mode(path)?;
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let bytes = HEXLOWER.decode(text.trim().as_bytes());
        match bytes {
            Ok(bytes) if bytes.len() == 32 => Ok(Self::from_key(&bytes)),
            _ => Err(wrong("it must hold 64 hexadecimal digits".to_owned())),
        }
    }

    /// With a key of the caller's.
    pub fn from_key(key: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// A token for `id`, good from `now`.
    pub fn make(&self, purpose: Purpose, id: Uuid, now: Timestamp) -> String {
        let mut bytes = id.as_bytes().to_vec();
        if let Some(life) = purpose.life() {
            let minutes = now.saturating_add(life).map_or(0, |end| end.as_second() / 60);
            bytes.extend(u32::try_from(minutes).unwrap_or(u32::MAX).to_be_bytes());
        }
        let seal = self.seal(purpose, &bytes);
        bytes.extend(seal.as_ref().iter().take(purpose.seal()));
        BASE32_NOPAD.encode(&bytes).to_lowercase()
    }

    /// The id of a token that was made for `purpose` and has not expired.
    pub fn check(&self, purpose: Purpose, token: &str, now: Timestamp) -> Option<Uuid> {
        let bytes = BASE32_NOPAD.decode(token.to_uppercase().as_bytes()).ok()?;
        let signed = 16 + purpose.expiry();
        if bytes.len() != signed + purpose.seal() {
            return None;
        }
        let (body, given) = bytes.split_at(signed);
        let seal = self.seal(purpose, body);
        if !bool::from(seal.as_ref().get(..given.len())?.ct_eq(given)) {
            return None;
        }
        let (id, expiry) = body.split_at(16);
        let minutes = expiry.try_into().ok().map(u32::from_be_bytes);
        if minutes.is_some_and(|minutes| i64::from(minutes) < now.as_second() / 60) {
            return None;
        }
        Uuid::from_slice(id).ok()
    }

    /// What is left of an address that was erased: enough to know it again, not to read it (D-43).
    pub fn mark(&self, address: &Address) -> String {
        let text = address.as_str().to_lowercase();
        let seal = hmac::sign(&self.0, &[b"address:", text.as_bytes()].concat());
        HEXLOWER.encode(seal.as_ref())
    }

    /// 128 bits that only this installation can make for these parts, in lower-case base-32.
    pub fn stamp(&self, parts: &[&str]) -> String {
        let seal = hmac::sign(&self.0, [&["stamp"], parts].concat().join("\0").as_bytes());
        BASE32_NOPAD.encode(seal.as_ref().get(..16).unwrap_or_default()).to_lowercase()
    }

    fn seal(&self, purpose: Purpose, body: &[u8]) -> hmac::Tag {
        hmac::sign(&self.0, &[&[purpose.tag()], body].concat())
    }
}

fn make(path: &Path) -> std::io::Result<()> {
    let mut key = [0; 32];
    let filled = SystemRandom::new().fill(&mut key);
    filled.map_err(|_| std::io::Error::other("the system gives no random numbers"))?;
    write_secret(path, format!("{}\n", HEXLOWER.encode(&key)).as_bytes())
}

/// Writes a new file that only its owner can read.
pub(super) fn write_secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Refuses a key that others can read (D-5).
pub(super) fn check_mode(path: &Path) -> Result<(), DeliverError> {
    let wrong = |why: String| DeliverError::Key { path: path.to_owned(), why };
    let mode = fs::metadata(path).map_err(|error| wrong(error.to_string()))?.permissions().mode();
    if mode.trailing_zeros() >= 6 {
        Ok(())
    } else {
        Err(wrong(format!("others can read it (mode {:03o}); run `chmod 600` on it", mode & 0o777)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURPOSES: [Purpose; 7] = [
        Purpose::Unsubscribe,
        Purpose::Bounce,
        Purpose::Confirm,
        Purpose::Manage,
        Purpose::Form,
        Purpose::Read,
        Purpose::Feed,
    ];

    fn tokens() -> Tokens {
        Tokens::from_key(&[7; 32])
    }

    fn now() -> Timestamp {
        "2026-03-01T05:30:00Z".parse().unwrap()
    }

    #[test]
    fn s_8_a_token_is_good_for_its_purpose_only_and_not_with_a_bit_changed() {
        let id = Uuid::from_u128(9);
        for purpose in PURPOSES {
            let token = tokens().make(purpose, id, now());
            assert!(token.len() >= 43, "{purpose:?}");
            for other in PURPOSES {
                let expected = (other == purpose).then_some(id);
                assert_eq!(tokens().check(other, &token, now()), expected, "{purpose:?}");
            }
            let bytes = BASE32_NOPAD.decode(token.to_uppercase().as_bytes()).unwrap();
            for bit in 0..bytes.len() * 8 {
                let mut changed = bytes.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                let changed = BASE32_NOPAD.encode(&changed).to_lowercase();
                assert_eq!(tokens().check(purpose, &changed, now()), None, "bit {bit}");
            }
            assert_eq!(Tokens::from_key(&[8; 32]).check(purpose, &token, now()), None);
        }
    }

    #[test]
    fn s_8_a_million_guesses_hit_nothing() {
        let (tokens, now, random) = (tokens(), now(), SystemRandom::new());
        let mut guesses = vec![0_u8; 30 * 1_000];
        for _ in 0..1_000 {
            random.fill(&mut guesses).unwrap();
            for guess in guesses.chunks(30) {
                let text = BASE32_NOPAD.encode(guess).to_lowercase();
                assert_eq!(tokens.check(Purpose::Unsubscribe, &text, now), None);
            }
        }
    }

    #[test]
    fn d_44_a_link_to_the_preferences_lives_fifteen_minutes_and_leaving_never_expires() {
        let id = Uuid::from_u128(9);
        let after = |minutes| now() + SignedDuration::from_mins(minutes);
        for (purpose, last) in
            [(Purpose::Manage, 15), (Purpose::Confirm, 48 * 60), (Purpose::Bounce, 30 * 24 * 60)]
        {
            let token = tokens().make(purpose, id, now());
            assert_eq!(tokens().check(purpose, &token, after(last)), Some(id));
            assert_eq!(tokens().check(purpose, &token, after(last + 1)), None);
        }
        let leave = tokens().make(Purpose::Unsubscribe, id, now());
        assert_eq!(tokens().check(Purpose::Unsubscribe, &leave, after(10_000_000)), Some(id));
    }

    #[test]
    fn d_14_tokens_of_mail_addresses_fit_into_a_local_part_in_any_case() {
        for (purpose, name) in
            [(Purpose::Unsubscribe, "unsubscribe+"), (Purpose::Bounce, "bounce+")]
        {
            let token = tokens().make(purpose, Uuid::from_u128(9), now());
            assert!(name.len() + token.len() <= 64);
            assert!(tokens().check(purpose, &token.to_uppercase(), now()).is_some());
        }
    }

    #[test]
    fn d_5_a_key_that_others_can_read_is_refused_and_a_missing_one_is_made() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token.key");
        let id = Uuid::from_u128(9);
        let token = Tokens::open(&path).unwrap().make(Purpose::Unsubscribe, id, now());
        let again = Tokens::open(&path).unwrap();
        assert_eq!(again.check(Purpose::Unsubscribe, &token, now()), Some(id));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let error = Tokens::open(&path).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn d_43_a_mark_knows_an_address_again_and_does_not_hold_it() {
        let address: Address = "Reader@example.org".parse().unwrap();
        let same: Address = "reader@EXAMPLE.org".parse().unwrap();
        assert_eq!(tokens().mark(&address), tokens().mark(&same));
        assert!(!tokens().mark(&address).contains("reader"));
    }
}
