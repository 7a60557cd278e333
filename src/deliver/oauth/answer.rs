//! What a token address answers (RFC 6749, 5), and what a program prints.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;

/// A token that was had.
pub(super) struct Granted {
    pub(super) token: SecretString,
    /// For how long it is good; none where that is not said.
    pub(super) lifetime: Option<Duration>,
}

/// The answer, right or wrong.
#[derive(Deserialize)]
pub(super) struct Answer {
    access_token: Option<String>,
    expires_in: Option<serde_json::Value>,
    pub(super) refresh_token: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Answer {
    /// The token, or what is wrong and what to do.
    pub(super) fn granted(&self) -> Result<Granted, String> {
        match &self.access_token {
            Some(token) if is_token(token) => {
                Ok(Granted { token: SecretString::from(token.clone()), lifetime: self.lifetime() })
            }
            Some(_) => Err("what it gives is no access token".to_owned()),
            None => Err(self.fault()),
        }
    }

    /// Some write the number as a text.
    fn lifetime(&self) -> Option<Duration> {
        let seconds = match self.expires_in.as_ref()? {
            serde_json::Value::Number(number) => number.as_u64(),
            serde_json::Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        seconds.map(Duration::from_secs)
    }

    fn fault(&self) -> String {
        let error = self.error.as_deref().unwrap_or("it gives neither a token nor a reason");
        let todo = match error {
            "invalid_grant" => "; the refresh token is no longer good: sign in anew and replace it",
            "invalid_client" | "unauthorized_client" => {
                "; check the client's id and secret, and what it may do"
            }
            "invalid_scope" => "; check the scope",
            _ => "",
        };
        let said = self.error_description.as_deref().map(one_line).filter(|said| !said.is_empty());
        let said = said.map_or_else(String::new, |said| format!(" ({said})"));
        format!("{}{said}{todo}", one_line(error))
    }
}

/// RFC 6750: what may stand after `Bearer`.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16_384 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The words of others, as far as they fit a line.
pub(super) fn one_line(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(json: &str) -> Result<Granted, String> {
        serde_json::from_str::<Answer>(json).unwrap().granted()
    }

    #[test]
    fn the_lifetime_of_a_token_is_read_as_number_and_as_text() {
        for (json, seconds) in [
            (r#"{"access_token":"t","expires_in":3599}"#, Some(3_599)),
            (r#"{"access_token":"t","expires_in":"3599"}"#, Some(3_599)),
            (r#"{"access_token":"t","expires_in":null}"#, None),
            (r#"{"access_token":"t"}"#, None),
        ] {
            let lifetime = answer(json).ok().unwrap().lifetime;
            assert_eq!(lifetime, seconds.map(Duration::from_secs), "{json}");
        }
    }

    #[test]
    fn a_refusal_says_whose_fault_it_is() {
        let told = |json| answer(json).err().unwrap();
        let gone = told(
            r#"{"error":"invalid_grant","error_description":"Token has been revoked.\r\nTrace: 1"}"#,
        );
        assert_eq!(
            gone,
            "invalid_grant (Token has been revoked.); the refresh token is no longer good: sign in anew and replace it"
        );
        assert!(told(r#"{"error":"invalid_client"}"#).contains("id and secret"));
        assert!(told("{}").contains("neither a token nor a reason"));
        assert!(told(r#"{"access_token":"a b"}"#).contains("no access token"));
    }
}
