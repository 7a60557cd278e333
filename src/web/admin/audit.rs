//! Who did what.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, time};
use crate::model::staff::StaffRole;
use crate::store::staff;
use crate::web::WebError;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Deeds on the page.
const MOST: u32 = 200;

#[derive(Template)]
#[template(path = "web/admin/audit.html")]
struct Audit<'a> {
    shell: Shell<'a>,
    frame: Frame,
    /// When, who, what, of what, why.
    deeds: Vec<[String; 5]>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    desk.needs(StaffRole::Admin)?;
    let deeds = staff::deeds(&site.pipeline.db, MOST).await?.into_iter();
    let deeds = deeds.map(|it| [time(it.at), it.who, it.what, it.subject, it.detail]).collect();
    let (shell, frame) = (site.shell("Who did what"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Audit { shell, frame, deeds })
}
