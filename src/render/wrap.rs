//! Lines of the text part, at most 78 columns wide (H-11).

/// The widest line.
const WIDTH: usize = 78;

/// Breaks every line at spaces; a continuation is indented by two columns more than its line. An address is never
/// broken.
pub(crate) fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for line in text.lines() {
        wrap_line(line.trim_end(), &mut out);
        out.push('\n');
    }
    out
}

fn wrap_line(line: &str, out: &mut String) {
    if width(line) <= WIDTH {
        out.push_str(line);
        return;
    }
    let indent = line.len() - line.trim_start().len();
    out.push_str(&line[..indent]);
    let mut column = indent;
    for (at, word) in line.split_whitespace().enumerate() {
        if at > 0 && column + 1 + width(word) > WIDTH {
            column = indent + 2;
            out.push('\n');
            out.push_str(&" ".repeat(column));
        } else if at > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width(word);
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h_11_no_line_is_wider_than_78_columns_unless_one_word_is() {
        let text = format!("{}\n  {}", "word ".repeat(40), "x".repeat(100));
        let wrapped = wrapped(&text);
        assert!(wrapped.lines().all(|line| width(line) <= 78 || !line.trim().contains(' ')));
        assert!(wrapped.lines().nth(1).unwrap().starts_with("  word"));
    }
}
