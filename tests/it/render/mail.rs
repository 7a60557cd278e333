//! The H- requirements that rendering answers for.

use regex::Regex;
use sitrep::config::look::{LookConfig, PAPER_DARK, PAPER_LIGHT};
use sitrep::render::{Footer, Href, digest};

use super::situation::registry;
use super::{all, cases, footer, parts, rendered};

fn style(html: &str) -> &str {
    let start = html.find("<style>").unwrap() + "<style>".len();
    &html[start..html.find("</style>").unwrap()]
}

#[test]
fn h_1_the_html_part_has_at_most_90_000_bytes() {
    for (name, digest) in all() {
        assert!(digest.html.len() <= 90_000, "{name}: {}", digest.html.len());
    }
    let mut endless = cases::sixty();
    endless.by_event_date = true;
    let ids = endless.events.keys().cloned().collect::<Vec<_>>();
    endless.groups[0].full = ids.iter().cycle().take(600).cloned().collect();
    assert!(rendered(&endless).html.len() <= 90_000);
}

#[test]
fn h_2_the_container_is_600_px_wide_at_most_in_outlook_too() {
    let html = rendered(&cases::normal()).html;
    assert!(html.contains("max-width: 600px") || html.contains("max-width:600px"));
    assert!(html.contains("<!--[if mso]><table role=\"presentation\" width=\"600\""));
}

#[test]
fn h_3_layout_tables_are_presentation_and_reset() {
    for (name, digest) in all() {
        let table = Regex::new("<table[^>]*>").unwrap();
        for tag in table.find_iter(&digest.html).filter(|tag| !tag.as_str().contains("class=\"mx\"")) {
            for needed in ["role=\"presentation\"", "cellpadding=\"0\"", "cellspacing=\"0\"", "border=\"0\""] {
                assert!(tag.as_str().contains(needed), "{name}: {}", tag.as_str());
            }
        }
    }
}

#[test]
fn h_4_rules_are_inlined_and_the_one_style_holds_only_media_rules() {
    for (name, digest) in all() {
        assert_eq!(digest.html.matches("<style").count(), 1, "{name}");
        let style = style(&digest.html);
        assert!(style.len() <= 2048, "{name}: {}", style.len());
        assert!(style.trim_start().starts_with("@media"), "{name}: {style}");
        let banned = Regex::new(
            r"flex|grid|position:|float|background-image|@import|@font-face|calc\(|var\(|url\(",
        );
        assert!(!banned.unwrap().is_match(&digest.html), "{name}");
        assert!(Regex::new("<p [^>]*style=\"[^\"]*margin").unwrap().is_match(&digest.html), "{name}");
    }
}

#[test]
fn h_5_dark_mode_is_declared_and_recolours_text_links_and_marks() {
    let html = rendered(&cases::normal()).html;
    for name in ["color-scheme", "supported-color-schemes"] {
        assert!(html.contains(&format!("<meta name=\"{name}\" content=\"light dark\">")), "{name}");
    }
    let style = style(&html);
    for class in [".page", ".card", ".sec", ".ac", ".mu", ".m-good", ".m-side", ".m-deny"] {
        assert!(style.contains(class), "{class}");
    }
    assert!(style.contains(&PAPER_DARK.to_string()) && html.contains(&PAPER_LIGHT.to_string()));
    for pure in ["#fff;", "#ffffff", "#000;", "#000000"] {
        assert!(!html.contains(pure), "{pure}");
    }
}

#[test]
fn h_6_no_type_is_smaller_than_13_px_and_none_outside_the_matrix_than_14() {
    let size = Regex::new(r"font-size: ?(\d+)px").unwrap();
    for (name, digest) in all() {
        for found in size.captures_iter(&digest.html) {
            assert!(found[1].parse::<u32>().unwrap() >= 13, "{name}");
        }
        let outside = digest.html.split("data-sec=\"matrix\"").next().unwrap();
        assert!(size.captures_iter(outside).all(|found| found[1].parse::<u32>().unwrap() >= 14), "{name}");
    }
}

