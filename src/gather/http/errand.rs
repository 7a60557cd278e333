//! An errand: one document to be had, with the time that it may take.

use std::time::Duration;

use reqwest::header::{ACCEPT, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::{Client, Response};
use tokio::time::{Instant, sleep};
use url::Url;

use super::client::HttpClient;
use super::error::FetchError;
use super::request::{Conditions, What};
use super::{freshness, jitter, redirect};

/// How long after a first failure it is tried again; three times as long after each further one.
const FIRST_RETRY: Duration = Duration::from_millis(500);

/// The longest `Retry-After` that is waited for within a run. What is longer is left to a later run.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// One document to be had.
#[derive(Debug, Clone, Copy)]
pub(super) struct Errand<'a> {
    /// What it is asked with.
    pub(super) client: &'a Client,
    /// Where the chain of redirects began.
    pub(super) first: &'a Url,
    /// What kind of document.
    pub(super) what: What,
    /// What we have of it.
    pub(super) conditions: &'a Conditions,
    /// When it is given up.
    pub(super) until: Instant,
}

impl HttpClient {
    /// One request, made again with a growing pause where the server or the connection failed and there is time.
    pub(super) async fn ask(&self, url: &Url, errand: &Errand<'_>) -> Result<Response, FetchError> {
        let mut pause = FIRST_RETRY;
        for _ in 0..self.config.retries {
            let answer = self.send(url, errand).await;
            let Some(wait) = self.wait_after(&answer, pause) else { return answer };
            if Instant::now() + wait >= errand.until {
                return answer;
            }
            drop(answer);
            sleep(wait).await;
            pause *= 3;
        }
        self.send(url, errand).await
    }

    /// How long to wait before asking again; none where that is no use in this run.
    fn wait_after(
        &self,
        answer: &Result<Response, FetchError>,
        pause: Duration,
    ) -> Option<Duration> {
        match answer {
            Ok(response) if matches!(response.status().as_u16(), 429 | 500 | 502..=504) => {
                let asked = freshness::retry_after(response, self.clock.now());
                let wait = asked.map_or_else(|| jitter::around(pause), |wait| wait.max(pause));
                Some(wait).filter(|wait| *wait <= LONGEST_WAIT)
            }
            Err(FetchError::Unreachable { .. }) => Some(jitter::around(pause)),
            _ => None,
        }
    }

    /// One request. Credentials of the configured address go to its own origin only, as does what its source says
    /// that requests carry.
    async fn send(&self, url: &Url, errand: &Errand<'_>) -> Result<Response, FetchError> {
        let first = errand.first;
        let mut request = errand
            .client
            .get(redirect::without_credentials(url))
            .header(ACCEPT, errand.what.accept())
            .headers(self.own.of(url));
        if url.origin() == first.origin() && !first.username().is_empty() {
            request = request.basic_auth(first.username(), first.password());
        }
        if let Some(etag) = &errand.conditions.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &errand.conditions.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let idle = self.config.idle_timeout.duration().as_secs();
        request.send().await.map_err(|e| FetchError::from_client(&e, url.as_str(), idle))
    }
}
