//! Subscribers, and what was mailed to them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Caller;
use super::json::{Json, created, json, nothing};
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::{EditionId, FactionId, RegionId, SubscriberId};
use crate::model::subscriber::{Address, Frequency, Subscriber, SubscriberState, Subscription};
use crate::pipeline::Wish;
use crate::render::LANGUAGES;
use crate::store::subscribers::Added;
use crate::store::{subscribers, subscriptions};
use crate::web::fields::Query;
use crate::web::site::Site;

/// Who gets digests.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriberOut {
    id: String,
    address: String,
    /// active, pending or suppressed.
    state: String,
    language: String,
    zone: String,
    #[schema(format = DateTime)]
    created_at: String,
    subscriptions: Vec<SubscriptionOut>,
}

/// What somebody wants of an edition.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriptionOut {
    edition: String,
    /// In the inbox by this time, in the reader's zone.
    at: String,
    frequency: String,
    grouping: Option<String>,
    skip_quiet: bool,
    theatres: Vec<String>,
    factions: Vec<String>,
    regions: Vec<String>,
}

impl From<&Subscription> for SubscriptionOut {
    fn from(one: &Subscription) -> Self {
        Self {
            edition: one.edition.to_string(),
            at: one.at.strftime("%H:%M").to_string(),
            frequency: super::word(&one.frequency),
            grouping: one.grouping.as_ref().map(super::word),
            skip_quiet: one.skip_quiet,
            theatres: one.filter.theatres.clone(),
            factions: one.filter.factions.iter().map(ToString::to_string).collect(),
            regions: one.filter.regions.iter().map(ToString::to_string).collect(),
        }
    }
}

async fn out(site: &Site, who: &Subscriber) -> Result<SubscriberOut, Problem> {
    let theirs = subscriptions::of(&site.pipeline.db, who.id).await?;
    Ok(SubscriberOut {
        id: who.id.to_string(),
        address: who.address.to_string(),
        state: super::word(&who.state),
        language: who.language.clone(),
        zone: who.zone.clone(),
        created_at: who.created_at.to_string(),
        subscriptions: theirs.iter().map(SubscriptionOut::from).collect(),
    })
}

/// Which subscribers.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents what `list` reads")]
pub(super) struct Called {
    /// Part of the address.
    q: Option<String>,
}

/// Subscribers, by address.
#[utoipa::path(get, path = "/subscribers", tag = "subscribers", params(Called, Paging),
    security(("token" = ["subscribers"])),
    responses((status = 200, body = Page<SubscriberOut>)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let asked = Asked::of(&query, 1)?;
    let (db, after) = (&site.pipeline.db, asked.part(0).unwrap_or_default());
    let mut found = Vec::new();
    for who in subscribers::search(db, query.text("q"), after, asked.limit + 1).await? {
        found.push(out(&site, &who).await?);
    }
    json(StatusCode::OK, &asked.page(found, |one| vec![one.address.clone()], |one| one))
}

/// One subscriber.
#[utoipa::path(get, path = "/subscribers/{id}", tag = "subscribers", params(("id" = String, Path)),
    security(("token" = ["subscribers"])),
    responses((status = 200, body = SubscriberOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let who = one(&site, &id).await?;
    json(StatusCode::OK, &out(&site, &who).await?)
}

async fn one(site: &Site, id: &str) -> Result<Subscriber, Problem> {
    let missing = || Problem::missing("subscriber");
    let id = id.parse::<Uuid>().map_err(|_| missing())?;
    subscribers::get(&site.pipeline.db, SubscriberId(id)).await?.ok_or_else(missing)
}

/// A subscriber to add, with what they want of one edition.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSubscriber {
    address: String,
    edition: String,
    /// In the inbox by this time, in `zone`; 06:30 where it is left out.
    at: Option<String>,
    /// IANA zone; UTC where it is left out.
    zone: Option<String>,
    /// daily, weekdays, weekly or `each_issue`.
    frequency: Option<String>,
    /// en, ar, es, fr, ru or uk.
    language: Option<String>,
    /// region or faction; left out, as the edition.
    grouping: Option<String>,
    #[serde(default)]
    skip_quiet: bool,
    #[serde(default)]
    theatres: Vec<String>,
    #[serde(default)]
    factions: Vec<String>,
    #[serde(default)]
    regions: Vec<String>,
}

