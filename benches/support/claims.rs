//! Invented claims of one window, as many as are asked for.

use std::sync::Arc;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use sitrep::model::actor::{Actor, ActorKind, Role};
use sitrep::model::casualty::{Casualties, CasualtyGroup, Figure};
use sitrep::model::claim::{Claim, Confidence, Evidence, Field, Speaker, SpeakerKind, Status};
use sitrep::model::event::{ArticleHead, ReportedClaim, SourceProfile};
use sitrep::model::id::{ArticleId, ClaimId, FactionId};
use sitrep::model::kind::{Kind, SubType};
use sitrep::model::place::{ClaimPlace, PlacePrecision};
use sitrep::model::source::SourceRole;
use sitrep::model::time::{DateSpan, Window};

/// The window in which all are first seen.
pub(crate) const WINDOW: Window = Window {
    from: Timestamp::constant(1_593_052_200, 0),
    to: Timestamp::constant(1_593_138_600, 0),
};

const FACTIONS: &[&str] = &[
    "syrian-army",
    "hayat-tahrir-al-sham",
    "islamic-state",
    "sdf",
    "syrian-national-army",
    "russian-armed-forces",
    "turkish-armed-forces",
    "hurras-al-din",
];
const KINDS: &[SubType] = &[
    SubType::ArmedClash,
    SubType::ShellingArtilleryMissileAttack,
    SubType::AirDroneStrike,
    SubType::RemoteExplosiveLandmineIed,
    SubType::Attack,
];
const OUTLETS: u32 = 40;

/// So many towns lie to one front: the districts where much happens are as dense, and as far apart, however many there
/// are. Were they side by side, more claims would be looked at for each the more there are.
const TOWNS_PER_FRONT: u64 = 5_000;
/// The towns of a front: one district.
const TOWNS_OF_FRONT: u64 = 20;

/// Numbers that look like chance and are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = usize::try_from(self.roll(all.len() as u64)).unwrap_or(0);
        &all[at]
    }
}

/// So many claims, about three of each happening; others for every `seed`. As a run has them from the store: in the
/// order first seen, and each in memory behind the one before.
pub(crate) fn claims(count: usize, seed: u64) -> Vec<ReportedClaim> {
    let (mut dice, mut all) = (Dice(seed), Vec::with_capacity(count + 6));
    // the land grows with the number of happenings, as the world does with the number of sources
    let towns = (count / 4).max(40) as u64;
    let outlets: Vec<_> = (0..OUTLETS).map(|n| Arc::new(outlet(n))).collect();
    while all.len() < count {
        happening(&mut dice, (towns, &outlets), &mut all);
    }
    all.truncate(count);
    let mut seen: Vec<&ReportedClaim> = all.iter().collect();
    seen.sort_by_key(|claim| (claim.article.first_seen, &claim.article.id));
    seen.into_iter().map(read).collect()
}

/// The claim in memory of its own, but for what all of its source share.
fn read(claim: &ReportedClaim) -> ReportedClaim {
    let article = Arc::new(ArticleHead::clone(&claim.article));
    ReportedClaim { article, fingerprint: claim.fingerprint.to_vec().into(), ..claim.clone() }
}

/// An outlet of its own owner, of whom it is known that it speaks for nobody.
fn outlet(n: u32) -> SourceProfile {
    let id = format!("outlet-{n}");
    SourceProfile {
        id: id.as_str().into(),
        name: id.clone(),
        owner: id,
        role: SourceRole::Media,
        aligned_with: Some(Vec::new()),
        republishes: false,
    }
}

