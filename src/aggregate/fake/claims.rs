//! Claims of made-up parties, as a few words each.

use std::sync::Arc;

use jiff::Timestamp;

use super::land::{june, noon, place, registry};
use crate::model::actor::{Actor, ActorKind, Role};
use crate::model::casualty::{Casualties, CasualtyGroup, Figure};
use crate::model::claim::{
    Claim, Confidence, Denial, DenialScope, Evidence, Field, Phase, Speaker, SpeakerKind, Status,
};
use crate::model::event::{ArticleHead, ReportedClaim, SourceProfile};
use crate::model::id::{ArticleId, ClaimId, FactionId};
use crate::model::kind::{Kind, SubType};
use crate::model::place::ClaimPlace;
use crate::model::source::SourceRole;
use crate::model::time::DateSpan;

/// A claim in the making; what is not said is: an armed clash on 25 June at Town, seen on 26 June at noon, in an
/// article of its own by a neutral paper of known alignment.
#[derive(Debug, Clone)]
pub(crate) struct FakeClaim(pub(crate) ReportedClaim);

/// A claim with this id, in an article of this source.
pub(crate) fn claim(id: &str, source: &str) -> FakeClaim {
    let claim = Claim {
        kind: Kind(SubType::ArmedClash),
        date: Some(DateSpan::day(june(25))),
        places: vec![place("Town", "Upland").at(34.0, 36.0)],
        actors: Vec::new(),
        casualties: Vec::new(),
        materiel: Vec::new(),
        objects: Vec::new(),
        attribution: Vec::new(),
        denials: Vec::new(),
        status: Status::Asserted,
        phase: None,
        confidence: Confidence::High,
        evidence: vec![Evidence {
            field: Field::Text,
            start: 0,
            end: 4,
            quote: format!("said in {id}"),
        }],
    };
    let article = ArticleHead {
        id: ArticleId::new(format!("article-{id}")),
        url: format!("https://{source}.example/{id}"),
        title: format!("Report {id}"),
        published: None,
        first_seen: noon(26),
        revised_at: None,
        credit: None,
        language: None,
    };
    let source = SourceProfile {
        id: source.into(),
        name: source.to_owned(),
        owner: source.to_owned(),
        role: SourceRole::Media,
        aligned_with: Some(Vec::new()),
        republishes: false,
    };
    let (article, source) = (Arc::new(article), Arc::new(source));
    FakeClaim(ReportedClaim {
        id: ClaimId::new(id),
        claim,
        article,
        fingerprint: [].into(),
        source,
    })
}

/// Somebody who speaks for a faction.
pub(crate) fn party(faction: &str) -> Speaker {
    let faction = Some(FactionId::new(faction));
    Speaker { name: "its office".to_owned(), faction, kind: SpeakerKind::Party }
}

/// A monitoring group.
pub(crate) fn monitor(name: &str) -> Speaker {
    Speaker { name: name.to_owned(), faction: None, kind: SpeakerKind::Monitor }
}

