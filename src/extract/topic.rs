//! What a sentence or a document is about, where that is no conflict; what is background or rumour.

use super::filter::has;
use super::language::{Lexicon, Rule};
use super::parse::token::Token;
use super::reader::{Parsed, Setting};
use crate::model::faction::FactionKind;

/// The rule by which a sentence without an armed actor is about something else than conflict.
pub(super) fn sentence(lexicon: &Lexicon, tokens: &[Token]) -> Option<Rule> {
    [
        Rule::Disaster,
        Rule::Accident,
        Rule::Crime,
        Rule::Sport,
        Rule::Business,
        Rule::Fiction,
        Rule::Diplomacy,
    ]
    .into_iter()
    .find(|rule| {
        let Some(phrases) = lexicon.rule(*rule) else { return false };
        let hits = phrases.all_in(tokens).count();
        match rule {
            Rule::Sport | Rule::Business | Rule::Fiction => hits >= 2,
            _ => hits >= 1,
        }
    })
}

/// What a document as a whole is about, if it is no conflict: a match, an accident, a disaster, business, by its title and
/// first sentence together.
fn of_head(lexicon: &Lexicon, head: &[&[Token]]) -> Option<Rule> {
    [Rule::Disaster, Rule::Accident, Rule::Sport, Rule::Business].into_iter().find(|rule| {
        let Some(phrases) = lexicon.rule(*rule) else { return false };
        head.iter().map(|tokens| phrases.all_in(tokens).count()).sum::<usize>() >= 2
    })
}

/// "there was no attack": a sentence that tells a rumour with its denial.
pub(super) fn is_rumour(lexicon: &Lexicon, tokens: &[Token]) -> bool {
    let no = |at: usize| {
        tokens[at].is("there")
            && tokens.get(at + 1).is_some_and(|verb| matches!(verb.norm.as_str(), "was" | "were"))
            && tokens.get(at + 2).is_some_and(|no| no.is("no"))
            && tokens.get(at + 3).is_some_and(|noun| lexicon.deeds.word(&noun.norm).is_some())
    };
    (0..tokens.len()).any(no)
}

/// The sentence tells history: totals of a war, what happened years ago.
pub(super) fn is_background(lexicon: &Lexicon, tokens: &[Token]) -> bool {
    let year = |token: &Token| {
        token.norm.len() == 4
            && (token.norm.starts_with("19") || token.norm.starts_with("20"))
            && token.norm.bytes().all(|byte| byte.is_ascii_digit())
    };
    let since = |at: usize| {
        matches!(tokens[at].norm.as_str(), "began" | "begun" | "started" | "erupted" | "out")
            && tokens.get(at + 1).is_some_and(|next| next.is("in"))
            && tokens.iter().skip(at + 2).take(3).any(year)
    };
    has(lexicon, Rule::Background, tokens) || (0..tokens.len()).any(since)
}

/// "from March 2011 to June 2016", "during the past month": over what time people are counted who died at many places.
pub(super) fn is_period(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.norm.as_str());
    let is_year = |at: usize| {
        word(at).len() == 4 && (word(at).starts_with("19") || word(at).starts_with("20"))
    };
    (0..tokens.len()).any(|at| match word(at) {
        "from" => {
            // "from March 2011 to June 2016", "from 2011 to 2016"
            let first = (at + 1..at + 3).find(|year| is_year(*year));
            let to = first.filter(|year| matches!(word(year + 1), "to" | "until" | "till"));
            to.is_some_and(|year| (year + 2..year + 4).any(is_year))
        }
        "past" | "last" => {
            let counted = usize::from(!matches!(word(at + 1), "month" | "year"));
            matches!(word(at + counted + 1), "month" | "months" | "year" | "years")
                && at > 1
                && word(at - 1) == "the"
                && matches!(word(at - 2), "during" | "over" | "in" | "within" | "for")
        }
        _ => false,
    })
}

/// What the document is about by its title and first sentence, unless a party that is no state's is named there.
pub(super) fn document(
    setting: &Setting<'_>,
    title: Option<&Parsed<'_>>,
    body: &Parsed<'_>,
) -> Option<Rule> {
    let first = body.sentences.first().map_or(0..0, |sentence| sentence.range.clone());
    let armed = |parsed: &Parsed<'_>, end: usize| {
        parsed
            .named_within(0, end)
            .filter_map(|named| named.faction)
            .any(|faction| setting.roster.party(faction).kind != FactionKind::StateForces)
    };
    let named =
        armed(body, first.end) || title.is_some_and(|title| armed(title, title.tokens.len()));
    let head = [title.map_or(&[][..], |title| &title.tokens[..]), &body.tokens[first]];
    of_head(setting.lexicon, &head).filter(|_| !named)
}
