//! One source: everything that is said of it, and changing that. One that a file defines is shown; its file changes it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::super::field::Wrong;
use super::super::{Frame, to};
use super::form::{Form, told};
use super::reading::checked;
use super::tried::TriedView;
use super::trying::{Outcome, outcome};
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceOrigin};
use crate::model::staff::StaffRole;
use crate::pipeline;
use crate::store::sources::{self, Memory};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, page, status};
use crate::web::site::Site;
use crate::web::staff::Desk;

#[derive(Template)]
#[template(path = "web/admin/source_edit.html")]
struct EditSource<'a> {
    shell: Shell<'a>,
    frame: Frame,
    id: &'a str,
    /// What the form was made of: it is refused when that has changed meanwhile.
    seen: String,
    form: Form,
    tried: Option<TriedView>,
    wrong: Vec<String>,
}

#[derive(Template)]
#[template(path = "web/admin/source_show.html")]
struct ShowSource<'a> {
    shell: Shell<'a>,
    frame: Frame,
    /// The file that defines it; empty for one of the database.
    file: String,
    lines: Vec<(&'static str, String)>,
    wrong: Vec<String>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    match stored(&site, &id).await? {
        (source, SourceOrigin::Database) if desk.may(StaffRole::Editor) => {
            let form = Form::of(&site, &source);
            shown(&site, &desk, &source, Outcome { form, tried: None, wrong: Vec::new() })
        }
        (source, origin) => read_only(&site, &desk, &source, origin, Vec::new()),
    }
}

/// Fetches what the form describes and shows what would be read.
pub(in crate::web) async fn look(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    match stored(&site, &id).await? {
        (source, SourceOrigin::Database) => {
            let tried = outcome(&site, &fields, &source).await?;
            shown(&site, &desk, &source, tried)
        }
        (source, origin) => refused(&site, &desk, &source, origin),
    }
}

/// Puts what the form describes in the place of what is stored.
pub(in crate::web) async fn save(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let before = match stored(&site, &id).await? {
        (source, SourceOrigin::Database) => source,
        (source, origin) => return refused(&site, &desk, &source, origin),
    };
    let after = match fit(&site, &fields, &before).await? {
        Ok(after) => after,
        Err(wrong) => {
            let again = Outcome::refused(&site, &fields, &before, &wrong);
            return shown(&site, &desk, &before, again);
        }
    };
    let changes = before.changes(&after);
    if !changes.is_empty() {
        sources::replace(&site.pipeline.db, &after, memory(&before, &after)).await?;
        desk.record(&site, "edit source", after.id.as_str(), &changes.join("; ")).await?;
    }
    Ok(to("/admin/sources"))
}

/// What the form describes, if it may stand in the place of `before`.
async fn fit(
    site: &Site,
    fields: &Fields,
    before: &Source,
) -> Result<Result<Source, Wrong>, WebError> {
    if fields.text("seen") != seal(site, before)? {
        let told = "Somebody changed it since this page was shown. What is written here is yours; \
            press the button once more to put it in the place of theirs.";
        return Ok(Err(Wrong::one("seen", told)));
    }
    let after = match checked(site, fields, before)? {
        Ok(after) => after,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let all = site.pipeline.sources().await?;
    let is_taken = all.iter().any(|other| other.url == after.url && other.id != after.id);
    if is_taken {
        return Ok(Err(Wrong::one("address", "There is another source with that address.")));
    }
    Ok(Ok(after))
}

/// What an edit makes of what is remembered of the source.
fn memory(before: &Source, after: &Source) -> Memory {
    let reading = |source: &Source| {
        let Source { kind, preset, parts, request, text_selector, .. } = source.clone();
        (kind, preset, parts, request, text_selector)
    };
    if before.url != after.url {
        Memory::Forget
    } else if reading(before) != reading(after) {
        Memory::ReadAgain
    } else {
        Memory::Keep
    }
}

/// The source as it is stored: a pause is no part of it.
async fn stored(site: &Site, id: &str) -> Result<(Source, SourceOrigin), WebError> {
    let (db, files) = (&site.pipeline.db, &site.pipeline.file_sources);
    if let Some(source) = files.iter().find(|source| source.id.as_str() == id) {
        return Ok((source.clone(), SourceOrigin::File));
    }
    let found = sources::get(db, &SourceId::new(id)).await?;
    found.map(|source| (source, SourceOrigin::Database)).ok_or(WebError::NotFound)
}

/// A mark of what is stored, which shows nothing of it.
fn seal(site: &Site, source: &Source) -> Result<String, WebError> {
    Ok(site.tokens().stamp(&["source", &serde_json::to_string(source)?]))
}

fn refused(
    site: &Site,
    desk: &Desk,
    source: &Source,
    origin: SourceOrigin,
) -> Result<Response, WebError> {
    let wrong = vec!["It was not changed: its file alone may change it.".to_owned()];
    read_only(site, desk, source, origin, wrong)
}

fn shown(
    site: &Site,
    desk: &Desk,
    source: &Source,
    Outcome { form, tried, wrong }: Outcome,
) -> Result<Response, WebError> {
    let sheet = EditSource {
        shell: site.shell(&source.name),
        frame: Frame::new(site, desk),
        id: source.id.as_str(),
        seen: seal(site, source)?,
        form,
        tried,
        wrong,
    };
    page(status(&sheet.wrong), &sheet)
}

fn read_only(
    site: &Site,
    desk: &Desk,
    source: &Source,
    origin: SourceOrigin,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let file = match origin {
        SourceOrigin::Database => String::new(),
        SourceOrigin::File => pipeline::sources::file_of(site.config(), &source.id),
    };
    let (shell, frame) = (site.shell(&source.name), Frame::new(site, desk));
    page(status(&wrong), &ShowSource { shell, frame, file, lines: told(source), wrong })
}
