//! A candidate event: what one clause says, before it is merged with what other clauses say.

use super::effects::Loss;
use super::entity::{Entity, What};
use super::things::Thing;
use crate::extract::language::{Armed, Class, Family, Means, Rule};
use crate::model::casualty::Figure;
use crate::model::claim::{Denial, Field, Phase, Speaker};
use crate::model::time::DateSpan;

/// A party as a clause names it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the text states")]
pub struct Party {
    /// Index into the roster.
    pub faction: Option<usize>,
    /// What the text says.
    pub name: String,
    /// Its sort.
    pub what: What,
    /// Its class, if it is people.
    pub class: Option<Class>,
    /// Acts from the air.
    pub air: bool,
    /// A proper name rather than a class.
    pub named: bool,
    /// A single one.
    pub one: bool,
    /// Resolved from a pronoun or an unnamed group.
    pub carried: bool,
}

impl Party {
    /// Whether it belongs to an armed side.
    pub fn is_armed(&self) -> bool {
        self.what == What::Force
            || self.faction.is_some()
            || self.class.is_some_and(|class| class.armed.is_some())
    }

    /// Whether it is people who do not fight.
    pub fn is_civil(&self) -> bool {
        !self.is_armed()
    }

    /// Whether its class is that of a state's forces.
    pub fn is_state_class(&self) -> bool {
        self.class.is_some_and(|class| class.armed == Some(Armed::State))
    }

    /// Whether its class is that of fighters of no state.
    pub fn is_rebel_class(&self) -> bool {
        self.class.is_some_and(|class| class.armed == Some(Armed::Rebel))
    }
}

/// The casualties of one side.
#[derive(Debug, Clone)]
pub struct Toll {
    /// Whose they are.
    pub side: Party,
    /// The dead.
    pub killed: Option<Figure>,
    /// The wounded.
    pub wounded: Option<Figure>,
    /// The captured.
    pub captured: Option<Figure>,
    /// Where the text says no more than "people".
    pub unsaid: bool,
    /// How the text says whose they are.
    pub whose: Whose,
    /// Those of whose deed they are the object: not theirs.
    pub doers: Vec<usize>,
    /// Who gives the figures.
    pub speakers: Vec<Speaker>,
}

/// How the text says whose the losses are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// By a name, or by a word for a class: "soldiers", "militants".
    Said,
    /// Those who began it: "the attackers".
    Doers,
    /// Those against whom it was done: "15 of them", "took 12 prisoners".
    Foes,
    /// Those in what was hit: "all five people on board".
    Aboard,
    /// Fighters and others together: "people, among them civilians and rebels".
    Mixed,
    /// "people" where what was attacked was no armed side's.
    Folk,
}

/// Equipment or an object.
#[derive(Debug, Clone)]
pub struct Item {
    /// The thing.
    pub thing: Thing,
    /// Its owner.
    pub owner: Option<usize>,
    /// Its name in the singular, without count.
    pub name: String,
}

/// What one clause says.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the clause states")]
pub struct Candidate {
    /// Title or body.
    pub field: Field,
    /// The sentence.
    pub sentence: usize,
    /// The paragraph.
    pub paragraph: usize,
    /// First and last token of the clause.
    pub tokens: (usize, usize),
    /// The token of the main trigger.
    pub trigger: usize,
    /// The families of its deeds, in order; the first is the main one.
    pub families: Vec<Family>,
    /// The means named near them.
    pub means: Vec<Means>,
    /// Who began it.
    pub initiators: Vec<Party>,
    /// To whom it was done.
    pub targets: Vec<Party>,
    /// Who took part on equal terms.
    pub participants: Vec<Party>,
    /// Losses as the clause says them.
    pub losses: Vec<Loss>,
    /// Losses by side.
    pub tolls: Vec<Toll>,
    /// Things and their fates.
    pub items: Vec<Item>,
    /// Objects that were hit: what they are and their names.
    pub objects: Vec<(Entity, String)>,
    /// Places, the event's own first: index and whether the clause itself names it.
    pub spots: Vec<usize>,
    /// Places from which something was fired: where nothing happened.
    pub origins: Vec<usize>,
    /// Whether the places stand in the clause.
    pub own_place: bool,
    /// When.
    pub date: Option<DateSpan>,
    /// Whether the date stands in the clause.
    pub own_date: bool,
    /// Days from the event of the clause that it follows.
    pub offset: Option<i64>,
    /// The target is an area.
    pub area: bool,
    /// What was attacked is a post of an armed party: a base, a checkpoint.
    pub post: bool,
    /// A definite phrase: "the attack".
    pub definite: bool,
    /// It says why something was done, or what a place is known for.
    pub aside: bool,
    /// "similar", "another", "separate": not one named before.
    pub another: bool,
    /// Only effects: no deed is named.
    pub effects_only: bool,
    /// How far it got.
    pub phase: Option<Phase>,
    /// Who says so.
    pub speakers: Vec<Speaker>,
    /// Who contradicts.
    pub denials: Vec<Denial>,
    /// An accusation rather than a report.
    pub accused: bool,
    /// The text calls the perpetrator suspected.
    pub suspected: bool,
    /// The rule that drops it.
    pub drop: Option<Rule>,
    /// The deed is called a strike or strikes.
    pub strikes: bool,
    /// The words around, for rules that look at words.
    pub sub_hint: Vec<String>,
}

/// The party that an entity is.
pub fn party(entity: &Entity, name: &str, faction: Option<usize>) -> Party {
    Party {
        faction,
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        what: entity.what.clone(),
        class: entity.class,
        air: entity.air,
        named: entity.named,
        one: entity.class.is_some_and(|class| class.one),
        carried: false,
    }
}
