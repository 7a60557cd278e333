//! How fast claims become a digest, on one core.
//!
//!     cargo bench --bench digest
//!
//! Invented claims of one window: each happening told by one to six of forty outlets, some of them copies of one wire,
//! a third of all in the few towns where much happens. 20,000 of them are clustered, reconciled, weighed and rendered in less
//! than a second; ten times as many take at most twelve times as long; one digest is rendered in less than 3 ms. The
//! bench fails where one of these does not hold.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and ends where it fails"
)]

mod support;

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use criterion::Criterion;
use sitrep::aggregate::cluster::events;
use sitrep::aggregate::situation::situation;
use sitrep::config::look::LookConfig;
use sitrep::model::digest::Variant;
use sitrep::model::event::ReportedClaim;
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::registry::Registry;
use sitrep::model::situation::{Coverage, Frozen, Situation};
use sitrep::render::{Footer, digest};
use support::claims::{WINDOW, claims};
use support::clock::clock;

/// Claims of a window that must be told within [`LONGEST_WHOLE`].
const CLAIMS: usize = 20_000;
/// From which the claims are drawn.
const SEED: u64 = 7;
/// Seconds for all of them.
const LONGEST_WHOLE: f64 = 1.0;
/// Up to which the time is to grow nearly as the claims do.
const MOST_CLAIMS: usize = 200_000;
/// How much longer the most may take than [`CLAIMS`], ten times fewer.
const LONGEST_GROWTH: f64 = 12.0;
/// Seconds for rendering one digest.
const LONGEST_RENDERING: f64 = 0.003;

fn variant() -> Variant {
    Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "Asia/Damascus".to_owned(),
        brief: false,
    }
}

/// Clustered, reconciled and weighed.
fn told(claims: &[ReportedClaim], registry: &Registry) -> Situation {
    let frozen = Frozen {
        title: "Syria".to_owned(),
        window: WINDOW,
        by_event_date: false,
        events: events(claims, registry).into_iter().map(Arc::new).collect(),
        previous: Some(Vec::new()),
        silent: Vec::new(),
        daily_counts: vec![300; 28],
        coverage: Coverage { articles: 9_000, sources_read: 40, ..Coverage::default() },
        next_close: None,
        corrected: Vec::new(),
        setting: None,
    };
    situation(&frozen, &variant(), registry, &Filter::default())
}

fn rendered(situation: &Situation, registry: &Registry) -> usize {
    let footer = Footer::subscribed("en", "Syria", None, "digest@sitrep.example");
    let look = LookConfig::default();
    digest(situation, registry, &look, &footer).unwrap().html.len()
}

/// Seconds of one pass on this thread, the best of three.
fn seconds<T>(pass: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    let measure = |_| {
        let began = clock(start);
        black_box(pass());
        clock(start) - began
    };
    (0..3).map(measure).fold(f64::INFINITY, f64::min)
}

fn row(name: &str, measured: f64, most: f64, unit: &str) -> bool {
    let slow = measured > most;
    let mark = if slow { "  TOO SLOW" } else { "" };
    println!("{name:44} {measured:9.2} {unit} of at most {most:.2}{mark}");
    !slow
}

fn main() -> ExitCode {
    let registry = support::registry();
    // of each size as many claims: how much happens at one front differs by chance
    let whole = |count: usize| {
        let lands = u32::try_from(MOST_CLAIMS / count).unwrap();
        let land = |more: u32| {
            let claims = claims(count, SEED + u64::from(more));
            seconds(|| rendered(&told(&claims, &registry), &registry))
        };
        (0..lands).map(land).sum::<f64>() / f64::from(lands)
    };
    // first, as in a program that has only read them: their memory lies in a row
    let (most, short) = (whole(MOST_CLAIMS), whole(CLAIMS));
    let few = claims(CLAIMS, SEED);
    let day = told(&claims(300, SEED), &registry);
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("digest");
    group.sample_size(10);
    group.bench_function("20,000 claims to a rendered digest", |bench| {
        bench.iter(|| black_box(rendered(&told(black_box(&few), &registry), &registry)));
    });
    group.sample_size(50);
    group.bench_function("one digest rendered", |bench| {
        bench.iter(|| black_box(rendered(black_box(&day), &registry)));
    });
    group.finish();
    let rendering = seconds(|| (0..100).map(|_| black_box(rendered(&day, &registry))).max());
    let held = [
        row("20,000 claims to a rendered digest", short, LONGEST_WHOLE, "s"),
        row("200,000 claims against 20,000", most / short, LONGEST_GROWTH, "times"),
        row("one digest rendered", rendering / 100.0 * 1e3, LONGEST_RENDERING * 1e3, "ms"),
    ];
    if held.iter().all(|held| *held) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
