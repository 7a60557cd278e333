//! Directions: what is set apart in a text becomes an element whose direction is its own (H-8).

use super::tongue::ISOLATE;

/// The text with everything escaped that is markup in HTML, and what stands between isolates as `<bdi>`. Whatever the
/// text holds, elements are closed in order: an isolate inside another adds nothing.
pub(crate) fn isolated(text: &str) -> String {
    let (mut out, mut depth) = (String::with_capacity(text.len() + 16), 0_u32);
    for c in text.chars() {
        match c {
            _ if c == ISOLATE[0] => {
                if depth == 0 {
                    out.push_str("<bdi>");
                }
                depth += 1;
            }
            _ if c == ISOLATE[1] => {
                if depth == 1 {
                    out.push_str("</bdi>");
                }
                depth = depth.saturating_sub(1);
            }
            '"' => out.push_str("&#34;"),
            '&' => out.push_str("&#38;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            c => out.push(c),
        }
    }
    if depth > 0 {
        out.push_str("</bdi>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h_8_what_is_set_apart_is_an_element_that_is_always_closed() {
        assert_eq!(isolated("a \u{2068}b<\u{2069} c"), "a <bdi>b&#60;</bdi> c");
        assert_eq!(isolated("\u{2068}\u{2068}x\u{2069}"), "<bdi>x</bdi>");
        assert_eq!(isolated("\u{2069}x & y"), "x &#38; y");
    }
}
