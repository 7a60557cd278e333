//! Letters about a reader's own subscription. They hold no text that anybody else wrote (D-2).

use askama::Template;

use super::{RenderError, inline};
use crate::config::look::LookConfig;

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// Whether somebody meant it when they asked to join.
    Confirmation,
    /// The way to one's preferences.
    Preferences,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The text part.
    pub text: String,
}

struct Words {
    subject: String,
    before: &'static str,
    button: &'static str,
    after: &'static str,
}

#[derive(Template)]
#[template(path = "mail/default/letter.html")]
struct Html<'a> {
    words: &'a Words,
    link: &'a str,
    view: Placed,
    look: &'a LookConfig,
}

#[derive(Template)]
#[template(path = "mail/default/letter.txt")]
struct Text<'a> {
    words: &'a Words,
    link: &'a str,
}

/// What the style sheet asks of a view.
struct Placed {
    page: super::view::Setting,
}

/// The letter of a kind, with the link that it is about.
pub fn letter(kind: LetterKind, look: &LookConfig, link: &str) -> Result<Letter, RenderError> {
    let words = words(kind, &look.name);
    let view = Placed { page: super::view::Setting::english() };
    let text = Text { words: &words, link }.render()?;
    let html = Html { words: &words, link, view, look }.render()?;
    Ok(Letter { subject: words.subject, html: inline::inlined(&html)?, text })
}

fn words(kind: LetterKind, name: &str) -> Words {
    match kind {
        LetterKind::Confirmation => Words {
            subject: format!("{name}: please confirm your subscription"),
            before: "Somebody asked for our briefing at this address. If it was you, open this page within 48 hours \
                     and press the button there:",
            button: "Confirm the subscription",
            after: "If it was not you, do nothing: nothing else is sent, and the request is deleted after 48 hours.",
        },
        LetterKind::Preferences => Words {
            subject: format!("{name}: the link to your subscription"),
            before: "With this link you change what you get, read in your browser, see what is stored of you, or have \
                     it erased. It works for 15 minutes:",
            button: "Open my subscription",
            after: "If you did not ask for it, do nothing: nobody but you has this link. Do not forward it.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_2_a_letter_holds_its_link_and_our_own_words_only() {
        let look = LookConfig::default();
        for kind in [LetterKind::Confirmation, LetterKind::Preferences] {
            let link = "https://sitrep.example/confirm/abc";
            let letter = letter(kind, &look, link).unwrap();
            assert!(letter.text.lines().any(|line| line == link), "{}", letter.text);
            assert_eq!(letter.html.matches(link).count(), 2, "as a button and as text");
            assert!(letter.subject.starts_with("Sitrep: ") && letter.subject.len() <= 50);
            assert!(!letter.html.contains("<style></style>"));
        }
    }
}
