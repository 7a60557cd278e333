//! How fast an article is read, step by step and as a whole, on one core and on two.
//!
//!     cargo bench --bench extract
//!
//! Texts are the corpus and the newsroom of this repository. After criterion's own lines a table gives articles and
//! megabytes a second, and how many times longer each step takes than a bare Aho-Corasick scan of the same names and
//! words over the same texts.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and ends where it fails"
)]

mod support;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{Criterion, Throughput};
use jiff::civil::Date;
use rayon::prelude::*;
use sitrep::extract::dates;
use sitrep::extract::gazetteer::Places;
use sitrep::extract::names::Roster;
use sitrep::extract::parse::sentence::sentences;
use sitrep::extract::parse::token::{Token, tokens};
use sitrep::model::document::Document;
use sitrep::model::registry::Registry;
use sitrep::model::text::language::detect;

/// The table of places, for the bare scan.
static PLACES: &[u8] = include_bytes!("../config/gazetteer/places.tsv.zst");

/// The name of the bare scan in the table.
const BARE: &str = "bare scan";

/// The names of the whole, which other rows are a part of.
const WHOLE: &str = "whole, one core";

/// Shortest times by step, and the texts that they are for.
struct Bench {
    articles: Vec<Document>,
    bytes: usize,
    best: RefCell<Vec<(&'static str, Duration)>>,
}

impl Bench {
    fn new() -> Self {
        let articles = support::articles();
        let bytes = articles.iter().map(|article| article.text.len()).sum();
        Self { articles, bytes, best: RefCell::default() }
    }

    /// Measures one pass over all articles.
    fn step(&self, criterion: &mut Criterion, name: &'static str, pass: impl Fn(&[Document])) {
        self.best.borrow_mut().push((name, Duration::MAX));
        let mut group = criterion.benchmark_group("extract");
        group.throughput(Throughput::Elements(self.articles.len() as u64));
        group.sample_size(20).measurement_time(Duration::from_secs(6));
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|passes| self.timed(passes, &pass));
        });
        group.finish();
    }

    fn timed(&self, passes: u64, pass: &impl Fn(&[Document])) -> Duration {
        (0..passes)
            .map(|_| {
                let began = Instant::now();
                pass(black_box(&self.articles));
                let took = began.elapsed();
                if let Some((_, best)) = self.best.borrow_mut().last_mut() {
                    *best = took.min(*best);
                }
                took
            })
            .sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of articles and bytes are small")]
    fn print(&self) {
        let best = self.best.borrow();
        let of = |name: &str| {
            best.iter().find(|(known, _)| *known == name).map(|(_, time)| time.as_secs_f64())
        };
        let (Some(bare), Some(whole)) = (of(BARE), of(WHOLE)) else { return };
        let parts = ["language", "sentences and tokens", "names", "places", "dates"];
        let rest = whole - parts.iter().filter_map(|name| of(name)).sum::<f64>();
        println!("\n{} articles, {} bytes\n", self.articles.len(), self.bytes);
        println!("{:28} {:>12} {:>10} {:>16}", "step", "articles/s", "MB/s", "× bare scan");
        let row = |name: &str, time: f64| {
            let (articles, bytes) =
                (self.articles.len() as f64 / time, self.bytes as f64 / time / 1e6);
            println!("{name:28} {articles:12.0} {bytes:10.2} {:16.1}", time / bare);
        };
        for (name, time) in best.iter().filter(|(_, time)| *time < Duration::MAX) {
            if *name == WHOLE {
                row("events (whole less the above)", rest);
            }
            row(name, time.as_secs_f64());
        }
    }
}

/// Every string of the word lists.
fn words() -> BTreeSet<String> {
    fn collect(value: &toml::Value, out: &mut BTreeSet<String>) {
        match value {
            toml::Value::String(text) => out.extend([text.to_lowercase()]),
            toml::Value::Array(all) => all.iter().for_each(|one| collect(one, out)),
            toml::Value::Table(all) => all.values().for_each(|one| collect(one, out)),
            _ => {}
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lexicon/en");
    let mut out = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        collect(&toml::from_str(&text).unwrap(), &mut out);
    }
    out
}

/// The names of places and factions and the words: what the extractor looks for.
fn lexicon(registry: &Registry) -> BTreeSet<String> {
    let table = zstd::decode_all(PLACES).unwrap();
    let mut all = words();
    for row in String::from_utf8(table).unwrap().lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        all.extend(cells[9].split('|').chain([cells[1]]).map(str::to_lowercase));
    }
    for faction in registry.factions() {
        let names = faction.aliases.iter().chain(&faction.short).chain([&faction.name]);
        all.extend(names.map(|name| name.to_lowercase()));
    }
    all.retain(|name| !name.is_empty());
    all
}

fn bare(registry: &Registry) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(lexicon(registry))
        .unwrap()
}

fn steps(bench: &Bench, criterion: &mut Criterion, registry: &Registry) {
    bench.step(criterion, "language", |articles| {
        for article in articles {
            black_box(detect(&article.text));
        }
    });
    bench.step(criterion, "sentences and tokens", |articles| {
        for article in articles {
            black_box(sentences(&tokens(&article.text)));
        }
    });
    let cut: Vec<Vec<Token>> = bench.articles.iter().map(|article| tokens(&article.text)).collect();
    let roster = Roster::new(registry);
    bench.step(criterion, "names", |articles| {
        for (article, tokens) in articles.iter().zip(&cut) {
            black_box(roster.find(&article.text, tokens, &[], &[], article.published));
        }
    });
    let places = Places::new(&[]).unwrap();
    bench.step(criterion, "places", |articles| {
        for article in articles {
            let mentions = places.mentions(&article.text);
            black_box(places.resolve(&mentions, &places.context(&[&article.text])));
        }
    });
    let day = |article: &Document| article.published.unwrap_or(Date::MIN);
    bench.step(criterion, "dates", |articles| {
        for article in articles {
            black_box(dates::find(&article.text, Some(day(article))));
        }
    });
}

fn whole(bench: &Bench, criterion: &mut Criterion) {
    let extractor = support::extractor();
    bench.step(criterion, WHOLE, |articles| {
        for article in articles {
            black_box(extractor.read(article));
        }
    });
    let two = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    bench.step(criterion, "whole, two cores", |articles| {
        two.install(|| {
            articles.par_iter().for_each(|article| drop(black_box(extractor.read(article))));
        });
    });
}

/// What a start costs: the gazetteer alone, then everything an extractor needs once it is there.
fn starts() {
    let began = Instant::now();
    black_box(Places::new(&[]).unwrap());
    let gazetteer = began.elapsed();
    let began = Instant::now();
    black_box(support::extractor());
    let times: BTreeMap<&str, Duration> =
        [("gazetteer", gazetteer), ("packs and words", began.elapsed())].into();
    for (name, time) in times {
        println!("{name} ready in {} ms", time.as_millis());
    }
}

fn main() {
    starts();
    let (bench, registry) = (Bench::new(), support::registry());
    let mut criterion = Criterion::default().configure_from_args();
    let scan = bare(&registry);
    bench.step(&mut criterion, BARE, |articles| {
        for article in articles {
            black_box(scan.find_iter(&article.text).count());
        }
    });
    steps(&bench, &mut criterion, &registry);
    whole(&bench, &mut criterion);
    bench.print();
    criterion.final_summary();
}
