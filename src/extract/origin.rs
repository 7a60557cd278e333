//! Whence a document comes: whom its outlet speaks for, and its own names for parties.

use super::parse::token::tokens;
use super::reader::Setting;
use super::report::status::Origin;
use super::work::Work;
use crate::model::claim::{Speaker, SpeakerKind};

impl<'a: 'd, 'd> Work<'a, 'd> {
    /// What all texts of the document share.
    pub(super) fn setting(&self, countries: Vec<String>) -> Setting<'a> {
        let roster = &self.extractor.roster;
        let calls = self.doc.calls.iter().filter_map(|(words, id)| {
            let words: Vec<String> = tokens(words).into_iter().map(|token| token.norm).collect();
            let faction = roster.by_id(id)?;
            (!words.is_empty()).then_some((words, faction))
        });
        Setting {
            lexicon: &self.extractor.lexicon,
            roster,
            outlets: &self.extractor.outlets,
            countries,
            day: self.published,
            own: self.origin().factions.first().copied(),
            calls: calls.collect(),
        }
    }

    /// Whom the outlet speaks for.
    pub(super) fn origin(&self) -> Origin {
        let roster = &self.extractor.roster;
        let outlet =
            self.doc.source.as_deref().and_then(|source| self.extractor.outlets.of_source(source));
        let own = self.doc.aligned_with.iter().filter_map(|id| roster.by_id(id));
        let known = outlet
            .iter()
            .flat_map(|outlet| outlet.speaks_for.iter().chain(&outlet.leans_to))
            .filter_map(|id| roster.by_id(id));
        let named = self
            .doc
            .source
            .as_deref()
            .filter(|_| outlet.is_none())
            .and_then(|source| roster.by_name(source));
        let factions: Vec<usize> = own.chain(known).chain(named).collect();
        let organ = outlet.filter(|outlet| outlet.media && !outlet.speaks_for.is_empty());
        let speaker = organ.map(|outlet| Speaker {
            name: outlet.name.clone(),
            faction: outlet
                .speaks_for
                .first()
                .and_then(|id| roster.by_id(id))
                .map(|faction| roster.party(faction).id.clone()),
            kind: SpeakerKind::Party,
        });
        let wars = self.extractor.theatres.iter().flat_map(|head| {
            let at = head.belligerents.iter().filter_map(|id| roster.by_id(id.as_str()));
            at.flat_map(|state| head.countries.iter().map(move |country| (country.clone(), state)))
        });
        let wars = wars.filter(|(_, state)| factions.contains(state)).collect();
        Origin { factions, wars, speaker }
    }
}
