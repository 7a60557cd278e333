//! Words, numbers and marks with their places in the text.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A run of letters.
    Word,
    /// A run of digits.
    Number,
    /// One other character.
    Mark,
    /// An empty line.
    Break,
}

/// A piece of the text, lower-cased.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    /// The lower-cased slice.
    pub(super) text: &'t str,
    /// Byte offset of its start.
    pub(super) start: usize,
    /// Byte offset of its end.
    pub(super) end: usize,
    /// What it is.
    pub(super) shape: Shape,
    /// Whether it starts with a capital in the text.
    pub(super) capital: bool,
}

fn shape(c: char) -> Shape {
    match c {
        c if c.is_ascii_digit() => Shape::Number,
        c if c.is_alphabetic() => Shape::Word,
        _ => Shape::Mark,
    }
}

/// The tokens of `text`; `lower` is its lower-cased copy of the same length.
pub(super) fn tokens<'t>(text: &str, lower: &'t str) -> Vec<Token<'t>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let kind = if first.is_whitespace() { Shape::Break } else { shape(first) };
        let mut end = start + first.len_utf8();
        let mut lines = usize::from(first == '\n');
        let goes_on = |c: char| match kind {
            Shape::Break => c.is_whitespace(),
            Shape::Mark => false,
            _ => shape(c) == kind,
        };
        while let Some((at, c)) = rest.next_if(|(_, c)| goes_on(*c)) {
            end = at + c.len_utf8();
            lines += usize::from(c == '\n');
        }
        if kind != Shape::Break || lines > 1 {
            let capital = first.is_uppercase();
            out.push(Token { text: &lower[start..end], start, end, shape: kind, capital });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_marks_and_empty_lines_are_told_apart() {
        let text = "On 25th\n\nJune";
        let lower = text.to_ascii_lowercase();
        let got: Vec<_> = tokens(text, &lower).iter().map(|t| (t.text, t.shape)).collect();
        assert_eq!(
            got,
            [
                ("on", Shape::Word),
                ("25", Shape::Number),
                ("th", Shape::Word),
                ("\n\n", Shape::Break),
                ("june", Shape::Word),
            ]
        );
    }
}
