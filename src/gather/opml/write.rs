//! Sources to OPML.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{SPACE, attributes};
use crate::model::source::{Source, SourceKind};

/// Writes a list of feeds: folders as nested outlines, in the order of the sources.
pub fn write(title: &str, sources: &[Source]) -> String {
    let mut writer = Writer::default();
    let _ = writeln!(
        writer.out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:sitrep=\"{SPACE}\">\n  \
         <head>\n    <title>{}</title>\n  </head>\n  <body>",
        text(title)
    );
    for source in sources {
        writer.enter(&source.folder);
        writer.outline(source);
    }
    writer.enter(&[]);
    writer.out.push_str("  </body>\n</opml>\n");
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<String>,
}

impl Writer {
    /// Closes and opens outlines until those of `folder` are open.
    fn enter(&mut self, folder: &[String]) {
        let same = self.open.iter().zip(folder).take_while(|(open, wanted)| open == wanted).count();
        while self.open.len() > same {
            self.open.pop();
            self.line("</outline>");
        }
        for name in folder.iter().skip(same) {
            let shown = text(name);
            self.line(&format!("<outline text=\"{shown}\" title=\"{shown}\">"));
            self.open.push(name.clone());
        }
    }

    fn outline(&mut self, source: &Source) {
        let mut all = vec![("text".to_owned(), source.name.clone())];
        let mut say = |name: &str, value: Option<&str>| {
            if let Some(value) = value.filter(|_| !source.outline.contains_key(name)) {
                all.push((name.to_owned(), value.to_owned()));
            }
        };
        say("title", Some(&source.name));
        say("type", Some(kind(source)));
        say("xmlUrl", Some(&source.url));
        say("htmlUrl", source.site.as_deref());
        say("language", source.language.as_deref());
        let foreign = source.outline.iter().filter(|(name, _)| is_name(name) && *name != "text");
        all.extend(foreign.map(|(name, value)| (name.clone(), value.clone())));
        let ours = attributes::of(source).into_iter();
        all.extend(ours.map(|(name, value)| (format!("sitrep:{name}"), value)));
        let mut line = "<outline".to_owned();
        for (name, value) in all {
            let _ = write!(line, " {name}=\"{}\"", text(&value));
        }
        self.line(&(line + "/>"));
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{:indent$}{line}", "", indent = 4 + 2 * self.open.len());
    }
}

/// What other readers of feeds should take it for.
pub(super) fn kind(source: &Source) -> &'static str {
    match source.kind {
        None | Some(SourceKind::Feed) => "rss",
        Some(_) => "link",
    }
}

/// Whether text may stand as the name of an attribute.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
}

/// Text as it stands in XML: escaped, line breaks kept, without what XML has no place for.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in escape(raw).chars() {
        match c {
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
