//! A new source: what would be read at an address is shown before it is added.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::super::field::Wrong;
use super::super::{Frame, to};
use super::form::Form;
use super::reading::checked;
use super::tried::{READ, TriedView, view};
use super::trying::{Outcome, outcome};
use crate::model::source::Source;
use crate::model::staff::StaffRole;
use crate::pipeline::{self, LookError};
use crate::store::sources;
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, page, status};
use crate::web::site::Site;
use crate::web::staff::Desk;

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
    if fields.has("address") {
        let tried = outcome(&site, &fields, &nothing()).await?;
        return again(&site, &desk, &fields, tried);
    }
    let url = fields.text("url");
    match site.pipeline.try_source(url, READ).await {
        Ok(looked) => {
            let form = Form::of(&site, &looked.source);
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
    let refused = |wrong: &Wrong| {
        again(&site, &desk, &fields, Outcome::refused(&site, &fields, &nothing(), wrong))
    };
    let source = match checked(&site, &fields, &nothing())? {
        Ok(source) => source,
        Err(wrong) => return refused(&wrong),
    };
    let all = pipeline::sources::all(&site.pipeline.db, &site.pipeline.file_sources).await?;
    if all.iter().any(|(other, _)| other.id == source.id) {
        return refused(&Wrong::one("id", "There is a source with that id already."));
    }
    if all.iter().any(|(other, _)| other.url == source.url) {
        return refused(&Wrong::one("address", "There is a source with that address already."));
    }
    sources::upsert(&site.pipeline.db, &source).await?;
    desk.record(&site, "add source", source.id.as_str(), &source.address()).await?;
    Ok(to("/admin/sources"))
}

/// What is there before anything is said.
fn nothing() -> Source {
    Source::new("".into(), "", "")
}

fn again(
    site: &Site,
    desk: &Desk,
    fields: &Fields,
    Outcome { form, tried, wrong }: Outcome,
) -> Result<Response, WebError> {
    shown(site, desk, fields.text("address"), tried, Some(form), wrong)
}

fn shown(
    site: &Site,
    desk: &Desk,
    url: &str,
    tried: Option<TriedView>,
    form: Option<Form>,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let (shell, frame) = (site.shell("Add a source"), Frame::new(site, desk));
    page(status(&wrong), &NewSource { shell, frame, url: url.to_owned(), tried, form, wrong })
}
