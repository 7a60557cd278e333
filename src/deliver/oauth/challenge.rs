//! The words of XOAUTH2, for SMTP and IMAP alike.

use data_encoding::BASE64;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::answer::one_line;

/// What the client says first.
pub(in crate::deliver) fn response(user: &str, token: &SecretString) -> String {
    format!("user={user}\u{1}auth=Bearer {}\u{1}\u{1}", token.expose_secret())
}

/// A server that refuses a token says why in JSON, as base 64, before the refusal itself.
#[derive(Deserialize)]
struct Why {
    status: Option<serde_json::Value>,
    scope: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// What is wrong with a token and what to do: `challenge` is what came before the refusal, `said` the refusal.
pub(in crate::deliver) fn refused(user: &str, challenge: &[u8], said: &str) -> String {
    let why = serde_json::from_slice::<Why>(challenge).ok();
    let mut parts = vec![one_line(said)];
    let mut todo =
        format!("check that the token is one of `{user}` and that it may send and read mail");
    if let Some(why) = why {
        if let Some(error) = why.error_description.or(why.error) {
            parts.push(one_line(&error));
        }
        if let Some(status) = why.status {
            parts.push(format!("status {}", one_line(status.to_string().trim_matches('"'))));
        }
        if let Some(scope) = why.scope.filter(|scope| !scope.is_empty()) {
            todo = format!("sign in as `{user}` with the scope `{}`", one_line(&scope));
        }
    }
    parts.retain(|part| !part.is_empty());
    format!("it refuses the access token of `{user}` ({}): {todo}", parts.join("; "))
}

/// The challenge out of base 64; nothing where it is something else.
pub(in crate::deliver) fn decoded(text: &str) -> Vec<u8> {
    BASE64.decode(text.trim().as_bytes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_token_is_told_with_the_servers_reason_and_what_to_do() {
        let google = decoded(
            "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==",
        );
        assert_eq!(
            refused("a@example.org", &google, "535 5.7.8 not accepted"),
            "it refuses the access token of `a@example.org` (535 5.7.8 not accepted; status 400): \
             sign in as `a@example.org` with the scope `https://mail.google.com/`"
        );
        let bare = refused("a@example.org", b"", "535 5.7.3 unsuccessful\r\nmore");
        assert!(
            bare.contains("(535 5.7.3 unsuccessful): check that the token is one of"),
            "{bare}"
        );
        assert_eq!(decoded("?"), b"");
    }
}
