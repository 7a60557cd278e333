//! The index of names: sorted hashes of plain names and of fold keys, each with the row and the spelling it stands
//! for. Built from the table by [`build`]; a hash that meets another name by chance is harmless, for the spelling
//! is always compared.

use super::GazetteerError;
use super::table::Table;
use crate::model::id::{bytes_hash, content_hash};
use crate::model::text::fold::{FEWEST_LETTERS, key, plain};

static PACKED: &[u8] = include_bytes!("../../../config/gazetteer/index.zst");

const MAGIC: &[u8; 8] = b"sitrepG1";
const LARGEST: usize = 16 << 20;
const COMPRESSION: i32 = 19;

/// Keys shorter than this meet too many names to be worth a look.
pub(super) const SHORTEST_KEY: usize = 4;

/// Changes whenever folding does, so that an index of another folding is refused.
const FOLD_PROBE: &str =
    "Ma‘arrat an-Nu‘mān Deir Ezzor Khan Sheikhoun Suwayda Lysychans'k Quneitra";

/// A row and which of its spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    fn new(row: u32, spelling: u8) -> Self {
        Self(row << 8 | u32::from(spelling))
    }

    /// The row's number.
    pub(super) fn row(self) -> u32 {
        self.0 >> 8
    }

    /// The spelling's number.
    pub(super) fn spelling(self) -> usize {
        (self.0 & 0xff) as usize
    }
}

/// Hashes and their postings, sorted, hash by hash.
#[derive(Debug, Default, PartialEq, Eq)]
struct Column {
    hashes: Vec<u32>,
    postings: Vec<Posting>,
    /// Where the hashes with the same upper half begin: one jump instead of a search through all of them.
    starts: Vec<u32>,
}

/// The two columns.
#[derive(Debug, Default)]
pub(super) struct Index {
    plain: Column,
    folded: Column,
}

/// A hash that can be taken piece by piece (FNV-1a, 32 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NameHash(u32);

impl NameHash {
    /// The hash of nothing.
    pub(super) const EMPTY: Self = Self(0x811c_9dc5);

    /// The hash of what was hashed so far and `text` after it.
    pub(super) fn then(self, text: &str) -> Self {
        Self(
            text.bytes()
                .fold(self.0, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)),
        )
    }

    /// The hash of one text.
    pub(super) fn of(text: &str) -> Self {
        Self::EMPTY.then(text)
    }
}

impl Index {
    /// Whether a place may have the plain name with this hash.
    pub(super) fn may_know(&self, hash: NameHash) -> bool {
        !self.plain.find(hash).is_empty()
    }

    /// Unpacks the embedded index, which must have been made from this table.
    pub(super) fn embedded(table: &Table) -> Result<Self, GazetteerError> {
        let broken = |reason: String| GazetteerError::Broken { file: "index.zst", reason };
        let bytes =
            zstd::bulk::decompress(PACKED, LARGEST).map_err(|error| broken(error.to_string()))?;
        let rest = bytes.strip_prefix(&seal(table)[..]).ok_or(GazetteerError::Stale)?;
        let mut reader = Reader(rest);
        let index =
            reader.column().and_then(|plain| Some(Self { plain, folded: reader.column()? }));
        index.ok_or_else(|| broken("it is cut short".to_owned()))
    }

    /// The rows that may have this plain name.
    pub(super) fn plain(&self, hash: NameHash) -> &[Posting] {
        self.plain.find(hash)
    }

    /// The rows that may have a name with this key.
    pub(super) fn folded(&self, hash: NameHash) -> &[Posting] {
        self.folded.find(hash)
    }
}

impl Column {
    fn find(&self, hash: NameHash) -> &[Posting] {
        let half = (hash.0 >> 16) as usize;
        let Some([from, to]) = self.starts.get(half..half + 2) else { return &[] };
        let (from, to) = (*from as usize, *to as usize);
        let same = &self.hashes[from..to];
        let start = from + same.partition_point(|h| *h < hash.0);
        let length = self.hashes[start..to].iter().take_while(|h| **h == hash.0).count();
        &self.postings[start..start + length]
    }

    /// A column of hashes in order, each with its posting.
    fn new(hashes: Vec<u32>, postings: Vec<Posting>) -> Self {
        let mut starts = vec![0; (1 << 16) + 1];
        for hash in &hashes {
            starts[(hash >> 16) as usize + 1] += 1;
        }
        for half in 1..starts.len() {
            starts[half] += starts[half - 1];
        }
        Self { hashes, postings, starts }
    }

    fn of(mut pairs: Vec<(u32, Posting)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let (hashes, postings) = pairs.into_iter().unzip();
        Self::new(hashes, postings)
    }

