//! Pages that ask whether we are human, where an article or a feed should be.

/// What such pages hold, in lower case.
const SIGNS: [&str; 12] = [
    "captcha",
    "cf-chl",
    "challenge-platform",
    "just a moment...",
    "are you a human",
    "are you human",
    "verify you are",
    "verifying you are",
    "ddos-guard",
    "checking your browser",
    "_incapsula_resource",
    "unusual traffic",
];

/// The longest page taken for one, in bytes: articles that write about captchas are longer.
const LONGEST: usize = 60_000;

/// Whether a page is a captcha or another test for humans.
pub(super) fn is_challenge(html: &str) -> bool {
    let start = html.trim_start();
    let lower = || html.to_ascii_lowercase();
    start.starts_with('<') && html.len() <= LONGEST && {
        let lower = lower();
        SIGNS.iter().any(|sign| lower.contains(sign)) && lower.matches("<p").count() < 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_captcha_page_is_told_from_an_article() {
        assert!(is_challenge(
            "<html><title>Just a moment...</title><p>Checking your browser</p></html>"
        ));
        assert!(!is_challenge("<html><p>Two villages were shelled.</p></html>"));
        assert!(!is_challenge(&format!(
            "<html>{}captcha</html>",
            "<p>Long article.</p>".repeat(9)
        )));
    }
}
