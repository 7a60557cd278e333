//! Organisations in no pack: runs of capitalised words that end in a word for an organisation.

use crate::extract::language::Organisations;
use crate::extract::parse::token::{Caps, Token};

/// An organisation found by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shaped {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// By its words it fights.
    pub armed: bool,
}

/// Organisations by shape, in order. `taken` are tokens of names that are already known.
pub fn find(words: &Organisations, tokens: &[Token], taken: &[bool]) -> Vec<Shaped> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let run = run(tokens, taken, at);
        match shape(words, tokens, at, run) {
            Some(shaped) => {
                at = shaped.last;
                out.push(shaped);
            }
            None => at = run.max(at + 1),
        }
    }
    out
}

/// The end of the run of capitalised words that begins at `at`; "of", "for" and "and" stand inside it.
fn run(tokens: &[Token], taken: &[bool], at: usize) -> usize {
    let capital = |index: usize| {
        tokens.get(index).is_some_and(|token| token.caps != Caps::None && !taken[index])
    };
    let mut end = at;
    while end < tokens.len() {
        let joins = end > at
            && matches!(tokens[end].norm.as_str(), "of" | "for" | "al" | "the")
            && (capital(end + 1) || (tokens[end].is("of") && capital(end + 2)));
        if !(capital(end) || joins) || (end > at && tokens[end].new_paragraph) || end - at > 9 {
            break;
        }
        end += 1;
    }
    end
}

fn shape(words: &Organisations, tokens: &[Token], first: usize, end: usize) -> Option<Shaped> {
    let first = first + usize::from(tokens.get(first).is_some_and(|token| token.is("the")));
    if end < first + 2 {
        return None;
    }
    if words.starts.has(&tokens[first].norm) {
        let armed = words.armed.has(&tokens[first].norm);
        return Some(Shaped { first, last: end, armed });
    }
    let head = (first + 1..end).rev().find(|index| words.heads.has(&tokens[*index].norm))?;
    let armed = words.armed.has(&tokens[head].norm);
    Some(Shaped { first, last: head + 1, armed })
}

#[cfg(test)]
mod tests {
    use super::super::super::parse::token::tokens;
    use super::*;

    #[test]
    fn a_name_that_ends_in_a_word_for_an_organisation_is_one() {
        let text = tokens("fighters of the Qalat Defence Brigade met the Ministry of Water");
        let lexicon = crate::extract::language::english::lexicon().unwrap();
        let found = find(&lexicon.organisations, &text, &vec![false; text.len()]);
        let names: Vec<String> = found
            .iter()
            .map(|shaped| {
                text[shaped.first..shaped.last]
                    .iter()
                    .map(|token| token.norm.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(names, ["qalat defence brigade", "ministry of water"]);
    }
}
