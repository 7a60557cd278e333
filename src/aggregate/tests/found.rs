//! What fits is looked at: the ways by which clusters are found, and their sketches, leave out nothing that belongs
//! together.

use proptest::prelude::*;

use crate::aggregate::blocks::Blocks;
use crate::aggregate::fake::{FakeClaim, claim, june, place, registry};
use crate::aggregate::kin::Kin;
use crate::aggregate::matching::fit;
use crate::aggregate::profile::Profile;
use crate::aggregate::sketch::Sketch;
use crate::model::actor::Role;
use crate::model::claim::Status;
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::{DatePrecision, DateSpan};

const FACTIONS: [&str; 5] = ["reds", "blues", "north", "north-army", "north-forces"];
const ROLES: [Role; 3] = [Role::Initiator, Role::Target, Role::Participant];
const KINDS: [SubType; 6] = [
    SubType::ArmedClash,
    SubType::Attack,
    SubType::AirDroneStrike,
    SubType::SuicideBomb,
    SubType::ChemicalWeapon,
    SubType::Agreement,
];

/// Towns a few kilometres, or a few dozen, from each other, some without coordinates; their divisions; the country.
fn any_place() -> impl Strategy<Value = ClaimPlace> {
    let town = (0_u8..4, prop::option::of((0_u8..6, 0_u8..6)), any::<bool>());
    let town = town.prop_map(|(name, at, district)| {
        let town = place(&format!("Town {name}"), "Upland");
        let town = at.into_iter().fold(town, |town, (lat, lon)| {
            town.at(34.0 + f64::from(lat) * 0.12, 36.0 + f64::from(lon) * 0.12)
        });
        ClaimPlace { admin2: district.then(|| "Mills".to_owned()), ..town }
    });
    let coarse = prop::sample::select(vec![PlacePrecision::Admin1, PlacePrecision::Country]);
    let coarse = coarse.prop_map(|precision| ClaimPlace { precision, ..place("Upland", "Upland") });
    prop_oneof![4 => town, 1 => coarse]
}

fn any_claim() -> impl Strategy<Value = FakeClaim> {
    let sides = (prop::sample::select(&FACTIONS[..]), prop::sample::select(&ROLES[..]));
    (
        prop::sample::select(&KINDS[..]),
        prop::option::of(any_place()),
        prop::collection::vec(sides, 0..3),
        (20_i8..25, 0_i8..2, any::<bool>()),
        prop::sample::select(vec![0_u32, 3, 4, 12, 25]),
        prop::sample::select(vec![Status::Asserted, Status::Claimed, Status::Denied]),
        0_u8..12,
    )
        .prop_map(|(kind, place, sides, (day, more, month), dead, status, quote)| {
            let fake = claim("x", "times").kind(kind).killed(None, dead).status(status);
            let fake = fake.quoting(&format!("Sentence {quote}"));
            let fake = sides.into_iter().fold(fake, |fake, (side, role)| fake.actor(side, role));
            fake.with(|claim| {
                let precision = if month { DatePrecision::Month } else { DatePrecision::Day };
                let span = DateSpan { from: june(day), to: june(day + more), precision };
                claim.date = Some(span).filter(|_| !month || day < 22);
                claim.places = place.into_iter().collect();
            })
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn b_40_whatever_fits_is_found_and_held_possible(
        told in prop::collection::vec(any_claim(), 1..4),
        new in any_claim(),
    ) {
        let registry = registry();
        let kin = Kin::new(&registry);
        let mut blocks = Blocks::default();
        let mut profiles = told.iter().map(|fake| Profile::of(&fake.0, &kin));
        let mut cluster = profiles.next().unwrap();
        blocks.insert(&cluster, 0);
        for other in profiles.filter(|other| other.family == cluster.family).collect::<Vec<_>>() {
            if cluster.take_up(&other) {
                blocks.insert(&cluster, 0);
            } else {
                blocks.redraw(&cluster, 0);
            }
        }
        let claim = Profile::of(&new.0, &kin);
        if fit(&cluster, &claim).is_some() {
            prop_assert!(Sketch::of(&cluster).may_hold(&Sketch::of(&claim), &claim));
            // what names no place is led to by its parties and by copies of its text, one sentence in two texts by these
            let placed = |profile: &Profile<'_>| {
                profile.place().is_some_and(|place| place.precision < PlacePrecision::Country)
            };
            let quoted = claim.quotes.iter().any(|quote| cluster.quotes.contains(quote));
            let led_to = placed(&cluster) && placed(&claim) && !quoted;
            prop_assert!(!led_to || blocks.candidates(&claim) == [0]);
        }
    }
}
