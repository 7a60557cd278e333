//! The `[deliver]` section.

mod imap;
mod mx;
mod oauth;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::span::Span;
use super::{ConfigError, secret};
use crate::model::subscriber::Address;

use imap::is_here;
use oauth::Beside;

pub use imap::ImapConfig;
pub use mx::MxConfig;
pub use oauth::{Auth, OauthConfig, OauthSecrets};

/// A local part has 64 characters (RFC 5321), a token in it up to 52 and its plus sign one.
const LONGEST_MAILBOX: usize = 11;

/// How mail goes out. Without an SMTP host every message is written to a folder as an `.eml` file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverConfig {
    /// The address in `From`.
    pub from: String,
    /// The name in `From`.
    pub from_name: String,
    /// The address in `From` of letters about a reader's own subscription; left out, `from` with `-account` (D-2).
    pub letters_from: Option<String>,
    /// A monitored address for answers; left out, `from`.
    pub reply_to: Option<String>,
    /// The mailbox that takes `+TOKEN` addresses of who wants to leave; `sitrep bounce read` reads it. Left out,
    /// `List-Unsubscribe` is not sent.
    pub unsubscribe_to: Option<String>,
    /// The mailbox that takes `+TOKEN` addresses of bounces; `sitrep bounce read` reads it. Left out, bounces go to
    /// `from`.
    pub bounce_to: Option<String>,
    /// The maildir into which both mailboxes are delivered; the service reads it. Taken against the configuration's
    /// folder.
    pub inbox: Option<PathBuf>,
    /// The same on a server; the service reads it too.
    pub imap: ImapConfig,
    /// smtp, mx, folder, maildir or sendmail; left out, smtp where a relay is named and folder otherwise.
    pub via: Option<Via>,
    /// Where `.eml` files go; taken against the configuration's folder.
    pub folder: PathBuf,
    /// The maildir, for `via = "maildir"`; taken against the configuration's folder.
    pub maildir: PathBuf,
    /// The program, for `via = "sendmail"`.
    pub sendmail: PathBuf,
    /// The relay.
    pub smtp: SmtpConfig,
    /// The way to the servers of domains, for `via = "mx"`.
    pub mx: MxConfig,
    /// The keys that sign; the first must be RSA.
    pub dkim: Vec<DkimConfig>,
    /// The key of the tokens, made when it is not there; all machines of an installation need the same one.
    pub token_key_file: PathBuf,
    /// Where each suppression is written down beside the database, so that a restored one does not revive anybody.
    pub suppressions: PathBuf,
    /// Messages a minute in total; 0 for no limit.
    pub pace: u32,
    /// Messages a minute to one domain; 0 for no limit.
    pub pace_per_domain: u32,
    /// Messages a minute to single domains.
    pub paces: BTreeMap<String, u32>,
    /// How many messages are under way at once.
    pub connections: usize,
    /// After this a digest is no longer sent.
    pub expire_after: Span,
    /// After this a message whose fate nobody knows is sent once more.
    pub unknown_after: Span,
}

impl Default for DeliverConfig {
    fn default() -> Self {
        Self {
            from: "sitrep@localhost.localdomain".to_owned(),
            from_name: "Sitrep".to_owned(),
            letters_from: None,
            reply_to: None,
            unsubscribe_to: None,
            bounce_to: None,
            inbox: None,
            imap: ImapConfig::default(),
            via: None,
            folder: PathBuf::from("../outbox"),
            maildir: PathBuf::from("../maildir"),
            sendmail: PathBuf::from("/usr/sbin/sendmail"),
            smtp: SmtpConfig::default(),
            mx: MxConfig::default(),
            dkim: Vec::new(),
            token_key_file: PathBuf::from("token.key"),
            suppressions: PathBuf::from("../suppressions.log"),
            pace: 0,
            pace_per_domain: 0,
            paces: BTreeMap::new(),
            connections: 4,
            expire_after: Span::seconds(12 * 3600),
            unknown_after: Span::seconds(15 * 60),
        }
    }
}

/// The way out for mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// To the relay.
    Smtp,
    /// To the servers of each domain.
    Mx,
    /// To `.eml` files.
    Folder,
    /// To a maildir.
    Maildir,
    /// To a program that takes a message on its standard input.
    Sendmail,
}

/// A key that signs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DkimConfig {
    /// Under which name receivers look for it.
    pub selector: String,
    /// The PEM file, mode 0600; taken against the configuration's folder.
    pub key_file: PathBuf,
}

/// How a connection to a server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Plain, then STARTTLS; refused where the relay does not offer it.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a server on this machine only.
    None,
}

