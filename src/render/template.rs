//! The two templates of a digest, filled in from one view.

use askama::Template;

use super::digest::Footer;
use super::view::{Body, MatrixView, View};
use super::{RenderError, inline, wrap};
use crate::config::look::LookConfig;

/// What both templates are filled in from.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    /// What is said.
    pub(crate) view: &'a View,
    /// How it looks.
    pub(crate) look: &'a LookConfig,
    /// The reader's own lines.
    pub(crate) footer: &'a Footer,
}

#[derive(Template)]
#[template(path = "mail/default/digest.html")]
struct Html<'a> {
    view: &'a View,
    look: &'a LookConfig,
    footer: &'a Footer,
}

#[derive(Template)]
#[template(path = "mail/default/digest.txt")]
struct Text<'a> {
    view: &'a View,
    look: &'a LookConfig,
    footer: &'a Footer,
}

impl Page<'_> {
    /// The HTML part, its styles inlined.
    pub(crate) fn html(self) -> Result<String, RenderError> {
        let Self { view, look, footer } = self;
        inline::inlined(&Html { view, look, footer }.render()?)
    }

    /// The text part, wrapped.
    pub(crate) fn text(self) -> Result<String, RenderError> {
        let Self { view, look, footer } = self;
        Ok(wrap::wrapped(&Text { view, look, footer }.render()?))
    }
}
