//! The words that a digest does not use in its own voice (B-42, B-43, B-61, B-66).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

/// Which rule a word breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// B-61: it takes a side.
    Banned,
    /// B-43: it says how likely something is.
    Likelihood,
    /// B-66: it says how large something is without a number.
    Scale,
    /// B-42: it says that somebody checked.
    Verified,
}

/// A word that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// The word as it stands in the text.
    pub word: String,
}

/// The lists by language; only English, in which sentences are written, has all of them.
type Lexicon = BTreeMap<String, Lists>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    banned: Vec<String>,
    #[serde(default)]
    likelihood: Vec<String>,
    #[serde(default)]
    scale: Vec<String>,
    #[serde(default)]
    verified: Vec<String>,
}

/// The rules as patterns; the lists are part of the program, so a test holds that they can be read.
static RULES: LazyLock<Vec<(Rule, Regex)>> = LazyLock::new(|| {
    let text = include_str!("../../config/lexicon/wording.toml");
    let lexicon: Lexicon = toml::from_str(text).unwrap_or_default();
    let all = |of: fn(&Lists) -> &Vec<String>| -> Vec<String> {
        lexicon.values().flat_map(of).cloned().collect()
    };
    [
        (Rule::Banned, all(|lists| &lists.banned)),
        (Rule::Likelihood, all(|lists| &lists.likelihood)),
        (Rule::Scale, all(|lists| &lists.scale)),
        (Rule::Verified, all(|lists| &lists.verified)),
    ]
    .into_iter()
    .filter_map(|(rule, words)| Some((rule, pattern(&words)?)))
    .collect()
});

fn pattern(words: &[String]) -> Option<Regex> {
    let one = |word: &String| {
        let (before, stem) = word.strip_prefix('*').map_or(("", word.as_str()), |it| (r"\w*", it));
        let (stem, after) = stem.strip_suffix('*').map_or((stem, ""), |it| (it, r"\w*"));
        format!("{before}{}{after}", regex::escape(stem))
    };
    let any = words.iter().map(one).collect::<Vec<_>>().join("|");
    Regex::new(&format!(r"(?i)\b(?:{any})\b")).ok()
}

/// Every word of `text` outside quotation marks that breaks a rule.
pub fn violations(text: &str) -> Vec<Violation> {
    let own = outside_quotes(text);
    let found = |(rule, pattern): &(Rule, Regex)| {
        pattern
            .find_iter(&own)
            .map(|hit| Violation { rule: *rule, word: hit.as_str().to_owned() })
            .collect::<Vec<_>>()
    };
    RULES.iter().flat_map(found).collect()
}

/// Whether a name or a quote is free of words that take a side.
pub(crate) fn takes_no_side(text: &str) -> bool {
    RULES.iter().filter(|(rule, _)| *rule == Rule::Banned).all(|(_, words)| !words.is_match(text))
}

/// The text with everything between “ and ” blanked.
fn outside_quotes(text: &str) -> String {
    let mut depth = 0_u32;
    let mut own = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(c),
            _ => own.push(' '),
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        violations(text).into_iter().map(|violation| violation.word).collect()
    }

    #[test]
    fn the_lists_can_be_read() {
        assert_eq!(RULES.len(), 4);
    }

    #[test]
    fn b_61_words_that_take_a_side_are_found_in_every_inflection() {
        assert_eq!(words("Terrorists and the regime's thugs"), ["Terrorists", "regime", "thugs"]);
        assert!(words("National Front for Liberation").is_empty());
    }

    #[test]
    fn b_61_every_language_of_digests_has_a_list_that_finds_its_inflections() {
        for text in [
            "هاجم الإرهابيون البلدة",
            "استشهد مدنيان",
            "les terroristes",
            "los terroristas",
            "террористами",
            "терористів",
        ] {
            assert_eq!(words(text).len(), 1, "{text}");
        }
        assert!(words("اشتباك مسلح قرب البلدة").is_empty());
    }

    #[test]
    fn b_42_words_that_say_that_somebody_checked_are_found() {
        assert_eq!(words("The toll was verified"), ["verified"]);
    }

    #[test]
    fn b_43_likelihood_words_are_found() {
        assert_eq!(words("It is very likely"), ["very likely"]);
        assert!(words("remote explosives").is_empty());
    }

    #[test]
    fn b_66_adjectives_of_scale_are_found() {
        assert_eq!(words("heavy fighting"), ["heavy"]);
    }

    #[test]
    fn words_inside_quotation_marks_are_the_speakers_own() {
        assert!(words("NFL says: “the regime massacred”").is_empty());
    }
}
