//! Canonical addresses: one address for one article, whatever the link it was found by.

use url::Url;

/// Query parameters that name the way a reader came, not the article. Prefixes end in `*`.
const TRACKING: [&str; 40] = [
    "utm_*",
    "mtm_*",
    "pk_*",
    "hsa_*",
    "at_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "cmpid",
    "cmp",
    "ncid",
    "ocid",
    "smid",
    "wt_mc",
    "ref_src",
    "ref_url",
    "sr_share",
    "spm",
    "xtor",
    "amp",
    "_openstat",
    "outputtype",
    "print",
    "printable",
    "printview",
    "printerfriendly",
    "print_friendly",
    "mobile",
];

/// Pairs that name a view of the article for paper or a telephone.
const VIEWS: [&str; 9] = [
    "view=print",
    "view=mobile",
    "view=amp",
    "format=print",
    "format=amp",
    "mode=print",
    "output=print",
    "output=amp",
    "m=1",
];

/// The canonical form of an address: no fragment, no tracking parameters, no default port, no credentials, no form for
/// AMP, a telephone or paper. An address that is not `http` or `https` is returned as it is.
pub fn canonical(address: &str) -> String {
    match Url::parse(address.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => canonical_url(url).into(),
        _ => address.trim().to_owned(),
    }
}

fn canonical_url(mut url: Url) -> Url {
    // A hashbang names a page of its own; every other fragment is a place within one.
    if !url.fragment().is_some_and(|f| f.starts_with('!')) {
        url.set_fragment(None);
    }
    let _ = url.set_username("");
    let _ = url.set_password(None);
    drop_tracking(&mut url);
    drop_host_of_form(&mut url);
    drop_path_of_form(&mut url);
    url
}

fn drop_tracking(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    let kept = (!kept.is_empty()).then(|| kept.join("&"));
    url.set_query(kept.as_deref());
}

fn is_tracking(pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    let name = pair.split('=').next().unwrap_or(&pair);
    VIEWS.contains(&pair.as_str())
        || TRACKING.iter().any(|known| match known.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == *known,
        })
}

/// `amp.outlet.example`, `m.outlet.example` and `mobile.outlet.example` are `outlet.example`; `en.m.outlet.example` is
/// `en.outlet.example`.
fn drop_host_of_form(url: &mut Url) {
    let Some(host) = url.domain() else { return };
    let labels: Vec<&str> = host.split('.').collect();
    let kept = match labels.as_slice() {
        ["amp" | "m" | "mobile", rest @ ..] if rest.len() >= 2 => rest.join("."),
        [language, "m", rest @ ..] if language.len() <= 3 && rest.len() >= 2 => {
            format!("{language}.{}", rest.join("."))
        }
        _ => return,
    };
    let _ = url.set_host(Some(&kept));
}

/// `/amp/x`, `/x/amp` and `/x/print` are `/x`.
fn drop_path_of_form(url: &mut Url) {
    let path = url.path().to_owned();
    let mut slashed = ["/amp/", "/print/"].into_iter();
    let mut ended = ["/amp", ".amp", "/print"].into_iter();
    let shorter = slashed.find_map(|end| path.strip_suffix(end).map(|p| format!("{p}/")));
    let shorter = shorter.or_else(|| ended.find_map(|e| path.strip_suffix(e)).map(str::to_owned));
    let shorter = shorter.or_else(|| path.strip_prefix("/amp/").map(|p| format!("/{p}")));
    if let Some(path) = shorter.filter(|p| p.len() > 1) {
        url.set_path(&path);
    }
}

/// A link as it stands in a document at `base`; without a base, as it is.
pub fn resolve(base: Option<&Url>, link: &str) -> String {
    let link = link.trim();
    match base.and_then(|base| base.join(link).ok()) {
        Some(url) => url.into(),
        None => link.to_owned(),
    }
}

/// An address fit for a message or a log: no credentials, no query (S-13).
pub fn shown(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_article_has_one_address() {
        let one = "https://outlet.example/news/12";
        for link in [
            "https://outlet.example:443/news/12#top",
            "https://outlet.example/news/12?utm_source=rss&utm_medium=feed",
            "https://outlet.example/news/12/amp",
            "https://amp.outlet.example/news/12?fbclid=x",
            "https://user:pass@OUTLET.example/amp/news/12",
            "  https://outlet.example/news/./12?",
            "https://m.outlet.example/news/12",
            "https://mobile.outlet.example/news/12?m=1",
            "https://outlet.example/news/12/print",
            "https://outlet.example/news/12?print=1&view=print",
            "https://outlet.example/news/12?printable=yes",
        ] {
            assert_eq!(canonical(link), one, "{link}");
        }
    }

    #[test]
    fn parameters_that_name_the_article_stay() {
        assert_eq!(canonical("https://a.example/?p=7&utm_campaign=x"), "https://a.example/?p=7");
        assert_eq!(canonical("https://a.example/#!/x"), "https://a.example/#!/x");
        assert_eq!(
            canonical("https://a.example/?view=map&m=12"),
            "https://a.example/?view=map&m=12"
        );
    }

    #[test]
    fn only_hosts_that_stand_before_an_outlets_name_are_forms() {
        for (link, host) in [
            ("https://en.m.outlet.example/x", "en.outlet.example"),
            ("https://m.example/x", "m.example"),
            ("https://news.m.outlet.example/x", "news.m.outlet.example"),
            ("https://10.0.0.1/x", "10.0.0.1"),
        ] {
            assert_eq!(canonical(link), format!("https://{host}/x"), "{link}");
        }
        assert_eq!(canonical("https://a.example/print"), "https://a.example/print");
    }

    #[test]
    fn what_is_no_web_address_is_kept() {
        assert_eq!(canonical("reports/2020.txt"), "reports/2020.txt");
    }

    #[test]
    fn s_13_a_shown_address_hides_credentials_and_query() {
        assert_eq!(shown("https://u:p@a.example/x?token=1#f"), "https://a.example/x");
    }
}
