//! Sources as lists of feeds: taking one in, and giving all of them out.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::model::staff::StaffRole;
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::message;
use crate::web::site::Site;
use crate::web::staff::Desk;

/// The largest list, in bytes.
pub(in crate::web) const LARGEST: usize = 2 << 20;
/// Notes that are shown.
const NOTES: usize = 20;

/// All sources as OPML, without what their requests carry.
pub(in crate::web) async fn export(
    State(site): State<Arc<Site>>,
    _: Desk,
) -> Result<Response, WebError> {
    let headers = [
        (header::CONTENT_TYPE, "text/x-opml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"sources.opml\""),
    ];
    Ok((headers, site.pipeline.opml().await?).into_response())
}

/// Adds the sources of a list; those that are known by their address stay as they are.
pub(in crate::web) async fn import(
    State(site): State<Arc<Site>>,
    desk: Desk,
    form: Multipart,
) -> Result<Response, WebError> {
    let (fields, list) = parts(form).await?;
    desk.check(&site, &fields, StaffRole::Editor)?;
    let text = String::from_utf8_lossy(&list);
    let taken = match site.pipeline.take_in_opml(&text).await? {
        Ok(taken) => taken,
        Err(why) => {
            let shell = site.shell("Not taken in");
            return message(StatusCode::UNPROCESSABLE_ENTITY, shell, &[why.as_str()]);
        }
    };
    let counts = format!("{} added, {} known already", taken.added, taken.known);
    desk.record(&site, "import sources", "", &counts).await?;
    let mut text = vec![counts.as_str()];
    text.extend(taken.skipped.iter().take(NOTES).map(String::as_str));
    message(StatusCode::OK, site.shell("Taken in"), &text)
}

/// The fields of the form, and the file.
async fn parts(mut form: Multipart) -> Result<(Fields, Vec<u8>), WebError> {
    let (mut fields, mut list) = (Fields::default(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| WebError::Unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| WebError::TooLarge)?;
        if name == "list" {
            list = bytes.to_vec();
        } else {
            fields.push(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok((fields, list))
}
