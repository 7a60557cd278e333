//! The archive: issues by date, and one issue in any grouping, language and selection.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::digest::Variant;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::{EditionId, FactionId, IssueId, RegionId};
use crate::model::situation::Situation;
use crate::pipeline;
use crate::render::{self, LANGUAGES, WebDigest};
use crate::web::WebError;
use crate::web::access::Reading;
use crate::web::choice::{Choice, choice, groupings, languages};
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page};
use crate::web::site::Site;

/// Issues on one page of the archive.
const PAGE: u32 = 30;

#[derive(Template)]
#[template(path = "web/archive.html")]
struct Archive<'a> {
    shell: Shell<'a>,
    editions: Vec<Choice>,
    until: String,
    issues: Vec<Listed>,
    /// The query of the next page; none on the last.
    older: Option<String>,
    reads: bool,
}

/// An issue in a list.
pub(in crate::web) struct Listed {
    id: String,
    day: String,
    title: String,
    subject: String,
}

impl From<pipeline::Listed> for Listed {
    fn from(told: pipeline::Listed) -> Self {
        Self {
            id: told.issue.id.to_string(),
            day: day_of(told.issue.window.to),
            subject: told.subject.unwrap_or_default(),
            title: told.title,
        }
    }
}

fn day_of(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// The list: of one edition, and up to a day, where the query says so.
pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    Reading(reader): Reading,
    Query(query): Query,
) -> Result<Response, WebError> {
    let edition = Some(query.text("edition")).filter(|text| !text.is_empty()).map(EditionId::new);
    let until = query.text("until").parse::<Date>().ok();
    let end = until
        .and_then(|day| day.tomorrow().ok())
        .and_then(|day| day.to_zoned(TimeZone::UTC).ok().map(|start| start.timestamp()));
    let before = query.text("before").parse::<i64>().ok();
    let before = before.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let before = before.or(end).unwrap_or(Timestamp::MAX);
    let told = site.pipeline.issues_told(edition.as_ref(), before, PAGE).await?;
    let last = told.last().filter(|_| told.len() == PAGE as usize);
    let older = last.map(|last| {
        let edition = edition.as_ref().map_or("", EditionId::as_str);
        format!("edition={edition}&before={}", last.issue.window.to.as_microsecond())
    });
    let named = edition.as_ref().map_or("", EditionId::as_str);
    let editions = site.config().edition.iter();
    let mut editions: Vec<_> =
        editions.map(|(name, own)| choice(name, &own.edition(name).title, name == named)).collect();
    editions.insert(0, choice("", "All editions", named.is_empty()));
    let issues = told.into_iter().map(Listed::from).collect();
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    let (shell, reads) = (site.shell("Archive"), reader.is_some());
    page(StatusCode::OK, &Archive { shell, editions, until, issues, older, reads })
}

/// The latest issue, of an edition where the query names one.
pub(in crate::web) async fn latest(
    State(site): State<Arc<Site>>,
    _: Reading,
    Query(query): Query,
) -> Result<Response, WebError> {
    let edition = Some(query.text("edition")).filter(|text| !text.is_empty()).map(EditionId::new);
    let told = site.pipeline.issues_told(edition.as_ref(), Timestamp::MAX, 1).await?;
    match told.first() {
        Some(told) => {
            let place = format!("/archive/{}", told.issue.id);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
        }
        None => page(
            StatusCode::OK,
            &Archive {
                shell: site.shell("Archive"),
                editions: Vec::new(),
                until: String::new(),
                issues: Vec::new(),
                older: None,
                reads: false,
            },
        ),
    }
}

/// An issue as it was made for a page.
#[derive(Debug)]
pub(in crate::web) struct Made {
    digest: WebDigest,
    title: String,
    day: String,
    factions: Vec<(String, String)>,
    regions: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "web/issue.html")]