#[test]
fn h_7_language_direction_and_headings_are_told_to_assistive_technology() {
    for (name, digest) in all() {
        assert!(digest.html.contains("<html lang=\"en\" dir=\"ltr\">"), "{name}");
        let wrapper = Regex::new(
            "<div role=\"article\" aria-roledescription=\"email\" aria-label=\"[^\"]+\" lang=\"en\" dir=\"ltr\">",
        );
        assert!(wrapper.unwrap().is_match(&digest.html), "{name}");
        let level = Regex::new("<h([1-6])").unwrap();
        let levels = level.captures_iter(&digest.html).map(|found| found[1].parse::<u32>().unwrap());
        let levels = levels.collect::<Vec<_>>();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
    }
}

#[test]
fn h_9_nothing_is_loaded_from_anywhere() {
    for (name, digest) in all() {
        let remote = Regex::new("<(img|link|script|form|iframe|object|video)|src=|url\\(").unwrap();
        assert!(!remote.is_match(&digest.html), "{name}");
    }
}

#[test]
fn h_10_paragraphs_have_no_padding_and_backgrounds_no_shorthand() {
    for (name, digest) in all() {
        let padded = Regex::new("<(p|div|h[1-3])[^>]*style=\"[^\"]*padding").unwrap();
        assert!(!padded.is_match(&digest.html), "{name}");
        assert!(!Regex::new("background:").unwrap().is_match(&digest.html), "{name}");
    }
}

#[test]
fn h_11_both_parts_hold_the_same_event_ids_numerals_and_links() {
    for (name, digest) in all() {
        let seen = parts::visible(&digest.html);
        assert_eq!(parts::event_ids(&seen), parts::event_ids(&digest.text), "{name}");
        assert_eq!(parts::numerals(&seen), parts::numerals(&digest.text), "{name}");
        assert_eq!(parts::links(&digest.html), parts::addresses(&digest.text), "{name}");
    }
}

#[test]
fn h_11_lines_of_the_text_part_have_at_most_78_columns() {
    for (name, digest) in all() {
        for line in digest.text.lines().filter(|line| !line.contains("://")) {
            assert!(line.chars().count() <= 78, "{name}: {line}");
        }
    }
}

#[test]
fn h_13_what_a_source_writes_cannot_become_markup() {
    let mut situation = cases::normal();
    situation.title = "<script>alert(1)</script>".to_owned();
    situation.sources[0].name = "\"><img src=x>".to_owned();
    situation.sources[0].url = "javascript:alert(1)".to_owned();
    for event in situation.events.values_mut() {
        event.actors.iter_mut().for_each(|actor| {
            actor.faction = None;
            actor.name = "<b class=\"x\">".to_owned();
        });
        event.reports.iter_mut().for_each(|report| {
            if report.article.url.contains("wire") {
                report.article.url = "javascript:alert(1)".to_owned();
            }
        });
    }
    let html = rendered(&situation).html;
    let quoted = Regex::new("\"[^\"]*\"").unwrap();
    let bare = quoted.replace_all(&html, "");
    for markup in ["<script", "<img", "<b class"] {
        assert!(!bare.contains(markup), "{markup}");
    }
    assert!(!html.contains("javascript:"));
}

#[test]
fn h_13_no_template_switches_escaping_off() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!Regex::new(r"\|\s*safe|escape\s*=").unwrap().is_match(&text), "{}", path.display());
        }
    }
}

#[test]
fn h_14_the_same_situation_gives_the_same_bytes() {
    assert_eq!(rendered(&cases::normal()), rendered(&cases::normal()));
}

#[test]
fn a_look_changes_name_accent_header_and_footer() {
    let look: LookConfig =
        toml::from_str("name = \"Watch\"\naccent = \"#7a1f1f\"\nheader = \"Desk B\"\nfooter = \"Room 4\"").unwrap();
    let linked = Footer { unsubscribe_link: Href::parse("https://watch.example/leave"), ..footer() };
    let digest = digest(&cases::normal(), &registry(), &look, &linked).unwrap();
    assert!(digest.subject.starts_with("Watch 22 Nov: "));
    for needed in ["Desk B", "Room 4", "https://watch.example/leave"] {
        assert!(digest.html.contains(needed) && digest.text.contains(needed), "{needed}");
    }
    assert!(digest.html.contains("#7a1f1f"));
}

#[test]
fn json_carries_the_version_of_its_form() {
    let json = sitrep::render::json(&cases::normal()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["schema"], 1);
    let back: sitrep::model::situation::Situation = serde_json::from_value(value).unwrap();
    assert_eq!(back, cases::normal());
}
