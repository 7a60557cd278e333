//! Whether time grows with the length of a text and not with its square.
//!
//!     cargo bench --bench linear
//!
//! Ordinary text is read at 1 MB and 10 MB, everything that ever was or could be quadratic at 100 kB and 1 MB. A text
//! ten times as long may take twelve times as long; the bench fails where one takes longer.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and ends where it fails"
)]

mod support;

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use jiff::civil::date;
use sitrep::extract::Extractor;
use sitrep::model::document::Document;
use support::clock::clock;

/// How much longer a text of ten times the length may take.
const LONGEST: f64 = 12.0;

/// What is repeated, by what it is hard on.
const REPEATED: &[(&str, &str)] = &[
    ("names in one sentence", "Aleppo, Homs, Hama, Idlib, Saraqib, Ariha and Palmyra, "),
    (
        "factions in one sentence",
        "Hayat Tahrir al-Sham, Hezbollah, the Syrian Army and Islamic State, ",
    ),
    ("ambiguous names", "RSF and SDF and AA "),
    ("unknown names", "Abbar Burdur Camal Dakan "),
    ("unknown places", "in the village of Kartaq and in the town of Buralno and "),
    ("organisations", "Qalat Defence Brigade of the Ministry of "),
    ("one event again and again", "Shells hit Aleppo on Thursday, killing two people. "),
    (
        "paragraphs of events",
        "Rebels shelled Aleppo on Thursday.\n\nThe army bombed Idlib, killing 12 people.\n\n",
    ),
    ("denials", "Rebels shelled Saraqib. The Syrian Army denied that it had shelled Saraqib. "),
    ("speakers by a pronoun", "He said it and he added it and they said it. "),
    ("the group and the latter", "The group attacked the latter and the group said it did. "),
    ("nested quotations", "he said \"that she said “that "),
    ("brackets", "( [ « "),
    ("by", "killed by by "),
    ("lists of people", "three soldiers, two rebels and "),
    ("of", "the army of the commander of the "),
    ("who", "who which that killed "),
    ("attacks by and on", "attack by rebels on army near Homs "),
    ("dates", "on 5 January and 6 March 2020 "),
    ("ranges", "from June 5 to 6 and "),
    ("days in a list", "1,"),
    ("numbers", "12 hundred thousand 3.5% "),
    ("hundreds", "two hundred "),
    ("a a a", "a an "),
    ("one line without a space", "abcdefgh"),
    ("apostrophes", "a'b’"),
    ("abbreviations", "U.S."),
    ("full stops", "."),
    ("combining marks", "a\u{301}\u{316}"),
    ("articles", "al-"),
    ("empty lines", "\n"),
    ("items of a list", "- Shells hit Aleppo\n"),
    ("no width", "\u{200b}"),
];

/// A measurement lasts so many seconds at least: the system counts in ticks of some milliseconds.
const SHORTEST: f64 = 0.2;

/// Seconds for one text, the best of three measurements.
fn seconds(extractor: &Extractor, text: String) -> f64 {
    let doc = Document {
        text,
        published: Some(date(2020, 6, 26)),
        lang: Some("en".to_owned()),
        ..Document::default()
    };
    let start = Instant::now();
    let measure = |_| {
        let (began, mut passes) = (clock(start), 0.0);
        loop {
            black_box(extractor.read(black_box(&doc)));
            passes += 1.0;
            let ran = clock(start) - began;
            if ran >= SHORTEST {
                return ran / passes;
            }
        }
    };
    (0..3).map(measure).fold(f64::INFINITY, f64::min)
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// Reads a piece at a size and at ten times the size; gives the row and whether it grew too fast.
#[expect(clippy::cast_precision_loss, reason = "megabytes")]
fn row(extractor: &Extractor, name: &str, piece: &str, bytes: usize) -> (String, bool) {
    // A text that starts with English is read as English.
    let text =
        |bytes| format!("The army and the rebels said that it was so.\n{}", repeated(piece, bytes));
    let (short, long) = (seconds(extractor, text(bytes)), seconds(extractor, text(10 * bytes)));
    let (factor, rate) = (long / short, 10.0 * bytes as f64 / long / 1e6);
    let mut line = format!("{name:28} {:>7} kB {short:9.3} s {long:9.3} s", bytes / 1000);
    // Writing to a string cannot fail.
    let _ = write!(line, " {factor:6.1} × {rate:8.2} MB/s");
    (line, factor > LONGEST)
}

fn main() -> ExitCode {
    let extractor = support::extractor();
    let articles: Vec<String> =
        support::articles().into_iter().map(|article| article.text).collect();
    let articles = articles.join("\n\n");
    let mut failed = false;
    let rows = std::iter::once(("articles", articles.as_str(), 1_000_000))
        .chain(REPEATED.iter().map(|(name, piece)| (*name, *piece, 100_000)));
    for (name, piece, bytes) in rows {
        let (line, slow) = row(&extractor, name, piece, bytes);
        println!("{line}{}", if slow { "  TOO SLOW" } else { "" });
        failed |= slow;
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
