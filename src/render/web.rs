//! The digest as a part of a web page: its sections, without a mail's frame and styles.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::digest::Footer;
use super::map::map;
use super::sentence::grammar::words;
use super::template::{Page, filters};
use super::view::{Body, MatrixView, View};
use super::{RenderError, discreet, preheader, subject};
use crate::config::look::{LookConfig, MapUse};
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// HTML that a template of ours wrote: everything in it that comes from outside is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment(String);

impl HtmlSafe for Fragment {}

impl Fragment {
    /// HTML that was made from text of this program alone.
    pub fn of_ours(html: String) -> Self {
        Self(html)
    }

    /// How large it is, in bytes.
    pub fn size(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A digest for a web page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebDigest {
    /// The subject line of its mail.
    pub subject: String,
    /// ISO 639-1 code of what it is written in.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its sections.
    pub html: Fragment,
}

#[derive(Template)]
#[template(path = "web/digest.html")]
struct Html<'a> {
    view: &'a View,
    map: Option<Fragment>,
}

/// Renders a situation for a web page. Ids of events are links to `/e/ID`.
pub fn web_digest(
    situation: &Situation,
    registry: &Registry,
    look: &LookConfig,
) -> Result<WebDigest, RenderError> {
    let situation = discreet::nameless(situation);
    let desk = Desk::new(&situation, registry);
    let mut view = View::new(&desk, look, preheader::preheader(&desk));
    let footer = Footer::default();
    view.masthead.set_length(0);
    let length = words(&Page { view: &view, look, footer: &footer }.text()?);
    view.masthead.set_length(length);
    let drawn = if look.map != MapUse::None && view.has_events() { map(&situation)? } else { None };
    view.map = drawn.as_ref().map(|drawn| drawn.words.clone());
    let map = drawn.map(|drawn| Fragment(drawn.svg));
    let html = Fragment(Html { view: &view, map }.render()?);
    let (lang, dir) = (view.page.lang.clone(), view.page.dir.to_owned());
    Ok(WebDigest { subject: subject::subject(&desk, &look.name), lang, dir, html })
}
