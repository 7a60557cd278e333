//! The relaxed forms of headers and bodies (RFC 6376, section 3.4).

/// A header as it stands in a message; its value keeps its folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

/// The headers of a head, in order.
pub(super) fn headers_of(head: &str) -> Vec<Header<'_>> {
    let (mut headers, mut rest) = (Vec::new(), head);
    while !rest.is_empty() {
        let end = end_of_header(rest);
        let (line, after) = rest.split_at(end);
        if let Some((name, value)) = line.split_once(':') {
            headers.push(Header { name: name.trim(), value });
        }
        rest = after;
    }
    headers
}

/// Where the header that begins `text` ends: at a line end that no blank follows.
fn end_of_header(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("\r\n")) {
        let end = from + at + 2;
        if !text.get(end..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
            return end;
        }
        from = end;
    }
    text.len()
}

/// Name in lower case, folds undone, blanks squeezed.
pub(super) fn canonical_header(header: &Header<'_>) -> String {
    let words: Vec<_> =
        header.value.split([' ', '\t', '\r', '\n']).filter(|w| !w.is_empty()).collect();
    format!("{}:{}", header.name.to_ascii_lowercase(), words.join(" "))
}

/// Blanks at line ends and empty lines at the end are dropped, other runs of blanks are one space.
pub(super) fn canonical_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty = 0;
    for line in body.split(|byte| *byte == b'\n') {
        let start = out.len();
        for _ in 0..empty {
            out.extend(b"\r\n");
        }
        let before = out.len();
        squeeze(line.strip_suffix(b"\r").unwrap_or(line), &mut out);
        if out.len() == before {
            out.truncate(start);
            empty += 1;
        } else {
            out.extend(b"\r\n");
            empty = 0;
        }
    }
    out
}

fn squeeze(line: &[u8], out: &mut Vec<u8>) {
    let mut blank = false;
    for byte in line {
        match byte {
            b' ' | b'\t' => blank = true,
            other => {
                if blank {
                    out.push(b' ');
                }
                blank = false;
                out.push(*other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_6376_comes_out_as_printed_there() {
        let head = "A: X\r\nB : Y\t\r\n\tZ  \r\n";
        let all: Vec<_> = headers_of(head).iter().map(canonical_header).collect();
        assert_eq!(all, ["a:X", "b:Y Z"]);
        assert_eq!(canonical_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
    }

    #[test]
    fn empty_lines_within_a_body_stay_and_an_empty_body_is_empty() {
        assert_eq!(canonical_body(b"a\r\n\r\n\r\nb"), b"a\r\n\r\n\r\nb\r\n");
        assert_eq!(canonical_body(b"\r\n\r\n"), b"");
    }
}
