//! Digests in other languages: the same sections, ids, numbers and links, in lines without sentences.

use super::situation::registry;
use super::{cases, parts, rendered};

const LANGUAGES: [&str; 5] = ["ar", "es", "fr", "ru", "uk"];

fn in_language(
    code: &str,
    case: fn() -> sitrep::model::situation::Situation,
) -> sitrep::render::Rendered {
    let mut situation = case();
    code.clone_into(&mut situation.variant.language);
    rendered(&situation)
}

#[test]
fn b_70_every_language_has_the_sections_ids_links_and_numbers_of_both_parts() {
    for code in LANGUAGES {
        for case in [
            cases::normal,
            cases::quiet,
            cases::partial,
            cases::no_data,
            cases::correction,
            cases::on_demand,
        ] {
            let digest = in_language(code, case);
            let english = rendered(&case());
            assert_eq!(
                parts::html_sections(&digest.html),
                parts::html_sections(&english.html),
                "{code}"
            );
            let seen = parts::visible(&digest.html);
            assert_eq!(parts::event_ids(&seen), parts::event_ids(&digest.text), "{code}");
            let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(
                parts::numerals(&plain(&seen)),
                parts::numerals(&plain(&digest.text)),
                "{code}"
            );
            assert_eq!(parts::links(&digest.html), parts::addresses(&digest.text), "{code}");
            assert!(digest.subject.chars().count() <= 50, "{code}: {}", digest.subject);
            let length = digest.preheader.chars().count();
            assert!((40..=85).contains(&length), "{code}: {length}: {}", digest.preheader);
            assert!(parts::words(&digest.text) <= 1400, "{code}");
        }
    }
}

#[test]
fn b_70_a_line_names_actor_target_type_place_and_figures_without_a_sentence() {
    let text = in_language("fr", cases::normal).text.replace("\n    ", " ");
    let line = text.lines().find(|line| line.contains("près de Sorrel")).unwrap();
    assert!(line.contains("NF → Ruritanian Army"), "{line}");
    assert!(line.contains("affrontement armé") && line.contains("Tués: 3"), "{line}");
    assert!(line.contains("selon Front Media") && line.contains("UN SEUL CAMP"), "{line}");
}

#[test]
fn b_70_no_english_word_of_ours_is_left() {
    let ours = r"(?i)\b(the|killed|injured|says|attacked|clashed|near|event|events|said)\b";
    let quotes = regex::Regex::new("“[^”]*”|https?://\\S+").unwrap();
    for code in LANGUAGES {
        let digest = in_language(code, cases::normal);
        let text = quotes.replace_all(&digest.text, " ");
        let text = text.split("You get this").next().unwrap();
        assert_eq!(parts::found(ours, text), [""; 0], "{code}: {text}");
    }
}

#[test]
fn b_61_no_language_has_a_word_that_takes_a_side() {
    for code in LANGUAGES {
        for case in [cases::normal, cases::partial, cases::correction] {
            let digest = in_language(code, case);
            for part in [&digest.subject, &digest.preheader, &digest.text] {
                assert_eq!(sitrep::render::wording::violations(part), [], "{code}");
            }
        }
    }
}

#[test]
fn h_8_an_arabic_digest_runs_from_right_to_left_in_every_cell() {
    let digest = rendered(&cases::arabic());
    assert!(digest.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(digest.html.contains("lang=\"ar\" dir=\"rtl\">\n<table"), "the wrapper tells it too");
    assert!(!digest.html.contains("align=\"left\""));
    let cells = parts::found("<td class=\"(?:sec|num|pt|lab|val)[^>]*>", &digest.html);
    assert!(cells.len() > 20 && cells.iter().all(|cell| cell.contains("align=\"right\"")));
    assert!(digest.text.contains("الجبهة الشمالية"), "the pack's name in the language is used");
}

#[test]
fn h_8_numerals_and_names_stand_apart_and_padding_is_symmetric() {
    let digest = rendered(&cases::arabic());
    let events = parts::section(&digest.html, "events");
    let bodies = parts::found(r#"(?s)<p class="tight"[^>]*>(.*?)</p>"#, events);
    let apart = regex::Regex::new("(?s)<bdi>.*?</bdi>|<[^>]*>|&#?[a-z0-9]+;").unwrap();
    for body in bodies {
        let rest = apart.replace_all(&body, " ");
        assert_eq!(parts::found(r"[0-9A-Za-z]+", &rest), [""; 0], "{body}");
    }
    for sides in parts::found(r"padding: ?([^;]*);", &digest.html) {
        let sides: Vec<&str> = sides.split_whitespace().collect();
        let [.., right, _, left] = sides.as_slice() else { continue };
        assert!(sides.len() < 4 || right == left, "{sides:?}");
    }
}

#[test]
fn an_unknown_language_is_told_in_english() {
    let mut situation = cases::normal();
    "xx".clone_into(&mut situation.variant.language);
    let digest = rendered(&situation);
    assert!(digest.html.contains("<html lang=\"en\"") && digest.text.contains("== KEY POINTS =="));
    assert!(registry().factions().count() > 3);
}
