//! The events that the golden digests are made of.

use sitrep::model::casualty::{CasualtyGroup, Fate};
use sitrep::model::claim::{DenialScope, Phase};
use sitrep::model::event::{Measure, Standing, Support};
use sitrep::model::kind::SubType;

use super::event::{Story, story};

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
        .hurt(
            ("zembla", CasualtyGroup::Combatant),
            Measure::Killed,
            (2, 2),
            ("NF", Standing::Opponent),
        )
        .hurt(
            ("army", CasualtyGroup::Combatant),
            Measure::Killed,
            (2, 2),
            ("NF", Standing::Opponent),
        )
        .support(Support::OneSide)
        .denied("residents", DenialScope::Occurrence)
        .told(
            "post",
            &[("the Front", Some("nf"))],
            "The Front said its fighters beat back a Zemblan and army advance at Bennow",
        )
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
        .told(
            "wire",
            &[],
            "The truce between the Front and the Valley Brigades held for less than a day",
        )
        .score(260)
}

/// Fighting between two armed groups, reported from outside.
pub(super) fn clash() -> Story {
    story(4, SubType::ArmedClash)
        .at("near", "Oakham", "Velmar")
        .at("near", "Tull", "Velmar")
        .with("nf")
        .with("vb")
        .hurt(
            ("nf", CasualtyGroup::Combatant),
            Measure::Killed,
            (4, 7),
            ("Karth Monitor", Standing::Outside),
        )
        .hurt(
            ("people", CasualtyGroup::Civilian),
            Measure::Injured,
            (2, 2),
            ("Karth Monitor", Standing::Outside),
        )
        .support(Support::Independent(2))
        .told(
            "wire",
            &[],
            "Fighting between the Front and the Valley Brigades reached the edge of Oakham",
        )
        .told("monitor", &[], "Seven Front fighters died at Oakham and Tull")
        .phase(Phase::Ongoing)
        .score(400)
}

/// An air strike by two forces.
pub(super) fn strike() -> Story {
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

/// A device in a market: figures differ.
pub(super) fn market() -> Story {
    story(6, SubType::RemoteExplosiveLandmineIed)
        .at("in", "Ostrow", "Tolmin")
        .on("civilians")
        .object("vegetable market", "market", Fate::Damaged)
        .hurt(
            ("civilians", CasualtyGroup::Civilian),
            Measure::Killed,
            (8, 12),
            ("Karth Monitor", Standing::Outside),
        )
        .hurt(
            ("civilians", CasualtyGroup::Civilian),
            Measure::Injured,
            (20, 31),
            ("Karth Monitor", Standing::Outside),
        )
        .support(Support::Independent(3))
        .denied("", DenialScope::Figures)
        .told("wire", &[], "A device went off in the vegetable market of Ostrow")
        .told("monitor", &[], "Twelve people were killed in Ostrow")
        .told("post", &[], "Eight people were killed in Ostrow")
        .score(420)
}

/// Checkpoints.
pub(super) fn checkpoint() -> Story {
    story(7, SubType::Other)
        .at("near", "Velm", "Velmar")
        .by("vb")
        .object("checkpoints", "checkpoint", Fate::Established)
        .told("wire", &[], "The Valley Brigades put up checkpoints on the roads into Velm")
        .score(90)
}

/// A school that was hit, by whom is not known.
pub(super) fn school() -> Story {
    story(8, SubType::ShellingArtilleryMissileAttack)
        .at("in", "Little Hay", "Tolmin")
        .object("girls’ school", "school", Fate::Hit)
        .told("post", &[("teachers", None)], "أصابت قذيفة مدرسة للبنات في القرية صباح يوم السبت")
        .score(180)
}
