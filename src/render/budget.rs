//! What is left out when there is too much: rows, then events, then factions, in a stated order (B-2, H-1).

use super::RenderError;
use super::desk::Desk;
use super::digest::Footer;
use super::sentence::Line;
use super::sentence::grammar::words;
use super::template::Page;
use super::view::{Body, GroupView, View};
use crate::config::look::LookConfig;

/// Words that a normal issue is cut to.
const TARGET_WORDS: usize = 1000;

/// Words that no issue exceeds.
const MOST_WORDS: usize = 1400;

/// Words of the events' section.
const EVENT_WORDS: usize = 560;

/// Bytes of the HTML part: Gmail cuts a mail at about 102,400.
const MOST_BYTES: usize = 90_000;

/// Fewer events than this are not told only to reach the target.
const FEWEST_EVENTS: usize = 10;

/// Rows of the matrix, and factions, that are never cut.
const KEPT: (usize, usize) = (5, 4);

/// Cuts to the number of words and tells the masthead how many are left. An on-demand digest that was not asked to be
/// brief prints every event that matches, so it is not cut.
pub(crate) fn fit_words(
    view: &mut View,
    desk: &Desk<'_>,
    look: &LookConfig,
    footer: &Footer,
) -> Result<usize, RenderError> {
    view.masthead.set_length(0);
    let count = |view: &View| Ok::<_, RenderError>(words(&Page { view, look, footer }.text()?));
    let mut total = count(view)?;
    if !desk.situation.by_event_date || desk.situation.variant.brief {
        let over = event_words(view).saturating_sub(EVENT_WORDS);
        cut_events(view, over, FEWEST_EVENTS);
        total = recount(view, desk, &count)?;
        if total > TARGET_WORDS {
            cut_matrix(view);
            total = recount(view, desk, &count)?;
            cut_events(view, total.saturating_sub(TARGET_WORDS), FEWEST_EVENTS);
            total = recount(view, desk, &count)?;
        }
        if total > TARGET_WORDS {
            cut_factions(view);
            total = recount(view, desk, &count)?;
        }
        if total > MOST_WORDS {
            cut_events(view, total - MOST_WORDS, 0);
            total = recount(view, desk, &count)?;
        }
    }
    view.masthead.set_length(total);
    Ok(total)
}

/// Cuts events until the HTML part is small enough, and gives that part.
pub(crate) fn fit_bytes(
    view: &mut View,
    desk: &Desk<'_>,
    look: &LookConfig,
    footer: &Footer,
) -> Result<String, RenderError> {
    loop {
        let html = Page { view, look, footer }.html()?;
        let over = html.len().saturating_sub(MOST_BYTES);
        if over == 0 || !cut_events(view, over / 20 + 1, 0) {
            return Ok(html);
        }
        view.settle(desk);
        view.masthead.set_length(words(&Page { view, look, footer }.text()?));
    }
}

fn recount(
    view: &mut View,
    desk: &Desk<'_>,
    count: &impl Fn(&View) -> Result<usize, RenderError>,
) -> Result<usize, RenderError> {
    view.settle(desk);
    count(view)
}

fn cut_matrix(view: &mut View) {
    let note = &view.page.more_rows;
    for section in &mut view.sections {
        if let Body::Matrix(matrix) = &mut section.body {
            matrix.keep(KEPT.0, note);
        }
    }
}

fn cut_factions(view: &mut View) {
    let form = &view.page.more_factions;
    for section in &mut view.sections {
        if let Body::Factions { rows, note } = &mut section.body
            && rows.len() > KEPT.1
        {
            *note = form.replace("{n}", &(rows.len() - KEPT.1).to_string());
            rows.truncate(KEPT.1);
        }
    }
}

/// Takes out the events of lowest score until `over` words are saved or `fewest` lines are left; a denied event stays.
/// Says whether anything was taken out.
fn cut_events(view: &mut View, over: usize, fewest: usize) -> bool {
    let (mut saved, mut any) = (0, false);
    while saved < over {
        let Some(groups) = groups(view) else { return any };
        let lines = groups.iter().map(|group| group.full.len() + group.short.len()).sum::<usize>();
        let Some(line) = lowest(groups).filter(|_| lines > fewest) else { return any };
        saved += line.words() + 1;
        any = true;
        take_out(groups, &line);
    }
    any
}

fn groups(view: &mut View) -> Option<&mut Vec<GroupView>> {
    view.sections.iter_mut().find_map(|section| match &mut section.body {
        Body::Groups(groups) => Some(groups),
        _ => None,
    })
}

fn lowest(groups: &[GroupView]) -> Option<Line> {
    let lines = groups.iter().flat_map(|group| group.full.iter().chain(&group.short));
    lines.filter(|line| !line.keep).min_by_key(|line| (line.score, &line.event)).cloned()
}

fn take_out(groups: &mut Vec<GroupView>, line: &Line) {
    for group in groups {
        let before = group.full.len() + group.short.len();
        group.full.retain(|other| other.event != line.event);
        group.short.retain(|other| other.event != line.event);
        let gone = before - group.full.len() - group.short.len();
        group.more += u32::try_from(gone).unwrap_or(0);
    }
}

fn event_words(view: &mut View) -> usize {
    let Some(groups) = groups(view) else { return 0 };
    groups.iter().flat_map(|group| group.full.iter().chain(&group.short)).map(Line::words).sum()
}