struct Issue<'a> {
    shell: Shell<'a>,
    made: &'a Made,
    factions: Vec<Choice>,
    regions: Vec<Choice>,
    groupings: Vec<Choice>,
    languages: Vec<Choice>,
}

/// One issue.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: Reading,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, WebError> {
    let chosen = Chosen::of(&query);
    let key = format!("{id}\0{chosen:?}");
    let made = if let Some(made) = site.issues.get(&key) {
        made
    } else {
        let made = Arc::new(make(&site, &IssueId::new(id), &chosen).await?);
        site.issues.put(key, Arc::clone(&made), made.digest.html.size());
        made
    };
    let all = |named: &str, list: &[(String, String)], everything: &str| {
        let mut choices: Vec<_> =
            list.iter().map(|(id, name)| choice(id, name, id == named)).collect();
        choices.insert(0, choice("", everything, named.is_empty()));
        choices
    };
    let view = Issue {
        shell: site.shell(&made.digest.subject),
        made: &made,
        factions: all(&chosen.faction, &made.factions, "All factions"),
        regions: all(&chosen.region, &made.regions, "All regions"),
        groupings: groupings(&chosen.grouping),
        languages: languages(&chosen.language),
    };
    page(StatusCode::OK, &view)
}

/// What a reader chose of an issue.
#[derive(Debug, Clone)]
struct Chosen {
    faction: String,
    region: String,
    grouping: String,
    language: String,
}

impl Chosen {
    fn of(query: &Fields) -> Self {
        let language = Some(query.text("language")).filter(|code| LANGUAGES.contains(code));
        Self {
            faction: query.text("faction").to_owned(),
            region: query.text("region").to_owned(),
            grouping: query.text("grouping").to_owned(),
            language: language.unwrap_or("en").to_owned(),
        }
    }

    fn filter(&self) -> Filter {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Filter {
            factions: given(&self.faction).map(FactionId::new).into_iter().collect(),
            regions: given(&self.region).map(RegionId::new).into_iter().collect(),
            ..Filter::default()
        }
    }

    fn change(&self, variant: &mut Variant) {
        variant.filter = self.filter();
        variant.language.clone_from(&self.language);
        match self.grouping.as_str() {
            "region" => variant.grouping = Grouping::Region,
            "faction" => variant.grouping = Grouping::Faction,
            _ => {}
        }
    }
}

async fn make(site: &Site, id: &IssueId, chosen: &Chosen) -> Result<Made, WebError> {
    let pipeline = &*site.pipeline;
    if pipeline.check_names(&chosen.filter()).is_err() {
        return Err(WebError::NotFound);
    }
    let found = pipeline.issue_again(id, |variant| chosen.change(variant)).await?;
    let Some((issue, told)) = found else { return Err(WebError::NotFound) };
    let (factions, regions) = named(site, &told.situation);
    Ok(Made {
        digest: render::web_digest(&told.situation, &told.registry, &told.look)?,
        title: pipeline.edition_of(&issue).title,
        day: day_of(issue.window.to),
        factions,
        regions,
    })
}

/// What a list offers: values and what they are called.
type Choices = Vec<(String, String)>;

/// The factions and countries or divisions of an issue, by name.
fn named(site: &Site, situation: &Situation) -> (Choices, Choices) {
    let (mut factions, mut regions) = (BTreeMap::new(), BTreeMap::new());
    for event in situation.every_event() {
        for id in event.actors.iter().filter_map(|actor| actor.faction.as_ref()) {
            if let Some(faction) = site.pipeline.registry().faction(id) {
                factions.insert(faction.name.clone(), id.to_string());
            }
        }
        if let Some(place) = event.places.first()
            && let (Some(country), Some(admin1)) = (&place.country, &place.admin1)
        {
            regions.insert(format!("{admin1} ({country})"), format!("{country}/{admin1}"));
        }
    }
    let by_name = |map: BTreeMap<String, String>| map.into_iter().map(|(name, id)| (id, name));
    (by_name(factions).collect(), by_name(regions).collect())
}
