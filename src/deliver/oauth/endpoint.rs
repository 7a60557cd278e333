//! A provider's token address (RFC 6749): a refresh token, or the client's own secret, against an access token.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use reqwest::Client;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;
use url::form_urlencoded::Serializer;

use super::answer::{Answer, Granted};
use crate::config::deliver::OauthConfig;
use crate::deliver::DeliverError;
use crate::deliver::http::{client, text};

/// A token address and what it wants.
pub(super) struct Endpoint {
    url: String,
    /// Its host, for messages.
    place: String,
    client_id: String,
    client_secret: Option<SecretString>,
    refresh_token: Mutex<Option<SecretString>>,
    refresh_token_file: Option<PathBuf>,
    scope: Option<String>,
    client: Client,
}

impl Endpoint {
    pub(super) fn new(
        url: &str,
        config: &OauthConfig,
        section: &'static str,
        home: &Path,
    ) -> Result<Self, DeliverError> {
        let wrong = |why: String| DeliverError::Oauth { section, why };
        let secrets = config.secrets(section, home).map_err(|error| wrong(error.to_string()))?;
        let place = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Ok(Self {
            url: url.to_owned(),
            place: place.unwrap_or_default(),
            client_id: config.client_id.clone().unwrap_or_default(),
            client_secret: secrets.client_secret,
            refresh_token: Mutex::new(secrets.refresh_token),
            refresh_token_file: config.refresh_token_file.as_ref().map(|file| home.join(file)),
            scope: config.scope.clone(),
            client: client().map_err(wrong)?,
        })
    }

    /// Asks for a token. A refresh token that comes with it takes the place of ours.
    pub(super) async fn ask(&self) -> Result<Granted, String> {
        let mut ours = self.refresh_token.lock().await;
        // Another process may have been given a new one.
        if let Some(file) = &self.refresh_token_file
            && let Ok(written) = fs::read_to_string(file)
        {
            *ours = Some(SecretString::from(written.trim().to_owned()));
        }
        let body = self.form(ours.as_ref());
        let request = self.client.post(&self.url).header("accept", "application/json");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let place = &self.place;
        let answer = request.body(body).send().await.map_err(|error| {
            format!("`{place}` cannot be asked for a token: {}", error.without_url())
        })?;
        let status = answer.status().as_u16();
        let read = text(answer).await.and_then(|text| serde_json::from_str::<Answer>(&text).ok());
        let Some(answer) = read else {
            return Err(format!("`{place}` answers {status} and no token; check `token_url`"));
        };
        let granted = answer.granted().map_err(|why| format!("`{place}` gives no token: {why}"))?;
        if let Some(new) = answer.refresh_token
            && ours.as_ref().is_some_and(|ours| ours.expose_secret() != new)
        {
            self.keep(&new);
            *ours = Some(SecretString::from(new));
        }
        Ok(granted)
    }

    fn form(&self, refresh_token: Option<&SecretString>) -> String {
        let mut form = Serializer::new(String::new());
        match refresh_token {
            Some(token) => form
                .append_pair("grant_type", "refresh_token")
                .append_pair("refresh_token", token.expose_secret()),
            None => form.append_pair("grant_type", "client_credentials"),
        };
        form.append_pair("client_id", &self.client_id);
        if let Some(secret) = &self.client_secret {
            form.append_pair("client_secret", secret.expose_secret());
        }
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        form.finish()
    }

    /// Writes a new refresh token where the old one was read: the old one may not be good for ever.
    fn keep(&self, token: &str) {
        let Some(path) = &self.refresh_token_file else { return };
        if let Err(error) = write(path, token) {
            let path = path.display();
            tracing::warn!(%path, %error, "a new refresh token could not be written down");
        }
    }
}

/// First beside its place, then moved there: it is never seen half.
fn write(path: &Path, token: &str) -> io::Result<()> {
    let part = path.with_extension(format!("new-{}", std::process::id()));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    writeln!(file, "{token}")?;
    file.sync_all()?;
    fs::rename(part, path)
}
