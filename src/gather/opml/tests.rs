use std::collections::BTreeMap;

use super::*;
use crate::model::id::SourceId;
use crate::model::source::{Parts, Preset, SourceKind, SourceRequest, SourceRole};

#[test]
fn every_field_of_a_source_survives_the_way_out_and_back() {
    let pairs = |all: &[(&str, &str)]| {
        all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>()
    };
    let full = Source {
        kind: Some(SourceKind::Page),
        preset: Some(Preset::Telegram),
        parts: Parts {
            entry: Some("a[href=\"x,y\"] > b".to_owned()),
            whole: true,
            ..Parts::default()
        },
        owner: Some("{owner}".to_owned()),
        role: SourceRole::Monitor,
        aligned_with: Some(vec!["one".to_owned(), "two".to_owned()]),
        republishes: true,
        language: Some("ar".to_owned()),
        theatres: vec!["syria".to_owned()],
        calls: pairs(&[("the \"terrorists\" = <all>, & more", "x"), ("our forces", "y")]),
        paused: true,
        request: SourceRequest {
            headers: pairs(&[("X-Key", "a\"b")]),
            cookie: None,
            cookie_file: Some("cookie".into()),
        },
        text_selector: Some("div.story > p".to_owned()),
        site: Some("https://outlet.example/?a=1&b=2".to_owned()),
        folder: vec!["Middle East".to_owned(), "Syria & Iraq".to_owned()],
        outline: pairs(&[("description", "Two\nlines"), ("frss:x", "1"), ("xmlns:frss", "urn:f")]),
        ..Source::new(
            SourceId::new("full"),
            "Valley “Post” & Sons",
            "https://outlet.example/s?a=1&b=2",
        )
    };
    let none = Source {
        aligned_with: Some(Vec::new()),
        ..Source::new(SourceId::new("none"), "None", "https://none.example/feed")
    };
    let plain = Source::new(SourceId::new("plain"), "Plain", "https://plain.example/feed");
    let all = vec![full, none, plain];
    let written = write("Ours", &all);
    let read = read(&written).unwrap();
    assert_eq!((read.sources, read.skipped, read.title.as_str()), (all, vec![], "Ours"));
}

#[test]
fn feeds_without_ids_get_ids_of_their_names_that_differ() {
    let text = "<opml><body><outline text='World News' xmlUrl='https://a.example/1'/>\
        <outline title='World News' xmlurl='https://a.example/2'/><outline text='أخبار' url='https://www.ghouta.example/3'/></body></opml>";
    let ids: Vec<String> =
        read(text).unwrap().sources.into_iter().map(|source| source.id.to_string()).collect();
    assert_eq!(ids, ["world-news", "world-news-2", "ghouta"]);
}

#[test]
fn outlines_that_cannot_be_read_are_noted() {
    let text = "<opml xmlns:sitrep='urn:sitrep:opml:1'><body><outline text='A bookmark'/>\
        <outline text='Wrong' xmlUrl='https://a.example/1' sitrep:role='king'/></body></opml>";
    let read = read(text).unwrap();
    assert!(read.sources.is_empty());
    assert!(
        read.skipped[0].contains("`A bookmark`") && read.skipped[1].contains("king"),
        "{:?}",
        read.skipped
    );
}

#[test]
fn s_3_what_is_no_list_or_nests_without_end_is_refused() {
    let no = |text: &str| read(text).unwrap_err();
    assert_eq!(no("<rss/>").to_string(), "this is a feed, not a list of feeds (OPML)");
    assert_eq!(no("hello"), OpmlError::Other { found: "neither XML nor JSON".to_owned() });
    assert_eq!(no(&format!("<opml>{}", "<outline>".repeat(100_000))), OpmlError::TooDeep);
    let laughs = "<!DOCTYPE o [<!ENTITY a 'aaaa'>]><opml><body><outline text='&a;&a;' xmlUrl='https://a.example/'/></body></opml>";
    assert_eq!(read(laughs).unwrap().sources[0].name, "&a;&a;");
}
