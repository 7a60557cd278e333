//! The situations behind the golden digests.

use sitrep::model::casualty::{CasualtyGroup, Fate};
use sitrep::model::claim::{DenialScope, Phase};
use sitrep::model::digest::DayOutcome;
use sitrep::model::event::{Measure, Standing, Support};
use sitrep::model::filter::Grouping;
use sitrep::model::kind::SubType;
use sitrep::model::situation::{Change, Situation, Trend};

use super::event::{Story, story};
use super::situation::situation;

/// A claim by one side of its opponent's losses, with its own medium as the only source.
pub(super) fn ambush() -> Story {
    story(1, SubType::ArmedClash)
        .days((2026, 11, 20), (2026, 11, 21))
        .at("near", "Sorrel", "Karth")
        .by("nf")
        .on("army")
        .hurt(("army", CasualtyGroup::Combatant), Measure::Killed, (3, 3), ("Front Media", Standing::Opponent))
        .hurt(("army", CasualtyGroup::Combatant), Measure::Injured, (1, 1), ("Front Media", Standing::Opponent))
        .materiel("army", "vehicle", 1, Fate::Captured, "Front Media")
        .support(Support::OneSide)
        .told("post", &[("Front Media", Some("nf"))], "Front fighters ambushed an army patrol on the road near Sorrel, killing three soldiers and taking a vehicle")
        .score(310)
}

/// An attack that one side says it repelled and residents say did not happen.
pub(super) fn denied() -> Story {
    story(2, SubType::ArmedClash)
        .at("in", "Binnow", "Velmar")
        .spelled("Bennow")
        .by("zembla")
        .by("army")
        .on("nf")
        .phase(Phase::Repelled)
        .hurt(("zembla", CasualtyGroup::Combatant), Measure::Killed, (2, 2), ("NF", Standing::Opponent))
        .hurt(("army", CasualtyGroup::Combatant), Measure::Killed, (2, 2), ("NF", Standing::Opponent))
        .support(Support::OneSide)
        .denied("residents", DenialScope::Occurrence)
        .told("post", &[("the Front", Some("nf"))], "The Front said its fighters beat back a Zemblan and army advance at Bennow")
        .score(280)
}

/// A truce that broke down.
pub(super) fn truce() -> Story {
    story(3, SubType::Agreement)
        .days((2026, 11, 20), (2026, 11, 21))
        .somewhere_in("Velmar")
        .with("nf")
        .with("vb")
        .phase(Phase::Broken)
        .told("wire", &[], "The truce between the Front and the Valley Brigades held for less than a day")
        .score(260)
}

fn clash() -> Story {
    story(4, SubType::ArmedClash)
        .at("near", "Oakham", "Velmar")
        .at("near", "Tull", "Velmar")
        .with("nf")
        .with("vb")
        .hurt(("nf", CasualtyGroup::Combatant), Measure::Killed, (4, 7), ("Karth Monitor", Standing::Outside))
        .hurt(("people", CasualtyGroup::Civilian), Measure::Injured, (2, 2), ("Karth Monitor", Standing::Outside))
        .support(Support::Independent(2))
        .told("wire", &[], "Fighting between the Front and the Valley Brigades reached the edge of Oakham")
        .told("monitor", &[], "Seven Front fighters died at Oakham and Tull")
        .phase(Phase::Ongoing)
        .score(400)
}

fn strike() -> Story {
    story(5, SubType::AirDroneStrike)
        .at("south of", "Karth–Sorrel highway", "Karth")
        .by("air")
        .by("zembla")
        .on("nf")
        .materiel("nf", "depot", 1, Fate::Destroyed, "pro-government sources")
        .materiel("nf", "pickup truck", 2, Fate::Destroyed, "pro-government sources")
        .told("state", &[], "Aircraft destroyed a depot and two pickup trucks of the Front")
        .told("wire", &[], "Strikes were reported south of the highway")
        .score(300)
}

fn market() -> Story {
    story(6, SubType::RemoteExplosiveLandmineIed)
        .at("in", "Ostrow", "Tolmin")
        .on("civilians")
        .object("vegetable market", "market", Fate::Damaged)
        .hurt(("civilians", CasualtyGroup::Civilian), Measure::Killed, (8, 12), ("Karth Monitor", Standing::Outside))
        .hurt(("civilians", CasualtyGroup::Civilian), Measure::Injured, (20, 31), ("Karth Monitor", Standing::Outside))
        .support(Support::Independent(3))
        .denied("", DenialScope::Figures)
        .told("wire", &[], "A device went off in the vegetable market of Ostrow")
        .told("monitor", &[], "Twelve people were killed in Ostrow")
        .told("post", &[], "Eight people were killed in Ostrow")
        .score(420)
}

fn checkpoint() -> Story {
    story(7, SubType::Other)
        .at("near", "Velm", "Velmar")
        .by("vb")
        .object("checkpoints", "checkpoint", Fate::Established)
        .told("wire", &[], "The Valley Brigades put up checkpoints on the roads into Velm")
        .score(90)
}

fn school() -> Story {
    story(8, SubType::ShellingArtilleryMissileAttack)
        .at("in", "Little Hay", "Tolmin")
        .object("girls’ school", "school", Fate::Hit)
        .told("post", &[("teachers", None)], "أصابت قذيفة مدرسة للبنات في القرية صباح يوم السبت")
        .score(180)
}

