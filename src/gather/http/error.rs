//! How a fetch fails, in words that say whose fault it is.

use std::error::Error as _;
use std::time::Duration;

use super::resolve::Refused;
use crate::gather::links;
use crate::model::source::FetchOutcome;

/// How a fetch failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// We may not connect there.
    #[error(
        "we do not connect to `{url}`: {why}; if this is meant, name its host and port in `[gather] allow_private`"
    )]
    Forbidden {
        /// Where to.
        url: String,
        /// Why not.
        why: &'static str,
    },
    /// A redirect that is not followed.
    #[error("it redirects to `{url}`, which we do not follow: {why}")]
    Redirect {
        /// Where to.
        url: String,
        /// Why not.
        why: &'static str,
        /// Whether the outlet says that it is for good.
        permanent: bool,
    },
    /// More redirects than any outlet needs.
    #[error(
        "the outlet redirects in circles or more than five times, the last to `{url}`; tell the outlet"
    )]
    RedirectLoop {
        /// Where the last one leads.
        url: String,
    },
    /// The total or the idle limit ran out.
    #[error("the outlet did not answer in time ({seconds} s); we try again at the next run")]
    TimedOut {
        /// The limit that ran out.
        seconds: u64,
    },
    /// Larger than we read.
    #[error("the answer is larger than {limit} MiB; ask the outlet for a shorter one")]
    TooLarge {
        /// The limit, in MiB.
        limit: u64,
    },
    /// Compressed more than any text compresses.
    #[error(
        "the answer unpacks to more than 100 times its size, as an attack does; it was not read"
    )]
    Bomb,
    /// A `Content-Encoding` that cannot be read.
    #[error(
        "the answer is damaged: its content encoding `{encoding}` cannot be read; tell the outlet"
    )]
    Encoding {
        /// The header's value.
        encoding: String,
    },
    /// robots.txt forbids it.
    #[error(
        "the outlet's robots.txt asks programs not to read this address; ask the outlet, or remove the source"
    )]
    Robots,
    /// robots.txt could not be read, which RFC 9309 (2.3.1.4) says to take as a no.
    #[error(
        "the outlet's robots.txt answers {status}, which is to be taken as a no until it is mended"
    )]
    RobotsBroken {
        /// The status.
        status: u16,
    },
    /// A status that is no success.
    #[error("{}", of_status(*.status, *.retry_after))]
    Status {
        /// The status.
        status: u16,
        /// How long the outlet asks us to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// No name, no connection, no TLS, or broken off.
    #[error("no connection: {why}; the outlet or the network is down, or the address is wrong")]
    Unreachable {
        /// The innermost cause.
        why: String,
    },
}

impl FetchError {
    /// The outcome that is recorded.
    pub fn outcome(&self) -> FetchOutcome {
        match self {
            Self::Redirect { permanent: true, .. } => FetchOutcome::Moved,
            Self::Forbidden { .. } | Self::Redirect { .. } => FetchOutcome::Forbidden,
            Self::TimedOut { .. } => FetchOutcome::TimedOut,
            Self::TooLarge { .. } | Self::Bomb => FetchOutcome::TooLarge,
            Self::Encoding { .. } => FetchOutcome::Malformed,
            Self::Robots | Self::RobotsBroken { .. } => FetchOutcome::Robots,
            Self::Status { status: 401 | 402 | 403 | 407 | 429 | 451, .. } => FetchOutcome::Blocked,
            Self::Status { status: 404 | 410, .. } => FetchOutcome::Gone,
            Self::Status { .. } | Self::Unreachable { .. } | Self::RedirectLoop { .. } => {
                FetchOutcome::Unreachable
            }
        }
    }

    /// How long the outlet asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What an error of the HTTP library means.
    pub(super) fn from_client(error: &reqwest::Error, url: &str, idle_seconds: u64) -> Self {
        let mut cause = error.source();
        let mut innermost = None;
        while let Some(inner) = cause {
            if inner.is::<Refused>() {
                return Self::Forbidden {
                    url: links::shown(url),
                    why: "its name stands for an address that is not public",
                };
            }
            innermost = Some(inner.to_string());
            cause = inner.source();
        }
        if error.is_timeout() {
            return Self::TimedOut { seconds: idle_seconds };
        }
        Self::Unreachable { why: innermost.unwrap_or_else(|| "the request failed".to_owned()) }
    }
}

fn of_status(status: u16, retry_after: Option<Duration>) -> String {
    let wait = retry_after.filter(|_| matches!(status, 429 | 503)).map(|wait| {
        let minutes = wait.as_secs().div_ceil(60);
        format!("; it asks us to wait for {minutes} min, and so we do")
    });
    let wait = wait.unwrap_or_default();
    let advice = match status {
        401 | 407 => "the outlet asks for a password; ask it for access",
        402 => "the outlet asks for payment",
        403 | 451 => "the outlet refuses us; ask it to admit our User-Agent",
        404 => "there is nothing at this address; look for the outlet's new one and change `url`",
        410 => {
            "the outlet has removed this for good; look for its new address or remove the source"
        }
        429 => "we asked too often for the outlet's taste; raise `[gather] host_delay`",
        500..=599 => "the outlet's server is broken; we try again at the next run",
        _ => "the outlet's server gives no document",
    };
    format!("the answer is {status}: {advice}{wait}")
}
