//! A new source: what would be read at an address is shown before it is added.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, to, word};
use crate::model::claim::Claim;
use crate::model::id::FactionId;
use crate::model::source::{Source, SourceRole};
use crate::model::staff::StaffRole;
use crate::pipeline::{self, Listing, LookError, Looked};
use crate::store::sources;
use crate::web::WebError;
use crate::web::choice::{Choice, chosen};
use crate::web::fields::Fields;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Articles that are read to their events.
const READ: usize = 5;
/// Entries that are shown.
const SHOWN: usize = 10;
/// Dropped candidates that are shown of an article.
const DROPPED: usize = 10;

const ROLES: [(&str, &str); 6] = [
    ("media", "News outlet"),
    ("monitor", "Monitoring group"),
    ("un", "Body of the United Nations"),
    ("ngo", "Non-governmental organisation"),
    ("official", "State's office or agency"),
    ("witness", "Witness"),
];

#[derive(Template)]
#[template(path = "web/admin/source_new.html")]
struct NewSource<'a> {
    shell: Shell<'a>,
    frame: Frame,
    url: String,
    tried: Option<TriedView>,
    form: Option<Form>,
    wrong: Vec<String>,
}

/// What was found at an address.
struct TriedView {
    kind: String,
    how: &'static str,
    url: String,
    count: usize,
    notes: Vec<String>,
    others: Vec<String>,
    entries: Vec<EntryView>,
}

/// One entry, and what was read of it.
struct EntryView {
    headline: String,
    about: String,
    events: Vec<ClaimView>,
    dropped: Vec<String>,
}

/// One event of an article.
struct ClaimView {
    what: String,
    quote: String,
}

/// What is said of a source when it is added.
struct Form {
    address: String,
    kind: String,
    preset: String,
    id: String,
    name: String,
    owner: String,
    roles: Vec<Choice>,
    aligned_with: String,
    language: String,
    republishes: bool,
}

impl Form {
    fn found(source: &Source) -> Self {
        Self {
            address: source.url.clone(),
            kind: source.kind.map(word).unwrap_or_default(),
            preset: source.preset.map(word).unwrap_or_default(),
            id: source.id.to_string(),
            name: source.name.clone(),
            owner: source.owner.clone().unwrap_or_default(),
            roles: chosen(&ROLES, &word(source.role)),
            aligned_with: String::new(),
            language: source.language.clone().unwrap_or_default(),
            republishes: source.republishes,
        }
    }

    fn written(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self {
            address: text("address"),
            kind: text("kind"),
            preset: text("preset"),
            id: text("id"),
            name: text("name"),
            owner: text("owner"),
            roles: chosen(&ROLES, fields.text("role")),
            aligned_with: text("aligned_with"),
            language: text("language"),
            republishes: fields.has("republishes"),
        }
    }
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    desk.needs(StaffRole::Editor)?;
    shown(&site, &desk, "", None, None, Vec::new())
}

/// Fetches an address and shows what would be read. Nothing is stored; still it is a form, since it sends requests.
pub(in crate::web) async fn look(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let url = fields.text("url");
    match site.pipeline.try_source(url, READ).await {
        Ok(looked) => {
            let form = Form::found(&looked.source);
            shown(&site, &desk, url, Some(view(looked)), Some(form), Vec::new())
        }
        Err(LookError::Pipeline(error)) => Err(error.into()),
        Err(error) => shown(&site, &desk, url, None, None, vec![error.to_string()]),
    }
}

/// Adds what was tried.
pub(in crate::web) async fn save(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let all = pipeline::sources::all(&site.pipeline.db, &site.pipeline.file_sources).await?;
    let source = match source(&site, &fields) {
        Ok(source) => source,
        Err(wrong) => return again(&site, &desk, &fields, wrong),
    };
    if all.iter().any(|(other, _)| other.id == source.id || other.url == source.url) {
        let wrong = "There is a source with that id or address already.".to_owned();
        return again(&site, &desk, &fields, vec![wrong]);
    }
    sources::upsert(&site.pipeline.db, &source).await?;
    desk.record(&site, "add source", source.id.as_str(), &source.url).await?;
    Ok(to("/admin/sources"))
}

fn again(
    site: &Site,
    desk: &Desk,
    fields: &Fields,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    shown(site, desk, fields.text("address"), None, Some(Form::written(fields)), wrong)
}