/// A day with something in every section.
pub(super) fn normal() -> Situation {
    let earlier = story(9, SubType::Attack)
        .days((2026, 11, 14), (2026, 11, 15))
        .at("south of", "Marl", "Oshen")
        .by("gunmen")
        .on("herders")
        .hurt(("herders", CasualtyGroup::Unknown), Measure::Killed, (1, 1), ("Velmar Wire", Standing::Outside))
        .told("wire", &[], "Gunmen shot a herder south of Marl last week");
    let mut stories =
        vec![ambush(), denied(), truce(), clash(), strike(), market(), checkpoint(), school()];
    let mut situation = situation(std::mem::take(&mut stories));
    situation.earlier = vec![earlier.0.id.clone()];
    situation.events.insert(earlier.0.id.clone(), earlier.0);
    let id = |story: Story| story.0.id;
    situation.changes = Some(vec![
        Change::New { event: id(ambush()) },
        Change::New { event: id(clash()) },
        Change::New { event: id(strike()) },
        Change::New { event: id(checkpoint()) },
        Change::FigureRevised {
            event: id(market()),
            measure: Measure::Killed,
            side: "civilians".to_owned(),
            was: (8, 8),
            now: (8, 12),
            by: "Karth Monitor".to_owned(),
        },
        Change::NowDenied { event: id(denied()) },
    ]);
    situation
}

/// The first issue of an edition.
pub(super) fn first_issue() -> Situation {
    let mut situation = situation(vec![ambush(), clash(), market()]);
    situation.changes = None;
    situation.glance.trend = Trend::NoBaseline { days: 1 };
    situation
}

/// The denied event and the broken truce, by themselves with an event to lead.
pub(super) fn denied_and_truce() -> Situation {
    situation(vec![denied(), truce(), ambush()])
}

/// The normal day by faction.
pub(super) fn by_faction() -> Situation {
    let mut situation = normal();
    situation.variant.grouping = Grouping::Faction;
    let group = |row: &sitrep::model::situation::FactionRow| sitrep::model::situation::Group {
        name: row.name.clone(),
        full: row.events.clone(),
        short: Vec::new(),
        more: 0,
    };
    situation.groups = situation.factions.iter().map(group).collect();
    situation
}

/// Two events, all sources read.
pub(super) fn quiet() -> Situation {
    let mut situation = situation(vec![checkpoint(), school()]);
    situation.coverage.articles = 17;
    situation
}

/// No event at all, all sources read.
pub(super) fn empty() -> Situation {
    situation(Vec::new())
}

/// Too many sources failed.
pub(super) fn partial() -> Situation {
    let mut situation = situation(vec![clash(), market(), strike()]);
    situation.outcome = DayOutcome::Partial;
    situation.coverage.sources_read = 3;
    situation.coverage.sources_empty = 1;
    situation.coverage.failed = [("Karth Radio", "no answer in 20 s"), ("Tolmin News", "answered 503")]
        .map(|(name, why)| (name.to_owned(), why.to_owned()))
        .to_vec();
    situation.glance.trend = Trend::NotCompared;
    situation
}

/// Next to nothing could be read.
pub(super) fn no_data() -> Situation {
    let mut situation = empty();
    situation.outcome = DayOutcome::NoData;
    situation.coverage.articles = 0;
    situation.coverage.sources_read = 1;
    situation.coverage.failed = ["Karth Monitor", "Ruritania Today", "Front Media", "Border Post"]
        .map(|name| (name.to_owned(), "no answer in 20 s".to_owned()))
        .to_vec();
    situation
}

/// Sixty events in six regions.
pub(super) fn sixty() -> Situation {
    let regions = ["Velmar", "Karth", "Tolmin", "Oshen", "Strelsau", "Zenda"];
    let sides = ["nf", "vb", "army", "air", "steppe", "zembla"];
    let kinds = SubType::ALL;
    let one = |n: usize| {
        let (by, on) = (sides[n % 6], sides[(n * 5 + 1) % 6]);
        let place = format!("Village {}", ["Ash", "Birch", "Cedar", "Dogwood", "Elm"][n % 5]);
        let story = story(100 + u32::try_from(n).unwrap(), kinds[n % kinds.len()])
            .at(if n % 3 == 0 { "near" } else { "in" }, &place, regions[(n * n) % 6])
            .by(by)
            .told(["wire", "monitor", "post"][n % 3], &[], "Fighting was reported in several villages of the region")
            .score(u32::try_from(500 - n).unwrap());
        let story = if on == by { story } else { story.on(on) };
        let n = u32::try_from(n).unwrap();
        if n.is_multiple_of(4) {
            let who = ("Karth Monitor", Standing::Outside);
            return story.hurt((on, CasualtyGroup::Combatant), Measure::Killed, (n % 7, n % 7 + 2), who);
        }
        story
    };
    situation((0..60).map(one).collect())
}

/// What somebody asked for by event date.
pub(super) fn on_demand() -> Situation {
    let mut situation = normal();
    situation.by_event_date = true;
    situation.title = "NF in Velmar".to_owned();
    situation.window.from = "2026-11-14T23:00:00Z".parse().unwrap();
    situation.window.to = "2026-11-21T23:00:00Z".parse().unwrap();
    situation.coverage.read_since = Some("2026-10-01T00:00:00Z".parse().unwrap());
    situation.next_close = None;
    situation
}
