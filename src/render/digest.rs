//! A digest as one reader gets it: subject, preheader, HTML and text.

use super::desk::Desk;
use super::link::Href;
use super::template::Page;
use super::view::View;
use super::{RenderError, budget, preheader, subject};
use crate::config::look::LookConfig;
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
}

/// Renders a situation. The same arguments give the same bytes (H-14).
pub fn digest(
    situation: &Situation,
    registry: &Registry,
    look: &LookConfig,
    footer: &Footer,
) -> Result<Rendered, RenderError> {
    let desk = Desk::new(situation, registry);
    let mut view = View::new(&desk, look, preheader::preheader(&desk));
    let words = budget::fit_words(&mut view, &desk, look, footer)?;
    let html = budget::fit_bytes(&mut view, &desk, look, footer)?;
    let text = Page { view: &view, look, footer }.text()?;
    let subject = subject::subject(&desk, &look.name);
    Ok(Rendered { subject, preheader: view.preheader, html, text, words })
}
