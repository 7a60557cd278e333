//! A notice of a correction in three lines, for those who were sent the wrong text (B-59).

use askama::Template;

use super::desk::Desk;
use super::digest::{Footer, Rendered};
use super::sentence::day;
use super::sentence::grammar::words;
use super::subject::shortened;
use super::template::filters;
use super::view::{Body, Item, Setting, corrections, foreign_corrections};
use super::{RenderError, discreet, inline, wrap};
use crate::config::look::{LookConfig, TemplateSet};
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// The most characters of subject (B-10) and preheader (B-15).
const MOST: (usize, usize) = (50, 85);

/// What the notice says.
struct NoticeView {
    page: Setting,
    heading: String,
    items: Vec<Item>,
    last: String,
}

#[derive(Template)]
#[template(path = "mail/default/notice.html")]
struct Html<'a> {
    view: &'a NoticeView,
    preheader: &'a str,
    look: &'a LookConfig,
    footer: &'a Footer,
}

/// The same in the second set.
#[derive(Template)]
#[template(path = "mail/plain/notice.html")]
struct PlainHtml<'a> {
    view: &'a NoticeView,
    preheader: &'a str,
    look: &'a LookConfig,
    footer: &'a Footer,
}

#[derive(Template)]
#[template(path = "mail/default/notice.txt")]
struct Text<'a> {
    view: &'a NoticeView,
    footer: &'a Footer,
}

/// Renders the corrections of a situation as a notice; its other sections are told in the next issue.
pub fn notice(
    situation: &Situation,
    registry: &Registry,
    look: &LookConfig,
    footer: &Footer,
) -> Result<Rendered, RenderError> {
    let situation = discreet::nameless(situation);
    let desk = Desk::new(&situation, registry);
    let view = view(&desk);
    let first = view.items.first().map(|item| format!("{}: {}", item.lead, item.text));
    let plain = first.unwrap_or_default().replace(super::tongue::ISOLATE, "");
    let preheader = shortened(&plain, MOST.1);
    let text = wrap::wrapped(&Text { view: &view, footer }.render()?);
    let (page, first) = (&view, preheader.as_str());
    let html = match look.templates {
        TemplateSet::Default => Html { view: page, preheader: first, look, footer }.render()?,
        TemplateSet::Plain => PlainHtml { view: page, preheader: first, look, footer }.render()?,
    };
    Ok(Rendered {
        subject: subject(&desk, &look.name),
        html: inline::inlined(&html)?,
        words: words(&text),
        preheader,
        text,
        map: None,
    })
}

fn view(desk: &Desk<'_>) -> NoticeView {
    let title = &desk.situation.title;
    let section = match desk.tongue {
        None => corrections(desk),
        Some(tongue) => foreign_corrections(desk, tongue),
    };
    let items = match section.map(|section| section.body) {
        Some(Body::Items(items)) => items,
        _ => Vec::new(),
    };
    match desk.tongue {
        None => NoticeView {
            page: Setting::english(),
            heading: format!("Correction to {title} of {}", told_on(desk)),
            items,
            last: "The next issue carries this among its corrections.".to_owned(),
        },
        Some(tongue) => NoticeView {
            page: Setting::of(tongue, desk.language()),
            heading: tongue
                .fill("correction_to", &[("title", &tongue.apart(title)), ("at", &told_on(desk))]),
            items,
            last: tongue.word("next_carries").to_owned(),
        },
    }
}

/// The reader's day of the issue that told it otherwise.
fn told_on(desk: &Desk<'_>) -> String {
    let told = desk.situation.corrections.first().map(|corrected| desk.date(corrected.told_at));
    let told = told.unwrap_or_else(|| desk.day());
    match desk.tongue {
        None => day(told, desk.day()),
        Some(tongue) => tongue.day(told, desk.day()),
    }
}

fn subject(desk: &Desk<'_>, name: &str) -> String {
    let word = desk.tongue.map_or("correction", |tongue| tongue.word("corrections"));
    let subject = format!("{name} {}: {word}", told_on(desk));
    shortened(subject.replace(super::tongue::ISOLATE, "").trim(), MOST.0)
}
