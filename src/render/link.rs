//! Addresses that may stand in a digest.

use std::fmt;

use url::Url;

use super::bidi::isolated;
use super::tongue::ISOLATE;

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

/// An id as a digest prints it, `#k3x9pq`, as a link to the event's page below the address `pages`; as text where that is
/// empty, and where it is no id.
pub(crate) fn event_link(text: &str, pages: &str) -> String {
    let id = text.trim_matches(ISOLATE).strip_prefix('#');
    let id = id.filter(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric()));
    match id {
        Some(id) if !pages.is_empty() => {
            let pages = isolated(pages);
            format!("<a class=\"mu\" dir=\"ltr\" href=\"{pages}/{id}\">#{id}</a>")
        }
        _ => isolated(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_4_an_id_links_to_its_page_where_there_is_a_site() {
        let link = event_link("#k3x9pq", "https://s.example/e");
        assert!(
            link.contains("href=\"https://s.example/e/k3x9pq\"") && link.ends_with(">#k3x9pq</a>")
        );
        assert_eq!(event_link("#k3x9pq", ""), "#k3x9pq");
        assert_eq!(event_link("#<b>", "/e"), "#&#60;b&#62;");
    }

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
