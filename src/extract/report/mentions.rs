//! Mentions: the phrases that name a party, an organisation or a place, or stand for one.

use super::refers::Refers;
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::What;
use crate::extract::language::Lexicon;
use crate::extract::names::Named;
use crate::extract::names::Roster;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::parse::token::Caps;
use crate::extract::reader::Parsed;
use crate::model::document::{Mention, MentionKind};

/// Finds the mentions of one text.
pub struct Mentioner<'m, 'a> {
    /// The factions.
    pub roster: &'m Roster,
    /// The words.
    pub lexicon: &'m Lexicon,
    /// The text.
    pub parsed: &'m Parsed<'a>,
    /// Whether a word is an adjective or inhabitant of a country.
    pub demonym: &'m dyn Fn(&str) -> bool,
}

impl Mentioner<'_, '_> {
    /// Every mention, in text order.
    pub fn all(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut covered = vec![false; self.parsed.tokens.len()];
        for sentence in &self.parsed.sentences {
            let clause = Clause { parsed: self.parsed, sentence, lexicon: self.lexicon };
            self.phrases(&clause, &mut covered, &mut out);
            self.words(&clause, &mut out);
        }
        self.names(&covered, &mut out);
        out.extend(self.parsed.dates.iter().map(|date| Mention {
            kind: date.kind,
            start: date.start,
            end: date.end,
            text: self.parsed.text.get(date.start..date.end).unwrap_or("").to_owned(),
            value: Some(date.value.clone()),
        }));
        out.sort_by_key(|mention| (mention.start, mention.end));
        out
    }

    fn push(
        &self,
        kind: MentionKind,
        first: usize,
        last: usize,
        value: Option<String>,
        out: &mut Vec<Mention>,
    ) {
        let ends =
            self.parsed.tokens.get(first).zip(self.parsed.tokens.get(last.saturating_sub(1)));
        let text = self.parsed.slice(first, last);
        if let Some((start, end)) =
            ends.map(|(first, last)| (first.start, last.end)).filter(|_| !text.is_empty())
        {
            out.push(Mention { kind, start, end, text: text.to_owned(), value });
        }
    }

    /// The noun phrases that refer to a party or a place, whole.
    fn phrases(&self, clause: &Clause<'_, '_>, covered: &mut [bool], out: &mut Vec<Mention>) {
        let mut at = 0;
        while at < clause.sentence.chunks.len() {
            let end = self.phrase(clause, at, covered, out);
            at = end.max(at + 1);
        }
    }

    /// Emits the phrase at `at`, if it is one; the chunk after it.
    fn phrase(
        &self,
        clause: &Clause<'_, '_>,
        at: usize,
        covered: &mut [bool],
        out: &mut Vec<Mention>,
    ) -> usize {
        if let Some(Chunk::Aside(first, last)) = clause.chunk(at) {
            self.initials(*first, *last, covered, out);
        }
        let Some(start) = clause.np(at) else { return at + 1 };
        let at = self.whole(clause, at);
        let Some((np, entity)) = clause.np(at).zip(clause.entity(at)) else { return at + 1 };
        let np = &Np { first: start.first, count: start.count.clone(), ..np.clone() };
        let refers = self.refers(clause, at, np, entity);
        if refers == Refers::Other {
            self.possessor(np, covered, out);
            return at + 1;
        }
        let first = self.widened(self.first(np), clause.sentence.range.start);
        let end = self.end(clause, at, refers);
        let last = if end == at {
            self.trimmed(np)
        } else {
            clause.np(end).map_or(np.last, |last| self.trimmed(last))
        };
        let last = if self.is_pronoun(np) {
            np.first + 1
        } else {
            last + usize::from(self.points(last) && refers == Refers::Place)
        };
        covered.get_mut(np.first..last).into_iter().flatten().for_each(|token| *token = true);
        match refers {
            Refers::Party => {
                let faction = entity
                    .factions
                    .first()
                    .map(|faction| self.roster.party(*faction).id.to_string());
                let kind = if faction.is_some() {
                    MentionKind::Faction
                } else {
                    MentionKind::Organisation
                };
                self.push(kind, first, last, faction.or_else(|| self.own_name(first, last)), out);
            }
            Refers::Place => {
                self.push(MentionKind::Place, first, last, self.place_name(first, last), out);
            }
            _ => {}
        }
        end + 1
    }

