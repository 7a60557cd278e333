//! Names of elements: prefixes folded to the few name spaces that feeds and sitemaps use.

use std::collections::HashMap;

/// Name spaces by what their address contains, and the short name that we use; Atom, RSS and sitemaps need none.
const SPACES: [(&str, &str); 15] = [
    ("purl.org/dc/", "dc"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("itunes.com/dtds/podcast", "itunes"),
    ("search.yahoo.com/mrss", "media"),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom/", ""),
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com/rdf", ""),
    ("backend.userland.com", ""),
    ("w3.org/1999/02/22-rdf", ""),
    ("google.com/schemas/sitemap-news", "news"),
    ("google.com/schemas/sitemap-image", "image"),
    ("google.com/schemas/sitemap-video", "video"),
    ("sitemaps.org/schemas/sitemap", ""),
];

/// The prefixes that a document has declared.
#[derive(Debug, Default)]
pub(in crate::gather) struct Names(HashMap<String, String>);

impl Names {
    /// Takes note of an `xmlns:prefix` attribute.
    pub(in crate::gather) fn declare(&mut self, attribute: &str, address: &str) {
        let Some(prefix) = attribute.strip_prefix("xmlns:") else { return };
        let address = address.to_ascii_lowercase();
        let space = SPACES.iter().find(|(part, _)| address.contains(part)).map(|(_, space)| *space);
        self.0.insert(prefix.to_ascii_lowercase(), space.unwrap_or(prefix).to_owned());
    }

    /// A name in lower case with its folded prefix: `dc:date`, `item`, `content:encoded`.
    pub(in crate::gather) fn fold(&self, name: &str) -> String {
        let name = name.to_ascii_lowercase();
        let Some((prefix, local)) = name.split_once(':') else { return name };
        match self.0.get(prefix).map_or(prefix, String::as_str) {
            "" | "rdf" | "rss" | "atom" => local.to_owned(),
            space => format!("{space}:{local}"),
        }
    }
}
