//! Character references of HTML: `&amp;`, `&#1587;`, and those that old pages write without a semicolon.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use quick_xml::escape::resolve_html5_entity;

/// The longest name of a reference: `CounterClockwiseContourIntegral` has 31 letters.
const LONGEST_NAME: usize = 32;

/// Names that count without a semicolon too (HTML, 13.5).
const WITHOUT_SEMICOLON: [&str; 106] = [
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil",
    "ETH", "Eacute", "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT",
    "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN",
    "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave",
    "amp", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg",
    "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt",
    "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro",
    "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash",
    "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy", "sup1",
    "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml",
    "yacute", "yen", "yuml",
];

/// The text with its references resolved; what is none stays as it is written.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (before, mut rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        rest = if let Some(length) = reference(after, &mut out) {
            after.get(length..).unwrap_or("")
        } else {
            out.push('&');
            after
        };
        let next = rest.find('&').unwrap_or(rest.len());
        let (plain, marked) = rest.split_at(next);
        out.push_str(plain);
        rest = marked;
    }
    Cow::Owned(out)
}

/// Writes what the reference after a `&` stands for, and gives its length; none where it is no reference.
fn reference(after: &str, out: &mut String) -> Option<usize> {
    if let Some(number) = after.strip_prefix('#') {
        return numbered(number, out).map(|length| length + 1);
    }
    let bytes = after.bytes().take(LONGEST_NAME);
    let name = after.get(..bytes.take_while(u8::is_ascii_alphanumeric).count())?;
    let ended = after.as_bytes().get(name.len()) == Some(&b';');
    if let Some(stands_for) = named(name).filter(|_| ended) {
        out.push_str(stands_for);
        return Some(name.len() + 1);
    }
    let old = WITHOUT_SEMICOLON.iter().filter(|old| name.starts_with(**old));
    let old = old.max_by_key(|old| old.len())?;
    out.push_str(named(old)?);
    Some(old.len())
}

/// What a name stands for, the frequent ones first: the full table is long.
fn named(name: &str) -> Option<&'static str> {
    match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        "nbsp" => Some("\u{a0}"),
        _ => resolve_html5_entity(name),
    }
}

/// A reference by number, after its `#`: gives the length with the semicolon.
fn numbered(number: &str, out: &mut String) -> Option<usize> {
    let hex = number.strip_prefix(['x', 'X']);
    let (radix, digits, marks) = hex.map_or((10, number, 0), |digits| (16, digits, 1));
    let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    let digits = digits.get(..length).filter(|digits| !digits.is_empty())?;
    let ended = usize::from(number.as_bytes().get(marks + length) == Some(&b';'));
    push(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX), out);
    Some(marks + length + ended)
}

/// Numbers of the C1 controls mean the characters of Windows-1252 there (HTML, 13.2.5.80).
fn push(number: u32, out: &mut String) {
    match u8::try_from(number) {
        Ok(0) => out.push(char::REPLACEMENT_CHARACTER),
        Ok(byte @ 0x80..=0x9f) => {
            out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
        }
        _ => out.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        for (written, meant) in [
            ("a &amp; b", "a & b"),
            ("&lt;p&gt; &quot;x&quot; &#39;y&#x27;", "<p> \"x\" 'y'"),
            ("caf&eacute; &hellip; &rsquo;", "café … ’"),
            ("AT&T &copy 2020 &notit; &ampx", "AT&T © 2020 ¬it; &x"),
            (
                "&#1587;&#x633 &#150; &#0; &#xd800; &#99999999999;",
                "سس – \u{fffd} \u{fffd} \u{fffd}",
            ),
            ("& &; &# &#x; &nosuchname; &", "& &; &# &#x; &nosuchname; &"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(resolved(written), meant, "{written}");
        }
    }

    #[test]
    fn every_old_name_stands_for_something() {
        assert!(WITHOUT_SEMICOLON.iter().all(|name| named(name).is_some()));
    }
}