    /// Initials in brackets: "(QWF)".
    fn initials(&self, first: usize, last: usize, covered: &mut [bool], out: &mut Vec<Mention>) {
        let at = first + 1;
        let after_name = first > 0 && self.parsed.tokens[first - 1].caps != Caps::None;
        let known = self.parsed.named_at(at).is_some() || self.parsed.organisation_at(at);
        if last == first + 3
            && after_name
            && !known
            && self.parsed.tokens[at].caps == Caps::All
            && self.is_acronym(at)
        {
            covered[at] = true;
            self.push(
                MentionKind::Organisation,
                at,
                at + 1,
                Some(self.parsed.slice(at, at + 1).to_owned()),
                out,
            );
        }
    }

    /// A group or place that only owns what the phrase is about: "the town's defences".
    fn possessor(&self, np: &Np, covered: &mut [bool], out: &mut Vec<Mention>) {
        let Some(mark) =
            (np.first + 1..np.last).find(|at| matches!(self.parsed.norm(*at), "'s" | "'"))
        else {
            return;
        };
        let head = self.parsed.norm(mark - 1);
        let named = covered[np.first..mark].contains(&true)
            || (np.first..mark).any(|at| {
                self.parsed.named_at(at).is_some()
                    || self.parsed.place_at(at).is_some()
                    || self.parsed.organisation_at(at)
            });
        let kind = if self.lexicon.sites.has(head) {
            MentionKind::Place
        } else if self.lexicon.collectives.has(head) {
            MentionKind::Organisation
        } else {
            return;
        };
        if !named {
            covered[np.first..mark].fill(true);
            self.push(kind, np.first, mark, None, out);
        }
    }

    /// The name that the phrase carries, where it is that of an organisation in no pack.
    fn own_name(&self, first: usize, last: usize) -> Option<String> {
        let range = self
            .parsed
            .organisations
            .iter()
            .find(|range| range.start >= first && range.end <= last)?;
        Some(self.parsed.slice(range.start, range.end).to_owned())
    }

    fn place_name(&self, first: usize, last: usize) -> Option<String> {
        let spot = self.parsed.place_in(first, last)?;
        self.parsed.spots.get(spot)?.place.canonical.clone()
    }

    /// Names in no phrase of their own: before a deed, in brackets.
    fn names(&self, covered: &[bool], out: &mut Vec<Mention>) {
        let free = |first: usize, last: usize| {
            !covered.get(first..last).is_some_and(|tokens| tokens.contains(&true))
        };
        for named in self.parsed.named.iter().filter(|named| free(named.first, named.last)) {
            if let Some(faction) = named.faction.filter(|_| self.stands_alone(named)) {
                self.push(
                    MentionKind::Faction,
                    self.with_article(named.first, named.last),
                    named.last,
                    Some(self.roster.party(faction).id.to_string()),
                    out,
                );
            }
        }
        let titled = |first: usize| {
            self.lexicon.people.word(self.parsed.norm(first)).is_some_and(|class| class.one)
        };
        for range in self
            .parsed
            .organisations
            .iter()
            .filter(|range| free(range.start, range.end) && !titled(range.start))
        {
            self.push(
                MentionKind::Organisation,
                self.with_article(range.start, range.end),
                range.end,
                Some(self.parsed.slice(range.start, range.end).to_owned()),
                out,
            );
        }
        for spot in self
            .parsed
            .spots
            .iter()
            .filter(|spot| spot.first < spot.last && free(spot.first, spot.last))
        {
            let named = self.parsed.named_at(spot.first).is_some_and(|named| {
                named.last - named.first >= spot.last - spot.first
                    && named.faction.is_some()
                    && self.stands_alone(named)
            });
            if !named {
                let first = self.widened(self.with_article(spot.first, spot.last), 0);
                self.push(
                    MentionKind::Place,
                    first,
                    spot.last + usize::from(self.points(spot.last)),
                    spot.place.canonical.clone(),
                    out,
                );
            }
        }
    }