    fn write(&self, out: &mut Vec<u8>) {
        push_number(out, self.hashes.len());
        let mut before = 0;
        for hash in &self.hashes {
            push_number(out, (hash - before) as usize);
            before = *hash;
        }
        let bytes =
            |shift: u32| self.postings.iter().map(move |p| p.0.to_le_bytes()[shift as usize]);
        for shift in 0..4 {
            out.extend(bytes(shift));
        }
    }
}

/// What an index begins with: the format, the table it was made from, the way of folding.
fn seal(table: &Table) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    push_number(&mut out, table.bytes());
    push_number(&mut out, table.len());
    out.extend(NameHash::of(&key(&plain(FOLD_PROBE))).0.to_le_bytes());
    out
}

/// An index as it lies beside its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIndex {
    /// The bytes of `index.zst`.
    pub packed: Vec<u8>,
    /// SHA-256 of the table that it was made from, unpacked.
    pub table_sha256: String,
    /// SHA-256 of the index, unpacked: packing differs between versions of zstd.
    pub index_sha256: String,
}

/// Makes the index of the embedded table: `sitrep dev gazetteer` writes it to `config/gazetteer/index.zst`.
///
/// # Errors
///
/// If the embedded table is broken or the packing fails.
pub fn build() -> Result<BuiltIndex, GazetteerError> {
    let table = Table::embedded()?;
    let index = of_table(&table);
    let mut out = seal(&table);
    index.plain.write(&mut out);
    index.folded.write(&mut out);
    let packed = zstd::bulk::compress(&out, COMPRESSION)
        .map_err(|error| GazetteerError::Broken { file: "index.zst", reason: error.to_string() })?;
    let (table_sha256, index_sha256) = (content_hash(table.text()), bytes_hash(&out));
    Ok(BuiltIndex { packed, table_sha256, index_sha256 })
}

fn of_table(table: &Table) -> Index {
    let (mut exact, mut folded) = (Vec::new(), Vec::new());
    for number in (0..table.len()).filter_map(|n| u32::try_from(n).ok()) {
        let Some(row) = table.row(number) else { continue };
        for (spelling, name) in (0..=u8::MAX).zip(row.spellings()) {
            let posting = Posting::new(number, spelling);
            let name = plain(name);
            exact.push((NameHash::of(&name).0, posting));
            folded.extend(key_of(&name).map(|key| (NameHash::of(&key).0, posting)));
        }
    }
    Index { plain: Column::of(exact), folded: Column::of(folded) }
}

/// The key of a plain name, if it is one that is worth folding.
pub(super) fn key_of(plain: &str) -> Option<String> {
    let key = key(plain);
    (plain.is_ascii() && plain.len() >= FEWEST_LETTERS && key.len() >= SHORTEST_KEY).then_some(key)
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Reads what [`Column::write`] wrote.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in (0..35).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(first & 0x7f).checked_shl(shift)?;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn column(&mut self) -> Option<Column> {
        let count = self.number()? as usize;
        let mut hash = 0_u32;
        let hashes = (0..count)
            .map(|_| {
                hash = hash.checked_add(self.number()?)?;
                Some(hash)
            })
            .collect::<Option<_>>()?;
        let (bytes, rest) = self.0.split_at_checked(4 * count)?;
        self.0 = rest;
        let byte = |at: usize, plane: usize| bytes[plane * count + at];
        let posting =
            |at| Posting(u32::from_le_bytes([byte(at, 0), byte(at, 1), byte(at, 2), byte(at, 3)]));
        Some(Column::new(hashes, (0..count).map(posting).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_as_it_was_written() {
        let pairs = [
            (7, Posting::new(3, 0)),
            (7, Posting::new(4, 2)),
            (4_000_000_000, Posting::new(100_000, 255)),
        ];
        let column = Column::of(pairs.to_vec());
        let mut bytes = Vec::new();
        column.write(&mut bytes);
        assert_eq!(Reader(&bytes).column(), Some(column));
        assert_eq!(Reader(&bytes[..bytes.len() - 1]).column(), None);
    }

    #[test]
    fn the_embedded_index_fits_the_embedded_table_and_the_folding() {
        let table = Table::embedded().unwrap();
        let index = Index::embedded(&table).unwrap();
        for number in (0..table.len()).step_by(997).filter_map(|n| u32::try_from(n).ok()) {
            let row = table.row(number).unwrap();
            let name = plain(row.name);
            assert!(index.plain(NameHash::of(&name)).contains(&Posting::new(number, 0)), "{name}");
            let key = key_of(&name);
            let folded = key.is_none_or(|key| {
                index.folded(NameHash::of(&key)).contains(&Posting::new(number, 0))
            });
            assert!(folded, "{name}");
        }
    }
}
