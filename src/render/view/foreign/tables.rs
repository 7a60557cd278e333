//! Figures, factions and the matrix.

use super::Writer;
use super::line::measure;
use crate::model::event::{Event, Measure};
use crate::model::situation::{Activity, Before, FactionRow, OneSided, Tally, Total, Trend};
use crate::render::view::factions::{FactionView, ids, own, tally_text};
use crate::render::view::figures::Fact;
use crate::render::view::matrix::{MOST, cells, columns_of};
use crate::render::view::{Body, MatrixView, SectionView, outcome};

/// The most factions.
const FACTIONS: usize = 8;
/// The most one-sided figures that are spelled out for a measure.
const ONE_SIDED: usize = 3;

pub(super) fn figures(writer: &Writer<'_>) -> Option<SectionView> {
    let (tongue, glance) = (writer.tongue, &writer.desk.situation.glance);
    if outcome::events(writer.desk) == 0 {
        return None;
    }
    let mut facts = vec![fact(
        tongue.word("events"),
        writer.tally(glance.events, glance.bracketed),
        trend(writer),
    )];
    for kind in [Measure::Killed, Measure::Injured, Measure::Captured] {
        if let Some(total) = glance.totals.get(&kind) {
            facts.push(writer.total(tongue.word(measure(kind)), total));
        }
    }
    let civilians = match glance.targeting_civilians {
        0 => tongue.word("none").to_owned(),
        n => tongue.number(n),
    };
    facts.push(fact(tongue.word("civilians_targeted"), civilians, String::new()));
    facts.push(fact(tongue.word("places"), tongue.number(glance.places), String::new()));
    let actors = tongue.number(glance.armed_actors);
    facts.push(fact(tongue.word("armed_actors"), actors, String::new()));
    facts.extend(writer.desk.situation.before.as_ref().map(|before| writer.span_before(before)));
    writer.titled("figures", Body::Facts(facts))
}

fn fact(label: &'static str, value: String, beneath: String) -> Fact {
    Fact { label, value, beneath }
}

fn trend(writer: &Writer<'_>) -> String {
    let (tongue, glance) = (writer.tongue, &writer.desk.situation.glance);
    let key = match glance.trend {
        Trend::NoBaseline { days: 0 } => return String::new(),
        Trend::NoBaseline { days } => {
            return tongue.fill("no_baseline", &[("n", &tongue.number(days))]);
        }
        Trend::TooFew => "too_few",
        Trend::NotCompared => return tongue.word("coverage_changed").to_owned(),
        Trend::MethodChanged => return tongue.word("method_changed").to_owned(),
        Trend::Near => "near_normal",
        Trend::Above => "above",
        Trend::WellAbove => "well_above",
        Trend::Below => "below",
    };
    let mut told = vec![tongue.word(key).to_owned()];
    told.extend(glance.mean7_tenths.map(|n| {
        let mean = tongue.apart(&format!("{}.{}", n / 10, n % 10));
        tongue.fill("mean7", &[("n", &mean)])
    }));
    told.extend(
        glance.highest_since.map(|date| {
            tongue.fill("highest_since", &[("at", &tongue.day(date, writer.desk.day()))])
        }),
    );
    told.join(" · ")
}