impl Tls {
    /// The usual port: RFC 6409 and RFC 8314.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Starttls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// The relay.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpConfig {
    /// Its name; left out, mail goes to the folder.
    pub host: Option<String>,
    /// Its port; left out, 587, 465 or 25 by `tls`.
    pub port: Option<u16>,
    /// starttls, tls or none.
    pub tls: Tls,
    /// password or xoauth2.
    pub auth: Auth,
    /// For AUTH.
    pub username: Option<String>,
    /// For AUTH.
    #[serde(serialize_with = "secret::hidden")]
    pub password: Option<SecretString>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// Where access tokens come from, for `auth = "xoauth2"`.
    pub oauth: OauthConfig,
    /// A PEM file with a certificate to trust beside those of the system; taken against the configuration's folder.
    pub ca_file: Option<PathBuf>,
    /// For each command.
    pub timeout: Span,
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self {
            host: None,
            port: None,
            tls: Tls::default(),
            auth: Auth::default(),
            username: None,
            password: None,
            password_file: None,
            oauth: OauthConfig::default(),
            ca_file: None,
            timeout: Span::seconds(60),
        }
    }
}

impl SmtpConfig {
    /// The port that is used.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or_else(|| self.tls.default_port())
    }

    /// The password, from its value or its file.
    pub fn secret(&self, folder: &Path) -> Result<Option<SecretString>, ConfigError> {
        secret::resolve(
            "deliver.smtp.password",
            self.password.as_ref(),
            self.password_file.as_ref(),
            folder,
        )
    }
}

impl SmtpConfig {
    fn check(&self) -> Result<(), ConfigError> {
        let Some(host) = &self.host else { return Ok(()) };
        let beside = Beside {
            auth: self.auth,
            user: self.username.as_ref(),
            has_password: self.password.is_some() || self.password_file.is_some(),
            is_plain: self.tls == Tls::None && !is_here(host),
        };
        self.oauth.check("deliver.smtp", &beside)
    }
}

impl DeliverConfig {
    /// The way out that is used.
    pub fn via(&self) -> Via {
        self.via.unwrap_or(if self.smtp.host.is_some() { Via::Smtp } else { Via::Folder })
    }

    /// Messages a minute to `domain`, whose pace is kept under the name of `lane`; 0 for no limit. A relay keeps its own
    /// pace; on the way to the servers of domains it is ours to keep.
    pub fn pace_of(&self, domain: &str, lane: &str, is_provider: bool) -> u32 {
        let named = self.paces.get(domain).or_else(|| self.paces.get(lane)).copied();
        named.unwrap_or_else(|| match self.via() {
            Via::Mx if self.pace_per_domain == 0 && is_provider => self.mx.pace_providers,
            Via::Mx if self.pace_per_domain == 0 => self.mx.pace,
            _ => self.pace_per_domain,
        })
    }

    /// The domain in `From`, which signs.
    pub fn domain(&self) -> &str {
        self.from.rsplit_once('@').map_or("localhost.localdomain", |(_, domain)| domain)
    }

    /// The address in `From` of letters about a reader's own subscription: another one than that of digests, so that
    /// what receivers think of the one does not fall on the other.
    pub fn letters_from(&self) -> String {
        self.letters_from.clone().unwrap_or_else(|| match self.from.rsplit_once('@') {
            Some((local, domain)) => format!("{local}-account@{domain}"),
            None => self.from.clone(),
        })
    }

    /// Refuses addresses that are none.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let given = [
            ("deliver.from", Some(&self.from)),
            ("deliver.reply_to", self.reply_to.as_ref()),
            ("deliver.unsubscribe_to", self.unsubscribe_to.as_ref()),
            ("deliver.bounce_to", self.bounce_to.as_ref()),
            ("deliver.letters_from", self.letters_from.as_ref()),
        ];
        for (key, address) in given {
            let Some(address) = address else { continue };
            address.parse::<Address>().map_err(|error| ConfigError::Inconsistent {
                key: key.to_owned(),
                message: error.to_string(),
            })?;
        }
        let tagged = [given[2], given[3]];
        for (key, address) in tagged {
            let local = address.map_or("", |address| address.split('@').next().unwrap_or(""));
            if local.len() > LONGEST_MAILBOX {
                return Err(ConfigError::Inconsistent {
                    key: key.to_owned(),
                    message: format!(
                        "the part before `@` may have {LONGEST_MAILBOX} characters, so that a token fits beside it"
                    ),
                });
            }
        }
        if self.via() == Via::Smtp && self.smtp.host.is_none() {
            return Err(ConfigError::Inconsistent {
                key: "deliver.via".to_owned(),
                message: "`smtp` needs `deliver.smtp.host`".to_owned(),
            });
        }
        self.smtp.check()?;
        self.mx.check()?;
        self.imap.check()
    }
}
