//! The claims of an event in the light of its parties.

use super::kin::Kin;
use super::member::Member;
use super::toll_row::{Account, Row};
use super::voice::{Parties, teller};
use crate::model::claim::Speaker;

/// A claim, with what follows from who the parties to its event are.
#[derive(Debug)]
pub(super) struct Heard<'m, 'a> {
    /// The claim.
    pub(super) member: &'m Member<'a>,
    /// Who gives it in the text; none where the article itself does.
    pub(super) said: Option<&'a Speaker>,
    /// Whether the one who reports it is a party.
    pub(super) by_party: bool,
    /// Its casualty figures.
    pub(super) rows: Vec<Row<'a>>,
}

/// The claims of an event, in the order first seen, with its parties: also who stands only in a denial is one.
#[derive(Debug)]
pub(super) struct Hearing<'m, 'a, 'k> {
    /// The parties.
    pub(super) parties: Parties<'k>,
    /// The claims.
    pub(super) all: Vec<Heard<'m, 'a>>,
    /// How many of them, from the first on, name all the parties.
    naming: usize,
    kin: &'k Kin<'k>,
}

impl<'m, 'a, 'k> Hearing<'m, 'a, 'k> {
    /// Hears all members.
    pub(super) fn of(members: &[&'m Member<'a>], kin: &'k Kin<'k>) -> Self {
        let day = members.first().map(|member| member.profile.span.to);
        let mut parties = Parties::none(day, kin);
        let mut naming = 0;
        for (before, member) in members.iter().enumerate() {
            if parties.take_up(&member.profile.sides) {
                naming = before + 1;
            }
        }
        let all = members.iter().map(|member| heard(member, &parties, kin)).collect();
        Self { parties, all, naming, kin }
    }

    /// What `judge` says of the first `count` claims alone: who came in later was no party then.
    pub(super) fn so_far<T>(
        &self,
        count: usize,
        judge: impl FnOnce(&[Heard<'m, 'a>], &Parties<'k>) -> T,
    ) -> T {
        let first = self.all.get(..count).unwrap_or(&self.all);
        if count >= self.naming {
            return judge(first, &self.parties);
        }
        let mut parties = Parties::none(self.parties.day(), self.kin);
        for heard in first {
            parties.take_up(&heard.member.profile.sides);
        }
        let again = first.iter().map(|it| heard(it.member, &parties, self.kin));
        judge(&again.collect::<Vec<_>>(), &parties)
    }
}

fn heard<'m, 'a>(member: &'m Member<'a>, parties: &Parties<'_>, kin: &Kin<'_>) -> Heard<'m, 'a> {
    let said = teller(member.reported, parties);
    let by_party = parties.reported_by_party(member.reported, &member.origin);
    let rows = Account { member, said, by_party, parties, kin }.rows();
    Heard { member, said, by_party, rows }
}

/// The claims that report the event; all of them where there is only its denial.
pub(super) fn telling<'h, 'm, 'a>(heard: &'h [Heard<'m, 'a>]) -> Vec<&'h Heard<'m, 'a>> {
    let telling: Vec<_> = heard.iter().filter(|heard| heard.member.supports()).collect();
    if telling.is_empty() { heard.iter().collect() } else { telling }
}
