//! Requests to addresses that the operator wrote down.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};

/// How long an address may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// The longest answer that is read.
const LONGEST: usize = 64 << 10;

/// A client for addresses that the operator wrote down: they may be private, and nothing of a source reaches them.
#[expect(clippy::disallowed_methods, reason = "the guarded client refuses private addresses")]
pub(super) fn client() -> Result<Client, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().timeout(PATIENCE).redirect(Policy::none()).no_proxy();
    builder.build().map_err(|error| error.to_string())
}

/// The text of an answer; none of one that is too long or breaks off.
pub(super) async fn text(mut answer: Response) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        if bytes.len() + chunk.len() > LONGEST {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).ok()
}
