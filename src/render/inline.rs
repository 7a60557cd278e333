//! Inline styles: mail clients that drop `<style>` still show the digest as it is meant (H-4).

use std::sync::LazyLock;

use css_inline::CSSInliner;

use super::RenderError;

/// Inlines the rules and leaves only `@media` rules in the one `<style>`; loads nothing from anywhere.
static INLINER: LazyLock<CSSInliner<'static>> = LazyLock::new(|| {
    CSSInliner::options().load_remote_stylesheets(false).keep_at_rules(true).build()
});

/// The page with its style sheet inlined.
pub(crate) fn inlined(html: &str) -> Result<String, RenderError> {
    Ok(INLINER.inline(html)?)
}
