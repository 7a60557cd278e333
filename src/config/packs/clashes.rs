//! What packs say twice and differently, or in a way that would make texts be misread: `sitrep check --strict`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

use super::PackFile;
use crate::model::faction::{Faction, Membership};
use crate::model::id::FactionId;
use crate::model::pack::PackPlace;
use crate::model::place::great_circle_km;
use crate::model::text::fold::{is_article, plain};

/// Two positions of one place may differ by this much: sources differ in what they call its middle.
const SAME_PLACE_KM: f64 = 5.0;

/// Something that packs must not say, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The file of the later of the two.
    pub file: PathBuf,
    /// Its line, counted from 1, as far as it can be told.
    pub line: Option<usize>,
    /// What is wrong.
    pub text: String,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}` line {line}: {}", self.file.display(), self.text),
            None => write!(f, "`{}`: {}", self.file.display(), self.text),
        }
    }
}

/// All clashes of the packs, in the order in which they are merged; `is_word` says of a lower-case word that it is one
/// that reports are full of.
pub fn clashes(files: &[PackFile], is_word: impl Fn(&str) -> bool) -> Vec<Clash> {
    let mut found = Found { factions: BTreeMap::new(), clashes: Vec::new() };
    found.read(files);
    found.references();
    found.names();
    found.words(is_word);
    found.memberships();
    found.places(files);
    found.clashes
}

/// A faction with the file of its last entry.
type Held<'a> = (&'a PackFile, &'a Faction);

struct Found<'a> {
    factions: BTreeMap<&'a FactionId, Held<'a>>,
    clashes: Vec<Clash>,
}

impl<'a> Found<'a> {
    /// Adds a clash in the entry of a faction, at the line of `value` where it stands there.
    fn faction(&mut self, (file, faction): Held<'_>, value: &str, text: impl fmt::Display) {
        let line = file.line("id", faction.id.as_str(), value);
        let text = format!("faction `{}`: {text}", faction.id);
        self.clashes.push(Clash { file: file.path.clone(), line, text });
    }

    fn read(&mut self, files: &'a [PackFile]) {
        for file in files {
            for faction in &file.pack.factions {
                let before = self.factions.insert(&faction.id, (file, faction));
                if let Some((other, _)) = before.filter(|(_, known)| *known != faction) {
                    let text = format!("replaces a different entry of `{}`", other.path.display());
                    self.faction((file, faction), faction.id.as_str(), text);
                }
            }
        }
    }

    /// Whom a faction refers to must be there.
    fn references(&mut self) {
        for held @ (_, faction) in self.held() {
            let members = faction.member_of.iter().map(|member| ("member_of", &member.id));
            let one = |key, id: &'a Option<FactionId>| id.as_ref().map(|id| (key, id));
            let all = [
                one("parent", &faction.parent),
                one("rollup", &faction.rollup),
                one("successor", &faction.successor),
            ];
            for (key, id) in all.into_iter().flatten().chain(members) {
                if !self.factions.contains_key(id) {
                    self.faction(
                        held,
                        id.as_str(),
                        format!("no pack has the `{id}` of its `{key}`"),
                    );
                }
            }
        }
    }

    fn held(&self) -> Vec<Held<'a>> {
        self.factions.values().copied().collect()
    }

    /// One name means one faction at a time, unless context words part them.
    fn names(&mut self) {
        let mut holders: BTreeMap<String, Vec<Held<'a>>> = BTreeMap::new();
        for held @ (_, faction) in self.held() {
            for (folded, name) in names(faction) {
                let others = holders.entry(folded).or_default();
                let other = others.iter().find(|(_, other)| live_together(other, faction));
                if let Some((_, other)) = other {
                    let text = format!(
                        "`{name}` is a name of `{}` too; make it an ambiguous alias with context words",
                        other.id
                    );
                    self.faction(held, name, text);
                }
                others.push(held);
            }
            if faction.ambiguous_aliases.is_empty() != faction.context.is_empty() {
                self.faction(held, "context", "ambiguous aliases and context words go together");
            }
        }
    }

    /// A word of the language is no name by itself.
    fn words(&mut self, is_word: impl Fn(&str) -> bool) {
        for held @ (_, faction) in self.held() {
            for (folded, name) in names(faction) {
                if !folded.contains(' ') && is_word(&folded) {
                    let text = format!(
                        "`{name}` is a common word; make it an ambiguous alias with context words"
                    );
                    self.faction(held, name, text);
                }
            }
        }
    }

    /// One membership of one coalition at a time, each with its first day before its last.
    fn memberships(&mut self) {
        for held @ (_, faction) in self.held() {
            let reversed = |since: Option<Date>, until: Option<Date>| {
                since.zip(until).is_some_and(|(since, until)| until < since)
            };
            if reversed(faction.since, faction.until) {
                self.faction(held, "until", "it ends before it begins");
            }
            for (at, member) in faction.member_of.iter().enumerate() {
                let id = &member.id;
                if reversed(member.since, member.until) {
                    self.faction(
                        held,
                        id.as_str(),
                        format!("its membership of `{id}` ends before it begins"),
                    );
                }
                let mut earlier = faction.member_of[..at].iter();
                if earlier.any(|other| other.id == member.id && overlap(other, member)) {
                    self.faction(held, id.as_str(), format!("two memberships of `{id}` overlap"));
                }
            }
        }
    }

    /// One place has one position.
    fn places(&mut self, files: &'a [PackFile]) {
        let mut known: BTreeMap<_, Vec<&'a PackPlace>> = BTreeMap::new();
        for file in files {
            for place in &file.pack.places {
                let others = known.entry(identity(place)).or_default();
                let apart =
                    others.iter().filter_map(|other| distance(place, other)).fold(0.0, f64::max);
                if apart > SAME_PLACE_KM {
                    self.clashes.push(Clash {
                        file: file.path.clone(),
                        line: file.line("name", &place.name, &place.name),
                        text: format!(
                            "place `{}` has another position {apart:.0} km away",
                            place.name
                        ),
                    });
                }
                others.push(place);
            }
        }
    }
}

/// What makes two rows one place: its name, kind and divisions.
fn identity(place: &PackPlace) -> (String, &str, &str, &str, &str) {
    (
        plain(&place.name),
        place.country.as_str(),
        place.admin1.as_deref().unwrap_or_default(),
        place.admin2.as_deref().unwrap_or_default(),
        place.kind.as_deref().unwrap_or_default(),
    )
}

fn distance(a: &PackPlace, b: &PackPlace) -> Option<f64> {
    Some(great_circle_km(a.lat.zip(a.lon)?, b.lat.zip(b.lon)?))
}

fn overlap(a: &Membership, b: &Membership) -> bool {
    let since = a.since.unwrap_or(Date::MIN).max(b.since.unwrap_or(Date::MIN));
    since < a.until.unwrap_or(Date::MAX).min(b.until.unwrap_or(Date::MAX))
}

/// Whether two factions exist on one day, but for the day on which one follows the other.
fn live_together(a: &Faction, b: &Faction) -> bool {
    let since = a.since.unwrap_or(Date::MIN).max(b.since.unwrap_or(Date::MIN));
    a.id != b.id && since < a.until.unwrap_or(Date::MAX).min(b.until.unwrap_or(Date::MAX))
}

/// The names that mean a faction in any text, as texts are searched for them and as they are written.
fn names(faction: &Faction) -> BTreeMap<String, &str> {
    let guarded: BTreeSet<_> = faction.ambiguous_aliases.iter().map(|name| folded(name)).collect();
    let former =
        faction.former.iter().flat_map(|old| std::iter::once(&old.name).chain(&old.aliases));
    let all = std::iter::once(&faction.name).chain(&faction.short).chain(&faction.aliases);
    all.chain(former)
        .map(|name| (folded(name), name.as_str()))
        .filter(|(folded, _)| !folded.is_empty() && !guarded.contains(folded))
        .collect()
}

/// A name as texts are searched for it: folded, any article alike, no leading "the".
fn folded(name: &str) -> String {
    let name = plain(name);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let words = name.split(' ').map(|word| if is_article(word) { "al" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const HEAD: &str = "[pack]\nid = \"x\"\nname = \"X\"\n";

    /// The clashes of packs of these texts, as a reader sees them.
    fn told(texts: &[&str]) -> Vec<String> {
        let file = |(at, text): (usize, &&str)| {
            PackFile::parse(Path::new(&format!("{at}.toml")), format!("{HEAD}{text}")).unwrap()
        };
        let files: Vec<_> = texts.iter().enumerate().map(file).collect();
        clashes(&files, |word| word == "hope").iter().map(ToString::to_string).collect()
    }

    fn faction(id: &str, rest: &str) -> String {
        format!("[[faction]]\nid = \"{id}\"\nname = \"The {id} name\"\nkind = \"rebel\"\n{rest}\n")
    }

    #[test]
    fn one_alias_of_two_factions_needs_context_words() {
        let alike = faction("a", "aliases = [\"RSF\"]")
            + &faction("b", "aliases = [\n\"Other\",\n\"R.S.F\", \"RSF\"]");
        let said = told(&[&alike]);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].starts_with("`0.toml` line 15: faction `b`: `RSF` is a name of `a` too"),
            "{said:?}"
        );
        let apart = faction("a", "aliases = [\"RSF\"]\nuntil = \"2010-01-01\"")
            + &faction("b", "aliases = [\"RSF\"]\nsince = \"2010-01-01\"");
        assert_eq!(told(&[&apart]), <&[&str]>::default());
        let guarded = faction("a", "aliases = [\"RSF\"]")
            + &faction("b", "ambiguous_aliases = [\"RSF\"]\ncontext = [\"khartoum\"]");
        assert_eq!(told(&[&guarded]), <&[&str]>::default());
    }

    #[test]
    fn a_common_word_is_no_alias() {
        let said = told(&[&faction("a", "aliases = [\"Hope\"]")]);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].contains("line 8") && said[0].contains("`Hope` is a common word"),
            "{said:?}"
        );
    }

    #[test]
    fn a_place_has_one_position() {
        let place = |lat: f64| {
            format!("[[place]]\nname = \"Tell Bahra\"\ncountry = \"SY\"\nlat = {lat}\nlon = 36.0\n")
        };
        assert_eq!(told(&[&place(35.0), &place(35.01)]), <&[&str]>::default());
        let said = told(&[&place(35.0), &place(36.0)]);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with(
                "`1.toml` line 5: place `Tell Bahra` has another position 111 km away"
            ),
            "{said:?}"
        );
    }

    #[test]
    fn memberships_do_not_overlap_and_end_after_they_begin() {
        let league = faction("league", "");
        let twice = "member_of = [{ id = \"league\", since = \"2018-01-01\", until = \"2020-01-01\" }, { id = \"league\", since = \"2019-01-01\" }]";
        let said = told(&[&(league.clone() + &faction("a", twice))]);
        assert!(
            said.len() == 1 && said[0].contains("two memberships of `league` overlap"),
            "{said:?}"
        );
        let reversed =
            "member_of = [{ id = \"league\", since = \"2018-01-01\", until = \"2017-01-01\" }]";
        let said = told(&[&(league + &faction("a", reversed))]);
        assert!(said.len() == 1 && said[0].contains("ends before it begins"), "{said:?}");
    }

    #[test]
    fn an_entry_that_replaces_another_and_a_reference_to_nobody_are_told() {
        let said = told(&[&faction("a", ""), &faction("a", "parent = \"nobody\"")]);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].starts_with("`1.toml`")
                && said[0].contains("replaces a different entry of `0.toml`")
        );
        assert!(said[1].contains("no pack has the `nobody` of its `parent`"));
    }
}
