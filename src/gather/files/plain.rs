//! Plain text: a few lines of header, maybe a title, and the text.

use jiff::Zoned;

use crate::gather::page::credit_line;
use crate::gather::reading::Reading;
use crate::gather::{clean, dates};

/// How many lines from the start may be header.
const HEADER_LINES: usize = 8;

/// The longest line taken for a title, in characters.
const LONGEST_TITLE: usize = 160;

/// Reads a text. Header lines are `Title: …`, `Date: …`, `By …`, `Source: …`, a line that starts with a date, and
/// labels without a value; the first short paragraph that does not end like a sentence is the title.
pub(super) fn read(raw: &str) -> Result<Reading, String> {
    let mut article = Reading::default();
    let lines: Vec<&str> = raw.lines().collect();
    let mut body = 0;
    for (index, line) in lines.iter().enumerate().take(HEADER_LINES) {
        if !line.trim().is_empty() && !header(line.trim(), &mut article) {
            break;
        }
        body = index + 1;
    }
    let text = clean::text(&lines.get(body..).unwrap_or_default().join("\n"));
    let (title, text) =
        if article.title.is_empty() { split_title(&text) } else { (String::new(), text.as_str()) };
    if text.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if !title.is_empty() {
        article.title = clean::title(&title);
    }
    article.credit = credit_line(text, article.author.as_deref());
    text.clone_into(&mut article.text);
    Ok(article)
}

/// Takes a line of the header; false where the text has begun.
fn header(line: &str, article: &mut Reading) -> bool {
    let lower = line.to_lowercase();
    let (key, value) = lower.split_once(':').map_or((lower.as_str(), ""), |(key, _)| {
        (key.trim(), line.get(key.len() + 1..).unwrap_or("").trim())
    });
    match key {
        "title" | "headline" => article.title = clean::title(value),
        "date" | "published" => {
            article.published = dates::parse(value).or(article.published.take());
        }
        "author" | "by" => {
            article.author = Some(clean::title(value)).filter(|name| !name.is_empty());
        }
        "url" | "link" => value.clone_into(&mut article.url),
        "source" | "posted on" | "tags" | "category" => {}
        "language" | "lang" => article.language = Some(value.to_lowercase()),
        _ => return dated(line, &lower, article),
    }
    true
}

/// A line such as "date 2020-06-26 Posted on by someone", or only a date.
fn dated(line: &str, lower: &str, article: &mut Reading) -> bool {
    let rest = lower.strip_prefix("date ").unwrap_or(lower);
    let Some(date) = leading_date(rest) else { return false };
    article.published = Some(date);
    let by = lower.rfind(" by ").and_then(|at| line.get(at + 4..));
    if let Some(name) = by.map(clean::title).filter(|name| name.split_whitespace().count() <= 4) {
        article.author = Some(name);
    }
    true
}

/// The date that a line starts with, if the line is little more than that.
fn leading_date(line: &str) -> Option<Zoned> {
    let iso = line.get(..10).filter(|_| line.len() < 100).and_then(dates::parse);
    iso.or_else(|| dates::parse(line).filter(|_| line.len() < 32))
}

/// The first paragraph as title, where it looks like one and a text follows.
fn split_title(text: &str) -> (String, &str) {
    let Some((first, rest)) = text.split_once("\n\n") else { return (String::new(), text) };
    let looks = first.chars().count() <= LONGEST_TITLE
        && !first.contains('\n')
        && !first.ends_with(['.', '”', '"', ':', ',']);
    if looks && !rest.is_empty() { (first.to_owned(), rest) } else { (String::new(), text) }
}
