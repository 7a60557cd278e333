//! HTML told apart into tags and text without building a tree: in time linear in its length, whatever it holds.

use std::borrow::Cow;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag.
    Open {
        /// In lower case.
        name: Cow<'a, str>,
        /// Whether it ends in `/>`.
        empty: bool,
    },
    /// An end tag, its name in lower case.
    Close(Cow<'a, str>),
    /// Characters, their references unresolved.
    Text(&'a str),
}

/// Elements that hold no elements (HTML, 13.1.2) and no text for readers: they are passed over with their content.
const PASSED_OVER: [&str; 8] =
    ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript"];

/// The pieces of a document. Comments, declarations and elements that hold no text for readers give none.
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// The pieces of `html`.
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Takes so many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes what there is up to `end`, and `end`; everything where it does not come.
    fn take_through(&mut self, end: &str) {
        let length = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(length);
    }

    /// Takes a tag from its name on.
    fn tag(&mut self) -> (Cow<'a, str>, bool) {
        let name = self.take(name_length(self.rest));
        let (length, empty) = rest_of_tag(self.rest);
        self.take(length);
        (in_lower_case(name), empty)
    }

    fn open(&mut self) -> Piece<'a> {
        self.take(1);
        let (name, empty) = self.tag();
        if PASSED_OVER.contains(&&*name) {
            self.pass_over(&name);
        }
        Piece::Open { name, empty }
    }

    fn close(&mut self) -> Piece<'a> {
        self.take(2);
        Piece::Close(self.tag().0)
    }

    /// Passes over the content of an element of characters, up to its end tag.
    fn pass_over(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            self.take(at);
            let after = self.rest.get(2..).unwrap_or("");
            let length = name_length(after);
            if after.get(..length).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                return;
            }
            self.take(2);
        }
        self.rest = "";
    }

    /// Passes over a comment, a declaration, or what parsers take for one.
    fn comment(&mut self) {
        if !self.rest.starts_with("<!--") {
            return self.take_through(">");
        }
        self.take(4);
        if self.rest.starts_with('>') || self.rest.starts_with("->") {
            return self.take_through(">");
        }
        self.take_through("-->");
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            let text = text_length(self.rest);
            if text > 0 {
                return Some(Piece::Text(self.take(text)));
            }
            match self.rest.as_bytes() {
                [_, b'/', letter, ..] if letter.is_ascii_alphabetic() => return Some(self.close()),
                [_, letter, ..] if letter.is_ascii_alphabetic() => return Some(self.open()),
                _ => self.comment(),
            }
        }
        None
    }
}

/// How much text there is before the next markup: a `<` that no markup follows is text.
pub(super) fn text_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|rest| rest.find('<')) {
        let next = bytes.get(from + at + 1);
        if next.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
            return from + at;
        }
        from += at + 1;
    }
    rest.len()
}

/// How long the name of a tag is that begins here.
pub(super) fn name_length(rest: &str) -> usize {
    let ends = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    rest.bytes().position(ends).unwrap_or(rest.len())
}

/// The length of what follows a tag's name up to and with its `>`, and whether a `/` stands before that. Quotes hide a
/// `>` only where they follow a `=`.
pub(super) fn rest_of_tag(rest: &str) -> (usize, bool) {
    let (mut quote, mut before) = (None, b' ');
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => (quote, before) = (None, byte),
            (None, b'>') => return (at + 1, before == b'/'),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) if !byte.is_ascii_whitespace() => before = byte,
            _ => {}
        }
    }
    (rest.len(), false)
}

fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces as one line: `+name`, `+name/` for an empty one, `-name`, text as it is.
    fn told(html: &str) -> String {
        let piece = |piece: Piece<'_>| match piece {
            Piece::Open { name, empty } => format!("+{name}{}", if empty { "/" } else { "" }),
            Piece::Close(name) => format!("-{name}"),
            Piece::Text(text) => text.to_owned(),
        };
        Pieces::new(html).map(piece).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_and_text_are_told_apart_as_browsers_do() {
        for (html, pieces) in [
            ("<P class=a>One</P >", "+p|One|-p"),
            ("1 < 2 <b>x", "1 < 2 |+b|x"),
            ("<a title=\"1 > 0\" x='>'>t", "+a|t"),
            ("<a title=it's>t", "+a|t"),
            ("<br/>a<br />b", "+br/|a|+br/|b"),
            ("a<!-- <p> -->b<!---->c<!>d<?x ?>e</ f>g", "a|b|c|d|e|g"),
            ("<!DOCTYPE html><![CDATA[x]]>y", "y"),
            ("<script>if (a</b/.test(x)) '</p>'</SCRIPT >x", "+script|-script|x"),
            ("<title>a<b></title>c", "+title|-title|c"),
            ("a<", "a<"),
        ] {
            assert_eq!(told(html), pieces, "{html}");
        }
    }

    #[test]
    fn what_does_not_end_ends_with_the_document() {
        for html in ["x<p title=\"", "x<!-- y", "x<!y", "x</p"] {
            assert_eq!(told(html).split('|').next(), Some("x"), "{html}");
        }
        assert_eq!(told("x<style>p{"), "x|+style");
    }
}
