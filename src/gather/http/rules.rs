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
        if let Some(known) = self.robots.get(&origin) {
            return Ok(known);
        }
        let none = Conditions::default();
        let errand = Errand { what: What::Page, conditions: &none, ..*errand };
        let rules = match url.join("/robots.txt") {
            Ok(address) if self.config.robots => self.fetch_rules(address, &errand).await,
            _ => Ok(Rules::None),
        };
        match rules {
            Ok(rules) => Ok(self.robots.put(origin, rules)),
            // Where nothing answers at all, the document will not be had either.
            Err(
                error @ (FetchError::TimedOut { .. }
                | FetchError::Unreachable { .. }
                | FetchError::Forbidden { .. }),
            ) => Err(error),
            Err(_) => Ok(self.robots.put(origin, Rules::None)),
        }
    }

    async fn fetch_rules(&self, mut url: Url, errand: &Errand<'_>) -> Result<Rules, FetchError> {
        for _ in 0..=MOST_REDIRECTS {
            let mut response = self.ask(&url, errand).await?;
            if let Some(next) = redirect::target(&self.guard, &response, &url, errand.first)? {
                url = next;
                continue;
            }
            let idle = self.config.idle_timeout.duration().as_secs();
            let status = response.status().as_u16();
            let body = body::read(&mut response, ROBOTS_LIMIT, idle).await?;
            return Ok(Rules::of(ROBOTS_NAME, status, &body));
        }
        Ok(Rules::None)
    }
}
