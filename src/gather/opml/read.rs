//! OPML to sources.

use std::collections::{BTreeMap, BTreeSet};

use super::write::kind;
use super::{DEEPEST, MOST_SOURCES, OpmlError, Outlines, SPACE, attributes};
use crate::gather::clean;
use crate::gather::feed::document_of;
use crate::gather::xml::{Tag, Token, Tokens};
use crate::model::id::SourceId;
use crate::model::source::{Source, slug};

/// Reads a list of feeds.
///
/// # Errors
/// Where the text is no such list; an outline that cannot be read is noted.
pub fn read(text: &str) -> Result<Outlines, OpmlError> {
    let mut reader = Reader::default();
    for token in Tokens::new(text) {
        reader.take(token)?;
    }
    if !reader.begun {
        return Err(OpmlError::Other { found: "neither XML nor JSON".to_owned() });
    }
    Ok(reader.list)
}

#[derive(Default)]
struct Reader {
    list: Outlines,
    begun: bool,
    /// The names of the outlines that are open.
    open: Vec<String>,
    /// Name spaces by prefix.
    spaces: BTreeMap<String, String>,
    ids: BTreeSet<String>,
    in_title: bool,
}

impl Reader {
    fn take(&mut self, token: Token<'_>) -> Result<(), OpmlError> {
        match token {
            Token::Open(tag) => self.open(&tag),
            Token::Close(name) => {
                if name.eq_ignore_ascii_case("outline") {
                    self.open.pop();
                }
                self.in_title = false;
                Ok(())
            }
            Token::Text(text) => {
                if self.in_title {
                    self.list.title = clean::title(&text);
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, tag: &Tag) -> Result<(), OpmlError> {
        let name = tag.name.to_ascii_lowercase();
        if !self.begun && name != "opml" {
            return Err(OpmlError::Other { found: document_of(&name) });
        }
        self.begun = true;
        for (name, value) in &tag.attributes {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.spaces.insert(prefix.to_owned(), value.clone());
            }
        }
        self.in_title = name == "title" && !tag.empty;
        if name == "outline" { self.outline(tag) } else { Ok(()) }
    }

    fn outline(&mut self, tag: &Tag) -> Result<(), OpmlError> {
        let said = |name| tag.attribute(name).map(clean::title).filter(|text| !text.is_empty());
        let name = said("text").or_else(|| said("title"));
        match address(tag) {
            Some(_) if self.list.sources.len() >= MOST_SOURCES => return Err(OpmlError::TooMany),
            Some(url) => self.source(tag, name.as_deref(), &url),
            None if tag.empty => {
                let name = name.as_deref().unwrap_or("without a name");
                self.list.skipped.push(format!("outline `{name}`: it names no feed (`xmlUrl`)"));
            }
            None => {}
        }
        if self.open.len() >= DEEPEST {
            return Err(OpmlError::TooDeep);
        }
        if !tag.empty {
            self.open.push(name.unwrap_or_default());
        }
        Ok(())
    }

    fn source(&mut self, tag: &Tag, name: Option<&str>, url: &str) {
        let name = name.unwrap_or(url);
        let draft = Source {
            site: tag.attribute("htmlUrl").filter(|site| !site.is_empty()).map(str::to_owned),
            language: tag.attribute("language").filter(|l| !l.is_empty()).map(str::to_owned),
            folder: self.open.iter().filter(|name| !name.is_empty()).cloned().collect(),
            outline: self.foreign(tag, name),
            ..Source::new(SourceId::new(slug(name, url)), name, url)
        };
        match attributes::laid_over(&draft, &self.ours(tag)) {
            Ok(mut source) => {
                source.id = self.unused(source.id.as_str());
                // What is always written of its kind is nothing that others say.
                if source.outline.get("type").is_some_and(|said| said == kind(&source)) {
                    source.outline.remove("type");
                }
                self.list.sources.push(source);
            }
            Err(why) => self.list.skipped.push(format!("outline `{name}`: {why}")),
        }
    }

    /// The attributes of our name space.
    fn ours(&self, tag: &Tag) -> Vec<(String, String)> {
        let named = tag.attributes.iter().filter_map(|(name, value)| {
            let (prefix, local) = name.split_once(':')?;
            self.is_ours(prefix).then(|| (local.to_owned(), value.clone()))
        });
        named.collect()
    }

    fn is_ours(&self, prefix: &str) -> bool {
        self.spaces.get(prefix).is_some_and(|space| space == SPACE)
    }

    /// What others say of a feed, with the name spaces of it.
    fn foreign(&self, tag: &Tag, name: &str) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        for (attribute, value) in &tag.attributes {
            match attribute.split_once(':') {
                Some(("xmlns", prefix)) if self.is_ours(prefix) => {}
                Some(("xmlns", _)) => drop(kept.insert(attribute.clone(), value.clone())),
                Some((prefix, _)) if self.is_ours(prefix) => {}
                Some((prefix, _)) => {
                    if let Some(space) = self.spaces.get(prefix) {
                        kept.insert(format!("xmlns:{prefix}"), space.clone());
                    }
                    kept.insert(attribute.clone(), value.clone());
                }
                None if is_known(attribute, value, name) => {}
                None => drop(kept.insert(attribute.clone(), value.clone())),
            }
        }
        kept
    }

    /// The id, or the next one like it that no source of the list has.
    fn unused(&mut self, id: &str) -> SourceId {
        let mut unused = id.to_owned();
        let mut number = 2;
        while !self.ids.insert(unused.clone()) {
            unused = format!("{id}-{number}");
            number += 1;
        }
        SourceId::new(unused)
    }
}

/// Where the feed of an outline is; old lists say `url`.
fn address(tag: &Tag) -> Option<String> {
    let said = tag.attribute("xmlUrl").or_else(|| tag.attribute("url"));
    said.map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned)
}

/// Whether a field of the source, or what is always written, says as much as an attribute.
fn is_known(attribute: &str, value: &str, name: &str) -> bool {
    match attribute.to_ascii_lowercase().as_str() {
        "text" | "title" => value == name,
        "xmlurl" => true,
        "htmlurl" | "language" => !value.is_empty(),
        _ => false,
    }
}
