//! Organisations in no pack: runs of capitalised words that end in a word for an organisation.

use crate::extract::parse::token::{Caps, Token};

/// Last words of names of organisations.
const HEADS: &[&str] = &[
    "ministry",
    "army",
    "force",
    "forces",
    "front",
    "brigade",
    "brigades",
    "battalion",
    "battalions",
    "movement",
    "party",
    "council",
    "coalition",
    "union",
    "league",
    "committee",
    "commission",
    "organization",
    "organisation",
    "association",
    "agency",
    "authority",
    "government",
    "command",
    "division",
    "regiment",
    "militia",
    "corps",
    "guard",
    "guards",
    "group",
    "alliance",
    "federation",
    "parliament",
    "senate",
    "congress",
    "court",
    "police",
    "network",
    "foundation",
    "institute",
    "university",
    "bank",
    "company",
    "corporation",
    "office",
    "department",
    "bureau",
    "center",
    "centre",
    "unit",
    "squad",
    "assembly",
    "administration",
    "observatory",
    "crescent",
    "cross",
    "nations",
    "service",
    "services",
    "directorate",
    "secretariat",
    "society",
    "times",
    "post",
    "television",
    "radio",
    "news",
    "press",
    "programme",
    "program",
    "mission",
    "legion",
    "faction",
    "fund",
    "board",
    "trust",
    "fleet",
    "chamber",
    "syndicate",
    "consortium",
    "tribunal",
];

/// Last words of names of organisations that fight.
const ARMED: &[&str] = &[
    "army",
    "force",
    "forces",
    "front",
    "brigade",
    "brigades",
    "battalion",
    "battalions",
    "division",
    "regiment",
    "militia",
    "corps",
    "guard",
    "guards",
    "squad",
    "legion",
    "command",
    "faction",
    "police",
    "coalition",
    "movement",
    "alliance",
    "unit",
    "jaish",
    "jaysh",
    "liwa",
    "harakat",
    "jabhat",
    "ahrar",
    "ansar",
    "jund",
    "faylaq",
    "kataib",
    "saraya",
];

/// First words of names of organisations that go on after "of" or stand before the name proper.
const STARTS: &[&str] = &[
    "ministry",
    "army",
    "front",
    "movement",
    "party",
    "council",
    "organization",
    "organisation",
    "department",
    "union",
    "jaish",
    "jaysh",
    "liwa",
    "harakat",
    "jabhat",
    "ahrar",
    "ansar",
    "jund",
    "faylaq",
    "kataib",
    "saraya",
    "office",
    "house",
    "university",
    "bank",
    "government",
];

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
pub fn find(tokens: &[Token], taken: &[bool]) -> Vec<Shaped> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let run = run(tokens, taken, at);
        match shape(tokens, at, run) {
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

fn shape(tokens: &[Token], first: usize, end: usize) -> Option<Shaped> {
    let first = first + usize::from(tokens.get(first).is_some_and(|token| token.is("the")));
    if end < first + 2 {
        return None;
    }
    if STARTS.contains(&tokens[first].norm.as_str()) {
        let armed = ARMED.contains(&tokens[first].norm.as_str());
        return Some(Shaped { first, last: end, armed });
    }
    let head =
        (first + 1..end).rev().find(|index| HEADS.contains(&tokens[*index].norm.as_str()))?;
    let armed = ARMED.contains(&tokens[head].norm.as_str());
    Some(Shaped { first, last: head + 1, armed })
}

#[cfg(test)]
mod tests {
    use super::super::super::parse::token::tokens;
    use super::*;

    #[test]
    fn a_name_that_ends_in_a_word_for_an_organisation_is_one() {
        let text = tokens("fighters of the Qalat Defence Brigade met the Ministry of Water");
        let found = find(&text, &vec![false; text.len()]);
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
