//! A digest on demand: the question, the answer with its link, downloads, and the answer by mail (S-14).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::model::digest::Variant;
use crate::model::filter::{Filter, FilterRole, Grouping};
use crate::model::id::{DigestId, FactionId, RegionId};
use crate::model::subscriber::Subscriber;
use crate::model::time::Window;
use crate::pipeline::{Answered, LONGEST_DAYS, OnDemand, PipelineError, Request};
use crate::render::{self, LANGUAGES};
use crate::web::WebError;
use crate::web::access::{Reading, Signed};
use crate::web::choice::{Choice, choice, groupings, languages};
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;

/// How far back the form looks at first, in days.
const AT_FIRST_DAYS: i64 = 7;

#[derive(Template)]
#[template(path = "web/ask.html")]
struct Ask<'a> {
    shell: Shell<'a>,
    csrf: String,
    wrong: Vec<String>,
    faction: String,
    region: String,
    from: String,
    to: String,
    roles: Vec<Choice>,
    theatres: Vec<Choice>,
    groupings: Vec<Choice>,
    languages: Vec<Choice>,
    longest: i64,
}

/// The form, filled in from the query.
pub(in crate::web) async fn ask(
    State(site): State<Arc<Site>>,
    signed: Signed,
    Query(query): Query,
) -> Result<Response, WebError> {
    shown(&site, &signed, StatusCode::OK, &query, Vec::new())
}

/// Has the digest made and shows where it is.
pub(in crate::web) async fn make(
    State(site): State<Arc<Site>>,
    signed: Signed,
    fields: Fields,
) -> Result<Response, WebError> {
    signed.check(&site, &fields)?;
    let request = match request(&site, &signed.who, &fields) {
        Ok(request) => request,
        Err(wrong) => {
            return shown(&site, &signed, StatusCode::UNPROCESSABLE_ENTITY, &fields, wrong);
        }
    };
    let Some(_busy) = site.busy(signed.who.id) else { return Err(WebError::Busy) };
    match site.pipeline.answer_for(signed.who.id, &request).await {
        Ok(Answered::Digest(id)) => {
            let place = format!("/digest/{id}");
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
        }
        Ok(Answered::TooMany) => Err(WebError::TooMany),
        Err(PipelineError::SpanTooLong { days }) => {
            let wrong =
                format!("The span has {days} days; at most {LONGEST_DAYS} go into one digest.");
            shown(&site, &signed, StatusCode::PAYLOAD_TOO_LARGE, &fields, vec![wrong])
        }
        Err(PipelineError::UnknownName { name, .. }) => {
            let wrong = format!("No pack knows `{name}`.");
            shown(&site, &signed, StatusCode::UNPROCESSABLE_ENTITY, &fields, vec![wrong])
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "web/answer.html")]
struct Answer<'a> {
    shell: Shell<'a>,
    id: &'a str,
    asked: &'a OnDemand,
    made: String,
    link: String,
    /// The seal of the button that mails it; none for who is not signed in.
    csrf: Option<String>,
    again: String,
}

/// The digest, for everybody who may read.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: Reading,
    signed: Option<Signed>,
    Path(name): Path<String>,
) -> Result<Response, WebError> {
    let (id, form) = name.split_once('.').unwrap_or((&name, ""));
    let key = DigestId::new(id);
    let Some(asked) = site.pipeline.on_demand(&key).await? else { return Err(WebError::NotFound) };
    if !form.is_empty() {
        return file(&site, &key, form, &asked).await;
    }
    let made = asked.asked_at.strftime("%F %R UTC").to_string();
    let link = format!("{}/digest/{id}", site.config().web.site().unwrap_or_default());
    let csrf = signed.map(|signed| signed.csrf(&site));
    let shell = site.shell(&asked.page.subject);
    let again = query_of(&asked.request);
    page(StatusCode::OK, &Answer { shell, id, asked: &asked, made, link, csrf, again })
}

