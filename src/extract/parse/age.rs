//! How old people are: numbers that count nobody.

use super::count::is_number_word;
use super::token::{Shape, Token};

/// Words between the numbers of an age: "from four to 10", "7 and 9", "just 3".
const JOINS: &[&str] = &["from", "between", "to", "and", "or", "only", "just", "about", "of"];

/// The most years that are an age.
const OLDEST: u32 = 110;

/// The token after the age that begins at `at`: "aged from four to 10", or the ages between commas of those whom the words
/// before them name, with their commas: "Olena, 34, and two men, 25 and 31, were killed".
pub(super) fn age(tokens: &[Token], at: usize) -> Option<usize> {
    let norm = |at: usize| tokens.get(at).map_or("", |token| token.norm.as_str());
    let comma = norm(at) == ",";
    let first = at + usize::from(comma);
    let said = matches!(norm(first), "aged" | "ages");
    let mut last = first + usize::from(said);
    let (start, mut numbers) = (last, 0);
    while is_years(tokens, last) || said && JOINS.contains(&norm(last)) || is_list(tokens, last) {
        numbers += usize::from(is_years(tokens, last));
        last += 1;
    }
    while last > start && !is_years(tokens, last - 1) {
        last -= 1;
    }
    if numbers == 0 {
        return None;
    }
    let close = norm(last);
    if said {
        return Some(last + usize::from(comma && close == ","));
    }
    let behind_a_word = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.shape == Shape::Word && !is_number_word(&before.norm));
    let digits = (start..last)
        .filter(|at| is_years(tokens, *at))
        .all(|at| tokens.get(at).is_some_and(|token| token.shape == Shape::Number));
    let alone = comma && behind_a_word && digits && matches!(close, "," | "." | ";" | ")" | "");
    alone.then(|| last + usize::from(close == ","))
}

/// Years of a life.
fn is_years(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| match token.shape {
        Shape::Number => token.norm.parse().is_ok_and(|years: u32| years < OLDEST),
        Shape::Word => is_number_word(&token.norm),
        Shape::Mark => false,
    })
}

/// A comma or "and" between two ages.
fn is_list(tokens: &[Token], at: usize) -> bool {
    let joins = tokens.get(at).is_some_and(|token| matches!(token.norm.as_str(), "," | "and"));
    joins && at > 0 && is_years(tokens, at - 1) && is_years(tokens, at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn ages(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let last = age(&tokens, at);
            if let Some(last) = last {
                out.push(text[tokens[at].start..tokens[last - 1].end].to_owned());
            }
            at = last.unwrap_or(at + 1);
        }
        out
    }

    #[test]
    fn ages_count_nobody() {
        assert_eq!(ages("children aged from four to 10 and women"), ["aged from four to 10"]);
        assert_eq!(
            ages("A boy, aged 7, and two men, 25 and 31, were"),
            [", aged 7,", ", 25 and 31,"]
        );
        assert_eq!(
            ages("the victims were Olena, 34, Ivan, 7, and Petro, 61."),
            [", 34,", ", 7,", ", 61"]
        );
        assert_eq!(ages("three girls, 3, 5 and 9, died"), [", 3, 5 and 9,"]);
    }

    #[test]
    fn counts_beside_commas_are_no_ages() {
        assert_eq!(ages("in Homs, 12 people were killed").len(), 0);
        assert_eq!(ages("killed five, two of them children").len(), 0);
        assert_eq!(ages("on March 3, 12, and 14, in the town of 1,300").len(), 0);
        assert_eq!(ages("killed 12, wounded 31, and took 4 prisoner").len(), 0);
    }
}
