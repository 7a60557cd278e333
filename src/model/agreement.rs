//! What parties agree on, as far as the words of the reports tell.

/// A kind of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgreementKind {
    /// The fighting stops.
    Ceasefire,
    /// The same, by another word.
    Truce,
    /// Prisoners change hands: done with when it has happened, so fighting does not end it.
    PrisonerExchange {
        /// It took place, rather than being agreed on.
        done: bool,
    },
    /// Anything else.
    Other,
}

/// Words for giving and taking in return.
const EXCHANGED: &[&str] = &["exchang", "swap"];
/// Words for having done so.
const DONE: &[&str] = &["exchanged", "swapped", "handed over", "freed", "released", "took place"];
/// Words for those who are exchanged.
const PRISONERS: &[&str] = &["prisoner", "detainee", "captive", "hostage"];

impl AgreementKind {
    /// The kind that the sentences of the reports support; a word for a stop of the fighting goes first.
    pub fn of<'a>(sentences: impl IntoIterator<Item = &'a str>) -> Self {
        let sentences: Vec<String> = sentences.into_iter().map(str::to_lowercase).collect();
        let any = |words: &[&str]| sentences.iter().any(|sentence| holds(sentence, words));
        let is_exchange =
            |sentence: &&String| holds(sentence, EXCHANGED) && holds(sentence, PRISONERS);
        let mut exchanges = sentences.iter().filter(is_exchange).peekable();
        if any(&["ceasefire", "cease-fire"]) {
            Self::Ceasefire
        } else if any(&["truce"]) {
            Self::Truce
        } else if exchanges.peek().is_some() {
            Self::PrisonerExchange { done: exchanges.any(|sentence| holds(sentence, DONE)) }
        } else {
            Self::Other
        }
    }

    /// Whether it is about prisoners.
    pub fn is_exchange(self) -> bool {
        matches!(self, Self::PrisonerExchange { .. })
    }
}

fn holds(sentence: &str, words: &[&str]) -> bool {
    words.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_of_prisoners_is_told_from_fire_that_is_exchanged() {
        let kind = |sentence| AgreementKind::of([sentence]);
        let done = AgreementKind::PrisonerExchange { done: true };
        assert_eq!(kind("The army and the front exchanged prisoners at the crossing"), done);
        let agreed = AgreementKind::PrisonerExchange { done: false };
        assert_eq!(kind("They agreed on a swap of detainees"), agreed);
        assert_eq!(kind("They exchanged fire until a truce was agreed"), AgreementKind::Truce);
        assert_eq!(kind("They exchanged fire"), AgreementKind::Other);
    }
}
