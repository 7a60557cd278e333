//! What one gets: see it, change it, stop it, take it along, have it erased (D-43, D-44).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::deliver::token::Purpose;
use crate::model::id::SubscriberId;
use crate::model::subscriber::{Subscriber, SubscriberState, Subscription};
use crate::pipeline::{Wish, stored};
use crate::store::{subscribers, subscriptions};
use crate::web::WebError;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::wish::{Asked, WishForm};

#[derive(Template)]
#[template(path = "web/preferences.html")]
struct Preferences<'a> {
    shell: Shell<'a>,
    token: &'a str,
    /// Where this page is.
    action: String,
    address: String,
    /// The addresses of the reader's own feeds.
    feeds: String,
    /// One form for each subscription, with its id.
    wanted: Vec<(String, WishForm)>,
    /// The form of another one; none where every edition is subscribed to.
    more: Option<WishForm>,
    saved: bool,
    wrong: Vec<String>,
}

/// Who has the link; none when it is no longer good.
pub(super) async fn owner(site: &Site, token: &str) -> Result<Option<Subscriber>, WebError> {
    let Some(id) = site.tokens().check(Purpose::Manage, token, site.now()) else { return Ok(None) };
    let who = subscribers::get(&site.pipeline.db, SubscriberId(id)).await?;
    Ok(who.filter(|who| who.state == SubscriberState::Active))
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    Query(query): Query,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    let listed: Vec<String> = query.all("show").map(str::to_owned).collect();
    shown(&site, &token, &who, &listed, Ok(false)).await
}

/// Saves one subscription: `subscription` in the form names it, an empty one is new; `stop` ends it.
pub(in crate::web) async fn save(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    let theirs = subscriptions::of(&site.pipeline.db, who.id).await?;
    let named = fields.text("subscription");
    let known = theirs.iter().find(|one| one.id.to_string() == named);
    if let Some(known) = known.filter(|_| fields.has("stop")) {
        subscriptions::remove(&site.pipeline.db, known.id).await?;
        return shown(&site, &token, &who, &[], Ok(true)).await;
    }
    match Asked::of(&fields).wish(&site) {
        Ok(wish) => {
            let other = theirs.iter().any(|one| {
                one.edition == wish.edition && known.is_none_or(|known| known.id != one.id)
            });
            if other {
                let wrong = vec!["You get that edition already; change it above.".to_owned()];
                return shown(&site, &token, &who, &[], Err(wrong)).await;
            }
            let who = keep(&site, who, known, &wish).await?;
            shown(&site, &token, &who, &[], Ok(true)).await
        }
        Err(wrong) => shown(&site, &token, &who, &[], Err(wrong)).await,
    }
}

async fn keep(
    site: &Site,
    who: Subscriber,
    known: Option<&Subscription>,
    wish: &Wish,
) -> Result<Subscriber, WebError> {
    let db = &site.pipeline.db;
    let mut wanted = wish.subscription(who.id, &*site.pipeline.clock);
    if let Some(known) = known {
        wanted.id = known.id;
        // What the form does not show stays.
        wanted.filter.role = known.filter.role;
        wanted.filter.types.clone_from(&known.filter.types);
        wanted.filter.min_severity = known.filter.min_severity;
        wanted.filter.exact_faction = known.filter.exact_faction;
    }
    subscriptions::put(db, &wanted).await?;
    subscribers::set_place(db, who.id, &wish.language, &wish.zone).await?;
    Ok(Subscriber { language: wish.language.clone(), zone: wish.zone.clone(), ..who })
}

/// Everything that is stored of the reader, as a file.
pub(in crate::web) async fn export(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    let all = stored(&site.pipeline.db, &who).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"my-subscription.json\""),
    ];
    Ok((headers, serde_json::to_string_pretty(&all)?).into_response())
}

/// Stops all mails.
pub(in crate::web) async fn leave(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    site.pipeline.leaving.leave(who.id, site.now()).await?;
    let text = ["Nothing more is sent to this address, what is already waiting included."];
    message(StatusCode::OK, site.shell("You will get no more mails"), &text)
}

/// Erases everything, once the box is ticked that asks for it.
pub(in crate::web) async fn erase(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    if !fields.has("sure") {
        let wrong = vec!["Tick the box beside the button to have everything erased.".to_owned()];
        return shown(&site, &token, &who, &[], Err(wrong)).await;
    }
    site.pipeline.leaving.erase(&who, site.now()).await?;
    let text = [
        "Everything that was stored of you is erased. What is left is a mark by which your address is known \
                 again, so that nothing is sent to it; the address cannot be read from it.",
    ];
    message(StatusCode::OK, site.shell("Erased"), &text)
}

async fn shown(
    site: &Site,
    token: &str,
    who: &Subscriber,
    listed: &[String],
    outcome: Result<bool, Vec<String>>,
) -> Result<Response, WebError> {
    let theirs = subscriptions::of(&site.pipeline.db, who.id).await?;
    let form =
        |one: &Subscription| (one.id.to_string(), Asked::stored(who, one).form(site, listed));
    let has = |name: &str| theirs.iter().any(|one| one.edition.as_str() == name);
    let more = site.config().edition.keys().find(|name| !has(name)).map(|name| {
        let mut form = Asked::at_first_of(site, who, name).form(site, listed);
        form.editions.retain(|choice| !has(&choice.value));
        form
    });
    let (saved, wrong) = match outcome {
        Ok(saved) => (saved, Vec::new()),
        Err(wrong) => (false, wrong),
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let wanted = theirs.iter().map(form).collect();
    let (shell, address) = (site.shell("Your subscription"), who.address.to_string());
    let action = format!("/preferences/{token}");
    let feeds = format!("?reader={}", site.feed_token(who));
    page(status, &Preferences { shell, token, action, address, feeds, wanted, more, saved, wrong })
}

pub(super) fn expired(site: &Site) -> Result<Response, WebError> {
    let text = [
        "This link has expired: it works for 15 minutes. Ask for another one under \"My subscription\".",
    ];
    message(StatusCode::GONE, site.shell("This link no longer works"), &text)
}
