//! The little of Markdown that our own documents are written in, as HTML. It is for text of this program only.

use std::fmt::Write as _;

/// Headings, paragraphs, lists, tables, bold, italics, code and links.
pub(super) fn html(text: &str) -> String {
    let (mut out, mut tables) = (String::new(), 0);
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    for block in blocks {
        let lines: Vec<&str> = block.lines().collect();
        match lines.first().copied().unwrap_or_default() {
            first if first.starts_with('#') => heading(&mut out, first),
            first if first.starts_with('|') => {
                tables += 1;
                table(&mut out, &lines, tables);
            }
            first if first.starts_with("- ") => list(&mut out, &lines),
            _ => {
                let _ = writeln!(out, "<p>{}</p>", inline(&lines.join(" ")));
            }
        }
    }
    out
}

fn heading(out: &mut String, line: &str) {
    let level = line.chars().take_while(|c| *c == '#').count().min(3);
    let text = inline(line.trim_start_matches('#').trim());
    let _ = writeln!(out, "<h{level}>{text}</h{level}>");
}

fn list(out: &mut String, lines: &[&str]) {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), items.last_mut()) {
            (None, Some(item)) => {
                item.push(' ');
                item.push_str(line.trim());
            }
            (item, _) => items.push(item.unwrap_or(line).trim().to_owned()),
        }
    }
    out.push_str("<ul>\n");
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", inline(&item));
    }
    out.push_str("</ul>\n");
}

/// Tables are numbered, so that somebody who hears them can tell them apart.
fn table(out: &mut String, lines: &[&str], number: u32) {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| inline(cell.trim())).collect()
    };
    let _ = writeln!(
        out,
        "<div class=\"wide\" role=\"region\" aria-label=\"Table {number}\" tabindex=\"0\"><table>"
    );
    for (n, line) in lines.iter().enumerate() {
        let head = n == 0 && lines.get(1).is_some_and(|next| next.contains("---"));
        if line.contains("---") {
            continue;
        }
        out.push_str("<tr>");
        for cell in cells(line) {
            let _ = if head {
                write!(out, "<th scope=\"col\">{cell}</th>")
            } else {
                write!(out, "<td>{cell}</td>")
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

/// Bold, italics, code and links within a line.
fn inline(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = escaped.replace('"', "&quot;");
    for (mark, tag) in [("**", "b"), ("*", "em"), ("`", "code")] {
        out = paired(&out, mark, tag);
    }
    links(&out)
}

fn paired(text: &str, mark: &str, tag: &str) -> String {
    let parts: Vec<&str> = text.split(mark).collect();
    // A mark without its pair stays as it is.
    let pairs = (parts.len() - 1) / 2 * 2;
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        out.push_str(part);
        if n < pairs {
            out.push_str(if n % 2 == 0 { "<" } else { "</" });
            out.push_str(tag);
            out.push('>');
        } else if n + 1 < parts.len() {
            out.push_str(mark);
        }
    }
    out
}

/// Links to other sites; one to a file beside the document is its text alone.
fn links(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(label, after)| {
            let (href, after) = after.split_once(')')?;
            Some((label, href, after))
        });
        let Some((label, href, after)) = link else { break };
        out.push_str(before);
        if href.starts_with("https://") {
            let _ = write!(out, "<a href=\"{href}\">{label}</a>");
        } else {
            out.push_str(label);
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_marks_become_elements() {
        let text = "# A\n\nOne **two** *three*\nfour [x](https://y.example) [z](Z.md).\n\n- a\n  b\n- c < d\n\n| h | i |\n|---|---|\n| 1 | 2 |";
        let html = html(text);
        for part in [
            "<h1>A</h1>",
            "<p>One <b>two</b> <em>three</em> four <a href=\"https://y.example\">x</a> z.</p>",
            "<li>a b</li>",
            "<li>c &lt; d</li>",
            "<th scope=\"col\">h</th>",
            "<td>2</td>",
        ] {
            assert!(html.contains(part), "{part} in\n{html}");
        }
    }

    #[test]
    fn a_mark_without_its_pair_stays() {
        assert_eq!(inline("2 * 3 = [6"), "2 * 3 = [6");
    }

    #[test]
    fn the_method_has_every_heading_of_its_document() {
        let method = include_str!("../../docs/METHOD.md");
        let headings = method.lines().filter(|line| line.starts_with('#')).count();
        let html = html(method);
        assert_eq!(html.matches("<h1>").count() + html.matches("<h2>").count(), headings);
        assert!(!html.contains("**") && !html.contains("|--"));
    }
}
