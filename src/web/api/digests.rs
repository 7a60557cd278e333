//! Digests: those of issues that went out, and those made on demand.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caller::Caller;
use super::json::{Json, created, json};
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::digest::Variant;
use crate::model::filter::{Filter, FilterRole, Grouping};
use crate::model::id::{
    DigestId, EditionId, FactionId, IssueId, RegionId, SubscriberId, content_hash,
};
use crate::model::situation::Situation;
use crate::model::time::Window;
use crate::pipeline::{Answered, Listed, Request, Told};
use crate::render::{self, LANGUAGES};
use crate::web::fields::Query;
use crate::web::site::Site;

/// New digests that a program may have made a day.
const A_DAY: u32 = 200;

/// A digest in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DigestHead {
    id: String,
    edition: String,
    title: String,
    subject: Option<String>,
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
}

impl From<Listed> for DigestHead {
    fn from(told: Listed) -> Self {
        Self {
            id: told.issue.id.to_string(),
            edition: told.issue.edition.to_string(),
            title: told.title,
            subject: told.subject,
            from: told.issue.window.from.to_string(),
            to: told.issue.window.to.to_string(),
        }
    }
}

/// A digest.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DigestOut {
    id: String,
    subject: String,
    language: String,
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    /// As a mail has it, in plain text.
    text: String,
    /// As a mail has it.
    html: String,
    /// Everything that it says, as data; `schema` in it names the version.
    #[schema(value_type = Object)]
    situation: serde_json::Value,
}

/// Which digests.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents what `list` reads")]
pub(super) struct Of {
    /// Of one edition.
    edition: Option<String>,
}

/// The digests of issues that went out, the latest first.
#[utoipa::path(get, path = "/digests", tag = "digests", params(Of, Paging), security(("token" = ["read"])),
    responses((status = 200, body = Page<DigestHead>)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let asked = Asked::of(&query, 1)?;
    let edition = Some(query.text("edition")).filter(|text| !text.is_empty()).map(EditionId::new);
    let before = asked.instant(0)?.unwrap_or(Timestamp::MAX);
    let found = site.pipeline.issues_told(edition.as_ref(), before, asked.limit + 1).await?;
    let key = |told: &Listed| vec![told.issue.window.to.as_microsecond().to_string()];
    json(StatusCode::OK, &asked.page(found, key, DigestHead::from))
}

/// A digest: of an issue, or one that was made on demand.
#[utoipa::path(get, path = "/digests/{id}", tag = "digests", params(("id" = String, Path)),
    security(("token" = ["read"])),
    responses((status = 200, body = DigestOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    json(StatusCode::OK, &out(&site, &id).await?)
}

async fn out(site: &Site, id: &str) -> Result<DigestOut, Problem> {
    let pipeline = &site.pipeline;
    if let Some((_, told)) = pipeline.issue_again(&IssueId::new(id), |_| {}).await? {
        let digest = DigestId::of(id, &told.situation.variant.key());
        return of_told(site, id, digest, &told);
    }
    let digest = DigestId::new(id);
    let asked = pipeline.on_demand(&digest).await?.ok_or_else(|| Problem::missing("digest"))?;
    let told = pipeline.told_now(pipeline.situation_of(&asked).await?, None);
    of_told(site, id, digest, &told)
}

fn of_told(site: &Site, id: &str, digest: DigestId, told: &Told) -> Result<DigestOut, Problem> {
    let Told { situation, registry, .. } = told;
    let Situation { window, variant, .. } = situation;
    let rendered = site.pipeline.rendered(digest, None, told)?;
    let data = render::json(situation, registry)?;
    Ok(DigestOut {
        id: id.to_owned(),
        subject: rendered.subject,
        language: variant.language.clone(),
        from: window.from.to_string(),
        to: window.to.to_string(),
        text: rendered.text,
        html: rendered.html,
        situation: serde_json::from_str(&data).map_err(crate::web::WebError::from)?,
    })
}

/// A digest to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDigest {
    /// The first day of events, in `zone`.
    #[schema(format = Date)]
    from: String,
    /// The last day, included; at most 92 days.
    #[schema(format = Date)]
    to: String,
    /// Ids or names.
    #[serde(default)]
    factions: Vec<String>,
    /// Only where the factions are initiator, target or speaker.
    role: Option<String>,
    /// Ids of packs' regions, or SY and SY/Aleppo.
    #[serde(default)]
    regions: Vec<String>,
    /// Ids of packs.
    #[serde(default)]
    theatres: Vec<String>,
    /// en, ar, es, fr, ru or uk.
    language: Option<String>,
    /// region or faction.
    grouping: Option<String>,
    /// IANA zone; UTC where it is left out.
    zone: Option<String>,
    /// The heading; left out, made from factions and regions.
    #[schema(max_length = 120)]
    title: Option<String>,
}

