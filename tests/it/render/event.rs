//! Events for tests, built from what matters in each.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use sitrep::model::actor::{ActorKind, Role};
use sitrep::model::casualty::{CasualtyGroup, Fate, Figure, Materiel, Object};
use sitrep::model::claim::{DenialScope, Evidence, Field, Phase, Speaker, SpeakerKind};
use sitrep::model::event::{
    ArticleHead, Dispute, Event, EventActor, FigureReport, Measure, Report, ReportedMateriel,
    SideFigure, SourceProfile, Standing, Support,
};
use sitrep::model::id::{ArticleId, ClaimId, EventId, FactionId, content_id};
use sitrep::model::kind::{Kind, SubType};
use sitrep::model::place::{ClaimPlace, PlacePrecision};
use sitrep::model::source::SourceRole;
use sitrep::model::time::DateSpan;

/// Outlets: id, name, whom it speaks for (none = unknown), whether it reposts.
pub(super) const OUTLETS: &[(&str, &str, Option<&str>, bool)] = &[
    ("wire", "Velmar Wire", Some(""), false),
    ("monitor", "Karth Monitor", Some(""), false),
    ("state", "Ruritania Today", Some("ruritania"), false),
    ("front", "Front Media", Some("nf"), false),
    ("post", "Border Post", None, true),
];

/// An event under construction.
pub(super) struct Story(pub(super) Event);

/// Event number `n`, of 21 November 2026, told by nobody yet.
pub(super) fn story(n: u32, kind: SubType) -> Story {
    let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    Story(Event {
        id: EventId::new(content_id(&["event", &n.to_string()])),
        kind: Kind(kind),
        date: Some(DateSpan::day(date(2026, 11, 21))),
        places: Vec::new(),
        actors: Vec::new(),
        figures: Vec::new(),
        materiel: Vec::new(),
        objects: Vec::new(),
        phase: None,
        reports: Vec::new(),
        denials: Vec::new(),
        support: Support::One,
        disputes: Vec::new(),
        sure: true,
        first_seen: at,
        changed_at: at,
        score: 100,
        corrections: Vec::new(),
    })
}

/// Display name of a faction id; any other text is a name in no pack.
pub(super) fn display(id: &str) -> Option<&'static str> {
    Some(match id {
        "ruritania" => "Ruritania",
        "government" => "Ruritanian government forces",
        "army" => "Ruritanian Army",
        "air" => "Ruritanian Air Force",
        "nf" => "Northern Front",
        "vb" => "Valley Brigades",
        "steppe" => "Steppe Union",
        "zembla" => "Zemblan Expeditionary Force",
        _ => return None,
    })
}

impl Story {
    pub(super) fn at(mut self, relation: &str, name: &str, admin1: &str) -> Self {
        self.0.places.push(ClaimPlace {
            name: name.to_owned(),
            relation: relation.to_owned(),
            canonical: Some(name.to_owned()),
            country: Some("XR".to_owned()),
            admin1: Some(admin1.to_owned()),
            admin2: Some(format!("{admin1} East")),
            lat: None,
            lon: None,
            precision: PlacePrecision::Place,
        });
        self
    }

    pub(super) fn spelled(mut self, source: &str) -> Self {
        source.clone_into(&mut self.0.places[0].name);
        self
    }

    pub(super) fn somewhere_in(mut self, admin1: &str) -> Self {
        self = self.at("in", admin1, admin1);
        self.0.places[0].precision = PlacePrecision::Admin1;
        self
    }

    pub(super) fn actor(mut self, role: Role, who: &str) -> Self {
        let known = display(who);
        self.0.actors.push(EventActor {
            faction: known.map(|_| FactionId::new(who)),
            name: known.unwrap_or(who).to_owned(),
            kind: if known.is_some() { ActorKind::Organisation } else { ActorKind::Group },
            role,
            generic: known.is_none(),
        });
        self
    }

    pub(super) fn by(self, who: &str) -> Self {
        self.actor(Role::Initiator, who)
    }

    pub(super) fn on(self, who: &str) -> Self {
        self.actor(Role::Target, who)
    }

    pub(super) fn with(self, who: &str) -> Self {
        self.actor(Role::Participant, who)
    }

    pub(super) fn phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    pub(super) fn days(mut self, from: (i16, i8, i8), to: (i16, i8, i8)) -> Self {
        let day = |(year, month, day)| date(year, month, day);
        self.0.date = Some(DateSpan { from: day(from), to: day(to), ..DateSpan::day(day(to)) });
        self
    }