async fn file(
    site: &Site,
    id: &DigestId,
    form: &str,
    asked: &OnDemand,
) -> Result<Response, WebError> {
    let pipeline = &site.pipeline;
    let kept = pipeline.digest_by_id(id).await?.ok_or(WebError::NotFound)?;
    let (kind, text) = match form {
        // As a file it is opened outside our policy: it holds no script.
        "html" => ("text/html", kept.html),
        "txt" => ("text/plain", kept.text),
        _ => {
            let situation = pipeline.situation_of(asked).await?;
            match form {
                "md" => {
                    let look = &site.config().look;
                    ("text/markdown", render::markdown(&situation, &pipeline.registry(), look)?)
                }
                "json" => ("application/json", render::json(&situation, &pipeline.registry())?),
                "csv" => ("text/csv", render::csv(&situation, &pipeline.registry())),
                _ => return Err(WebError::NotFound),
            }
        }
    };
    let name = format!("attachment; filename=\"digest-{id}.{form}\"");
    let headers = [
        (header::CONTENT_TYPE, format!("{kind}; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

/// Mails it to the subscriber who is signed in.
pub(in crate::web) async fn mail(
    State(site): State<Arc<Site>>,
    signed: Signed,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    signed.check(&site, &fields)?;
    let id = DigestId::new(id);
    if site.pipeline.on_demand(&id).await?.is_none() {
        return Err(WebError::NotFound);
    }
    if !site.pipeline.mail_on_demand(&id, &signed.who).await? {
        return Err(WebError::TooMany);
    }
    let text = ["It goes to the address that you subscribed with. The same digest is mailed once."];
    message(StatusCode::OK, site.shell("On its way"), &text)
}

/// What the fields ask for, or what is wrong with them.
fn request(site: &Site, who: &Subscriber, fields: &Fields) -> Result<Request, Vec<String>> {
    let mut wrong = Vec::new();
    let zone = TimeZone::get(&who.zone).unwrap_or(TimeZone::UTC);
    let mut factions = Vec::new();
    for name in names(fields.text("faction")) {
        match site.faction_named(name) {
            Some(id) => factions.push(FactionId::new(id)),
            None => wrong.push(format!("No pack knows the faction `{name}`.")),
        }
    }
    let day = |name: &str, end: bool| {
        let day = fields.text(name).parse::<Date>().ok()?;
        let day = if end { day.tomorrow().ok()? } else { day };
        Some(day.to_zoned(zone.clone()).ok()?.timestamp())
    };
    let window = match (day("from", false), day("to", true)) {
        (Some(from), Some(to)) if from < to => Some(Window { from, to }),
        _ => None,
    };
    if window.is_none() {
        wrong.push("Write both days as 2026-11-21, the earlier one first.".to_owned());
    }
    let filter = Filter {
        theatres: fields.all("theatre").map(str::to_owned).collect(),
        factions,
        role: role(fields.text("role")),
        regions: names(fields.text("region")).map(RegionId::from).collect(),
        ..Filter::default()
    };
    let variant = Variant {
        filter,
        grouping: if fields.text("grouping") == "faction" {
            Grouping::Faction
        } else {
            Grouping::Region
        },
        language: language(fields),
        zone: who.zone.clone(),
        brief: false,
    };
    match window {
        Some(window) if wrong.is_empty() => Ok(Request { title: String::new(), window, variant }),
        _ => Err(wrong),
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty())
}

fn language(fields: &Fields) -> String {
    let named = Some(fields.text("language")).filter(|code| LANGUAGES.contains(code));
    named.unwrap_or("en").to_owned()
}

const ROLES: [(&str, &str); 4] = [
    ("", "in any role"),
    ("initiator", "as those who began it"),
    ("target", "as those it was done to"),
    ("speaker", "as those who say so"),
];

fn role(word: &str) -> Option<FilterRole> {
    match word {
        "initiator" => Some(FilterRole::Initiator),
        "target" => Some(FilterRole::Target),
        "speaker" => Some(FilterRole::Speaker),
        _ => None,
    }
}

fn shown(
    site: &Site,
    signed: &Signed,
    status: StatusCode,
    fields: &Fields,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let today = site.now().to_zoned(TimeZone::UTC).date();
    let first = today.checked_sub(AT_FIRST_DAYS.days()).unwrap_or(today);
    let day = |name: &str, at_first: Date| {
        let given = fields.text(name);
        if given.is_empty() { at_first.to_string() } else { given.to_owned() }
    };
    let theatre = fields.text("theatre");
    let registry = site.pipeline.registry();
    let packs = registry.packs().iter().filter(|pack| !pack.countries.is_empty());
    let mut theatres: Vec<_> =
        packs.map(|pack| choice(&pack.id, &pack.name, pack.id == theatre)).collect();
    theatres.insert(0, choice("", "All", theatre.is_empty()));
    let role = fields.text("role");
    let view = Ask {
        shell: site.shell("Digest on demand"),
        csrf: signed.csrf(site),
        wrong,
        faction: fields.text("faction").to_owned(),
        region: fields.text("region").to_owned(),
        from: day("from", first),
        to: day("to", today),
        roles: ROLES.iter().map(|(word, label)| choice(word, label, *word == role)).collect(),
        theatres,
        groupings: groupings(fields.text("grouping")),
        languages: languages(&language(fields)),
        longest: LONGEST_DAYS,
    };
    page(status, &view)
}

/// The query of the form that asks the same.
fn query_of(request: &Request) -> String {
    let (filter, variant) = (&request.variant.filter, &request.variant);
    let zone = TimeZone::get(&variant.zone).unwrap_or(TimeZone::UTC);
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date().to_string();
    let last = request.window.to - jiff::SignedDuration::from_secs(1);
    let joined = |ids: Vec<&str>| ids.join(",");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("faction", &joined(filter.factions.iter().map(FactionId::as_str).collect()))
        .append_pair("region", &joined(filter.regions.iter().map(RegionId::as_str).collect()))
        .append_pair("theatre", filter.theatres.first().map_or("", String::as_str))
        .append_pair("from", &day(request.window.from))
        .append_pair("to", &day(last))
        .append_pair("language", &variant.language);
    query.finish()
}
