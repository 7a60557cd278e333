//! The situations behind the golden digests.

use std::sync::Arc;

use sitrep::model::casualty::{CasualtyGroup, Fate};
use sitrep::model::decision::{Correction, CorrectionKind};
use sitrep::model::digest::DayOutcome;
use sitrep::model::event::{Measure, Report, Standing, Support};
use sitrep::model::filter::Grouping;
use sitrep::model::kind::SubType;
use sitrep::model::situation::{Before, Change, Corrected, Held, Situation, Tally, Trend};
use sitrep::model::time::Window;

use super::event::{Story, story};
use super::situation::situation;
use super::stories::{ambush, checkpoint, clash, denied, market, school, strike, truce};

/// A day with something in every section.
pub(super) fn normal() -> Situation {
    let earlier = story(9, SubType::Attack)
        .days((2026, 11, 14), (2026, 11, 15))
        .at("south of", "Marl", "Oshen")
        .by("gunmen")
        .on("herders")
        .hurt(
            ("herders", CasualtyGroup::Unknown),
            Measure::Killed,
            (1, 1),
            ("Velmar Wire", Standing::Outside),
        )
        .told("wire", &[], "Gunmen shot a herder south of Marl last week");
    let mut stories =
        vec![ambush(), denied(), truce(), clash(), strike(), market(), checkpoint(), school()];
    let mut situation = situation(std::mem::take(&mut stories));
    situation.earlier = vec![earlier.0.id.clone()];
    situation.events.insert(earlier.0.id.clone(), Arc::new(earlier.0));
    situation.glance.trend = Trend::Above;
    situation.glance.mean7_tenths = Some(43);
    situation.glance.highest_since = Some(jiff::civil::date(2026, 11, 3));
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
    let arabic = story(11, SubType::ShellingArtilleryMissileAttack)
        .at("in", "Tull", "Velmar")
        .by("army")
        .support(Support::OneSide)
        .told("front", &[], "قصفت مدفعية الجيش أطراف بلدة تول صباح السبت ولم تقع إصابات")
        .score(200);
    situation(vec![denied(), truce(), ambush(), arabic])
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
    situation.coverage.failed =
        [("Karth Radio", "no answer in 20 s"), ("Tolmin News", "answered 503")]
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
    let regions =
        ["Northeast Velmar", "Southern Karth", "Greater Tolmin", "Oshen", "Strelsau", "Zenda"];
    let sides = ["nf", "vb", "army", "air", "steppe", "zembla"];
    let kinds = SubType::ALL;
    let one = |n: usize| {
        let (by, on) = (sides[n % 6], sides[(n * 5 + 1) % 6]);
        let place = format!("Village {}", ["Ash", "Birch", "Cedar", "Dogwood", "Elm"][n % 5]);
        let story = story(100 + u32::try_from(n).unwrap(), kinds[n % kinds.len()])
            .at(if n.is_multiple_of(3) { "near" } else { "in" }, &place, regions[n % 6])
            .by(by)
            .told(
                ["wire", "monitor", "post"][n % 3],
                &[],
                "Fighting was reported in several villages of the region",
            )
            .score(u32::try_from(500 - n).unwrap());
        let story = if on == by { story } else { story.on(on) };
        let n = u32::try_from(n).unwrap();
        if n.is_multiple_of(4) {
            let who = ("Karth Monitor", Standing::Outside);
            return story.hurt(
                (on, CasualtyGroup::Combatant),
                Measure::Killed,
                (n % 7, n % 7 + 2),
                who,
            );
        }
        story
    };
    situation((0..60).map(one).collect())
}

/// What somebody asked for by event date.
pub(super) fn on_demand() -> Situation {
    let mut situation = normal();
    situation.by_event_date = true;
    "NF in Velmar".clone_into(&mut situation.title);
    situation.window.from = "2026-11-14T23:00:00Z".parse().unwrap();
    situation.window.to = "2026-11-21T23:00:00Z".parse().unwrap();
    situation.coverage.read_since = Some("2026-10-01T00:00:00Z".parse().unwrap());
    situation.next_close = None;
    situation.before = Some(Before {
        window: Window {
            from: "2026-11-07T23:00:00Z".parse().unwrap(),
            to: "2026-11-14T23:00:00Z".parse().unwrap(),
        },
        held: Some(Held { events: Tally { counted: 4, bracketed: 1 }, killed: Some((3, 5)) }),
    });
    situation
}

/// The normal day in Arabic.
pub(super) fn arabic() -> Situation {
    let mut situation = normal();
    "ar".clone_into(&mut situation.variant.language);
    situation.coverage.unread = [("fa".to_owned(), 2)].into();
    situation
}

/// A key point of an earlier issue was taken back, and a place was amended.
pub(super) fn correction() -> Situation {
    let mut situation = situation(vec![clash(), market(), strike()]);
    let made = |kind, reason: &str| Correction {
        at: "2026-11-21T18:00:00Z".parse().unwrap(),
        kind,
        reason: reason.to_owned(),
    };
    let told = |story: Story, key_point, correction| Corrected {
        told: story.0,
        told_at: "2026-11-21T04:30:00Z".parse().unwrap(),
        key_point,
        correction,
    };
    situation.changes = Some(vec![Change::Retracted { event: ambush().0.id }]);
    situation.corrections = vec![
        told(ambush(), true, made(CorrectionKind::Retracted, "Border Post took its report back.")),
        told(
            checkpoint(),
            false,
            made(CorrectionKind::Amended, "the checkpoints are on the road to Tull, not to Velm"),
        ),
    ];
    situation
}

/// One blog that reposts others, and nothing else.
pub(super) fn single_source() -> Situation {
    let blog = ambush().0.reports.remove(0);
    let mut stories = vec![ambush(), denied(), truce(), checkpoint(), clash_as_one_side_tells_it()];
    for story in &mut stories {
        let quotes = story.0.reports.iter().map(|report| report.evidence.clone());
        let evidence = quotes.flatten().collect();
        let speakers = story.0.reports.first().map(|report| report.speakers.clone());
        story.0.reports = vec![Report { evidence, speakers: speakers.unwrap(), ..blog.clone() }];
        if story.0.support != Support::OneSide {
            story.0.support = Support::One;
        }
    }
    let mut situation = situation(stories);
    situation.changes = None;
    situation.coverage.articles = 1;
    situation.coverage.sources_read = 1;
    situation.glance.trend = Trend::NoBaseline { days: 1 };
    situation
}

fn clash_as_one_side_tells_it() -> Story {
    story(12, SubType::ArmedClash)
        .somewhere_in("Velmar")
        .by("vb")
        .on("nf")
        .materiel("nf", "battle tank", 2, Fate::Captured, "supporters of the Valley Brigades")
        .support(Support::OneSide)
        .told(
            "post",
            &[("supporters of the Valley Brigades", Some("vb"))],
            "Supporters of the Brigades said two tanks of the Front were captured during the fighting",
        )
        .score(240)
}

/// A truce that is reported as broken, with the fighting that broke it.
pub(super) fn collapsed_truce() -> Situation {
    let mut situation = situation(vec![truce(), clash(), market()]);
    situation.lead = Some(truce().0.id);
    situation.key_points = vec![truce().0.id, market().0.id, clash().0.id];
    situation.changes = Some(vec![Change::Escalated { event: truce().0.id }]);
    situation
}
