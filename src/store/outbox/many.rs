//! One statement for several rows: a round trip costs more than what it does.

use std::sync::OnceLock;

/// The most rows of one statement.
pub(super) const MOST: usize = 64;
/// 1, 2, 4 … 64.
const SIZES: usize = 7;

/// A statement over `(VALUES …) AS v`, whose text is made once for each size; a smaller number of rows repeats its last
/// one, which changes nothing.
pub(super) struct Many {
    texts: [OnceLock<String>; SIZES],
    /// Around the rows.
    around: (&'static str, &'static str),
    /// Parameters before the rows, and of each row.
    parameters: (usize, usize),
}

impl Many {
    pub(super) const fn new(
        around: (&'static str, &'static str),
        parameters: (usize, usize),
    ) -> Self {
        Self { texts: [const { OnceLock::new() }; SIZES], around, parameters }
    }

    /// The statement for `rows`, of which there are 1 to [`MOST`], and how many rows must be given.
    pub(super) fn of(&'static self, rows: usize) -> (&'static str, usize) {
        let size = rows.clamp(1, MOST).next_power_of_two();
        let text = self.texts.get(size.trailing_zeros() as usize);
        (text.map_or("", |text| text.get_or_init(|| self.text(size))), size)
    }

    fn text(&self, rows: usize) -> String {
        let (before, each) = self.parameters;
        let row = |n: usize| {
            let first = before + n * each + 1;
            let numbers: Vec<_> = (first..first + each).map(|at| format!("${at}")).collect();
            format!("({})", numbers.join(", "))
        };
        let rows: Vec<_> = (0..rows).map(row).collect();
        format!("{}VALUES {}{}", self.around.0, rows.join(", "), self.around.1)
    }
}

/// The rows, and the last one again until there are `size`.
pub(super) fn padded<T>(rows: &[T], size: usize) -> impl Iterator<Item = &T> {
    rows.iter().chain(rows.last().into_iter().cycle()).take(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_of_each_row_follow_those_before_and_sizes_are_powers_of_two() {
        static INSERT: Many = Many::new(("INSERT INTO t ", " ON CONFLICT DO NOTHING"), (1, 2));
        let (text, size) = INSERT.of(3);
        assert_eq!(size, 4);
        assert!(text.starts_with("INSERT INTO t VALUES ($2, $3), ($4, $5), "), "{text}");
        assert!(text.ends_with("($8, $9) ON CONFLICT DO NOTHING"), "{text}");
        assert_eq!(padded(&[1, 2, 3], 4).copied().collect::<Vec<_>>(), [1, 2, 3, 3]);
        assert_eq!((INSERT.of(1).1, INSERT.of(64).1, INSERT.of(65).1), (1, 64, 64));
    }
}
