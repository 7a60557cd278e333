//! The table of places: one tab-separated row a place, read only where a name leads to it.

use super::GazetteerError;

static PACKED: &[u8] = include_bytes!("../../../config/gazetteer/places.tsv.zst");

/// Room for the unpacked table: the 8.4 MB of today and some growth.
const LARGEST: usize = 24 << 20;

/// The unpacked table and where its rows start.
#[derive(Debug)]
pub(super) struct Table {
    text: String,
    starts: Vec<u32>,
}

/// One row, cut into its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// `C` country, `A` and `B` divisions, `R` region, `P` place.
    pub(super) kind: u8,
    pub(super) name: &'a str,
    pub(super) country: &'a str,
    pub(super) admin1: &'a str,
    pub(super) admin2: &'a str,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
    pub(super) population: u64,
    pub(super) feature: &'a str,
    /// Parted by `|`.
    pub(super) aliases: &'a str,
}

impl Table {
    /// Unpacks the embedded table.
    pub(super) fn embedded() -> Result<Self, GazetteerError> {
        let broken = |reason: String| GazetteerError::Broken { file: "places.tsv.zst", reason };
        let bytes =
            zstd::bulk::decompress(PACKED, LARGEST).map_err(|error| broken(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| broken(error.to_string()))?;
        Self::new(text).ok_or_else(|| broken("it holds no rows".to_owned()))
    }

    fn new(text: String) -> Option<Self> {
        let mut starts = vec![0];
        for (at, _) in text.match_indices('\n') {
            starts.push(u32::try_from(at + 1).ok()?);
        }
        (starts.len() > 1).then_some(Self { text, starts })
    }

    /// All rows.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes the table has: part of the index's seal.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The row with this number.
    pub(super) fn row(&self, number: u32) -> Option<Row<'_>> {
        Row::cut(self.line(number)?)
    }

    /// A name of a row, as [`Row::spelling`]; the other cells are left uncut.
    pub(super) fn spelling(&self, number: u32, spelling: usize) -> Option<&str> {
        let line = self.line(number)?;
        match spelling.checked_sub(1) {
            None => line.split('\t').nth(1),
            Some(alias) => aliases(line.rsplit('\t').next()?).nth(alias),
        }
    }

    fn line(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let (start, end) =
            (*self.starts.get(number)? as usize, *self.starts.get(number + 1)? as usize);
        Some(self.text.get(start..end)?.trim_end_matches('\n'))
    }
}

impl<'a> Row<'a> {
    fn cut(line: &'a str) -> Option<Self> {
        let mut cells = line.split('\t');
        Some(Self {
            kind: *cells.next()?.as_bytes().first()?,
            name: cells.next()?,
            country: cells.next()?,
            admin1: cells.next()?,
            admin2: cells.next()?,
            lat: cells.next()?.parse().ok(),
            lon: cells.next()?.parse().ok(),
            population: cells.next()?.parse().unwrap_or(0),
            feature: cells.next()?,
            aliases: cells.next()?,
        })
    }

    /// The name with this number: 0 is the main one.
    pub(super) fn spelling(&self, number: usize) -> Option<&'a str> {
        self.spellings().nth(number)
    }

    /// The main name and the aliases.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        std::iter::once(self.name).chain(aliases(self.aliases))
    }
}

/// The names of the cell of aliases.
fn aliases(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|alias| !alias.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_cut_into_its_cells() {
        let table = Table::new(
            "P\tAriha\tSY\tIdlib\tArihah\t35.814\t36.61\t0\tPPLA2\tArihah|أريحا\n".to_owned(),
        )
        .unwrap();
        let row = table.row(0).unwrap();
        assert_eq!(
            (row.name, row.country, row.admin1, row.population),
            ("Ariha", "SY", "Idlib", 0)
        );
        assert_eq!(row.lat, Some(35.814));
        assert_eq!(row.spelling(2), Some("أريحا"));
        let names: Vec<_> = (0..4).map(|spelling| table.spelling(0, spelling)).collect();
        assert_eq!(names, [Some("Ariha"), Some("Arihah"), Some("أريحا"), None]);
        assert!(table.row(1).is_none());
    }

    #[test]
    fn the_embedded_table_has_the_world_and_the_conflict_countries() {
        let table = Table::embedded().unwrap();
        assert!(table.len() > 80_000, "{}", table.len());
    }
}
