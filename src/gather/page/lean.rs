//! Pages without their ballast: scripts, styles, drawings and comments are half of a page and none of its text. They are
//! taken out before the page is parsed, since every later step copies the whole tree.

use std::collections::HashSet;

use crate::gather::html_pieces::{name_length, rest_of_tag, text_length};

/// Elements that are taken out with what they hold. Data of JSON-LD, which describe the article, stay.
const BALLAST: [&str; 5] = ["script", "style", "svg", "noscript", "iframe"];

/// How a comment begins.
const COMMENT: &str = "<!--";

/// The page without its ballast.
pub(super) fn lean(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut rest, mut unended) = (html, HashSet::new());
    while !rest.is_empty() {
        let (text, markup) = rest.split_at(text_length(rest));
        out.push_str(text);
        rest = if let Some(length) = ballast(markup, &mut unended) {
            markup.get(length..).unwrap_or("")
        } else {
            let (kept, after) = markup.split_at(tag_length(markup));
            out.push_str(kept);
            after
        };
    }
    out
}

/// The length of the ballast that begins here; none where there is none. `unended` remembers of what no end comes any
/// more, so that it is looked for once.
fn ballast(markup: &str, unended: &mut HashSet<&'static str>) -> Option<usize> {
    if let Some(comment) = markup.strip_prefix(COMMENT).filter(|_| !unended.contains(COMMENT)) {
        let end = comment.find("-->").map(|at| at + "<!---->".len());
        if end.is_none() {
            unended.insert(COMMENT);
        }
        return end;
    }
    let after = markup.get(1..)?;
    let name = after.get(..name_length(after))?;
    let name = BALLAST.into_iter().find(|known| known.eq_ignore_ascii_case(name))?;
    let tag = markup.get(..tag_length(markup))?;
    if unended.contains(name) || (name == "script" && tag.to_ascii_lowercase().contains("json")) {
        return None;
    }
    if name == "svg" && tag.ends_with("/>") {
        return Some(tag.len());
    }
    let end = end_tag(markup.get(tag.len()..)?, name);
    if end.is_none() {
        unended.insert(name);
    }
    end.map(|end| tag.len() + end)
}

/// Where the end tag of `name` ends.
fn end_tag(content: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = content.get(from..)?.find("</") {
        let after = content.get(from + at + 2..)?;
        let length = name_length(after);
        if after.get(..length)?.eq_ignore_ascii_case(name) {
            let (rest, _) = rest_of_tag(after.get(length..)?);
            return Some(from + at + 2 + length + rest);
        }
        from += at + 2;
    }
    None
}

/// The length of the tag or declaration that begins here.
fn tag_length(markup: &str) -> usize {
    let Some(after) = markup.get(1..) else { return markup.len() };
    let name = name_length(after);
    1 + name + rest_of_tag(after.get(name..).unwrap_or("")).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ballast_goes_and_everything_else_stays_as_it_is() {
        for (page, left) in [
            ("<p>a<script>if (a<b) '</p>'</SCRIPT >b", "<p>ab"),
            (
                "<!DOCTYPE html><!-- <p> --><b x='<style>'>a</b>",
                "<!DOCTYPE html><b x='<style>'>a</b>",
            ),
            ("a<svg/>b<svg><path d=1 /><text>x</text></svg>c", "abc"),
            ("<STYLE>p{}</style><link rel=x>1 < 2", "<link rel=x>1 < 2"),
            (
                "<script type=\"application/ld+json\">{}</script>",
                "<script type=\"application/ld+json\">{}</script>",
            ),
            ("<style>p{<p>a", "<style>p{<p>a"),
            ("a<!-- b", "a<!-- b"),
            ("a<", "a<"),
        ] {
            assert_eq!(lean(page), left, "{page}");
        }
    }

    #[test]
    fn s_2_starts_without_an_end_are_looked_through_once() {
        let page = "<style><svg><!-- ".repeat(100_000);
        assert_eq!(lean(&page).len(), page.len());
    }
}
