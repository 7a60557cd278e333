//! A million documents through `sitrep extract`: how fast, and how much memory it takes at most.
//!
//!     cargo bench --bench stream                  a million documents
//!     SITREP_STREAM=50000 cargo bench --bench stream
//!
//! Documents are made of paragraphs of our own articles, some 1.9 kB each. Fails where the program's memory at its
//! peak is over 250 MB, or grew between the first tenth and the end.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and ends where it fails"
)]

mod support;

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use sitrep::model::document::Document;

/// How many documents, if `SITREP_STREAM` does not say.
const DOCUMENTS: usize = 1_000_000;

/// The most memory that may be resident, in kB.
const MOST_KB: u64 = 250_000;

/// How much the peak may grow after the first tenth, in hundredths.
const GROWTH: u64 = 115;

/// Bytes of a document: a report of an agency.
const BYTES: usize = 1_900;

/// Writes documents of paragraphs taken round and round, in steps that no two documents share.
fn feed(out: impl std::io::Write, documents: usize) {
    let paragraphs: Vec<String> = support::articles()
        .iter()
        .flat_map(|article| article.text.split("\n\n").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut out = BufWriter::new(out);
    let mut next = 0;
    for number in 0..documents {
        let mut text = String::new();
        while text.len() < BYTES {
            text.push_str(&paragraphs[next % paragraphs.len()]);
            text.push_str("\n\n");
            next += 1 + number % 7;
        }
        let doc = Document { doc_id: number.to_string(), text, ..Document::default() };
        serde_json::to_writer(&mut out, &doc).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.flush().unwrap();
}

/// The most memory that a process had resident so far, in kB.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
fn main() -> ExitCode {
    let documents = std::env::var_os("SITREP_STREAM")
        .map_or(DOCUMENTS, |said| said.to_str().unwrap().parse().unwrap());
    let mut program = Command::new(env!("CARGO_BIN_EXE_sitrep"))
        .args(["extract", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (input, output) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
    let (began, id) = (Instant::now(), program.id());
    let feeder = std::thread::spawn(move || feed(input, documents));
    let step = (documents / 10).max(1);
    let (mut peaks, mut bytes) = (Vec::new(), 0);
    for (number, line) in BufReader::new(output).lines().enumerate() {
        bytes += line.unwrap().len();
        if (number + 1) % step == 0 {
            let rate = (number + 1) as f64 / began.elapsed().as_secs_f64();
            let most = peak(id).unwrap_or_else(|| peaks.last().copied().unwrap_or(0));
            println!("{:>9} documents, {rate:6.0}/s, peak {:4} MB", number + 1, most / 1000);
            peaks.push(most);
        }
    }
    feeder.join().unwrap();
    assert!(program.wait().unwrap().success());
    println!("{} MB of answers", bytes / 1_000_000);
    let (first, last) = (peaks[0], peaks[peaks.len() - 1]);
    let flat = last <= MOST_KB && last * 100 <= first * GROWTH;
    if flat { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
