//! Texts that are long, or hard in a way that once took a reader forever. Speed is measured by `cargo bench --bench
//! linear`; a test here ends, or it does not.

use std::fmt::Write as _;

use jiff::civil::date;
use sitrep::extract::Extractor;
use sitrep::model::document::{Document, Reading};
use sitrep::model::registry::Registry;

fn explained(title: Option<&str>, text: String) -> (Document, Reading) {
    let registry = Registry::merge(sitrep::config::packs::builtin().unwrap());
    let title = title.map(str::to_owned);
    let published = Some(date(2020, 6, 26));
    let doc = Document { doc_id: "t".to_owned(), text, title, published, ..Document::default() };
    let reading = Extractor::new(&registry).unwrap().explain(&doc);
    (doc, reading)
}

#[test]
fn who_speaks_by_a_pronoun_in_every_sentence_speaks_once() {
    let more = "He said it and he added it. ".repeat(200);
    let text = format!(
        "The Syrian Army said so. {more}He said that warplanes bombed Ariha and killed two men."
    );
    let (_, reading) = explained(None, text);
    let claim = reading.claims.last().unwrap();
    assert!(claim.attribution.len() <= 1, "{:?}", claim.attribution);
}

#[test]
fn numbers_without_an_end_are_read_to_their_end() {
    for piece in ["two thousand ", "two hundred and ", "a ", "an a dozen ", "1,", "1,1 ", "5 and "]
    {
        let text = format!("Shells killed {} people in Ariha.", piece.repeat(4_000));
        explained(None, text);
    }
}

#[test]
fn one_line_of_a_hundred_kilobytes_is_read() {
    for piece in ["abcdefgh", "ß", "Ab-", "a'b’", "“he said (", "\u{301}", "."] {
        let head = "The army and the rebels said that it was so. ";
        explained(None, format!("{head}{}", piece.repeat(100_000 / piece.len())));
    }
}

#[test]
fn a_long_text_is_read_to_its_end_with_evidence_at_its_place() {
    let towns = ["Ariha", "Saraqib", "Palmyra", "Manbij", "Tafas"];
    let mut text = String::new();
    for (number, town) in towns.iter().cycle().take(600).enumerate() {
        let killed = 2 + number % 7;
        write!(
            text,
            "Warplanes bombed {town} on Thursday and killed {killed} farmers, résidents said.\n\n"
        )
        .unwrap();
    }
    let (doc, reading) = explained(Some("Warplanes bomb Ariha"), text);
    let offsets = reading.claims.iter().flat_map(|claim| &claim.evidence);
    let last = offsets.clone().map(|evidence| evidence.end).max().unwrap();
    assert!(last + 100 > doc.text.len(), "{last} of {}", doc.text.len());
    for mention in &reading.mentions {
        assert_eq!(doc.text.get(mention.start..mention.end), Some(mention.text.as_str()));
    }
    assert!(reading.mentions.windows(2).all(|pair| pair[0].start <= pair[1].start));
}

#[test]
fn a_headline_of_a_megabyte_is_read_as_far_as_headlines_go() {
    let headline = "Warplanes bomb Ariha. ".repeat(60_000);
    let (_, reading) = explained(Some(&headline), "Warplanes bombed Ariha on Thursday.".to_owned());
    assert!(reading.claims.len() < 100);
}
