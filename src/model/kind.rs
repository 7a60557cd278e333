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

impl EventType {
    /// All of them, in the codebook's order.
    pub const ALL: &[Self] = &[
        Self::Battles,
        Self::ExplosionsRemoteViolence,
        Self::ViolenceAgainstCivilians,
        Self::Protests,
        Self::Riots,
        Self::StrategicDevelopments,
    ];

    /// The name in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Battles => "battles",
            Self::ExplosionsRemoteViolence => "explosions_remote_violence",
            Self::ViolenceAgainstCivilians => "violence_against_civilians",
            Self::Protests => "protests",
            Self::Riots => "riots",
            Self::StrategicDevelopments => "strategic_developments",
        }
    }

    /// The name as ACLED writes it in its `event_type` column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Battles => "Battles",
            Self::ExplosionsRemoteViolence => "Explosions/Remote violence",
            Self::ViolenceAgainstCivilians => "Violence against civilians",
            Self::Protests => "Protests",
            Self::Riots => "Riots",
            Self::StrategicDevelopments => "Strategic developments",
        }
    }
}

macro_rules! sub_types {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $label:literal in $parent:ident;)+) => {
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

            /// The name as ACLED writes it in its `sub_event_type` column.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
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
    ArmedClash = "armed_clash", "Armed clash" in Battles;
    /// Government forces take a place back.
    GovernmentRegainsTerritory = "government_regains_territory", "Government regains territory" in Battles;
    /// A non-state group takes a place.
    NonStateActorOvertakesTerritory = "non_state_actor_overtakes_territory", "Non-state actor overtakes territory" in Battles;
    /// Use of chemical weapons.
    ChemicalWeapon = "chemical_weapon", "Chemical weapon" in ExplosionsRemoteViolence;
    /// Strikes from aircraft or drones.
    AirDroneStrike = "air_drone_strike", "Air/drone strike" in ExplosionsRemoteViolence;
    /// Suicide bombing.
    SuicideBomb = "suicide_bomb", "Suicide bomb" in ExplosionsRemoteViolence;
    /// Shelling, artillery and missiles.
    ShellingArtilleryMissileAttack = "shelling_artillery_missile_attack", "Shelling/artillery/missile attack" in ExplosionsRemoteViolence;
    /// Landmines, roadside and car bombs.
    RemoteExplosiveLandmineIed = "remote_explosive_landmine_ied", "Remote explosive/landmine/IED" in ExplosionsRemoteViolence;
    /// Hand-thrown grenades.
    Grenade = "grenade", "Grenade" in ExplosionsRemoteViolence;
    /// Sexual violence.
    SexualViolence = "sexual_violence", "Sexual violence" in ViolenceAgainstCivilians;
    /// Armed attack on civilians.
    Attack = "attack", "Attack" in ViolenceAgainstCivilians;
    /// Abduction, hostage-taking, forced disappearance.
    AbductionForcedDisappearance = "abduction_forced_disappearance", "Abduction/forced disappearance" in ViolenceAgainstCivilians;
    /// A peaceful protest.
    PeacefulProtest = "peaceful_protest", "Peaceful protest" in Protests;
    /// A protest that forces try to disperse.
    ProtestWithIntervention = "protest_with_intervention", "Protest with intervention" in Protests;
    /// Lethal or injurious force against protesters.
    ExcessiveForceAgainstProtesters = "excessive_force_against_protesters", "Excessive force against protesters" in Protests;
    /// A demonstration that turns violent.
    ViolentDemonstration = "violent_demonstration", "Violent demonstration" in Riots;
    /// Mob violence.
    MobViolence = "mob_violence", "Mob violence" in Riots;
    /// Ceasefire, truce, peace deal, exchange of prisoners.
    Agreement = "agreement", "Agreement" in StrategicDevelopments;
    /// Arrests on a large scale or of note.
    Arrests = "arrests", "Arrests" in StrategicDevelopments;
    /// Recruitment, redeployment, merger, split, change of name.
    ChangeToGroupActivity = "change_to_group_activity", "Change to group/activity" in StrategicDevelopments;
    /// Weapons found, defused or shot down without an attack.
    DisruptedWeaponsUse = "disrupted_weapons_use", "Disrupted weapons use" in StrategicDevelopments;
    /// A base or headquarters is set up.
    HeadquartersOrBaseEstablished = "headquarters_or_base_established", "Headquarters or base established" in StrategicDevelopments;
    /// Looting or destruction of property.
    LootingPropertyDestruction = "looting_property_destruction", "Looting/property destruction" in StrategicDevelopments;
    /// A place changes hands without fighting.
    NonViolentTransferOfTerritory = "non_violent_transfer_of_territory", "Non-violent transfer of territory" in StrategicDevelopments;
    /// Anything else of note: checkpoints, closed roads, aid blocked, a truce that ended.
    Other = "other", "Other" in StrategicDevelopments;
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

/// A type or a sub-type, as a request names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum KindName {
    /// Every sub-type of a main type.
    Type(EventType),
    /// One sub-type.
    SubType(SubType),
}

impl KindName {
    /// Whether `kind` is meant.
    pub fn holds(self, kind: SubType) -> bool {
        match self {
            Self::Type(event_type) => kind.event_type() == event_type,
            Self::SubType(sub_type) => kind == sub_type,
        }
    }
}

/// A name that is neither a type nor a sub-type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no type of event; write one of `{types}` or a sub-type such as `air_drone_strike`", types = all_types())]
pub struct UnknownKind(pub String);

fn all_types() -> String {
    EventType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join("`, `")
}

impl FromStr for KindName {
    type Err = UnknownKind;

    /// Hyphens are read as underscores.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim().to_lowercase().replace('-', "_");
        let main = EventType::ALL.iter().find(|kind| kind.as_str() == name);
        let sub = || SubType::ALL.iter().find(|kind| kind.as_str() == name);
        main.map(|kind| Self::Type(*kind))
            .or_else(|| sub().map(|kind| Self::SubType(*kind)))
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

impl TryFrom<String> for KindName {
    type Error = UnknownKind;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<KindName> for String {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Type(kind) => kind.as_str().to_owned(),
            KindName::SubType(kind) => kind.as_str().to_owned(),
        }
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
    fn a_request_names_a_type_or_a_sub_type_and_a_wrong_name_says_what_there_is() {
        assert!("battles".parse::<KindName>().unwrap().holds(SubType::ArmedClash));
        assert!(!"air-drone-strike".parse::<KindName>().unwrap().holds(SubType::ArmedClash));
        let error = "fights".parse::<KindName>().unwrap_err().to_string();
        assert!(error.contains("`fights`") && error.contains("`riots`"), "{error}");
    }

    #[test]
    fn a_sub_type_under_the_wrong_type_is_refused() {
        let json = r#"{"type":"riots","sub_type":"armed_clash"}"#;
        assert!(serde_json::from_str::<Kind>(json).is_err());
    }
}
