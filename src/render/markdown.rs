//! The digest as Markdown, from the same view as mail and text.

use super::desk::Desk;
use super::digest::Footer;
use super::template::Page;
use super::view::View;
use super::{RenderError, budget, discreet, preheader};
use crate::config::look::LookConfig;
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// What Markdown would take for markup.
const MARKUP: [char; 12] = ['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&'];

/// Renders a situation as Markdown, without the lines that are about a subscription.
pub fn markdown(
    situation: &Situation,
    registry: &Registry,
    look: &LookConfig,
) -> Result<String, RenderError> {
    let situation = discreet::nameless(situation);
    let desk = Desk::new(&situation, registry);
    let mut view = View::new(&desk, look, preheader::preheader(&desk));
    let footer = Footer::default();
    budget::fit_words(&mut view, &desk, look, &footer)?;
    Page { view: &view, look, footer: &footer }.markdown()
}

/// The text with everything escaped that is markup: what a source writes stays text.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(&c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_source_writes_is_no_markup() {
        assert_eq!(escaped("<b> [x](y) *z*\n"), "\\<b\\> \\[x\\](y) \\*z\\* ");
    }
}
