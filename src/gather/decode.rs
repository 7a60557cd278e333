//! From bytes to text: which character set a document is in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a document its own declaration of a character set is looked for, in bytes. HTML says 1,024;
/// many pages are later than that.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a document: by byte-order mark, as UTF-8 where it is that beyond doubt, then by the HTTP header, by the
/// document's own prolog or `meta`, by detection. Never fails: bytes without meaning become U+FFFD.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return lossy(encoding, bytes.get(length..).unwrap_or_default());
    }
    let named = [content_type.and_then(header_charset), declared(bytes), without_mark(bytes)];
    let named: Vec<_> = named.into_iter().flatten().collect();
    if let Ok(text) = std::str::from_utf8(bytes)
        && !(text.is_ascii() && named.contains(&ISO_2022_JP))
        && !named.first().is_some_and(|e| *e == UTF_16LE || *e == UTF_16BE)
    {
        return Cow::Borrowed(text);
    }
    named
        .iter()
        .find_map(|encoding| strict(encoding, bytes))
        .unwrap_or_else(|| lossy(named.first().copied().unwrap_or_else(|| detected(bytes)), bytes))
}

/// The text, if every byte of it has a meaning in this character set.
fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn lossy<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// The `charset` of a `Content-Type` header.
fn header_charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let label = lower.split("charset=").nth(1)?;
    Encoding::for_label(label.split(';').next()?.trim_matches([' ', '"', '\'']).as_bytes())
}

/// The character set that an XML prolog or an HTML `meta` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN.min(bytes.len()))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let encoding =
        label_after(&head, "encoding=").filter(|_| head.trim_start().starts_with("<?xml"));
    let encoding = encoding.or_else(|| label_after(&head, "charset="))?;
    // A document whose declaration can be read byte by byte is not UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn label_after(head: &str, key: &str) -> Option<&'static Encoding> {
    let rest = head.split(key).nth(1)?.trim_start_matches(['"', '\'', ' ']);
    let label = rest.split(['"', '\'', ' ', '?', '>', ';', '/']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// UTF-16 without a byte-order mark, told by the zero bytes about the first `<`.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        [0, b'<', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_wins_over_everything() {
        let bytes = [0xff, 0xfe, b'o', 0, b'k', 0];
        assert_eq!(decode(&bytes, Some("text/html; charset=utf-8")), "ok");
    }

    #[test]
    fn utf_8_is_believed_even_when_the_header_names_another_set() {
        assert_eq!(decode("عدرا".as_bytes(), Some("text/xml; charset=ISO-8859-1")), "عدرا");
    }

    #[test]
    fn header_prolog_and_meta_name_the_set() {
        let (arabic, _, _) = encoding_rs::WINDOWS_1256.encode("قصف على القرية");
        assert_eq!(decode(&arabic, Some("text/plain; charset=\"windows-1256\"")), "قصف على القرية");
        let mut xml = b"<?xml version='1.0' encoding='koi8-r'?><a>".to_vec();
        xml.extend_from_slice(&encoding_rs::KOI8_R.encode("новость").0);
        assert!(decode(&xml, None).ends_with("новость"));
        let mut html = b"<html><meta charset=windows-1251><p>".to_vec();
        html.extend_from_slice(&encoding_rs::WINDOWS_1251.encode("город").0);
        assert!(decode(&html, None).ends_with("город"));
    }

    #[test]
    fn an_undeclared_set_is_detected() {
        let text =
            "Обстрел деревни продолжался весь день, дорога закрыта, жители уехали в соседний город";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(decode(&bytes, None), text);
    }

    #[test]
    fn bytes_without_meaning_never_fail() {
        assert!(decode(b"ok \xff\xfe\x80\x00 ok", Some("text/html; charset=utf-8")).contains("ok"));
    }

    #[test]
    fn utf_16_without_a_mark_is_recognised() {
        let bytes: Vec<u8> = "<rss>é</rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes, None), "<rss>é</rss>");
    }
}
