//! What happened: ACLED's six event types and twenty-five sub-types.
//!
//! Names follow the ACLED codebook, in snake case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// ACLED's main types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventType {
    /// Fighting between two armed parties.
    Battles,
    /// One-sided use of explosives or weapons from a distance.
    ExplosionsRemoteViolence,
    /// Armed violence against people who are not fighting.
    ViolenceAgainstCivilians,
    /// Demonstrations in which the demonstrators are not violent.
    Protests,
    /// Violent demonstrations and mobs.
    Riots,
    /// What changes the conflict without being violence itself.
    StrategicDevelopments,
}

macro_rules! sub_types {
    ($($(#[$doc:meta])* $name:ident = $text:literal in $parent:ident;)+) => {
        /// ACLED's sub-types.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum SubType {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl SubType {
            /// All of them, in the codebook's order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in snake case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The main type it belongs to.
            pub fn event_type(self) -> EventType {
                match self { $(Self::$name => EventType::$parent,)+ }
            }
        }
    };
}

sub_types! {
    /// Fighting without a known change of territory.
    ArmedClash = "armed_clash" in Battles;
    /// Government forces take a place back.
    GovernmentRegainsTerritory = "government_regains_territory" in Battles;
    /// A non-state group takes a place.
    NonStateActorOvertakesTerritory = "non_state_actor_overtakes_territory" in Battles;
    /// Use of chemical weapons.
    ChemicalWeapon = "chemical_weapon" in ExplosionsRemoteViolence;
    /// Strikes from aircraft or drones.
    AirDroneStrike = "air_drone_strike" in ExplosionsRemoteViolence;
    /// Suicide bombing.
    SuicideBomb = "suicide_bomb" in ExplosionsRemoteViolence;
    /// Shelling, artillery and missiles.
    ShellingArtilleryMissileAttack = "shelling_artillery_missile_attack" in ExplosionsRemoteViolence;
    /// Landmines, roadside and car bombs.
    RemoteExplosiveLandmineIed = "remote_explosive_landmine_ied" in ExplosionsRemoteViolence;
    /// Hand-thrown grenades.
    Grenade = "grenade" in ExplosionsRemoteViolence;
    /// Sexual violence.
    SexualViolence = "sexual_violence" in ViolenceAgainstCivilians;
    /// Armed attack on civilians.
    Attack = "attack" in ViolenceAgainstCivilians;
    /// Abduction, hostage-taking, forced disappearance.
    AbductionForcedDisappearance = "abduction_forced_disappearance" in ViolenceAgainstCivilians;
    /// A peaceful protest.
    PeacefulProtest = "peaceful_protest" in Protests;
    /// A protest that forces try to disperse.
    ProtestWithIntervention = "protest_with_intervention" in Protests;
    /// Lethal or injurious force against protesters.
    ExcessiveForceAgainstProtesters = "excessive_force_against_protesters" in Protests;
    /// A demonstration that turns violent.
    ViolentDemonstration = "violent_demonstration" in Riots;
    /// Mob violence.
    MobViolence = "mob_violence" in Riots;
    /// Ceasefire, truce, peace deal, exchange of prisoners.
    Agreement = "agreement" in StrategicDevelopments;
    /// Arrests on a large scale or of note.
    Arrests = "arrests" in StrategicDevelopments;
    /// Recruitment, redeployment, merger, split, change of name.
    ChangeToGroupActivity = "change_to_group_activity" in StrategicDevelopments;
    /// Weapons found, defused or shot down without an attack.
    DisruptedWeaponsUse = "disrupted_weapons_use" in StrategicDevelopments;
    /// A base or headquarters is set up.
    HeadquartersOrBaseEstablished = "headquarters_or_base_established" in StrategicDevelopments;
    /// Looting or destruction of property.
    LootingPropertyDestruction = "looting_property_destruction" in StrategicDevelopments;
    /// A place changes hands without fighting.
    NonViolentTransferOfTerritory = "non_violent_transfer_of_territory" in StrategicDevelopments;
    /// Anything else of note: checkpoints, closed roads, aid blocked, a truce that ended.
    Other = "other" in StrategicDevelopments;
}

impl fmt::Display for SubType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is no sub-type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of ACLED's sub-types")]
pub struct UnknownSubType(pub String);

impl FromStr for SubType {
    type Err = UnknownSubType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .find(|kind| kind.as_str() == text)
            .copied()
            .ok_or_else(|| UnknownSubType(text.to_owned()))
    }
}

/// The two keys `type` and `sub_type` of a claim; the first follows from the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "KindKeys", try_from = "KindKeys")]
pub struct Kind(pub SubType);

#[derive(Serialize, Deserialize)]
struct KindKeys {
    #[serde(rename = "type")]
    event_type: EventType,
    sub_type: SubType,
}

impl From<Kind> for KindKeys {
    fn from(kind: Kind) -> Self {
        Self { event_type: kind.0.event_type(), sub_type: kind.0 }
    }
}

impl TryFrom<KindKeys> for Kind {
    type Error = String;

    fn try_from(keys: KindKeys) -> Result<Self, Self::Error> {
        if keys.sub_type.event_type() == keys.event_type {
            return Ok(Self(keys.sub_type));
        }
        Err(format!("sub-type `{}` does not belong to type {:?}", keys.sub_type, keys.event_type))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twenty_five_sub_types_and_each_name_reads_back() {
        assert_eq!(SubType::ALL.len(), 25);
        for kind in SubType::ALL {
            assert_eq!(kind.as_str().parse::<SubType>(), Ok(*kind));
        }
    }

    #[test]
    fn a_sub_type_under_the_wrong_type_is_refused() {
        let json = r#"{"type":"riots","sub_type":"armed_clash"}"#;
        assert!(serde_json::from_str::<Kind>(json).is_err());
    }
}
