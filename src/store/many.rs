//! Statements over several rows at once: for many rows, one way to the engine and back.

use std::sync::OnceLock;

use super::dialect::{Engine, OR_IGNORE};
use super::query::{Bind, Record, Tx};
use super::{Db, StoreError};

/// Stands in a statement for the places of its rows.
const ROWS: &str = "/*rows*/";

/// How many rows go into one statement: few sizes, so that each is prepared once.
const SIZES: [usize; 5] = [512, 128, 32, 8, 1];

/// The text of a statement for each engine.
type Texts = [OnceLock<String>; 2];

/// A statement with a place for rows, whose parameters are all there are.
pub(super) struct Many {
    sql: &'static str,
    width: usize,
    texts: [Texts; SIZES.len()],
}

impl Many {
    /// `sql` writes the rows that stand where it says `/*rows*/`; each has `width` parameters.
    pub(super) const fn new(sql: &'static str, width: usize) -> Self {
        Self { sql, width, texts: [const { [const { OnceLock::new() }; 2] }; SIZES.len()] }
    }

    /// Runs the statements in a transaction and gives what they return. Where they write, no two rows may be of one key,
    /// since a statement does not see what it writes.
    pub(super) async fn write<T: Record>(
        &'static self,
        tx: &mut Tx,
        rows: Vec<Vec<Bind>>,
    ) -> Result<Vec<T>, StoreError> {
        let (mut returned, mut rows) = (Vec::new(), rows.into_iter());
        while let Some((sql, binds)) = self.next(tx.engine(), &mut rows) {
            returned.extend(tx.all(sql, binds).await?);
        }
        Ok(returned)
    }

    /// The rows that a query gives which does not write.
    pub(super) async fn read<T: Record>(
        &'static self,
        db: &Db,
        rows: Vec<Vec<Bind>>,
    ) -> Result<Vec<T>, StoreError> {
        let (mut returned, mut rows) = (Vec::new(), rows.into_iter());
        while let Some((sql, binds)) = self.next(db.engine(), &mut rows) {
            returned.extend(db.all(sql, binds).await?);
        }
        Ok(returned)
    }

    /// Writes the rows and gives how many of them changed something; as for [`Many::write`], no two may be of one key
    /// where a row that is there is changed.
    pub(super) async fn run(
        &'static self,
        tx: &mut Tx,
        rows: Vec<Vec<Bind>>,
    ) -> Result<u64, StoreError> {
        let (mut changed, mut rows) = (0, rows.into_iter());
        while let Some((sql, binds)) = self.next(tx.engine(), &mut rows) {
            changed += tx.run(sql, binds).await?;
        }
        Ok(changed)
    }

    /// The statement for as many of the rows as go into one, and its parameters; none where no row is left.
    fn next(
        &'static self,
        engine: Engine,
        rows: &mut std::vec::IntoIter<Vec<Bind>>,
    ) -> Option<(&'static str, Vec<Bind>)> {
        let at = SIZES.iter().position(|size| *size <= rows.len())?;
        let (size, texts) = (*SIZES.get(at)?, self.texts.get(at)?);
        let text = || {
            let sql = self.sql.replace(OR_IGNORE, engine.or_ignore());
            sql.replace(ROWS, &places(engine, size, self.width))
        };
        let sql = of_engine(texts, engine).get_or_init(text);
        Some((sql, rows.take(size).flatten().collect()))
    }
}

/// Stands in a query for the places of its keys.
const KEYS: &str = "/*keys*/";

/// How many keys are looked up at a time.
const LOOKED_UP: usize = 32;

/// A query with a place for keys, after which no parameter stands.
pub(super) struct Keys {
    sql: &'static str,
    before: usize,
    texts: Texts,
}

impl Keys {
    /// `sql` reads what belongs to the keys that stand where it says `/*keys*/`, after `before` other parameters, each
    /// of which stands once and in order.
    pub(super) const fn new(sql: &'static str, before: usize) -> Self {
        Self { sql, before, texts: [const { OnceLock::new() }; 2] }
    }

    /// The rows of all `keys`, a look-up by index for each, so that it takes no longer the more rows there are.
    pub(super) async fn read<T: Record>(
        &'static self,
        db: &Db,
        before: Vec<Bind>,
        keys: impl Iterator<Item = &str>,
    ) -> Result<Vec<T>, StoreError> {
        let (sql, keys): (_, Vec<&str>) = (self.of(db.engine()), keys.collect());
        let mut rows = Vec::new();
        for some in keys.chunks(LOOKED_UP) {
            rows.extend(db.all(sql, filled(&before, some)).await?);
        }
        Ok(rows)
    }

    /// Runs a statement on the rows of all `keys`.
    pub(super) async fn run(
        &'static self,
        tx: &mut Tx,
        before: Vec<Bind>,
        keys: impl Iterator<Item = String>,
    ) -> Result<(), StoreError> {
        let (sql, keys): (_, Vec<String>) = (self.of(tx.engine()), keys.collect());
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        for some in keys.chunks(LOOKED_UP) {
            tx.run(sql, filled(&before, some)).await?;
        }
        Ok(())
    }

    fn of(&'static self, engine: Engine) -> &'static str {
        of_engine(&self.texts, engine).get_or_init(|| self.text(engine))
    }

    fn text(&self, engine: Engine) -> String {
        let before = (1..=self.before).fold(self.sql.to_owned(), |sql, at| {
            sql.replacen(&format!("${at}"), &engine.place(at), 1)
        });
        let places = (1..=LOOKED_UP).map(|at| engine.place(self.before + at));
        before.replace(KEYS, &places.collect::<Vec<_>>().join(", "))
    }
}

/// One text serves any number of keys: the last one fills the places that are left.
fn filled(before: &[Bind], some: &[&str]) -> Vec<Bind> {
    let keys = some.iter().chain(some.last().into_iter().cycle()).take(LOOKED_UP);
    before.iter().cloned().chain(keys.map(|key| Bind::from(*key))).collect()
}

fn of_engine(texts: &Texts, engine: Engine) -> &OnceLock<String> {
    let [sqlite, postgres] = texts;
    match engine {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    }
}

/// `($1, $2), ($3, $4)` for two rows of two.
fn places(engine: Engine, rows: usize, width: usize) -> String {
    let row = |row: usize| {
        let row: Vec<String> = (1..=width).map(|at| engine.place(row * width + at)).collect();
        format!("({})", row.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through_where_they_have_names() {
        assert_eq!(places(Engine::Postgres, 2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(places(Engine::Sqlite, 2, 2), "(?, ?), (?, ?)");
    }

    #[test]
    fn keys_stand_after_the_other_parameters() {
        static KEYS: Keys = Keys::new("x = $1 AND k IN (/*keys*/)", 1);
        let text = KEYS.text(Engine::Postgres);
        assert!(
            text.starts_with("x = $1 AND k IN ($2, $3, ") && text.ends_with(", $33)"),
            "{text}"
        );
        let text = KEYS.text(Engine::Sqlite);
        assert!(text.starts_with("x = ? AND k IN (?, ?, ") && text.ends_with(", ?)"), "{text}");
    }
}
