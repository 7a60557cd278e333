//! Sentences: ranges of tokens.

use std::ops::Range;

use super::token::{Caps, Shape, Token};

/// The longest sentence that is read as one: list-like texts without full stops are cut.
const LONGEST: usize = 160;

/// Cuts tokens into sentences: at full stops, question and exclamation marks, empty lines, list items and headings.
pub fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let (mut out, mut start) = (Vec::new(), 0);
    for index in 0..tokens.len() {
        let breaks = index > start && starts_anew(tokens, index);
        if breaks || index - start >= LONGEST {
            out.push(start..index);
            start = index;
        }
        if ends(tokens, index) {
            out.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// An empty line, or a line that begins like a list item.
fn starts_anew(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    token.new_paragraph || (token.new_line && matches!(token.norm.as_str(), "•" | "*" | "-" | "–"))
}

fn ends(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    match token.norm.as_str() {
        "!" | "?" => true,
        "." => {
            let Some(next) = tokens.get(index + 1) else { return true };
            let spaced = next.start > token.end || next.shape == Shape::Mark;
            let lower = next.shape == Shape::Word && next.caps == Caps::None && !next.new_line;
            spaced && !(lower && index > 0 && is_initial(&tokens[index - 1]))
        }
        _ => false,
    }
}

/// A single capital before the stop: an initial of a name.
fn is_initial(token: &Token) -> bool {
    token.norm.chars().count() == 1 && token.caps == Caps::First
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn count(text: &str) -> usize {
        sentences(&tokens(text)).len()
    }

    #[test]
    fn ranks_and_initialisms_end_no_sentence() {
        assert_eq!(count("Lt. Gen. Haddad spoke to the U.N. envoy. He left."), 2);
        assert_eq!(count("Shells fell near al-Qasr. No one was hurt."), 2);
    }

    #[test]
    fn an_empty_line_ends_a_heading() {
        assert_eq!(count("Heavy fighting in the north\n\nTwo soldiers were killed"), 2);
    }
}
