//! Everything recognised in a text, for `explain`: names, places, dates, counts, triggers.

use crate::extract::event::entity::{Entity, What, is_masked};
use crate::extract::language::Lexicon;
use crate::extract::names::Roster;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::reader::{Parsed, Sentence};
use crate::model::document::{Mention, MentionKind};

/// Everything recognised in the body, in the order of the text.
pub fn mentions(roster: &Roster, lexicon: &Lexicon, parsed: &Parsed<'_>) -> Vec<Mention> {
    let mut list = List {
        roster,
        lexicon,
        parsed,
        covered: vec![false; parsed.tokens.len()],
        out: Vec::new(),
    };
    for sentence in &parsed.sentences {
        list.sentence(sentence);
    }
    list.left_over();
    list.dates();
    list.out.sort_by_key(|mention| (mention.start, mention.end));
    list.out
}

struct List<'l, 'a> {
    roster: &'l Roster,
    lexicon: &'l Lexicon,
    parsed: &'l Parsed<'a>,
    /// Tokens that a mention of a party or place already covers.
    covered: Vec<bool>,
    out: Vec<Mention>,
}

impl List<'_, '_> {
    fn push(&mut self, kind: MentionKind, first: usize, last: usize, value: Option<String>) {
        let tokens = &self.parsed.tokens;
        let Some(end) = last.checked_sub(1).and_then(|last| tokens.get(last)) else { return };
        let Some(start) = tokens.get(first).filter(|start| start.start < end.end) else { return };
        let text = self.parsed.slice(first, last).to_owned();
        self.out.push(Mention { kind, start: start.start, end: end.end, text, value });
    }

    /// A party or place: its tokens are then taken.
    fn cover(&mut self, kind: MentionKind, first: usize, last: usize, value: Option<String>) {
        if last > self.covered.len() || self.covered[first..last].iter().any(|taken| *taken) {
            return;
        }
        self.covered[first..last].fill(true);
        self.push(kind, first, last, value);
    }

    fn sentence(&mut self, sentence: &Sentence<'_>) {
        for (at, chunk) in sentence.chunks.iter().enumerate() {
            match chunk {
                Chunk::Np(np) => self.np(sentence, at, np),
                Chunk::Vg(vg) => {
                    let deed = vg.verb.filter(|verb| {
                        verb.family.is_some() || self.lexicon.effect_of_verb(&verb.lemma).is_some()
                    });
                    if let Some(verb) = deed {
                        self.push(
                            MentionKind::Trigger,
                            vg.head,
                            vg.head + 1,
                            Some(verb.lemma.clone()),
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn np(&mut self, sentence: &Sentence<'_>, at: usize, np: &Np) {
        if let Some(count) = &np.count {
            let value = count.figure.min.map(|min| min.to_string());
            self.push(MentionKind::Number, count.first, count.last, value);
        }
        let Some(entity) = sentence.entities.get(at).and_then(Option::as_ref) else { return };
        match entity.what {
            What::Deed(_) => self.push(MentionKind::Trigger, np.head, np.head + 1, None),
            What::Area => self.area(sentence, at, np, entity),
            What::Force | What::Body => self.party(np, entity),
            What::Object(ref kind) if entity.factions.is_empty() && is_site(kind) => {
                self.cover(MentionKind::Place, np.first, np.last, None);
            }
            What::Civilians if self.is_group(np, entity) => {
                self.cover(MentionKind::Organisation, np.first, np.last, None);
            }
            What::Pronoun if self.is_plural_pronoun(np) => {
                self.cover(MentionKind::Organisation, np.first, np.last, None);
            }
            _ => {}
        }
    }

    /// A party as the whole phrase names it: "the Qalati army units".
    fn party(&mut self, np: &Np, entity: &Entity) {
        let place =
            self.parsed.place_at(np.head).is_some_and(|spot| self.parsed.spots[spot].framed);
        if place && entity.class.is_none() && !self.parsed.organisation_at(np.head) {
            return;
        }
        let kind = if entity.factions.is_empty() {
            MentionKind::Organisation
        } else {
            MentionKind::Faction
        };
        let value =
            entity.factions.first().map(|faction| self.roster.party(*faction).id.to_string());
        let single = entity.class.is_some_and(|class| class.one);
        if !single {
            self.cover(kind, np.first, np.last, value);
        }
    }

    fn is_group(&self, np: &Np, entity: &Entity) -> bool {
        let class = self.lexicon.people.word(self.parsed.norm(np.head));
        class.is_some_and(|class| !class.one) && entity.class.is_some()
    }

    fn is_plural_pronoun(&self, np: &Np) -> bool {
        matches!(self.parsed.norm(np.head), "we" | "they" | "us" | "them")
    }

    /// An area as the whole phrase names it: "northern Qalat", "the town of Ariha".
    fn area(&mut self, sentence: &Sentence<'_>, at: usize, np: &Np, entity: &Entity) {
        let inner = match (sentence.chunks.get(at + 1), sentence.chunks.get(at + 2)) {
            (Some(Chunk::Prep(of)), Some(Chunk::Np(inner))) if self.parsed.norm(*of) == "of" => {
                Some(inner)
            }
            _ => None,
        };
        let place = entity.place.and_then(|spot| self.parsed.spots.get(spot));
        let last = inner
            .filter(|inner| self.parsed.place_in(inner.first, inner.last).is_some())
            .map_or(np.last, |inner| inner.last);
        let value = place.and_then(|spot| spot.place.canonical.clone());
        let last = self.with_country(sentence, at, last);
        if place.is_some() || np.definite {
            self.cover(MentionKind::Place, np.first, last, value);
        }
    }

    /// "Ariha, Qalat" is one place.
    fn with_country(&self, sentence: &Sentence<'_>, at: usize, last: usize) -> usize {
        match (sentence.chunks.get(at + 1), sentence.chunks.get(at + 2)) {
            (Some(Chunk::Comma(_)), Some(Chunk::Np(np))) => {
                let country =
                    self.parsed.place_at(np.head).is_some_and(|spot| !self.parsed.is_fine(spot));
                if country && np.last == np.first + 1 { np.last } else { last }
            }
            _ => last,
        }
    }

    /// Names and places that stand inside other phrases.
    fn left_over(&mut self) {
        let parsed = self.parsed;
        for named in parsed.named.iter().filter(|named| named.kind != AliasKind::Demonym) {
            let place = parsed.place_at(named.first).is_some_and(|spot| parsed.spots[spot].framed);
            if let Some(faction) = named.faction.filter(|_| !place && !is_masked(parsed, named)) {
                let id = self.roster.party(faction).id.to_string();
                self.cover(MentionKind::Faction, named.first, named.last, Some(id));
            }
        }
        for range in &parsed.organisations {
            self.cover(MentionKind::Organisation, range.start, range.end, None);
        }
        for spot in parsed.spots.iter().filter(|spot| spot.first < spot.last) {
            self.cover(MentionKind::Place, spot.first, spot.last, spot.place.canonical.clone());
        }
    }

    fn dates(&mut self) {
        let dates = self.parsed.dates.iter().map(|date| Mention {
            kind: date.kind,
            start: date.start,
            end: date.end,
            text: self.parsed.text.get(date.start..date.end).unwrap_or("").to_owned(),
            value: Some(date.value.clone()),
        });
        self.out.extend(dates);
    }
}

/// Kinds of objects that are places too.
fn is_site(kind: &str) -> bool {
    matches!(
        kind,
        "building"
            | "school"
            | "hospital"
            | "worship"
            | "market"
            | "camp"
            | "airport"
            | "crossing"
            | "road"
            | "infrastructure"
    )
}
