//! HTML to plain text with paragraphs.

use trafilatura::dom::{Document, NodeId};

use super::clean;
use super::html_pieces::{Piece, Pieces};
use super::references::resolved;

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It stands apart: a paragraph of its own.
    Block,
    /// It breaks the line.
    Break,
    /// It is parted from its neighbour by a space.
    Cell,
    /// Its content is no text for readers.
    Skipped,
    /// None.
    Inline,
}

/// What the element `name` does to the text.
fn effect(name: &str) -> Effect {
    match name {
        "br" | "lb" => Effect::Break,
        "td" | "th" => Effect::Cell,
        "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "head" | "title"
        | "button" | "select" | "textarea" | "object" | "video" | "audio" => Effect::Skipped,
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details"
        | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1"
        | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "li" | "main" | "ol" | "p"
        | "pre" | "section" | "summary" | "table" | "tr" | "ul" => Effect::Block,
        _ => Effect::Inline,
    }
}

/// The text of an HTML document or fragment: paragraphs parted by blank lines, hidden characters stripped. No tree is
/// built, so that neither depth nor damage costs anything.
pub fn html_to_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return clean::text(html);
    }
    let mut flow = Flow { out: String::with_capacity(html.len()), skipped: None };
    Pieces::new(html).for_each(|piece| flow.take(&piece));
    clean::text(&flow.out)
}

/// The text of an HTML fragment on one line, as a title needs it.
pub fn html_to_title(html: &str) -> String {
    clean::title(&html_to_text(html))
}

/// The text of a document while its pieces come.
struct Flow {
    out: String,
    /// The element that is skipped, and how many of its name are open.
    skipped: Option<(String, usize)>,
}

impl Flow {
    fn take(&mut self, piece: &Piece<'_>) {
        match (&mut self.skipped, piece) {
            (Some((name, depth)), Piece::Open { name: opened, empty: false }) if name == opened => {
                *depth += 1;
            }
            (Some((name, depth)), Piece::Close(closed)) if name == closed => {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            (Some((name, _)), Piece::Open { name: opened, .. }) if name == "head" => {
                if effect(opened) == Effect::Block {
                    self.skipped = None;
                    self.open(opened, false);
                }
            }
            (None, Piece::Open { name, empty }) => self.open(name, *empty),
            (None, Piece::Close(name)) if effect(name) == Effect::Block => {
                self.out.push_str("\n\n");
            }
            (None, Piece::Text(text)) => push_collapsed(&mut self.out, &resolved(text)),
            (Some(_), _) | (None, Piece::Close(_)) => {}
        }
    }

    fn open(&mut self, name: &str, empty: bool) {
        match effect(name) {
            Effect::Block => self.out.push_str("\n\n"),
            Effect::Break => self.out.push('\n'),
            Effect::Cell => self.out.push(' '),
            // Of these only drawings may be empty.
            Effect::Skipped if !(empty && name == "svg") => {
                self.skipped = Some((name.to_owned(), 1));
            }
            Effect::Skipped | Effect::Inline => {}
        }
    }
}

/// The text below one node of a document. Walks without recursion, so depth costs no stack.
pub fn node_to_text(doc: &Document, root: NodeId) -> String {
    let mut out = String::new();
    let mut stack = vec![Step::Enter(root)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Break(mark) => out.push_str(mark),
            Step::Enter(node) if doc.is_text(node) => {
                push_collapsed(&mut out, &doc.text_content(node));
            }
            Step::Enter(node) => enter(doc, node, &mut stack, &mut out),
        }
    }
    clean::text(&out)
}

enum Step {
    Enter(NodeId),
    Break(&'static str),
}

fn enter(doc: &Document, node: NodeId, stack: &mut Vec<Step>, out: &mut String) {
    match effect(doc.tag_name(node)) {
        Effect::Skipped => return,
        Effect::Break => return out.push('\n'),
        Effect::Cell => out.push(' '),
        Effect::Block => {
            out.push_str("\n\n");
            stack.push(Step::Break("\n\n"));
        }
        Effect::Inline => {}
    }
    stack.extend(doc.child_nodes(node).into_iter().rev().map(Step::Enter));
}

/// Adds characters: line breaks of the source are spaces.
fn push_collapsed(out: &mut String, text: &str) {
    // A whole chunk at a time, without a branch for each byte.
    let breaks = |chunk: &[u8]| {
        chunk.iter().fold(false, |found, byte| found | matches!(byte, b'\n' | b'\r' | b'\t'))
    };
    if !text.as_bytes().chunks(64).any(breaks) {
        return out.push_str(text);
    }
    let mut lines = text.split(['\n', '\r', '\t']);
    out.push_str(lines.next().unwrap_or(""));
    for line in lines {
        out.push(' ');
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs_and_inline_elements_do_not() {
        let html = "<div><p>Two <b>vil</b>lages\nwere hit.</p><p>No one&nbsp;was hurt.<br>Roads reopened.</p></div>";
        assert_eq!(
            html_to_text(html),
            "Two villages were hit.\n\nNo one was hurt.\nRoads reopened."
        );
    }

    #[test]
    fn s_4_scripts_and_markup_never_reach_the_text() {
        let html = "<p>Calm<script>alert(1)</script><img src=x onerror=alert(1)> day</p><style>p{}</style>";
        assert_eq!(html_to_text(html), "Calm day");
    }

    #[test]
    fn s_2_markup_nested_100000_deep_is_read_without_recursion() {
        let html = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(html_to_text(&html), "deep");
    }

    #[test]
    fn what_is_skipped_ends_where_it_is_closed() {
        let html = "<html><head><title>T</title><meta charset=utf-8></head><body>a<select><option>b</select>c\
            <svg><path/><text>d</text></svg>e<svg/>f<template><p>g</template>h</body></html>";
        assert_eq!(html_to_text(html), "acefh");
        assert_eq!(html_to_text("<head><title>T</title><p>One<p>two"), "One\n\ntwo");
        assert_eq!(html_to_text("<p>a<button><button>b</button></button>c"), "ac");
    }

    #[test]
    fn text_without_markup_is_kept_as_it_is() {
        assert_eq!(html_to_text("5 > 4 \n\nplain"), "5 > 4\n\nplain");
    }
}
