//! The H- requirements that rendering answers for.

use std::sync::Arc;

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
        let tables = parts::found("<table[^>]*>", &digest.html);
        for tag in tables.iter().filter(|tag| !tag.contains("class=\"mx\"")) {
            for needed in
                ["role=\"presentation\"", "cellpadding=\"0\"", "cellspacing=\"0\"", "border=\"0\""]
            {
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
        let banned =
            r"flex|grid|position:|float|background-image|@import|@font-face|calc\(|var\(|url\(";
        assert_eq!(parts::found(banned, &digest.html), [""; 0], "{name}");
        let inlined = parts::found("<p [^>]*style=\"[^\"]*margin", &digest.html);
        assert!(!inlined.is_empty(), "{name}");
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
    let sizes = |html: &str| parts::found(r"font-size: ?(\d+)px", html);
    let least =
        |html: &str| sizes(html).iter().map(|size| size.parse::<u32>().unwrap()).min().unwrap();
    for (name, digest) in all() {
        let outside = digest.html.split("data-sec=\"matrix\"").next().unwrap();
        assert!(least(&digest.html) >= 13, "{name}");
        assert!(least(outside) >= 14, "{name}");
    }
}

#[test]
fn h_7_language_direction_and_headings_are_told_to_assistive_technology() {
    for (name, digest) in all() {
        assert!(digest.html.contains("<html lang=\"en\" dir=\"ltr\">"), "{name}");
        let wrapper = "<div role=\"article\" aria-roledescription=\"email\" aria-label=\"[^\"]+\" lang=\"en\" dir=\"ltr\">";
        assert_eq!(parts::found(wrapper, &digest.html).len(), 1, "{name}");
        let levels = parts::found("<h([1-6])", &digest.html);
        let levels = levels.iter().map(|level| level.parse::<u32>().unwrap()).collect::<Vec<_>>();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
    }
}

#[test]
fn h_9_nothing_is_loaded_from_anywhere() {
    for (name, digest) in all() {
        let remote = "<(img|link|script|form|iframe|object|video)|src=|url\\(";
        assert_eq!(parts::found(remote, &digest.html), [""; 0], "{name}");
    }
}

#[test]
fn h_10_paragraphs_have_no_padding_and_backgrounds_no_shorthand() {
    for (name, digest) in all() {
        let padded = "<(p|div|h[1-3])[^>]*style=\"[^\"]*padding";
        assert_eq!(parts::found(padded, &digest.html), [""; 0], "{name}");
        assert!(!digest.html.contains("background:"), "{name}");
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
    for event in situation.events.values_mut().map(Arc::make_mut) {
        event.actors.iter_mut().for_each(|actor| {
            actor.faction = None;
            actor.name = "<b class=\"x\">".to_owned();
        });
        event.reports.iter_mut().for_each(|report| {
            if report.article.url.contains("wire") {
                Arc::make_mut(&mut report.article).url = "javascript:alert(1)".to_owned();
            }
        });
    }
    let html = rendered(&situation).html;
    let quoted = parts::found("\"[^\"]*\"", &html);
    let bare = quoted.iter().fold(html.clone(), |bare, value| bare.replace(value, ""));
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
            let open = parts::found(r"\|\s*safe|escape\s*=", &text);
            assert_eq!(open, [""; 0], "{}", path.display());
        }
    }
}

#[test]
fn h_14_the_same_situation_gives_the_same_bytes() {
    assert_eq!(rendered(&cases::normal()), rendered(&cases::normal()));
}

#[test]
fn a_look_changes_name_accent_header_and_footer() {
    let look: LookConfig = toml::from_str(
        "name = \"Watch\"\naccent = \"#7a1f1f\"\nheader = \"Desk B\"\nfooter = \"Room 4\"",
    )
    .unwrap();
    let linked =
        Footer { unsubscribe_link: Href::parse("https://watch.example/leave"), ..footer() };
    let digest = digest(&cases::normal(), &registry(), &look, &linked).unwrap();
    assert!(digest.subject.starts_with("Watch 22 Nov: "));
    for needed in ["Desk B", "Room 4", "https://watch.example/leave"] {
        assert!(digest.html.contains(needed) && digest.text.contains(needed), "{needed}");
    }
    assert!(digest.html.contains("#7a1f1f"));
}

#[test]
fn a_look_names_another_template_set_that_says_the_same() {
    let look: LookConfig = toml::from_str("templates = \"plain\"").unwrap();
    let plain = digest(&cases::normal(), &registry(), &look, &footer()).unwrap();
    let usual = rendered(&cases::normal());
    assert_ne!(plain.html, usual.html);
    assert_eq!(parts::visible(&plain.html), parts::visible(&usual.html));
    assert_eq!(plain.text, usual.text);
    assert!(style(&plain.html).trim_start().starts_with("@media"));
    assert!(!plain.html.contains("Georgia") && usual.html.contains("Georgia"));
    assert!(toml::from_str::<LookConfig>("templates = \"fancy\"").is_err());
}

#[test]
fn h_6_lines_of_text_are_at_least_1_4_high() {
    for (name, digest) in all() {
        let text = "<(?:p|td|th|caption)[^>]*class=\"(?:sec|sm|pt|val|lab|cap|td)[^\"]*\"[^>]*line-height: ?([0-9.]+)";
        let heights = parts::found(text, &digest.html);
        assert!(!heights.is_empty(), "{name}");
        assert!(heights.iter().all(|height| height.parse::<f64>().unwrap() >= 1.4), "{name}");
    }
}

#[test]
fn json_carries_the_version_of_its_form() {
    let json = sitrep::render::json(&cases::normal(), &registry()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["schema"], 1);
    let back: sitrep::model::situation::Situation = serde_json::from_value(value).unwrap();
    assert_eq!(back.glance, cases::normal().glance);
    assert_eq!(back, sitrep::render::discreet(&cases::normal(), &registry()));
}