impl NewSubscriber {
    fn wish(&self, site: &Site) -> Result<Wish, Problem> {
        let text =
            |given: &Option<String>, else_: &str| given.clone().unwrap_or_else(|| else_.to_owned());
        let (zone, language) = (text(&self.zone, "UTC"), text(&self.language, "en"));
        if jiff::tz::TimeZone::get(&zone).is_err() {
            return Err(Problem::unfit("`zone` is no time zone; write one such as Asia/Damascus"));
        }
        if !LANGUAGES.contains(&language.as_str()) {
            return Err(Problem::unfit(format!("`language` is one of {}", LANGUAGES.join(", "))));
        }
        let edition = site.pipeline.edition(&self.edition);
        let edition = edition.map_err(|error| Problem::unfit(error.to_string()))?;
        let at = Time::strptime("%H:%M", text(&self.at, "06:30"));
        let grouping = self.grouping.as_deref();
        let grouping = grouping.map(|word| super::parsed::<Grouping>(word, "grouping"));
        let filter = Filter {
            theatres: self.theatres.clone(),
            factions: self.factions.iter().map(|id| FactionId::new(id.as_str())).collect(),
            regions: self.regions.iter().map(|id| RegionId::new(id.as_str())).collect(),
            ..Filter::default()
        };
        site.pipeline.check_names(&filter)?;
        let registry = site.pipeline.registry();
        let packs = registry.packs();
        if let Some(id) = self.theatres.iter().find(|id| packs.iter().all(|pack| pack.id != **id)) {
            return Err(Problem::unfit(format!("there is no pack `{id}`")));
        }
        Ok(Wish {
            language,
            zone,
            edition: EditionId::new(edition.id.as_str()),
            filter,
            grouping: grouping.transpose()?,
            at: at.map_err(|_| Problem::unfit("`at` is a time of day such as 06:30"))?,
            frequency: super::parsed::<Frequency>(&text(&self.frequency, "daily"), "frequency")?,
            skip_quiet: self.skip_quiet,
        })
    }
}

/// Adds a subscriber who agreed to it elsewhere: nobody is asked by mail. Somebody who left is not added again.
#[utoipa::path(post, path = "/subscribers", tag = "subscribers", request_body = NewSubscriber,
    params(super::KeyHeader), security(("token" = ["subscribers"])),
    responses((status = 201, body = SubscriberOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Json(new): Json<NewSubscriber>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let address: Address =
        new.address.parse().map_err(|_| Problem::unfit("`address` is no mail address"))?;
    let wish = new.wish(&site)?;
    let left =
        || Problem::conflict("that address left, complained or bounced, and is not mailed again");
    let pipeline = &site.pipeline;
    if pipeline.leaving.is_suppressed(&address).await? {
        return Err(left());
    }
    let who = Subscriber {
        state: SubscriberState::Active,
        language: wish.language.clone(),
        zone: wish.zone.clone(),
        ..Subscriber::unknown(address, &*pipeline.clock)
    };
    match subscribers::add(&pipeline.db, &who).await? {
        Added::New => {}
        Added::Existing(_) => {
            return Err(Problem::conflict("there is a subscriber with that address"));
        }
        Added::Suppressed => return Err(left()),
    }
    subscriptions::put(&pipeline.db, &wish.subscription(who.id, &*pipeline.clock)).await?;
    caller.record(&site, "add subscriber", &who.id.to_string(), "").await?;
    created(&format!("/api/v1/subscribers/{}", who.id), &out(&site, &who).await?)
}

/// Never mails somebody again.
#[utoipa::path(post, path = "/subscribers/{id}/suppress", tag = "subscribers",
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["subscribers"])),
    responses((status = 200, body = SubscriberOut), (status = 404, body = Problem)))]
pub(super) async fn suppress(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let who = one(&site, &id).await?;
    if site.pipeline.leaving.suppress(&who, "by an editor", site.now()).await? {
        caller.record(&site, "suppress subscriber", &who.id.to_string(), "").await?;
    }
    let who = one(&site, &id).await?;
    json(StatusCode::OK, &out(&site, &who).await?)
}

/// Erases somebody; only a mark of the address stays, so that nothing is sent to it.
#[utoipa::path(delete, path = "/subscribers/{id}", tag = "subscribers", params(("id" = String, Path)),
    security(("token" = ["subscribers"])),
    responses((status = 204), (status = 404, body = Problem)))]
pub(super) async fn erase(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let who = one(&site, &id).await?;
    site.pipeline.leaving.erase(&who, site.now()).await?;
    caller.record(&site, "erase subscriber", &who.id.to_string(), "").await?;
    Ok(nothing())
}