impl Writer<'_> {
    fn tally(&self, counted: u32, bracketed: u32) -> String {
        let tongue = self.tongue;
        let rest = tongue.fill("bracketed", &[("n", &tongue.number(bracketed))]);
        match bracketed {
            0 => tongue.number(counted),
            _ => format!("{} · {rest}", tongue.number(counted)),
        }
    }

    fn total(&self, label: &'static str, total: &Total) -> Fact {
        let value = match total.counted {
            Some((low, high)) => self.tongue.range(low, high),
            None => self.tongue.word("no_outside").to_owned(),
        };
        let told = total.one_sided.iter().take(ONE_SIDED).map(|one| self.one_sided(one));
        let mut told: Vec<String> = told.collect();
        let more = total.one_sided.len().saturating_sub(ONE_SIDED);
        if more > 0 {
            told.push(self.tongue.apart(&format!("+{more}")));
        }
        let beneath = match told.as_slice() {
            [] => String::new(),
            told => format!("{}: {}", self.tongue.word("not_added"), told.join(" · ")),
        };
        fact(label, value, beneath)
    }

    fn one_sided(&self, one: &OneSided) -> String {
        let known = self.desk.registry.factions().find(|faction| faction.name == one.side);
        let side =
            known.map_or_else(|| self.common(&one.side), |it| self.faction(&it.id, &it.name));
        let who = self.speaker(&one.speaker);
        let by = self.tongue.fill("according", &[("who", &who)]);
        let count = self.tongue.range(one.low, one.high);
        let id = self.printed(&one.event);
        format!("{count} {side} ({by}) {id}")
    }

    fn span_before(&self, before: &Before) -> Fact {
        let (tongue, desk) = (self.tongue, self.desk);
        let last = desk.date(before.window.to - jiff::SignedDuration::from_secs(1));
        let span = tongue.days(desk.date(before.window.from), last, desk.day());
        let Some(held) = before.held else {
            return fact(tongue.word("span_before"), tongue.word("not_compared").to_owned(), span);
        };
        let killed = held.killed.map(|(low, high)| {
            format!(" · {}: {}", tongue.word("killed"), tongue.range(low, high))
        });
        let events = self.tally(held.events.counted, held.events.bracketed);
        fact(tongue.word("span_before"), format!("{events}{}", killed.unwrap_or_default()), span)
    }

    fn row_name(&self, row: &FactionRow) -> String {
        match &row.faction {
            Some(id) => self.faction(id, &row.name),
            None if row.name == "Unidentified" => self.tongue.word("unidentified").to_owned(),
            None if row.in_registry => self.column(&row.name),
            None => {
                let name = self.tongue.apart(&row.name);
                format!("{name} ({})", self.tongue.word("not_in_registry"))
            }
        }
    }

    /// A region, or what is left over with the number of rows.
    pub(super) fn column(&self, name: &str) -> String {
        let other = self.tongue.word("other");
        match name.strip_prefix("Other") {
            Some("") => other.to_owned(),
            Some(count) if count.starts_with(" (") => {
                format!("{other} {}", self.tongue.apart(count.trim()))
            }
            _ if name == "Region unknown" => self.tongue.word("region_unknown").to_owned(),
            _ => self.tongue.apart(name),
        }
    }

    fn activity(&self, activity: &Activity) -> String {
        let told = [
            ("attacked", activity.attacked),
            ("was_attacked", activity.was_attacked),
            ("clashed", activity.clashed),
        ];
        let told = told.into_iter().filter(|(_, tally)| *tally != Tally::default());
        let told = told.map(|(key, tally)| {
            format!("{}: {}", self.tongue.word(key), self.tongue.apart(&tally_text(tally)))
        });
        let told: Vec<String> = told.collect();
        match told.as_slice() {
            [] => self.tongue.word("agreements_only").to_owned(),
            told => self.tongue.list(told),
        }
    }

    fn details(&self, row: &FactionRow, events: &[&Event]) -> String {
        let regions: Vec<String> = row.regions.iter().map(|name| self.column(name)).collect();
        let mut parts = vec![self.tongue.list(&regions)];
        let own = row.faction.as_ref().map(|id| {
            let outside = events.iter().filter(|event| !event.in_brackets());
            let sides = outside.flat_map(|event| own(self.desk, event, id));
            let sides = sides.filter_map(|side| Some((side.measure, side.counted.as_ref()?)));
            let told = sides.map(|(kind, figure)| {
                format!("{}: {}", self.tongue.word(measure(kind)), self.count(figure))
            });
            told.collect::<Vec<_>>()
        });
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            parts.push(format!("{} – {}", self.tongue.word("own_losses"), self.tongue.list(&own)));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }
}

pub(super) fn factions(writer: &Writer<'_>) -> Option<SectionView> {
    let all = &writer.desk.situation.factions;
    let view = |row: &FactionRow| {
        let events = writer.desk.events(&row.events).collect::<Vec<_>>();
        FactionView {
            name: writer.row_name(row),
            activity: writer.activity(&row.activity),
            details: writer.details(row, &events),
            ids: ids(&events, writer.tongue.word("occurrence_denied"), |id| writer.printed(id)),
        }
    };
    let rows = all.iter().take(FACTIONS).map(view).collect();
    let note = match u32::try_from(all.len().saturating_sub(FACTIONS)).unwrap_or(u32::MAX) {
        0 => String::new(),
        left => writer.tongue.fill("more_factions", &[("n", &writer.tongue.number(left))]),
    };
    writer.titled("factions", Body::Factions { rows, note })
}

pub(super) fn matrix(writer: &Writer<'_>) -> Option<SectionView> {
    let matrix = writer.desk.situation.matrix.as_ref().filter(|matrix| matrix.rows.len() > 1)?;
    let (columns, regions) = columns_of(matrix, writer.tongue.word("total"));
    let shown = |(at, name): (usize, &String)| {
        if at < regions { writer.column(name) } else { name.clone() }
    };
    let columns: Vec<String> = columns.iter().enumerate().map(shown).collect();
    let cell = |cell: String| writer.tongue.apart(&cell);
    let rows = matrix.rows.iter().take(MOST.0).map(|row| {
        let cells = cells(row, regions, columns.len()).into_iter().map(cell);
        (writer.row_name(row), cells.collect())
    });
    let rows = rows.collect();
    let caption = writer.tongue.word("caption");
    writer
        .titled("matrix", Body::Matrix(MatrixView { caption, columns, rows, note: String::new() }))
}
