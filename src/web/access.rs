//! Who may read: everybody where the archive is public; otherwise subscribers, known by a cookie that they asked for, and
//! in a feed reader by a token in the feed's address.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;

use super::WebError;
use super::fields::Fields;
use super::page;
use super::site::Site;
use crate::deliver::token::Purpose;
use crate::model::id::SubscriberId;
use crate::model::subscriber::{Subscriber, SubscriberState};
use crate::store::subscribers;

/// The cookie of a reader: only over TLS or on this machine, only for this name, for no script.
const COOKIE: &str = "__Host-reader";
/// As long as its token.
const COOKIE_DAYS: u32 = 30;

/// Somebody who may read; the subscriber where they are known.
pub(super) struct Reading(pub(super) Option<Subscriber>);

/// Somebody who may read a feed.
pub(super) struct FeedReading;

impl Site {
    /// The subscriber of a request's cookie.
    pub(super) async fn reader(&self, headers: &HeaderMap) -> Result<Option<Subscriber>, WebError> {
        match cookie(headers, COOKIE) {
            Some(token) => self.subscriber_of(Purpose::Read, token).await,
            None => Ok(None),
        }
    }

    pub(super) async fn subscriber_of(
        &self,
        purpose: Purpose,
        token: &str,
    ) -> Result<Option<Subscriber>, WebError> {
        let Some(id) = self.tokens().check(purpose, token, self.now()) else { return Ok(None) };
        let who = subscribers::get(&self.pipeline.db, SubscriberId(id)).await?;
        Ok(who.filter(|who| who.state == SubscriberState::Active))
    }

    /// The cookie that lets a subscriber read for a month.
    pub(super) fn reader_cookie(&self, who: &Subscriber) -> String {
        let token = self.tokens().make(Purpose::Read, who.id.0, self.now());
        let age = COOKIE_DAYS * 24 * 3600;
        format!("{COOKIE}={token}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Lax")
    }

    /// The token of a subscriber's feeds. It ends with the subscription.
    pub(super) fn feed_token(&self, who: &Subscriber) -> String {
        self.tokens().make(Purpose::Feed, who.id.0, self.now())
    }
}

/// Ends reading in a browser.
pub(super) fn no_reader_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl FromRequestParts<Arc<Site>> for Reading {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let reader = site.reader(&parts.headers).await.map_err(WebError::into_response)?;
        if reader.is_some() || site.config().web.public_archive {
            return Ok(Self(reader));
        }
        Err(for_subscribers(site))
    }
}

/// What is shown to who may not read.
fn for_subscribers(site: &Site) -> Response {
    let text = if site.config().web.site().is_some() {
        "This is for subscribers. Open \"My subscription\", have the link mailed to you, and press \"Read in this \
         browser\" there; it lasts for 30 days."
    } else {
        "This is for subscribers, and no public address is set to mail them links to: whoever runs this site sets \
         `web.public_url`, or `web.public_archive` to let everybody read."
    };
    let page = page::message(StatusCode::FORBIDDEN, site.shell("For subscribers"), &[text]);
    page.unwrap_or_else(WebError::into_response)
}

/// A subscriber who is signed in, with the token of their cookie.
pub(super) struct Signed {
    pub(super) who: Subscriber,
    token: String,
}

impl Signed {
    /// The seal of a form that only this reader's pages hold (S-9).
    pub(super) fn csrf(&self, site: &Site) -> String {
        site.tokens().stamp(&["csrf", &self.token])
    }

    /// Refuses a form without that seal.
    pub(super) fn check(&self, site: &Site, fields: &Fields) -> Result<(), WebError> {
        let good = self.csrf(site);
        let same = good.as_bytes().ct_eq(fields.text("csrf").as_bytes());
        if bool::from(same) { Ok(()) } else { Err(WebError::CrossSite) }
    }

    async fn of(headers: &HeaderMap, site: &Site) -> Result<Option<Self>, WebError> {
        let Some(token) = cookie(headers, COOKIE).map(str::to_owned) else { return Ok(None) };
        let who = site.subscriber_of(Purpose::Read, &token).await?;
        Ok(who.map(|who| Self { who, token }))
    }
}

impl FromRequestParts<Arc<Site>> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let signed = Self::of(&parts.headers, site).await.map_err(WebError::into_response)?;
        signed.ok_or_else(|| for_subscribers(site))
    }
}

impl OptionalFromRequestParts<Arc<Site>> for Signed {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Option<Self>, Response> {
        Self::of(&parts.headers, site).await.map_err(WebError::into_response)
    }
}

impl FromRequestParts<Arc<Site>> for FeedReading {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let query = Fields::of_query(parts.uri.query());
        let known = match query.text("reader") {
            "" => None,
            token => {
                site.subscriber_of(Purpose::Feed, token).await.map_err(WebError::into_response)?
            }
        };
        match known {
            Some(_) => Ok(Self),
            None => Reading::from_request_parts(parts, site).await.map(|_| Self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=b; __Host-reader=token; c=d".parse().unwrap());
        assert_eq!(cookie(&headers, COOKIE), Some("token"));
        assert_eq!(cookie(&headers, "reader"), None);
    }
}
