//! Short names of sources, made from what is known of them.

/// A short name for commands: from the display name, else from the host without `www.` and its ending, else from the
/// last part of a path.
pub fn slug(name: &str, address: &str) -> String {
    let of_name = dashed(name);
    if of_name.bytes().filter(u8::is_ascii_alphanumeric).count() >= FEWEST_LETTERS {
        return of_name;
    }
    let after_scheme = address.split_once("://").map(|(_, rest)| rest);
    let host = after_scheme.map(|rest| rest.split(['/', '?', '#', ':']).next().unwrap_or(rest));
    let host = host.filter(|host| !host.is_empty()).map(|host| {
        let host = host.trim_start_matches("www.");
        host.rsplit_once('.').map_or(host, |(name, _)| name)
    });
    let path = address.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let found = dashed(host.unwrap_or(path));
    if found.is_empty() { "source".to_owned() } else { found }
}

/// The fewest letters and digits that make a name.
const FEWEST_LETTERS: usize = 3;

/// The longest slug, in bytes.
const LONGEST_SLUG: usize = 40;

/// Small ASCII letters and digits, everything else one dash.
fn dashed(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(LONGEST_SLUG);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_give_short_names() {
        for (name, address, expected) in [
            ("Valley Post – World", "https://x.example/", "valley-post-world"),
            ("أخبار", "https://www.ghouta-news.example:8080/feed?x=1", "ghouta-news"),
            ("", "https://a.b.example/rss", "a-b"),
            ("", "file:/data/Inbox/", "inbox"),
            ("—", "?", "source"),
        ] {
            assert_eq!(slug(name, address), expected);
        }
        assert!(slug(&"long ".repeat(30), "").len() <= LONGEST_SLUG);
    }
}
