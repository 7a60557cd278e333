//! Articles, their versions, who reads them, and what the reading gave.

use std::collections::HashMap;

use sitrep::model::article::Article;
use sitrep::model::id::SourceId;
use sitrep::store::readings::{ReadingResult, StoredReading};
use sitrep::store::{Db, articles, claims, coverage, readings};

use crate::support::samples::{article, at, claim, window};
use crate::support::{TestDb, contract};

const SEEN: &str = "2026-03-01T05:00Z";

fn reading(result: ReadingResult) -> StoredReading {
    StoredReading {
        result,
        language: None,
        fingerprint: vec![7, u32::MAX],
        extractor: "1".to_owned(),
        packs: "syria-1".to_owned(),
    }
}

async fn claimed(db: &Db, worker: &str, limit: u32, now: &str, until: &str) -> Vec<Article> {
    readings::claim_for_extraction(db, limit, worker, at(until), at(now)).await.unwrap()
}

contract! {
    async fn a_known_text_is_passed_over_and_a_changed_one_is_the_next_version(test: &TestDb) {
        let first = article("https://wire.example/1", "Two shells fell.", SEEN);
        let second = article("https://wire.example/1", "Three shells fell.", SEEN);
        assert_eq!(articles::insert_new(&test.db, std::slice::from_ref(&first)).await.unwrap(), 1);
        let both = [first.clone(), second.clone(), second.clone()];
        assert_eq!(articles::insert_new(&test.db, &both).await.unwrap(), 1);
        let stored = articles::get(&test.db, &second.id).await.unwrap().unwrap();
        assert_eq!(stored, Article { version: 2, ..second });
    }

    async fn a_version_that_comes_back_is_the_latest_again_and_is_stored_once(test: &TestDb) {
        let first = article("https://wire.example/1", "Two shells fell.", SEEN);
        let second = article("https://wire.example/1", "Three shells fell.", SEEN);
        for one in [&first, &second, &first] {
            articles::insert_new(&test.db, std::slice::from_ref(one)).await.unwrap();
        }
        let version = async |one: &Article| {
            articles::get(&test.db, &one.id).await.unwrap().unwrap().version
        };
        assert_eq!((version(&first).await, version(&second).await), (3, 2));
        let status = sitrep::store::status::status(&test.db).await.unwrap();
        assert_eq!(status.articles["pending"], 2);
    }

    async fn after_a_version_that_came_back_another_text_is_the_next_version(test: &TestDb) {
        let one = |text: &str| article("https://wire.example/1", text, SEEN);
        let (first, second, third) = (one("Two shells fell."), one("Three fell."), one("Four fell."));
        for (article, new) in [(&first, 1), (&second, 1), (&first, 0), (&third, 1), (&second, 0)] {
            let inserted = articles::insert_new(&test.db, std::slice::from_ref(article)).await;
            assert_eq!(inserted.unwrap(), new);
        }
        let mut versions = Vec::new();
        for article in [&first, &third, &second] {
            versions.push(articles::get(&test.db, &article.id).await.unwrap().unwrap().version);
        }
        assert_eq!(versions, [3, 4, 5]);
    }

    async fn a_version_of_an_article_that_does_not_count_does_not_count(test: &TestDb) {
        let old = Article { counts: false, ..article("https://wire.example/1", "Two shells.", SEEN) };
        let edited = article("https://wire.example/1", "Three shells.", SEEN);
        articles::insert_new(&test.db, &[old, edited.clone()]).await.unwrap();
        let stored = articles::get(&test.db, &edited.id).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.counts), (2, false));
    }

    async fn known_texts_among_new_ones_are_not_counted_as_new(test: &TestDb) {
        let one = |n: u32| article(&format!("https://wire.example/{n}"), "Two shells fell.", SEEN);
        let (first, both) = ((0..20).map(one).collect(), (10..40).map(one).collect());
        assert_eq!(articles::insert_lists(&test.db, vec![first, Vec::new()]).await.unwrap(), [20, 0]);
        let lists = vec![vec![one(0)], both, vec![one(40)]];
        assert_eq!(articles::insert_lists(&test.db, lists).await.unwrap(), [0, 20, 1]);
    }

    async fn of_two_that_insert_one_text_at_once_one_counts_it(test: &TestDb) {
        let other = test.another().await;
        let seen = |second: u32| -> Vec<_> {
            let seen = format!("2026-03-01T05:00:{second:02}Z");
            (0..60).map(|n| article(&format!("https://wire.example/{n}"), "A text.", &seen)).collect()
        };
        for round in 0..8 {
            let (ours, theirs) = (seen(2 * round), seen(2 * round + 1));
            let both = tokio::join!(
                articles::insert_new(&test.db, &ours),
                articles::insert_new(&other, &theirs)
            );
            let new = both.0.unwrap() + both.1.unwrap();
            assert_eq!(new, if round == 0 { 60 } else { 0 });
        }
    }

    async fn known_addresses_are_looked_up_with_the_mark_of_their_last_version(test: &TestDb) {
        let marked = |n: u32, text: &str, mark: &str| {
            let mut article = article(&format!("https://wire.example/{n}"), text, SEEN);
            article.found.mark = Some(mark.to_owned());
            article
        };
        let all: Vec<_> = (0..70).map(|n| marked(n, "One.", "a")).collect();
        articles::insert_new(&test.db, &all).await.unwrap();
        articles::insert_new(&test.db, &[marked(1, "Two.", "b"), marked(2, "One.", "c")]).await.unwrap();
        let urls: Vec<_> = (0..100).map(|n| format!("https://wire.example/{n}")).collect();
        let (wire, post) = (SourceId::new("wire"), SourceId::new("post"));
        let (first, last) = urls.split_at(60);
        let asked = [(&wire, urls.as_slice()), (&post, &urls), (&wire, first), (&wire, last)];
        let all = articles::known(&test.db, &asked).await.unwrap();
        assert_eq!(all.iter().map(HashMap::len).collect::<Vec<_>>(), [70, 0, 60, 10]);
        let known = &all[0];
        let mark = |n: usize| known[&urls[n]].as_deref();
        assert_eq!((mark(0), mark(1), mark(2)), (Some("a"), Some("b"), Some("c")));
        assert!(articles::known(&test.db, &[(&wire, &[])]).await.unwrap()[0].is_empty());
        assert!(articles::known(&test.db, &[]).await.unwrap().is_empty());
    }

    async fn stored_articles_are_opened_again_and_keep_what_they_told_until_they_are_read(test: &TestDb) {
        use sitrep::model::id::ArticleId;
        let one = |n: u32, seen: &str| article(&format!("https://wire.example/{n}"), "Shells fell.", seen);
        let all = [one(1, "2026-02-01T05:00Z"), one(2, SEEN), one(3, SEEN)];
        articles::insert_new(&test.db, &all).await.unwrap();
        for article in claimed(&test.db, "a", 9, SEEN, SEEN).await {
            let told = reading(ReadingResult::Read(vec![claim("Shells fell.")]));
            readings::put_reading(&test.db, &article.id, &told).await.unwrap();
        }
        let baseline = window("2026-02-01T00:00Z", "2026-03-02T00:00Z");
        let otherwise = async |packs| {
            coverage::read_otherwise(&test.db, baseline, "1", packs).await.unwrap()
        };
        assert_eq!((otherwise("syria-1").await, otherwise("syria-2").await), (false, true));
        assert_eq!(readings::reopen(&test.db, at(SEEN)).await.unwrap(), 2);
        assert_eq!(readings::claims_of(&test.db, &all[1].id).await.unwrap().len(), 1);
        assert_eq!(claimed(&test.db, "b", 9, SEEN, SEEN).await.len(), 2);
        let page = readings::stored_since(&test.db, at(SEEN), &ArticleId::new(""), 1).await.unwrap();
        let rest = readings::stored_since(&test.db, at(SEEN), &page[0].id, 9).await.unwrap();
        assert_eq!((page.len(), rest.len()), (1, 1));
    }

    async fn two_workers_at_once_never_read_the_same_article(test: &TestDb) {
        let all: Vec<_> =
            (0..40).map(|n| article(&format!("https://wire.example/{n}"), "A text.", SEEN)).collect();
        articles::insert_new(&test.db, &all).await.unwrap();
        let other = test.another().await;
        let drain = async |db: &Db, worker: &str| {
            let mut got = Vec::new();
            loop {
                let batch = claimed(db, worker, 3, SEEN, "2026-03-01T05:10Z").await;
                if batch.is_empty() { return got; }
                got.extend(batch.into_iter().map(|article| article.id));
            }
        };
        let (mut one, two) = tokio::join!(drain(&test.db, "one"), drain(&other, "two"));
        one.extend(two);
        one.sort();
        let mut ids: Vec<_> = all.into_iter().map(|article| article.id).collect();
        ids.sort();
        assert_eq!(one, ids);
    }

    async fn a_dead_workers_articles_are_read_by_another_and_at_last_given_up(test: &TestDb) {
        let one = article("https://wire.example/1", "A text.", SEEN);
        articles::insert_new(&test.db, std::slice::from_ref(&one)).await.unwrap();
        assert_eq!(claimed(&test.db, "a", 9, "2026-03-01T05:00Z", "2026-03-01T05:10Z").await.len(), 1);
        assert_eq!(claimed(&test.db, "b", 9, "2026-03-01T05:09Z", "2026-03-01T05:20Z").await.len(), 0);
        for _ in 0..4 {
            assert_eq!(claimed(&test.db, "b", 9, "2026-03-01T05:10Z", "2026-03-01T05:10Z").await.len(), 1);
        }
        assert_eq!(claimed(&test.db, "b", 9, "2026-03-01T05:10Z", "2026-03-01T05:10Z").await.len(), 0);
        let status = sitrep::store::status::status(&test.db).await.unwrap();
        assert_eq!(status.articles["error"], 1);
    }

    async fn a_reading_is_kept_in_place_of_an_earlier_one(test: &TestDb) {
        let one = article("https://wire.example/1", "Two shells fell.", SEEN);
        articles::insert_new(&test.db, std::slice::from_ref(&one)).await.unwrap();
        let many = ReadingResult::Read(vec![claim("a"), claim("b"), claim("c")]);
        readings::put_reading(&test.db, &one.id, &reading(many)).await.unwrap();
        let few = ReadingResult::Read(vec![claim("d"), claim("e")]);
        assert!(readings::put_reading(&test.db, &one.id, &reading(few)).await.unwrap());
        let stored = claims::claims_since(&test.db, at(SEEN)).await.unwrap();
        let quotes: Vec<_> = stored.iter().map(|c| c.claim.evidence[0].quote.as_str()).collect();
        assert_eq!(quotes, ["d", "e"]);
        assert_eq!(stored[0].claim, claim("d"));
        assert_eq!(*stored[0].fingerprint, [7, u32::MAX]);
        assert_eq!(stored[0].source, SourceId::new("wire"));
        assert!(stored[0].counts && stored[0].latest);
        assert_eq!(claims::claims_since(&test.db, at("2026-03-01T05:00:01Z")).await.unwrap(), []);
        assert_eq!(claimed(&test.db, "a", 9, SEEN, SEEN).await, []);
    }

    async fn claims_say_whether_a_later_version_of_their_article_exists(test: &TestDb) {
        for (text, seen) in [("Two fell.", SEEN), ("Three fell.", "2026-03-01T06:00Z")] {
            let version = article("https://wire.example/1", text, seen);
            articles::insert_new(&test.db, std::slice::from_ref(&version)).await.unwrap();
            let read = ReadingResult::Read(vec![claim(text)]);
            readings::put_reading(&test.db, &version.id, &reading(read)).await.unwrap();
        }
        let stored = claims::claims_since(&test.db, at(SEEN)).await.unwrap();
        let versions: Vec<_> = stored.iter().map(|claim| (claim.version, claim.latest)).collect();
        assert_eq!(versions, [(1, false), (2, true)]);
    }

    async fn coverage_counts_what_was_seen_in_the_window_and_what_was_not_read(test: &TestDb) {
        let inside = article("https://wire.example/1", "A text.", "2026-03-01T05:30Z");
        let unread = article("https://wire.example/2", "Un texte.", "2026-03-02T05:29:59Z");
        let after = article("https://wire.example/3", "A text.", "2026-03-02T05:30Z");
        let mut old = article("https://wire.example/4", "A text.", "2026-03-01T06:00Z");
        old.counts = false;
        articles::insert_new(&test.db, &[inside, unread.clone(), after, old]).await.unwrap();
        let mut french = reading(ReadingResult::Unread("in French".to_owned()));
        french.language = Some("fr".to_owned());
        readings::put_reading(&test.db, &unread.id, &french).await.unwrap();
        let day = window("2026-03-01T05:30Z", "2026-03-02T05:30Z");
        let gathered = coverage::gathered(&test.db, day).await.unwrap();
        assert_eq!(gathered.articles[&SourceId::new("wire")], 2);
        assert_eq!(gathered.unread["fr"], 1);
        assert_eq!(gathered.read_since, Some(at("2026-03-01T05:30Z")));
    }

    async fn coverage_of_a_span_counts_what_was_published_in_it_however_late_it_was_found(test: &TestDb) {
        let mut found = article("https://wire.example/1", "A text.", "2026-03-05T05:30Z");
        found.found.published = Some(at("2026-03-01T09:00Z"));
        found.counts = false;
        let mut later = article("https://wire.example/2", "A text.", "2026-03-01T06:00Z");
        later.found.published = Some(at("2026-03-04T06:00Z"));
        articles::insert_new(&test.db, &[found, later]).await.unwrap();
        let day = window("2026-03-01T00:00Z", "2026-03-02T00:00Z");
        let published = coverage::published(&test.db, day).await.unwrap();
        assert_eq!(published.articles[&SourceId::new("wire")], 1);
    }
}
