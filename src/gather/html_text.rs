//! HTML to plain text with paragraphs.

use trafilatura::dom::{Document, NodeId};

use super::clean;
use super::nesting::is_hostile;

/// Elements whose content is no text for readers.
const SKIPPED: [&str; 14] = [
    "script", "style", "noscript", "template", "iframe", "svg", "head", "title", "button",
    "select", "textarea", "object", "video", "audio",
];

/// Elements that start a paragraph of their own.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// The text of an HTML document or fragment: paragraphs parted by blank lines, hidden characters stripped.
pub fn html_to_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return clean::text(html);
    }
    if is_hostile(html) {
        return clean::text(&without_tags(html));
    }
    let doc = Document::parse(html);
    doc.body().map(|body| node_to_text(&doc, body)).unwrap_or_default()
}

/// The text of an HTML fragment on one line, as a title needs it.
pub fn html_to_title(html: &str) -> String {
    clean::title(&html_to_text(html))
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

/// What is left when everything between `<` and `>` is taken out.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (index, part) in html.split('<').enumerate() {
        let text =
            if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        if !text.is_empty() {
            out.push(' ');
            out.push_str(text);
        }
    }
    out
}

enum Step {
    Enter(NodeId),
    Break(&'static str),
}

fn enter(doc: &Document, node: NodeId, stack: &mut Vec<Step>, out: &mut String) {
    let tag = doc.tag_name(node);
    if SKIPPED.contains(&tag) {
        return;
    }
    match tag {
        "br" | "lb" => return out.push('\n'),
        "td" | "th" => out.push(' '),
        _ if BLOCKS.contains(&tag) => {
            out.push_str("\n\n");
            stack.push(Step::Break("\n\n"));
        }
        _ => {}
    }
    stack.extend(doc.child_nodes(node).into_iter().rev().map(Step::Enter));
}

/// Adds a text node: line breaks of the source are spaces.
fn push_collapsed(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
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
    fn text_without_markup_is_kept_as_it_is() {
        assert_eq!(html_to_text("5 > 4 \n\nplain"), "5 > 4\n\nplain");
    }
}
