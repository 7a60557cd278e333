//! The templates of a digest, filled in from one view. A set is a folder under `templates/mail/`; text and Markdown are
//! the same in all of them.

use askama::Template;

use super::digest::Footer;
use super::view::{Body, MatrixView, View};
use super::{RenderError, inline, wrap};
use crate::config::look::{LookConfig, TemplateSet};

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

/// The same in the second set.
#[derive(Template)]
#[template(path = "mail/plain/digest.html")]
struct PlainHtml<'a> {
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

#[derive(Template)]
#[template(path = "mail/default/digest.md")]
struct Markdown<'a> {
    view: &'a View,
}

/// Filters of the templates.
#[expect(
    unreachable_pub,
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "askama's attribute writes them so"
)]
pub(super) mod filters {
    use std::fmt::Display;

    use askama::filters::Safe;

    use crate::render::bidi::isolated;

    /// Text of the digest, with what is set apart in it as elements of their own.
    #[askama::filter_fn]
    pub(in crate::render) fn bidi(
        text: impl Display,
        _: &dyn askama::Values,
    ) -> askama::Result<Safe<String>> {
        Ok(Safe(isolated(&text.to_string())))
    }

    /// A cell of the matrix, which may be broken after each slash.
    #[askama::filter_fn]
    pub(in crate::render) fn cell(
        text: impl Display,
        _: &dyn askama::Values,
    ) -> askama::Result<Safe<String>> {
        Ok(Safe(isolated(&text.to_string()).replace('/', "/&#8203;")))
    }

    /// Text of the digest as Markdown text.
    #[askama::filter_fn]
    pub(in crate::render) fn md(
        text: impl Display,
        _: &dyn askama::Values,
    ) -> askama::Result<String> {
        Ok(crate::render::markdown::escaped(&text.to_string()))
    }
}

impl Page<'_> {
    /// The HTML part, its styles inlined.
    pub(crate) fn html(self) -> Result<String, RenderError> {
        let Self { view, look, footer } = self;
        let page = match look.templates {
            TemplateSet::Default => Html { view, look, footer }.render()?,
            TemplateSet::Plain => PlainHtml { view, look, footer }.render()?,
        };
        inline::inlined(&page)
    }

    /// The digest as Markdown.
    pub(crate) fn markdown(self) -> Result<String, RenderError> {
        Ok(Markdown { view: self.view }.render()?)
    }

    /// The text part, wrapped.
    pub(crate) fn text(self) -> Result<String, RenderError> {
        let Self { view, look, footer } = self;
        Ok(wrap::wrapped(&Text { view, look, footer }.render()?))
    }
}