    /// Adjectives of states and names that only say against whom something is.
    fn stands_alone(&self, named: &Named) -> bool {
        let adjective =
            named.kind == AliasKind::Demonym && (self.demonym)(self.parsed.norm(named.last - 1));
        let against = named.first > 0
            && self.parsed.tokens[named.first].hyphen
            && matches!(self.parsed.norm(named.first - 1), "anti" | "pro" | "counter" | "non");
        !adjective && !against
    }

    /// Numbers and deeds.
    fn words(&self, clause: &Clause<'_, '_>, out: &mut Vec<Mention>) {
        for (chunk, entity) in clause.sentence.chunks.iter().zip(&clause.sentence.entities) {
            match chunk {
                Chunk::Np(np) => {
                    if let Some(count) = &np.count {
                        self.push(
                            MentionKind::Number,
                            count.first,
                            count.last,
                            count.figure.min.map(|min| min.to_string()),
                            out,
                        );
                    }
                    if entity.as_ref().is_some_and(|entity| matches!(entity.what, What::Deed(_))) {
                        self.push(MentionKind::Trigger, np.head, np.head + 1, None, out);
                    }
                }
                Chunk::Vg(vg) => {
                    if let Some(verb) = vg.verb.filter(|verb| {
                        verb.family.is_some() || self.lexicon.effect_of_verb(&verb.lemma).is_some()
                    }) {
                        self.push(
                            MentionKind::Trigger,
                            vg.head,
                            vg.head + 1,
                            Some(verb.lemma.clone()),
                            out,
                        );
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::Extractor;
    use crate::model::document::{Document, MentionKind};
    use crate::model::registry::Registry;

    fn marked(text: &str, kinds: &[MentionKind]) -> Vec<String> {
        let registry = Registry::default();
        let extractor = Extractor::new(&registry).unwrap();
        let doc = Document { text: text.to_owned(), ..Document::default() };
        let mentions = extractor.explain(&doc).mentions;
        let wanted = mentions.into_iter().filter(|mention| kinds.contains(&mention.kind));
        wanted.map(|mention| mention.text).collect()
    }

    fn parties(text: &str) -> Vec<String> {
        marked(text, &[MentionKind::Faction, MentionKind::Organisation])
    }

    fn places(text: &str) -> Vec<String> {
        marked(text, &[MentionKind::Place])
    }

    #[test]
    fn a_party_is_marked_with_its_article_and_its_modifiers() {
        let found =
            parties("The local council met the elders of the valley while snipers watched.");
        assert!(found.contains(&"The local council".to_owned()), "{found:?}");
        assert!(found.contains(&"snipers".to_owned()), "{found:?}");
    }

    #[test]
    fn a_country_is_a_place_after_in_and_a_party_where_it_acts() {
        let text = "France sent tents. Fighting went on in Syria.";
        assert_eq!(parties(text), ["France"]);
        assert_eq!(places(text), ["Syria"]);
    }

    #[test]
    fn a_point_of_the_compass_belongs_to_the_name_of_an_area() {
        let found = places("Convoys reached northern Syria and left eastern Aleppo at dawn.");
        assert_eq!(found, ["northern Syria", "eastern Aleppo"]);
    }

    #[test]
    fn initials_in_brackets_after_a_name_are_an_organisation() {
        let found = parties("The Qalat Water Fund (QWF) repaired pumps.");
        assert!(found.contains(&"QWF".to_owned()), "{found:?}");
    }

    #[test]
    fn what_only_describes_is_no_mention() {
        assert_eq!(places("Aleppo is a city."), ["Aleppo"]);
    }
}
