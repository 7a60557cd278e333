//! Golden digests, and the requirements of the briefing that a rendered digest must meet.

#[path = "render/cases.rs"]
mod cases;
#[path = "render/event.rs"]
mod event;
#[path = "render/foreign.rs"]
mod foreign;
#[path = "render/lines.rs"]
mod lines;
#[path = "render/mail.rs"]
mod mail;
#[path = "render/map.rs"]
mod map;
#[path = "render/parts.rs"]
mod parts;
#[path = "render/rights.rs"]
mod rights;
#[path = "render/situation.rs"]
mod situation;
#[path = "render/stories.rs"]
mod stories;
#[path = "render/whole.rs"]
mod whole;

use sitrep::config::look::{LookConfig, TemplateSet};
use sitrep::model::situation::Situation;
use sitrep::render::{Footer, Href, Rendered, digest, notice};

/// A digest's name and what it tells.
type Case = (&'static str, fn() -> Situation);

const CASES: &[Case] = &[
    ("normal", cases::normal),
    ("first_issue", cases::first_issue),
    ("denied_and_truce", cases::denied_and_truce),
    ("by_faction", cases::by_faction),
    ("quiet", cases::quiet),
    ("empty", cases::empty),
    ("partial", cases::partial),
    ("no_data", cases::no_data),
    ("sixty_events", cases::sixty),
    ("on_demand", cases::on_demand),
    ("correction", cases::correction),
    ("single_source", cases::single_source),
    ("collapsed_truce", cases::collapsed_truce),
];

fn footer() -> Footer {
    Footer {
        why: "You get this because you subscribed to Ruritania, daily 06:30 Europe/Vienna."
            .to_owned(),
        unsubscribe: "Unsubscribe: reply with “unsubscribe”.".to_owned(),
        unsubscribe_link: None,
        contact: "Wrong? Write to desk@sitrep.example.".to_owned(),
        site: String::new(),
    }
}

fn rendered(situation: &Situation) -> Rendered {
    rendered_with(situation, &footer())
}

fn rendered_with(situation: &Situation, footer: &Footer) -> Rendered {
    digest(situation, &situation::registry(), &LookConfig::default(), footer).unwrap()
}

/// The footer where there is no web site: leaving is a mail.
fn mail_only() -> Footer {
    Footer {
        unsubscribe: "To stop it, write to leave@sitrep.example.".to_owned(),
        unsubscribe_link: Href::parse("mailto:leave@sitrep.example?subject=unsubscribe"),
        ..footer()
    }
}

/// The last lines of a reader in Arabic.
fn arabic_footer() -> Footer {
    Footer::subscribed("ar", "Ruritania", Some("leave@sitrep.example"), "desk@sitrep.example")
}

/// Every golden digest by name.
fn all() -> impl Iterator<Item = (&'static str, Rendered)> {
    CASES.iter().map(|(name, case)| (*name, rendered(&case())))
}

/// The notice of a correction.
fn noticed(language: &str, footer: &Footer) -> Rendered {
    let mut situation = cases::correction();
    language.clone_into(&mut situation.variant.language);
    situation.corrections.truncate(1);
    notice(&situation, &situation::registry(), &LookConfig::default(), footer).unwrap()
}

/// A digest in the second template set.
fn plain(situation: &Situation) -> Rendered {
    let look = LookConfig { templates: TemplateSet::Plain, ..LookConfig::default() };
    digest(situation, &situation::registry(), &look, &mail_only()).unwrap()
}

/// Those that are told apart: in another language, with another footer, in another look, and with a map.
fn others() -> [(&'static str, Rendered); 7] {
    [
        ("arabic", rendered_with(&cases::arabic(), &arabic_footer())),
        ("mail_only", rendered_with(&cases::first_issue(), &mail_only())),
        ("notice", noticed("en", &mail_only())),
        ("arabic_notice", noticed("ar", &arabic_footer())),
        ("plain", plain(&cases::normal())),
        ("plain_arabic", plain(&cases::arabic())),
        ("with_map", map::with_map(&map::three())),
    ]
}

#[test]
fn golden_digests_are_as_they_were_accepted() {
    for (name, digest) in all().chain(others()) {
        let text = format!("Subject: {}\n\n{}", digest.subject, digest.text);
        insta::assert_snapshot!(format!("{name}_text"), text);
        insta::assert_snapshot!(format!("{name}_html"), digest.html);
    }
}

/// The checkers of `tests/checkers` read these files.
#[test]
fn golden_html_is_written_for_the_mail_checkers() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, digest) in all().chain(others()) {
        std::fs::write(folder.join(format!("{name}.html")), digest.html).unwrap();
        std::fs::write(
            folder.join(format!("{name}.txt")),
            format!("{}\n{}", digest.subject, digest.text),
        )
        .unwrap();
    }
}