impl FakeClaim {
    /// Changes the claim itself.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Claim)) -> Self {
        change(&mut self.0.claim);
        self
    }

    pub(crate) fn kind(self, kind: SubType) -> Self {
        self.with(|claim| claim.kind = Kind(kind))
    }

    pub(crate) fn on(self, day: i8) -> Self {
        self.with(|claim| claim.date = Some(DateSpan::day(june(day))))
    }

    pub(crate) fn at(self, place: ClaimPlace) -> Self {
        self.with(|claim| claim.places = vec![place])
    }

    pub(crate) fn phase(self, phase: Phase) -> Self {
        self.with(|claim| claim.phase = Some(phase))
    }

    /// Rests on this sentence.
    pub(crate) fn quoting(self, sentence: &str) -> Self {
        self.with(|claim| sentence.clone_into(&mut claim.evidence[0].quote))
    }

    pub(crate) fn status(self, status: Status) -> Self {
        self.with(|claim| claim.status = status)
    }

    pub(crate) fn actor(self, faction: &str, role: Role) -> Self {
        let actor = Actor {
            faction: Some(faction.into()),
            canonical: None,
            name: faction.to_owned(),
            kind: ActorKind::Organisation,
            role,
            generic: false,
        };
        self.with(|claim| claim.actors.push(actor))
    }

    /// `a` attacks `b`.
    pub(crate) fn attack(self, a: &str, b: &str) -> Self {
        self.actor(a, Role::Initiator).actor(b, Role::Target)
    }

    /// `a` and `b` clash, or agree.
    pub(crate) fn between(self, a: &str, b: &str) -> Self {
        self.actor(a, Role::Participant).actor(b, Role::Participant)
    }

    /// A generic actor: gunmen, villagers.
    pub(crate) fn group(self, name: &str, role: Role) -> Self {
        let (faction, canonical, kind) = (None, None, ActorKind::Group);
        let actor = Actor { faction, canonical, name: name.to_owned(), kind, role, generic: true };
        self.with(|claim| claim.actors.push(actor))
    }

    /// A claim of a party about this event.
    pub(crate) fn claimed_by(self, faction: &str) -> Self {
        self.with(|claim| {
            claim.status = Status::Claimed;
            claim.attribution.push(party(faction));
        })
    }

    /// An article that reports only that this did not happen.
    pub(crate) fn denied_by(self, speaker: Speaker) -> Self {
        self.with(|claim| {
            claim.status = Status::Denied;
            claim.attribution.push(speaker);
        })
    }

    /// A contradiction within the article.
    pub(crate) fn contradicted_by(self, by: Speaker, scope: DenialScope) -> Self {
        self.with(|claim| claim.denials.push(Denial { by, scope }))
    }

    /// Dead of a faction, or of nobody in particular.
    pub(crate) fn killed(self, side: Option<&str>, count: u32) -> Self {
        self.killed_figure(side, Figure::exact(count))
    }

    pub(crate) fn killed_figure(self, side: Option<&str>, figure: Figure) -> Self {
        let losses = Casualties {
            faction: side.map(FactionId::new),
            canonical: None,
            name: side.unwrap_or("people").to_owned(),
            group: if side.is_some() { CasualtyGroup::Combatant } else { CasualtyGroup::Unknown },
            killed: Some(figure),
            wounded: None,
            captured: None,
            speakers: Vec::new(),
        };
        self.with(|claim| claim.casualties.push(losses))
    }

    fn head(&mut self) -> &mut ArticleHead {
        Arc::make_mut(&mut self.0.article)
    }

    fn outlet(&mut self) -> &mut SourceProfile {
        Arc::make_mut(&mut self.0.source)
    }

    /// First seen at noon of a day of June.
    pub(crate) fn seen(self, day: i8) -> Self {
        self.seen_at(noon(day))
    }

    pub(crate) fn seen_at(mut self, at: Timestamp) -> Self {
        self.head().first_seen = at;
        self
    }

    /// Stands in this article.
    pub(crate) fn article(mut self, id: &str) -> Self {
        self.head().id = ArticleId::new(id);
        self
    }

    pub(crate) fn credit(mut self, credit: &str) -> Self {
        self.head().credit = Some(credit.to_owned());
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.fingerprint = crate::aggregate::duplicates::fingerprint(text).into();
        self
    }

    /// An outlet that speaks for somebody.
    pub(crate) fn aligned(mut self, faction: &str) -> Self {
        self.outlet().aligned_with = Some(vec![faction.into()]);
        self
    }

    pub(crate) fn unknown_alignment(mut self) -> Self {
        self.outlet().aligned_with = None;
        self
    }

    pub(crate) fn repost(mut self) -> Self {
        self.outlet().republishes = true;
        self
    }
}

/// The events of these claims.
pub(crate) fn events(
    claims: impl IntoIterator<Item = FakeClaim>,
) -> Vec<crate::model::event::Event> {
    let claims: Vec<ReportedClaim> = claims.into_iter().map(|fake| fake.0).collect();
    crate::aggregate::cluster::events(&claims, &registry())
}

/// The one event of these claims.
pub(crate) fn event(claims: impl IntoIterator<Item = FakeClaim>) -> crate::model::event::Event {
    let mut events = events(claims);
    assert_eq!(events.len(), 1, "not one event: {events:#?}");
    events.remove(0)
}
