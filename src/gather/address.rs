//! What an address alone tells: whether an article is likely to stand there.

use url::Url;

/// Parts of a path that lead to lists, people and services, never to an article.
const NEVER: [&str; 26] = [
    "tag",
    "tags",
    "category",
    "categories",
    "author",
    "authors",
    "topic",
    "topics",
    "search",
    "login",
    "register",
    "subscribe",
    "newsletter",
    "about",
    "contact",
    "privacy",
    "terms",
    "page",
    "feed",
    "rss",
    "wp-content",
    "wp-login.php",
    "user",
    "account",
    "shop",
    "cart",
];

/// Endings of files that are no pages.
const FILES: [&str; 12] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".mp4", ".mp3", ".zip", ".xml",
    ".css",
];

/// The fewest words of an address that is made of a headline.
const HEADLINE_WORDS: usize = 4;

/// The fewest digits of a number that names an article.
const NUMBER_DIGITS: usize = 4;

/// Whether an address looks like that of an article: made of a headline, with a number, or with a date.
pub(super) fn is_article(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return looks_like(address, "") };
    matches!(url.scheme(), "http" | "https") && looks_like(url.path(), url.query().unwrap_or(""))
}

fn looks_like(path: &str, query: &str) -> bool {
    let path = path.to_lowercase();
    if FILES.iter().any(|ending| path.ends_with(ending)) {
        return false;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| NEVER.contains(part)) {
        return false;
    }
    let last = parts.last().copied().unwrap_or("");
    let numbered = |text: &str| digits(text) >= NUMBER_DIGITS;
    words(last) >= HEADLINE_WORDS
        || has_date(&parts)
        || (parts.len() > 1 && numbered(last))
        || query.split('&').any(is_article_number)
}

/// Words of a headline as addresses write them; an escaped letter of another script counts with its word.
fn words(part: &str) -> usize {
    part.split(['-', '_', '+', ' ']).filter(|word| !word.is_empty()).count()
}

/// The longest run of digits.
fn digits(part: &str) -> usize {
    part.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// Whether a year and a month stand next to each other, and something follows.
fn has_date(parts: &[&str]) -> bool {
    let number = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    parts.windows(3).any(|w| matches!(w, [year, month, _] if number(year, 4) && number(month, 2)))
}

/// `id=123`, `p=77`, `newsid=5`.
fn is_article_number(pair: &str) -> bool {
    let Some((name, value)) = pair.split_once('=') else { return false };
    let named = name == "p" || name.to_ascii_lowercase().ends_with("id");
    named && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_from_lists_and_services() {
        for yes in [
            "https://outlet.example/world/two-villages-were-shelled",
            "https://outlet.example/2020/06/25/shelling",
            "https://outlet.example/news/184392",
            "https://outlet.example/news/shelling-184392.html",
            "https://outlet.example/?p=7712",
            "https://outlet.example/view.php?newsid=55",
        ] {
            assert!(is_article(yes), "{yes}");
        }
        for no in [
            "https://outlet.example/",
            "https://outlet.example/world",
            "https://outlet.example/tag/two-villages-were-shelled",
            "https://outlet.example/category/middle-east-and-north-africa",
            "https://outlet.example/about",
            "https://outlet.example/2020/06/25/photo.jpg",
            "https://outlet.example/news?page=3",
            "mailto:desk@outlet.example",
        ] {
            assert!(!is_article(no), "{no}");
        }
    }
}
