//! Today's count against its own past (B-50 to B-53).

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::situation::{Coverage, Frozen, Trend};

/// Days of a baseline.
const BASELINE: usize = 28;
/// Fewer events than this in the baseline are too few to compare (B-51).
const FEWEST: u32 = 10;
/// Days of data below which nothing is called the highest (B-52).
const HIGHEST_DATA: usize = 14;
/// A record of fewer days than this is none.
const HIGHEST_DAYS: usize = 7;
/// Today's coverage must be at least this share of the usual, in percent (B-53).
const USUAL_COVERAGE: u32 = 80;

/// The trend of today's count `x`. `comparable`: whether the daily counts are of this selection, and the window is
/// about a day long.
pub(super) fn trend(x: u32, frozen: &Frozen, comparable: bool) -> Trend {
    if !comparable {
        return Trend::NoBaseline { days: 0 };
    }
    let Some(past) = frozen.daily_counts.get(..BASELINE) else {
        let days = u32::try_from(frozen.daily_counts.len() + 1).unwrap_or(u32::MAX);
        return Trend::NoBaseline { days };
    };
    if frozen.coverage.method_changed {
        return Trend::MethodChanged;
    }
    let sum: u32 = past.iter().sum();
    match (is_covered(&frozen.coverage), sum < FEWEST) {
        (false, _) => Trend::NotCompared,
        (true, true) => Trend::TooFew,
        (true, false) => band(f64::from(x), f64::from(sum) / 28.0),
    }
}

/// ACLED's cuts, where the difference is more than chance: at least 3 events and two standard deviations of a
/// Poisson count.
fn band(x: f64, mean: f64) -> Trend {
    let off = (x - mean).abs();
    if off < 3.0 || off / mean.max(1.0).sqrt() < 2.0 {
        return Trend::Near;
    }
    match (x - mean) / mean {
        change if change > 0.25 => Trend::WellAbove,
        change if change > 0.10 => Trend::Above,
        change if change < -0.25 => Trend::Below,
        _ => Trend::Near,
    }
}

/// Whether the sources read today are the usual ones: 80 % of the median, none added or removed.
fn is_covered(coverage: &Coverage) -> bool {
    let read = coverage.sources_read + coverage.sources_empty;
    let usual = median(&coverage.read_before).unwrap_or(read);
    let enough = read.saturating_mul(100) >= usual.saturating_mul(USUAL_COVERAGE);
    let changed = coverage.sources_changed || coverage.method_changed;
    enough && coverage.percent() >= USUAL_COVERAGE && !changed
}

fn median(numbers: &[u32]) -> Option<u32> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

/// Ten times the mean of the seven days before, rounded.
pub(super) fn mean7_tenths(frozen: &Frozen, comparable: bool) -> Option<u32> {
    let week = frozen.daily_counts.get(..7).filter(|_| comparable)?;
    Some((week.iter().sum::<u32>() * 10 + 3) / 7)
}

/// Since when there were not as many events as today; none where that is less than a week ago, where there are less
/// than 14 days of data, or where counts are too small or not comparable to mean anything.
pub(super) fn highest_since(
    x: u32,
    frozen: &Frozen,
    comparable: bool,
    zone: &TimeZone,
) -> Option<Date> {
    let past = &frozen.daily_counts;
    let meant = comparable && is_covered(&frozen.coverage) && past.iter().sum::<u32>() >= FEWEST;
    if !meant || past.len() < HIGHEST_DATA {
        return None;
    }
    let last = past.iter().position(|count| *count >= x).unwrap_or(past.len() - 1);
    let back = i64::try_from(last).ok()?;
    let today = frozen.window.from.to_zoned(zone.clone()).date();
    (last >= HIGHEST_DAYS).then(|| today.checked_sub(back.days()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::aggregate::fake::noon;
    use crate::model::time::Window;

    fn frozen(daily_counts: Vec<u32>) -> Frozen {
        let coverage = Coverage { sources_read: 10, ..Coverage::default() };
        let window = Window { from: noon(26), to: noon(27) };
        let (title, events, previous) = ("Land".to_owned(), Vec::new(), None);
        let (by_event_date, next_close) = (false, None);
        Frozen {
            title,
            window,
            by_event_date,
            events,
            previous,
            daily_counts,
            coverage,
            next_close,
            silent: Vec::new(),
            corrected: Vec::new(),
            setting: None,
        }
    }

    #[test]
    fn b_50_bands_follow_the_cuts_against_the_mean_of_28_days() {
        let past = frozen(vec![100; 28]);
        let trends = [130, 121, 105, 70].map(|x| trend(x, &past, true));
        assert_eq!(trends, [Trend::WellAbove, Trend::Above, Trend::Near, Trend::Below]);
        assert_eq!(mean7_tenths(&past, true), Some(1_000));
    }

    #[test]
    fn b_51_small_counts_and_small_differences_say_nothing() {
        assert_eq!(trend(2, &frozen(vec![0; 28]), true), Trend::TooFew);
        assert_eq!(trend(3, &frozen(vec![1; 28]), true), Trend::Near);
        assert_eq!(trend(9, &frozen(vec![1; 9]), true), Trend::NoBaseline { days: 10 });
    }

    #[test]
    fn b_52_the_highest_is_told_only_with_two_weeks_of_data_and_after_a_week() {
        let mut counts = vec![4; 28];
        counts[22] = 9;
        let since =
            |x, counts: &[u32]| highest_since(x, &frozen(counts.to_vec()), true, &TimeZone::UTC);
        assert_eq!(since(8, &counts), Some(date(2020, 6, 4)));
        assert_eq!(since(8, &counts[..13]), None);
        assert_eq!(since(4, &counts), None);
    }

    #[test]
    fn b_53_days_that_other_rules_read_are_not_compared() {
        let mut changed = frozen(vec![5; 28]);
        changed.coverage.method_changed = true;
        assert_eq!(trend(20, &changed, true), Trend::MethodChanged);
        assert_eq!(highest_since(20, &changed, true, &TimeZone::UTC), None);
    }

    #[test]
    fn b_53_changed_coverage_is_not_compared() {
        let mut changed = frozen(vec![5; 28]);
        changed.coverage.sources_changed = true;
        assert_eq!(trend(20, &changed, true), Trend::NotCompared);
        let mut poor = frozen(vec![5; 28]);
        poor.coverage.read_before = vec![14; 28];
        assert_eq!(trend(20, &poor, true), Trend::NotCompared);
    }

    #[test]
    fn a_narrower_selection_has_no_baseline() {
        assert_eq!(trend(20, &frozen(vec![5; 28]), false), Trend::NoBaseline { days: 0 });
    }
}