impl NewDigest {
    fn request(&self, site: &Site) -> Result<Request, Problem> {
        let zone = self.zone.as_deref().unwrap_or("UTC");
        let clock = TimeZone::get(zone).map_err(|_| {
            Problem::unfit("`zone` is no time zone; write one such as Asia/Damascus")
        })?;
        let day = |text: &str, end: bool| {
            let day = text.parse::<Date>().ok()?;
            let day = if end { day.tomorrow().ok()? } else { day };
            Some(day.to_zoned(clock.clone()).ok()?.timestamp())
        };
        let window = match (day(&self.from, false), day(&self.to, true)) {
            (Some(from), Some(to)) if from < to => Window { from, to },
            _ => {
                let detail = "`from` and `to` are days as 2026-11-21, the earlier one first";
                return Err(Problem::unfit(detail));
            }
        };
        let language = self.language.clone().unwrap_or_else(|| "en".to_owned());
        if !LANGUAGES.contains(&language.as_str()) {
            return Err(Problem::unfit(format!("`language` is one of {}", LANGUAGES.join(", "))));
        }
        let title = self.title.clone().unwrap_or_default();
        if title.chars().count() > 120 || title.chars().any(char::is_control) {
            return Err(Problem::unfit("`title` is one line of at most 120 characters"));
        }
        let grouping =
            self.grouping.as_deref().map(|word| super::parsed::<Grouping>(word, "grouping"));
        let variant = Variant {
            filter: self.filter(site)?,
            grouping: grouping.transpose()?.unwrap_or_default(),
            language,
            zone: zone.to_owned(),
            brief: false,
        };
        Ok(Request { title, window, variant })
    }

    fn filter(&self, site: &Site) -> Result<Filter, Problem> {
        let registry = site.pipeline.registry();
        let packs = registry.packs();
        let unknown = self.theatres.iter().find(|id| packs.iter().all(|pack| pack.id != **id));
        if let Some(id) = unknown {
            return Err(Problem::unfit(format!("there is no pack `{id}`")));
        }
        let faction = |name: &String| {
            FactionId::new(site.faction_named(name).unwrap_or_else(|| name.clone()))
        };
        let role = self.role.as_deref().map(|word| super::parsed::<FilterRole>(word, "role"));
        Ok(Filter {
            theatres: self.theatres.clone(),
            factions: self.factions.iter().map(faction).collect(),
            role: role.transpose()?,
            regions: self.regions.iter().map(|id| RegionId::new(id.as_str())).collect(),
            ..Filter::default()
        })
    }
}

/// Makes a digest. The same question within an hour has the same answer.
#[utoipa::path(post, path = "/digests", tag = "digests", request_body = NewDigest, params(super::KeyHeader),
    security(("token" = ["digests"])),
    responses((status = 201, body = DigestOut), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(super) async fn make(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Json(new): Json<NewDigest>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Digests)?;
    let request = new.request(&site)?;
    let busy = |detail: &str| Problem::new(StatusCode::TOO_MANY_REQUESTS, detail);
    // One at a time for each program, as for each reader (S-14).
    let Some(_turn) = site.busy(of_program(caller.name())) else {
        return Err(busy("a digest is being made for this program; wait for it and ask again"));
    };
    let key = format!("digest/api/{}", caller.name());
    match site.pipeline.answer_within(&key, A_DAY, &request).await? {
        Answered::Digest(id) => {
            let place = format!("/api/v1/digests/{id}");
            created(&place, &out(&site, id.as_str()).await?)
        }
        Answered::TooMany => Err(busy("this program had as many new digests as there are a day")),
    }
}

/// An id that no reader has, for a program.
fn of_program(name: &str) -> SubscriberId {
    let hash = content_hash(&format!("api/{name}"));
    let number = hash.get(..32).and_then(|hex| u128::from_str_radix(hex, 16).ok());
    SubscriberId(Uuid::from_u128(number.unwrap_or_default()))
}
