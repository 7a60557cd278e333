//! Documents that are not what the source should be, in words that say what to do.

use jiff::Timestamp;
use trafilatura::dom::Document as Html;
use url::Url;

use crate::gather::challenge::is_challenge;
use crate::gather::decode::decode;
use crate::gather::feed::FeedError;
use crate::gather::http::Document;
use crate::gather::links;
use crate::gather::report::SourceReport;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// The report of a document that is no feed. The next time everything is asked for: a 304 must not hide it.
pub(super) fn failed(
    source: &Source,
    state: &FetchState,
    now: Timestamp,
    error: &FeedError,
    document: &Document,
) -> SourceReport {
    let text = decode(&document.body, document.content_type.as_deref());
    let address = links::shown(&source.url);
    let (outcome, what) = if is_challenge(&text) {
        (
            FetchOutcome::Blocked,
            "the outlet asks whether we are human; ask it to admit our User-Agent".to_owned(),
        )
    } else if document.moved_to.is_some() {
        (FetchOutcome::Moved, format!("{error}, at the new address"))
    } else {
        (outcome_of(error), format!("{error}{}", advice(error, &text, &document.url)))
    };
    let mut report = SourceReport::new(source, state, now, outcome, &format!("{what} ({address})"));
    report.ask_anew();
    report
}

fn outcome_of(error: &FeedError) -> FetchOutcome {
    match error {
        FeedError::Packed(error) => error.outcome(),
        FeedError::TooLarge => FetchOutcome::TooLarge,
        _ => FetchOutcome::Malformed,
    }
}

/// What to do, where the error itself does not say it.
fn advice(error: &FeedError, text: &str, url: &Url) -> String {
    match error {
        FeedError::Part { .. }
        | FeedError::NoParts { .. }
        | FeedError::Packed(_)
        | FeedError::Followed { .. } => return String::new(),
        _ => {}
    }
    announced(text, url).map_or_else(
        || "; look for the outlet's feed and change `url`".to_owned(),
        |feed| format!("; the page names the feed `{feed}`: change `url`"),
    )
}

/// The feed that an HTML page announces.
fn announced(html: &str, base: &Url) -> Option<String> {
    if !html.contains("alternate") {
        return None;
    }
    let doc = Html::parse(html);
    let links = doc.query_selector_all(doc.root(), r#"link[rel="alternate"]"#);
    links.into_iter().find_map(|link| {
        let kind = doc.get_attribute(link, "type")?;
        let feed = kind.contains("rss") || kind.contains("atom") || kind.contains("feed+json");
        feed.then(|| {
            links::resolve(Some(base), &doc.get_attribute(link, "href").unwrap_or_default())
        })
    })
}
