//! How a source is read: what its editor says, else what its address tells.

use super::http::What;
use super::preset;
use crate::model::source::{Parts, Source, SourceKind};

/// How a source is read, with all that its reader needs to know.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Files.
    Files,
    /// A feed, or a sitemap: its content tells.
    Any,
    /// A feed.
    Feed,
    /// A sitemap, or an index of them.
    Sitemap,
    /// A page that lists articles.
    Page(Parts),
    /// The JSON answer of an API.
    Json(Parts),
}

impl Shape {
    /// How `source` is read.
    pub(super) fn of(source: &Source) -> Self {
        let of_kind = |preset| source.kind.is_none_or(|kind| kind == preset::kind(preset));
        let told = || preset::of_address(&source.url).filter(|preset| of_kind(*preset));
        let preset = source.preset.or_else(told);
        let parts = || match preset {
            Some(preset) => over(preset::parts(preset), &source.parts),
            None => source.parts.clone(),
        };
        let web = source.url.starts_with("http:") || source.url.starts_with("https:");
        match source.kind.or_else(|| preset.map(preset::kind)) {
            Some(SourceKind::Feed) => Self::Feed,
            Some(SourceKind::Sitemap) => Self::Sitemap,
            Some(SourceKind::Page) => Self::Page(parts()),
            Some(SourceKind::Json) => Self::Json(parts()),
            None if web => Self::Any,
            Some(SourceKind::Files) | None => Self::Files,
        }
    }

    /// What kind of document is asked for.
    pub(super) fn what(&self) -> What {
        match self {
            Self::Page(_) => What::Page,
            _ => What::Feed,
        }
    }
}

/// The parts of a preset, those that the editor gives laid over them.
fn over(preset: Parts, given: &Parts) -> Parts {
    let part = |given: &Option<String>, preset: Option<String>| given.clone().or(preset);
    Parts {
        entry: part(&given.entry, preset.entry),
        link: part(&given.link, preset.link),
        title: part(&given.title, preset.title),
        date: part(&given.date, preset.date),
        text: part(&given.text, preset.text),
        author: part(&given.author, preset.author),
        credit: part(&given.credit, preset.credit),
        older: part(&given.older, preset.older),
        whole: given.whole || preset.whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::SourceId;
    use crate::model::source::Preset;

    fn source(url: &str) -> Source {
        Source::new(SourceId::new("s"), "S", url)
    }

    #[test]
    fn the_address_tells_where_the_editor_says_nothing() {
        assert_eq!(Shape::of(&source("https://outlet.example/x")), Shape::Any);
        assert_eq!(Shape::of(&source("file:/data/in")), Shape::Files);
        let telegram = Shape::Page(preset::parts(Preset::Telegram));
        assert_eq!(Shape::of(&source("https://t.me/s/valleynews")), telegram);
    }

    #[test]
    fn the_editors_word_goes_before_the_address_and_the_preset() {
        let mut source = source("https://t.me/s/valleynews");
        source.parts.text = Some(".mine".to_owned());
        let Shape::Page(parts) = Shape::of(&source) else { panic!("a page") };
        assert_eq!(parts.text.as_deref(), Some(".mine"));
        assert_eq!(parts.entry, preset::parts(Preset::Telegram).entry);
        source.kind = Some(SourceKind::Feed);
        assert_eq!(Shape::of(&source), Shape::Feed);
    }
}
