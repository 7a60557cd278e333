//! Who edits: a cookie of a session in the database, and what its owner may (S-9, S-10).

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;
use subtle::ConstantTimeEq as _;

use super::access::cookie;
use super::fields::Fields;
use super::site::Site;
use super::{WebError, password};
use crate::model::id::content_hash;
use crate::model::staff::{Deed, Staff, StaffRole};
use crate::store::limits::{self, Limit};
use crate::store::staff;

/// The cookie of a session: only over TLS or on this machine, only for this name, for no script and no other site.
const COOKIE: &str = "__Host-staff";
/// How long a session lasts, in hours.
const HOURS: i64 = 12;

/// Somebody who is signed in to edit.
pub(super) struct Desk {
    pub(super) staff: Staff,
    token: String,
}

impl Desk {
    /// The seal of a form that only this session's pages hold.
    pub(super) fn csrf(&self, site: &Site) -> String {
        site.tokens().stamp(&["staff", &self.token])
    }

    /// Refuses a form without that seal, and one of somebody who may not.
    pub(super) fn check(
        &self,
        site: &Site,
        fields: &Fields,
        needs: StaffRole,
    ) -> Result<(), WebError> {
        self.needs(needs)?;
        let same = self.csrf(site).as_bytes().ct_eq(fields.text("csrf").as_bytes());
        if bool::from(same) { Ok(()) } else { Err(WebError::CrossSite) }
    }

    /// Refuses somebody who may not.
    pub(super) fn needs(&self, role: StaffRole) -> Result<(), WebError> {
        if self.staff.role >= role { Ok(()) } else { Err(WebError::NotAllowed) }
    }

    /// Whether they may what a role may.
    pub(super) fn may(&self, role: StaffRole) -> bool {
        self.staff.role >= role
    }

    /// Writes down what they did.
    pub(super) async fn record(
        &self,
        site: &Site,
        what: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), WebError> {
        let deed = Deed {
            at: site.now(),
            who: self.staff.name.clone(),
            what: what.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        };
        Ok(staff::record(&site.pipeline.db, &deed).await?)
    }

    /// Ends the session.
    pub(super) async fn end(&self, site: &Site) -> Result<(), WebError> {
        Ok(staff::end(&site.pipeline.db, &content_hash(&self.token)).await?)
    }
}

impl FromRequestParts<Arc<Site>> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let found = desk(&parts.headers, site).await.map_err(WebError::into_response)?;
        found.ok_or_else(|| {
            (StatusCode::SEE_OTHER, [(header::LOCATION, "/admin/sign-in")]).into_response()
        })
    }
}

async fn desk(headers: &HeaderMap, site: &Site) -> Result<Option<Desk>, WebError> {
    let Some(token) = cookie(headers, COOKIE).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let hash = content_hash(token);
    let found = staff::of_session(&site.pipeline.db, &hash, site.now()).await?;
    Ok(found.map(|staff| Desk { staff, token: token.to_owned() }))
}

impl Site {
    /// Signs somebody in: gives the cookie of a new session. None where name or password is wrong, or there were too
    /// many tries; which of these, nobody is told.
    pub(super) async fn sign_in(
        &self,
        name: &str,
        given: &str,
        network: &str,
    ) -> Result<Option<String>, WebError> {
        if !self.knows(name, given, network).await? {
            return Ok(None);
        }
        let (db, now) = (&self.pipeline.db, self.now());
        let token = password::token().map_err(|_| WebError::NoRandom)?;
        let ends_at = now + SignedDuration::from_hours(HOURS);
        staff::begin(db, &content_hash(&token), name, ends_at, now).await?;
        let age = HOURS * 3600;
        Ok(Some(format!(
            "{COOKIE}={token}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Strict"
        )))
    }

    /// Whether a password is somebody's, within the limits of S-10. A wrong one, a name of nobody and too many tries
    /// are answered alike.
    pub(super) async fn knows(
        &self,
        name: &str,
        given: &str,
        network: &str,
    ) -> Result<bool, WebError> {
        let (db, now) = (&self.pipeline.db, self.now());
        let account = format!("sign-in/name/{}", self.tokens().stamp(&["sign-in", name]));
        let place = format!("sign-in/network/{}", self.tokens().stamp(&["sign-in", network]));
        if !limits::take(db, &[tries(&account), tries(&place)].concat(), now).await? {
            return Ok(false);
        }
        let stored = staff::hash(db, name).await?;
        let given = given.to_owned();
        self.hashes.fetch_add(1, Ordering::Relaxed);
        let check = move || password::is_right(&given, stored.as_deref());
        if !tokio::task::spawn_blocking(check).await.unwrap_or(false) {
            return Ok(false);
        }
        limits::clear(db, &account).await?;
        Ok(true)
    }
}

/// Five tries in a quarter of an hour, and with each longer span fewer for their time.
fn tries(key: &str) -> Vec<Limit> {
    let limit = |most, minutes| Limit {
        key: key.to_owned(),
        most,
        span: SignedDuration::from_mins(minutes),
    };
    vec![limit(5, 15), limit(8, 60), limit(12, 6 * 60), limit(20, 24 * 60)]
}

/// Ends a session in the browser.
pub(super) fn no_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict")
}
