//! Fetching robots.txt.

use std::sync::Arc;

use url::Url;

use super::body;
use super::client::{HttpClient, MOST_REDIRECTS};
use super::errand::Errand;
use super::error::FetchError;
use super::redirect;
use super::request::{Conditions, What};
use super::robots::{ROBOTS_LIMIT, Rules};
use crate::model::source::RobotsFile;

/// The name that robots.txt knows us by.
const ROBOTS_NAME: &str = "sitrep";

impl HttpClient {
    /// The robots.txt rules for an address.
    pub(super) async fn rules(
        &self,
        url: &Url,
        errand: &Errand<'_>,
    ) -> Result<Arc<Rules>, FetchError> {
        let origin = url.origin().ascii_serialization();
        if let Some(known) = self.robots.get(ROBOTS_NAME, &origin, url) {
            return Ok(known);
        }
        let none = Conditions::default();
        let errand = Errand { what: What::Page, conditions: &none, ..*errand };
        let answer = match url.join("/robots.txt") {
            Ok(address) if self.config.robots => self.fetch_rules(address, &errand).await,
            _ => Ok(None),
        };
        match answer {
            Ok(Some((status, body))) => {
                let rules = Rules::of(ROBOTS_NAME, status, &body);
                Ok(self.robots.put(origin.clone(), rules, self.to_keep(origin, status, &body)))
            }
            // Where nothing answers at all, the document will not be had either.
            Err(
                error @ (FetchError::TimedOut { .. }
                | FetchError::Unreachable { .. }
                | FetchError::Forbidden { .. }),
            ) => Err(error),
            Ok(None) | Err(_) => Ok(self.robots.put(origin, Rules::None, None)),
        }
    }

    /// What later runs need not ask for; a server that is broken or too busy they ask again.
    fn to_keep(&self, origin: String, status: u16, body: &[u8]) -> Option<RobotsFile> {
        let text = match status {
            429 | 500.. => return None,
            200..=299 => String::from_utf8_lossy(body).into_owned(),
            _ => String::new(),
        };
        // PostgreSQL keeps no text with a zero in it.
        let text = text.replace('\0', " ");
        Some(RobotsFile { origin, read_at: self.clock.now(), status, text })
    }

    /// The status and the body of the last answer; none where redirects do not end.
    async fn fetch_rules(
        &self,
        mut url: Url,
        errand: &Errand<'_>,
    ) -> Result<Option<(u16, Vec<u8>)>, FetchError> {
        for _ in 0..=MOST_REDIRECTS {
            let mut response = self.ask(&url, errand).await?;
            if let Some(next) = redirect::target(&self.guard, &response, &url, errand.first)? {
                url = next;
                continue;
            }
            let idle = self.config.idle_timeout.duration().as_secs();
            let status = response.status().as_u16();
            let body = body::read(&mut response, ROBOTS_LIMIT, idle).await?;
            return Ok(Some((status, body)));
        }
        Ok(None)
    }
}
