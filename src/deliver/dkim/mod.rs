//! DKIM (RFC 6376, RFC 8463): signatures over the final bytes, by RSA and Ed25519.
//!
//! mail-auth writes the second of signing into each signature and hashes the body anew for each recipient; here the
//! time is that of the message, so that a resend is byte-identical (D-31), and a body is hashed once for all who get
//! it. RSA by PKCS #1 and Ed25519 are deterministic. dkimpy checks the result in `tests/run`.

mod canonical;
mod generate;
mod key;

use std::fmt::Write as _;

use data_encoding::BASE64;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};

use super::DeliverError;
use canonical::{canonical_body, canonical_header, headers_of};
use key::SigningKey;

pub use generate::{NewKey, generate};

/// What is signed, and named once more than it occurs, so that nobody can add another (D-3). RFC 8058 demands the
/// `List-Unsubscribe` ones.
const SIGNED: [&str; 12] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Reply-To",
    "In-Reply-To",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Base-64 characters on a line of a signature.
const WIDTH: usize = 72;

/// One key with its selector.
#[derive(Debug)]
pub struct Signer {
    domain: String,
    selector: String,
    key: SigningKey,
}

/// The SHA-256 of a body in its relaxed form, in base 64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BodyHash(String);

impl BodyHash {
    pub(super) fn of(body: &[u8]) -> Self {
        Self(BASE64.encode(digest(&SHA256, &canonical_body(body)).as_ref()))
    }
}

impl Signer {
    /// The signer of `domain` with the key of a file, which only its owner may read.
    pub fn open(
        domain: &str,
        selector: &str,
        path: &std::path::Path,
    ) -> Result<Self, DeliverError> {
        let key = SigningKey::open(path)?;
        Ok(Self { domain: domain.to_owned(), selector: selector.to_owned(), key })
    }

    /// Where receivers look for the key, and what must stand there.
    pub fn record(&self) -> (String, String) {
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        (name, self.key.record())
    }

    /// The `DKIM-Signature` header of a message whose head is `head`, with its line end.
    pub(super) fn sign(
        &self,
        head: &str,
        body: &BodyHash,
        dated: Timestamp,
    ) -> Result<String, DeliverError> {
        let headers = headers_of(head);
        let (mut names, mut input) = (Vec::new(), String::new());
        for name in SIGNED {
            let same = headers.iter().rev().filter(|header| header.name.eq_ignore_ascii_case(name));
            for header in same {
                names.push(name);
                input.push_str(&canonical_header(header));
                input.push_str("\r\n");
            }
            names.push(name);
        }
        let unsigned = self.unsigned(&names, body, dated);
        for header in headers_of(&unsigned) {
            input.push_str(&canonical_header(&header));
        }
        let signature = BASE64.encode(&self.key.sign(input.as_bytes())?);
        Ok(format!("{unsigned}{}\r\n", folded(&signature)))
    }

    /// The header up to `b=`.
    fn unsigned(&self, names: &[&str], body: &BodyHash, dated: Timestamp) -> String {
        let mut text = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n h=",
            self.key.algorithm(),
            self.domain,
            self.selector,
            dated.as_second()
        );
        let mut width = 3;
        for (n, name) in names.iter().enumerate() {
            if n > 0 {
                text.push(':');
            }
            if width + name.len() > WIDTH {
                text.push_str("\r\n ");
                width = 1;
            }
            text.push_str(name);
            width += name.len() + 1;
        }
        let _ = write!(text, ";\r\n bh={};\r\n b=", body.0);
        text
    }
}

fn folded(base64: &str) -> String {
    let lines: Vec<_> = base64.as_bytes().chunks(WIDTH).map(String::from_utf8_lossy).collect();
    lines.join("\r\n ")
}
