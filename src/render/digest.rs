//! A digest as one reader gets it: subject, preheader, HTML and text.

use super::desk::Desk;
use super::link::Href;
use super::map::{map, png};
use super::template::Page;
use super::tongue::tongue;
use super::view::View;
use super::{RenderError, budget, discreet, preheader, subject};
use crate::config::look::{LookConfig, MapUse};
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// The reader's own last lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footer {
    /// Why they get this: "You get this because you subscribed to …".
    pub why: String,
    /// How to stop it, in the form that this installation can honour.
    pub unsubscribe: String,
    /// An address that does it; none where a reply does.
    pub unsubscribe_link: Option<Href>,
    /// Whom to write to about an error.
    pub contact: String,
    /// The public address of the web site, to which ids of events and the method link; empty where there is none.
    pub site: String,
}

impl Footer {
    /// The address of the site; none where there is no site.
    pub(crate) fn base(&self) -> Option<&str> {
        Some(self.site.as_str()).filter(|site| !site.is_empty())
    }

    /// The address below which each event has its page; empty where there is no site.
    pub(crate) fn pages(&self) -> String {
        self.base().map(|site| format!("{site}/e")).unwrap_or_default()
    }

    /// The last lines for somebody who subscribed to `title`, in their language. `leave_to`: the address that takes
    /// people off the list; without one, a reply does.
    pub fn subscribed(language: &str, title: &str, leave_to: Option<&str>, contact: &str) -> Self {
        let (why, unsubscribe) = match (tongue(language), leave_to) {
            (Some(tongue), to) => {
                let leave = match to {
                    Some(to) => tongue.fill("leave", &[("to", &tongue.apart(to))]),
                    None => tongue.word("leave_reply").to_owned(),
                };
                (tongue.fill("why", &[("title", &tongue.apart(title))]), leave)
            }
            (None, to) => {
                let leave = match to {
                    Some(to) => format!("To stop it, write to {to}."),
                    None => "To stop it, reply with \"unsubscribe\".".to_owned(),
                };
                (format!("You get this because you subscribed to {title}."), leave)
            }
        };
        let unsubscribe_link =
            leave_to.and_then(|to| Href::parse(&format!("mailto:{to}?subject=unsubscribe")));
        let (contact, site) = (contact.to_owned(), String::new());
        Self { why, unsubscribe, unsubscribe_link, contact, site }
    }
}

/// A rendered digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject line.
    pub subject: String,
    /// The line that a client shows after the subject.
    pub preheader: String,
    /// The HTML part.
    pub html: String,
    /// The text part.
    pub text: String,
    /// The words that a reader sees.
    pub words: usize,
    /// The locator map as PNG, which the HTML part names by [`MAP_ID`](crate::model::digest::MAP_ID); none where the look has none in mail.
    pub map: Option<Vec<u8>>,
}

/// Renders a situation. The same arguments give the same bytes (H-14).
pub fn digest(
    situation: &Situation,
    registry: &Registry,
    look: &LookConfig,
    footer: &Footer,
) -> Result<Rendered, RenderError> {
    let situation = discreet::nameless(situation);
    let desk = Desk::new(&situation, registry);
    let mut view = View::new(&desk, look, preheader::preheader(&desk));
    let drawn = if look.map == MapUse::Mail && view.has_events() { map(&situation)? } else { None };
    view.map = drawn.as_ref().map(|drawn| drawn.words.clone());
    let words = budget::fit_words(&mut view, &desk, look, footer)?;
    let html = budget::fit_bytes(&mut view, &desk, look, footer)?;
    let text = Page { view: &view, look, footer }.text()?;
    let subject = subject::subject(&desk, &look.name);
    let map = drawn.map(|drawn| png(&drawn.svg)).transpose()?;
    Ok(Rendered { subject, preheader: view.preheader, html, text, words, map })
}