    pub(super) fn score(mut self, score: u32) -> Self {
        self.0.score = score;
        self
    }

    pub(super) fn support(mut self, support: Support) -> Self {
        self.0.support = support;
        self
    }

    /// Casualties of one side: `low` to `high`, given by `speaker`.
    pub(super) fn hurt(
        mut self,
        (side, group): (&str, CasualtyGroup),
        measure: Measure,
        (low, high): (u32, u32),
        (speaker, standing): (&str, Standing),
    ) -> Self {
        let figure = Figure { min: Some(low), max: Some(high), vague: None };
        self.0.figures.push(SideFigure {
            faction: display(side).map(|_| FactionId::new(side)),
            side: display(side).unwrap_or(side).to_owned(),
            group,
            measure,
            counted: (standing != Standing::Opponent).then(|| figure.clone()),
            reports: vec![FigureReport {
                figure,
                speaker: speaker.to_owned(),
                standing,
                claim: ClaimId::new("claim"),
                at: self.0.first_seen,
            }],
        });
        self
    }

    pub(super) fn materiel(
        mut self,
        owner: &str,
        item: &str,
        n: u32,
        fate: Fate,
        by: &str,
    ) -> Self {
        self.0.materiel.push(ReportedMateriel {
            materiel: Materiel {
                faction: Some(FactionId::new(owner)),
                canonical: display(owner).map(str::to_owned),
                item: item.to_owned(),
                count: Some(Figure::exact(n)),
                fate,
            },
            speaker: Some(by.to_owned()),
        });
        self
    }

    pub(super) fn object(mut self, name: &str, kind: &str, fate: Fate) -> Self {
        let (name, kind) = (name.to_owned(), kind.to_owned());
        self.0.objects.push(Object { name, kind, fate: Some(fate) });
        self
    }

    /// A report by an outlet, with the speakers it cites and the sentence it rests on.
    pub(super) fn told(
        mut self,
        outlet: &str,
        speakers: &[(&str, Option<&str>)],
        quote: &str,
    ) -> Self {
        let known = OUTLETS.iter().find(|known| known.0 == outlet).unwrap();
        let speaker = |(name, faction): &(&str, Option<&str>)| Speaker {
            name: (*name).to_owned(),
            faction: faction.map(FactionId::new),
            kind: if faction.is_some() { SpeakerKind::Party } else { SpeakerKind::Witness },
        };
        let speaks_for = known.2.filter(|side| !side.is_empty()).map(FactionId::new);
        self.0.reports.push(Report {
            claim: ClaimId::new("claim"),
            article: Arc::new(article(outlet, self.0.first_seen, quote)),
            source: Arc::new(SourceProfile {
                id: outlet.into(),
                name: known.1.to_owned(),
                owner: outlet.to_owned(),
                role: SourceRole::Media,
                aligned_with: known.2.map(|_| speaks_for.clone().into_iter().collect()),
                republishes: known.3,
            }),
            counted_owner: Some(outlet.into()),
            by_party: speaks_for.is_some() || speakers.iter().any(|(_, faction)| faction.is_some()),
            speakers: speakers.iter().map(speaker).collect(),
            evidence: vec![Evidence {
                field: Field::Text,
                start: 0,
                end: quote.len(),
                quote: quote.to_owned(),
            }],
        });
        self
    }

    pub(super) fn denied(mut self, by: &str, scope: DenialScope) -> Self {
        let speaker = Speaker { name: by.to_owned(), faction: None, kind: SpeakerKind::Witness };
        self.0.denials.push((speaker, scope));
        self.0.disputes.push(match scope {
            DenialScope::Occurrence => Dispute::OccurrenceDenied { by: by.to_owned() },
            DenialScope::Perpetrator => Dispute::PartDenied { by: by.to_owned() },
            DenialScope::Figures => Dispute::FiguresDiffer,
        });
        self
    }
}

/// The one article of an outlet; its address stands in the situation's list of sources.
fn article(outlet: &str, first_seen: Timestamp, text: &str) -> ArticleHead {
    let arabic = text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
    ArticleHead {
        id: ArticleId::new(outlet),
        url: address(outlet),
        title: "A day in Ruritania".to_owned(),
        published: Some(first_seen),
        revised_at: None,
        first_seen,
        credit: None,
        language: Some(if arabic { "ar" } else { "en" }.to_owned()),
    }
}

/// Where an outlet's article is.
pub(super) fn address(outlet: &str) -> String {
    format!("https://{outlet}.example/2026/11/21/report?day=21&part=one")
}