/// The source that the form describes, or what is wrong with it.
fn source(site: &Site, fields: &Fields) -> Result<Source, Vec<String>> {
    let mut wrong = Vec::new();
    let mut source = match pipeline::new_source(fields.text("address")) {
        Ok(source) => source,
        Err(error) => return Err(vec![error.to_string()]),
    };
    let id = fields.text("id");
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > 60 || !id.chars().all(is_letter) {
        wrong.push("The id is of small letters, digits and dashes, at most 60.".to_owned());
    }
    let name = fields.text("name");
    if name.is_empty() || name.chars().count() > 120 {
        wrong.push("Write a name of at most 120 characters.".to_owned());
    }
    source.kind = parsed(fields.text("kind"));
    source.preset = parsed(fields.text("preset"));
    match parsed::<SourceRole>(fields.text("role")) {
        Some(role) => source.role = role,
        None => wrong.push("Choose what it is.".to_owned()),
    }
    match aligned(site, fields.text("aligned_with")) {
        Ok(aligned) => source.aligned_with = aligned,
        Err(unknown) => wrong.push(format!("No pack knows the faction `{unknown}`.")),
    }
    let given = |name: &str| fields.has(name).then(|| fields.text(name).to_owned());
    source.id = id.into();
    name.clone_into(&mut source.name);
    source.owner = given("owner");
    source.language = given("language");
    source.republishes = fields.has("republishes");
    if wrong.is_empty() { Ok(source) } else { Err(wrong) }
}

/// Whom it speaks for: nobody knows where nothing is written, nobody at all for `none`.
fn aligned(site: &Site, text: &str) -> Result<Option<Vec<String>>, String> {
    match text {
        "" => return Ok(None),
        "none" => return Ok(Some(Vec::new())),
        _ => {}
    }
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let known = |name: &str| {
        let id = site.faction_named(name).unwrap_or_else(|| name.to_owned());
        let is_known = site.pipeline.registry.faction(&FactionId::new(id.as_str())).is_some();
        if is_known { Ok(id) } else { Err(name.to_owned()) }
    };
    names.map(known).collect::<Result<Vec<_>, _>>().map(Some)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn view(looked: Looked) -> TriedView {
    let others = looked
        .others
        .iter()
        .map(|(url, kind, count)| format!("{url}, a {} of {count} entries", word(kind)));
    TriedView {
        kind: word(looked.kind),
        how: looked.how,
        url: looked.source.url.clone(),
        count: looked.entries.len(),
        others: others.collect(),
        notes: looked.notes,
        entries: looked.entries.into_iter().take(SHOWN).map(entry).collect(),
    }
}

fn entry(listing: Listing) -> EntryView {
    let date =
        listing.at.map_or_else(|| "no date".to_owned(), |at| at.strftime("%F %R").to_string());
    let Some(tried) = listing.tried else {
        let about = format!("{date} · {} · not read now", listing.url);
        let (events, dropped) = (Vec::new(), Vec::new());
        return EntryView { headline: listing.headline, about, events, dropped };
    };
    let (article, reading) = (tried.article, tried.reading);
    let length = article.text.chars().count();
    let mut about = format!("{date} · {length} characters · {}", listing.url);
    if let Some(why) = reading.extract.error.or(reading.extract.unread) {
        about = format!("{about} · not read: {why}");
    }
    let dropped = reading.dropped.iter().take(DROPPED);
    EntryView {
        headline: listing.headline,
        about,
        events: reading.extract.events.iter().map(claim).collect(),
        dropped: dropped.map(|one| format!("{} ({})", one.text, one.rule)).collect(),
    }
}

/// `armed clash · 2026-03-02 · Palmyra · Islamic State (initiator), Syrian Army (target)`
fn claim(claim: &Claim) -> ClaimView {
    let mut parts = vec![claim.kind.0.label().to_owned()];
    parts.extend(claim.date.map(|span| {
        if span.from == span.to {
            span.from.to_string()
        } else {
            format!("{} to {}", span.from, span.to)
        }
    }));
    parts.extend(
        claim
            .places
            .first()
            .map(|place| place.canonical.clone().unwrap_or_else(|| place.name.clone())),
    );
    let actors = claim.actors.iter().map(|actor| {
        format!("{} ({})", actor.canonical.as_ref().unwrap_or(&actor.name), word(actor.role))
    });
    let actors: Vec<String> = actors.collect();
    if !actors.is_empty() {
        parts.push(actors.join(", "));
    }
    let quote = claim.evidence.first().map(|evidence| evidence.quote.clone());
    ClaimView { what: parts.join(" · "), quote: quote.unwrap_or_default() }
}

fn shown(
    site: &Site,
    desk: &Desk,
    url: &str,
    tried: Option<TriedView>,
    form: Option<Form>,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (shell, frame) = (site.shell("Add a source"), Frame::new(site, desk));
    page(status, &NewSource { shell, frame, url: url.to_owned(), tried, form, wrong })
}
