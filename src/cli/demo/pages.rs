//! The newsroom's feeds and pages, by templates.

use askama::Template;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::newsroom::{Newsroom, Outlet, Piece};

struct Item<'a> {
    piece: &'a Piece,
    url: String,
    paragraphs: Vec<&'static str>,
}

impl<'a> Item<'a> {
    fn new(outlet: &Outlet, piece: &'a Piece) -> Self {
        let body = Newsroom::body(piece).unwrap_or_default();
        let paragraphs =
            body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
        Self { piece, url: format!("http://{}/articles/{}", outlet.host, piece.slug), paragraphs }
    }

    /// What the feed carries: the summary alone where the outlet gives no more.
    fn feed_paragraphs(&self) -> Vec<&str> {
        match (&self.piece.summary, self.piece.summary_only) {
            (Some(summary), true) => vec![summary.as_str()],
            _ => self.paragraphs.clone(),
        }
    }

    fn rfc_2822(&self) -> String {
        let utc = self.piece.published.to_zoned(jiff::tz::TimeZone::UTC);
        rfc2822::to_string(&utc).unwrap_or_default()
    }

    fn language<'b>(&'b self, outlet: &'b Outlet) -> &'b str {
        self.piece.language.as_deref().unwrap_or(&outlet.language)
    }
}

#[derive(Template)]
#[template(path = "newsroom/rss.xml")]
struct Rss<'a> {
    outlet: &'a Outlet,
    items: Vec<Item<'a>>,
}

#[derive(Template)]
#[template(path = "newsroom/atom.xml")]
struct Atom<'a> {
    outlet: &'a Outlet,
    items: Vec<Item<'a>>,
    updated: Timestamp,
}

#[derive(Template)]
#[template(path = "newsroom/article.html")]
struct Article<'a> {
    outlet: &'a Outlet,
    item: Item<'a>,
}

#[derive(Template)]
#[template(path = "newsroom/front.html")]
struct Front<'a> {
    outlet: &'a Outlet,
}

/// An RSS 2.0 feed.
pub(super) fn rss(outlet: &Outlet, pieces: &[&Piece]) -> String {
    rendered(&Rss { outlet, items: items(outlet, pieces) })
}

/// An Atom 1.0 feed.
pub(super) fn atom(outlet: &Outlet, pieces: &[&Piece]) -> String {
    let updated = pieces.first().map_or(Timestamp::UNIX_EPOCH, |piece| piece.published);
    rendered(&Atom { outlet, items: items(outlet, pieces), updated })
}

/// The page of an article, with what surrounds a text on a real site.
pub(super) fn article(outlet: &Outlet, piece: &Piece) -> String {
    rendered(&Article { outlet, item: Item::new(outlet, piece) })
}

/// A front page, where a feed should be.
pub(super) fn front_page(outlet: &Outlet) -> String {
    rendered(&Front { outlet })
}

fn items<'a>(outlet: &Outlet, pieces: &[&'a Piece]) -> Vec<Item<'a>> {
    pieces.iter().map(|piece| Item::new(outlet, piece)).collect()
}

/// Writing to a string does not fail; an empty page would be seen as a failed source.
fn rendered(template: &impl Template) -> String {
    template.render().unwrap_or_default()
}
