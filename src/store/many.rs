//! Statements that write several rows at once: for many rows, one way to the engine and back.

use std::sync::OnceLock;

use super::StoreError;
use super::query::{Bind, Record, Tx};

/// Stands in a statement for the places of its rows.
const ROWS: &str = "/*rows*/";

/// How many rows go into one statement: few sizes, so that each is prepared once.
const SIZES: [usize; 3] = [32, 8, 1];

/// A statement with a place for rows.
pub(super) struct Many {
    sql: &'static str,
    width: usize,
    texts: [OnceLock<String>; SIZES.len()],
}

impl Many {
    /// `sql` writes the rows that stand where it says `/*rows*/`; each has `width` parameters.
    pub(super) const fn new(sql: &'static str, width: usize) -> Self {
        Self { sql, width, texts: [const { OnceLock::new() }; SIZES.len()] }
    }

    /// Writes the rows and gives what the statements return. No two rows may be of one key, since a statement does not
    /// see what it writes.
    pub(super) async fn write<T: Record>(
        &'static self,
        tx: &mut Tx,
        rows: Vec<Vec<Bind>>,
    ) -> Result<Vec<T>, StoreError> {
        let mut returned = Vec::new();
        let mut rows = rows.into_iter();
        for (size, text) in SIZES.into_iter().zip(&self.texts) {
            while rows.len() >= size {
                let sql = text.get_or_init(|| self.sql.replace(ROWS, &places(size, self.width)));
                let binds = rows.by_ref().take(size).flatten().collect();
                returned.extend(tx.all(sql, binds).await?);
            }
        }
        Ok(returned)
    }
}

/// `($1, $2), ($3, $4)` for two rows of two.
fn places(rows: usize, width: usize) -> String {
    let row = |row: usize| {
        let row: Vec<String> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
        format!("({})", row.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }
}
