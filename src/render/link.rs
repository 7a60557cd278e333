//! Addresses that may stand in a digest.

use std::fmt;

use url::Url;

/// An address of a scheme that a mail may link to: https, http where the source has only that, mailto (H-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Href(String);

impl Href {
    /// The address, or none where it is no such address.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        matches!(url.scheme(), "https" | "http" | "mailto").then(|| Self(url.into()))
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h_13_only_web_and_mail_addresses_become_links() {
        for text in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "no address"]
        {
            assert_eq!(Href::parse(text), None, "{text}");
        }
        assert!(Href::parse("https://news.example/a?b=\"c\"").is_some());
        assert!(Href::parse("mailto:desk@news.example").is_some());
    }
}
