//! Unknown names as a pack that loads as it stands, with what must be checked said in comments.

use std::fmt::Write as _;

use crate::aggregate::unresolved::{NameKind, Unresolved};
use crate::model::text::fold::plain;

const HEAD: &str = "\
# Names that no pack knows. Keep what is right, give each faction its kind, then name this file in
# [extract] packs = [\"local.toml\"] or with --pack. Counts and sentences say where each name stands.
";

const KIND: &str = "kind = \"rebel\" # a guess: state_forces rebel political_militia identity_militia external_forces civilians";

/// The pack of all names.
pub fn pack(names: &[Unresolved]) -> String {
    let mut countries: Vec<&str> =
        names.iter().filter_map(|name| name.country.as_deref()).collect();
    countries.sort_unstable();
    countries.dedup();
    let countries: Vec<String> = countries.into_iter().map(quoted).collect();
    let mut out = format!(
        "{HEAD}\n[pack]\nid = \"local\"\nname = \"Local\"\ncountries = [{}]\n",
        countries.join(", ")
    );
    for name in names {
        stanza(&mut out, name, name.kind == NameKind::Place && name.country.is_none());
    }
    out
}

/// The entry of one name, as it is taken into the local pack: what a claim says of it, and where.
pub fn entry(name: &Unresolved) -> String {
    let mut out = String::new();
    stanza(&mut out, name, false);
    out.trim_start().to_owned()
}

/// Whether the entry of a name is a faction's.
pub fn is_faction(name: &Unresolved) -> bool {
    name.kind == NameKind::Actor
}

/// `waits`: a place needs a country; where no claim says one, its stanza stands as a comment.
fn stanza(out: &mut String, name: &Unresolved, waits: bool) {
    let lines = match name.kind {
        NameKind::Actor => faction(name),
        NameKind::Place => place(name),
    };
    let (claims, articles) = (counted(name.claims, "claim"), counted(name.articles, "article"));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n# {claims} in {articles}");
    for said in &name.sentences {
        let _ = writeln!(out, "# {}: {}", one_line(&said.article), one_line(&said.quote));
    }
    for line in lines {
        let _ = writeln!(out, "{}{line}", if waits { "# " } else { "" });
    }
}

fn faction(name: &Unresolved) -> Vec<String> {
    let mut lines = vec![
        "[[faction]]".to_owned(),
        format!("id = {}", quoted(&plain(&name.name).replace(' ', "-"))),
        format!("name = {}", quoted(&name.name)),
    ];
    lines.extend(aliases(name));
    lines.push(KIND.to_owned());
    lines.extend(name.country.as_deref().map(|country| format!("country = {}", quoted(country))));
    lines
}

fn place(name: &Unresolved) -> Vec<String> {
    let mut lines = vec!["[[place]]".to_owned(), format!("name = {}", quoted(&name.name))];
    lines.extend(aliases(name));
    let country = name.country.as_deref().unwrap_or("??");
    lines.push(format!("country = {} # where the claims lie", quoted(country)));
    lines
}

fn aliases(name: &Unresolved) -> Option<String> {
    let aliases: Vec<String> = name.aliases.iter().map(|alias| quoted(alias)).collect();
    (!aliases.is_empty()).then(|| format!("aliases = [{}]", aliases.join(", ")))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(one_line(text)).to_string()
}

/// Text in one line: a comment and a name have no more.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::unresolved::Said;
    use crate::model::pack::Pack;

    fn unknown(kind: NameKind, name: &str, country: Option<&str>) -> Unresolved {
        let quote = "It said \"no\"\nand left.".to_owned();
        Unresolved {
            kind,
            name: name.to_owned(),
            aliases: vec!["Other \"name\"".to_owned()],
            claims: 2,
            articles: 1,
            country: country.map(str::to_owned),
            sentences: vec![Said { article: "https://a.example/1".to_owned(), quote }],
        }
    }

    #[test]
    fn the_stanzas_are_a_pack_that_loads() {
        let text = pack(&[
            unknown(NameKind::Actor, "Qalat Defence Brigade", Some("SY")),
            unknown(NameKind::Place, "Tell Bahra", Some("SY")),
            unknown(NameKind::Place, "Nowhere", None),
        ]);
        let pack: Pack = toml::from_str(&text).unwrap();
        assert_eq!(pack.pack.countries, ["SY"]);
        assert_eq!(pack.factions[0].id.as_str(), "qalat-defence-brigade");
        assert_eq!(pack.factions[0].aliases, ["Other \"name\""]);
        assert_eq!(pack.places.len(), 1, "{text}");
        assert!(
            text.contains(
                "# 2 claims in 1 article\n# https://a.example/1: It said \"no\" and left."
            ),
            "{text}"
        );
    }
}