fn happening(
    dice: &mut Dice,
    (towns, outlets): (u64, &[Arc<SourceProfile>]),
    all: &mut Vec<ReportedClaim>,
) {
    let town = if dice.roll(3) == 0 { at_front(dice, towns) } else { dice.roll(towns) };
    let (by, on) = (*dice.pick(FACTIONS), *dice.pick(FACTIONS));
    let (kind, day) = (*dice.pick(KINDS), 24 + i8::try_from(dice.roll(2)).unwrap_or(0));
    let killed = u32::try_from(dice.roll(14)).unwrap_or(0);
    let wire: Vec<u32> = prints(dice);
    for _ in 0..=dice.roll(6) {
        let claim = Claim {
            kind: Kind(kind),
            date: Some(DateSpan::day(date(2020, 6, day))),
            places: vec![place(town)],
            actors: vec![actor(by, Role::Initiator), actor(on, Role::Target)],
            casualties: toll(on, killed + u32::try_from(dice.roll(2)).unwrap_or(0)),
            materiel: Vec::new(),
            objects: Vec::new(),
            attribution: said(dice, on),
            denials: Vec::new(),
            status: if dice.roll(5) == 0 { Status::Claimed } else { Status::Asserted },
            phase: None,
            confidence: Confidence::High,
            evidence: vec![Evidence {
                field: Field::Text,
                start: 0,
                end: 40,
                quote: format!("Fighters of one attacked the other, {}", all.len()),
            }],
        };
        let print = if dice.roll(4) == 0 { wire.clone() } else { prints(dice) };
        let source = Arc::clone(dice.pick(outlets));
        all.push(reported((all.len(), source), claim, print, dice));
    }
}

/// A town where much happens.
fn at_front(dice: &mut Dice, towns: u64) -> u64 {
    let front = dice.roll((towns / TOWNS_PER_FRONT).max(1));
    front * TOWNS_PER_FRONT + dice.roll((towns / 250).clamp(4, TOWNS_OF_FRONT))
}

/// The smallest hashes of a text's shingles, ascending.
fn prints(dice: &mut Dice) -> Vec<u32> {
    let steps = (0..256).map(|_| u32::try_from(dice.roll((1 << 24) - 1)).unwrap_or(0) + 1);
    let mut last = 0_u32;
    steps
        .map(|step| {
            last += step;
            last
        })
        .collect()
}

/// A town 33 km or more from every other: nearer the pole, where meridians meet, all would be one place.
#[expect(clippy::cast_precision_loss, reason = "numbers of towns are small")]
fn place(town: u64) -> ClaimPlace {
    ClaimPlace {
        name: format!("Town {town}"),
        relation: "in".to_owned(),
        canonical: Some(format!("Town {town}")),
        country: Some("SY".to_owned()),
        admin1: Some(format!("Division {}", town / 400)),
        admin2: Some(format!("District {}", town / 20)),
        lat: Some(30.0 + (town % 100) as f64 * 0.3),
        lon: Some(-150.0 + (town / 100) as f64 * 0.6),
        precision: PlacePrecision::Place,
    }
}

fn actor(id: &str, role: Role) -> Actor {
    Actor {
        faction: Some(FactionId::new(id)),
        canonical: None,
        name: id.to_owned(),
        kind: ActorKind::Organisation,
        role,
        generic: false,
    }
}

fn toll(side: &str, killed: u32) -> Vec<Casualties> {
    let figure = Figure { min: Some(killed), max: Some(killed), vague: None };
    vec![Casualties {
        faction: Some(FactionId::new(side)),
        canonical: None,
        name: "soldiers".to_owned(),
        group: CasualtyGroup::Combatant,
        killed: Some(figure),
        wounded: None,
        captured: None,
        speakers: Vec::new(),
    }]
}

fn said(dice: &mut Dice, party: &str) -> Vec<Speaker> {
    let (name, faction, kind) = match dice.roll(4) {
        0 => ("its office", Some(FactionId::new(party)), SpeakerKind::Party),
        1 => ("residents", None, SpeakerKind::Witness),
        _ => return Vec::new(),
    };
    vec![Speaker { name: name.to_owned(), faction, kind }]
}

fn reported(
    (n, source): (usize, Arc<SourceProfile>),
    claim: Claim,
    fingerprint: Vec<u32>,
    dice: &mut Dice,
) -> ReportedClaim {
    let minute = i64::try_from(dice.roll(86_000)).unwrap_or(0);
    let first_seen = WINDOW.from + SignedDuration::from_secs(minute);
    let article = ArticleHead {
        id: ArticleId::new(format!("article-{n}")),
        url: format!("https://{}.example/{n}", source.id),
        title: format!("Report {n}"),
        published: Some(first_seen),
        first_seen,
        revised_at: None,
        credit: None,
        language: Some("en".to_owned()),
    };
    let article = Arc::new(article);
    let id = ClaimId::new(format!("claim-{n:08}"));
    ReportedClaim { id, claim, article, fingerprint: fingerprint.into(), source }
}
