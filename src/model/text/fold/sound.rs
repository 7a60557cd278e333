//! The sounds of a name, and how far two names are apart.

use super::is_article;

/// Longer names are compared by their first sounds only.
const MOST_SOUNDS: usize = 48;

/// What a name sounds like: consonants, and the quality of each run of vowels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds {
    sounds: Vec<u8>,
    letters: usize,
}

impl Sounds {
    /// The sounds of a plain name, without articles.
    pub fn of(plain: &str) -> Self {
        let mut sounds = Vec::with_capacity(plain.len());
        let mut letters = 0;
        for word in plain.split(' ').filter(|word| !is_article(word)) {
            letters += word.len();
            Reader::new(super::without_article(word)).for_each(|sound| sounds.push(sound));
        }
        sounds.truncate(MOST_SOUNDS);
        Self { sounds, letters }
    }

    /// How many sounds there are.
    pub fn len(&self) -> usize {
        self.sounds.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sounds.is_empty()
    }

    /// How many letters, without articles.
    pub fn letters(&self) -> usize {
        self.letters
    }
}

/// Appends the key of a word: classes of consonants, `*` for vowels but the last.
pub(super) fn push_key(word: &str, out: &mut String) {
    let start = out.len();
    for sound in Reader::new(word) {
        let class = class(sound);
        if !(class == b'*' && out.len() > start && out.ends_with('*')) {
            out.push(char::from(class));
        }
    }
    if out.len() > start + 1 && out.ends_with('*') {
        out.pop();
    }
}

/// Reads a word sound by sound.
struct Reader<'a> {
    rest: &'a [u8],
    before: u8,
}

impl<'a> Reader<'a> {
    fn new(word: &'a str) -> Self {
        Self { rest: word.as_bytes(), before: 0 }
    }

    fn vowels(&mut self) -> u8 {
        let run = self.rest.iter().take_while(|b| is_vowel(**b)).count();
        let (vowels, rest) = self.rest.split_at(run);
        self.rest = rest;
        let last = rest.is_empty() || rest == b"h";
        if rest == b"h" {
            self.rest = &[];
        }
        quality(vowels, last)
    }

    fn consonant(&mut self) -> u8 {
        let (sound, used) = match self.rest {
            [b'k', b'h', ..] => (b'x', 2),
            [b'g', b'h', ..] => (b'G', 2),
            [b's', b'c', b'h', ..] => (b'S', 3),
            [b's' | b'c', b'h', ..] => (b'S', 2),
            [b'd', b'h', ..] => (b'D', 2),
            [b't', b'h', ..] => (b'T', 2),
            [b'p', b'h', ..] => (b'f', 2),
            [b'd', b'j', ..] => (b'j', 2),
            [b'c', b'k', ..] => (b'k', 2),
            [b'c', b'e' | b'i' | b'y', ..] => (b's', 1),
            [b'c', ..] => (b'k', 1),
            [other, ..] => (*other, 1),
            [] => (b' ', 0),
        };
        self.rest = &self.rest[used..];
        sound
    }
}

impl Iterator for Reader<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        while let Some(first) = self.rest.first() {
            let sound =
                if is_vowel(*first) && !self.glide() { self.vowels() } else { self.consonant() };
            let repeated = sound == self.before;
            self.before = sound;
            if !repeated {
                return Some(sound);
            }
        }
        None
    }
}

impl Reader<'_> {
    /// Whether a `y` or `w` stands before a vowel at the start of the word: a consonant there.
    fn glide(&self) -> bool {
        self.before == 0 && matches!(self.rest, [b'y' | b'w', next, ..] if b"aeiou".contains(next))
    }
}

fn is_vowel(b: u8) -> bool {
    b"aeiouyw".contains(&b)
}

/// One letter for a run of vowels: what an English reader would hear.
fn quality(vowels: &[u8], last: bool) -> u8 {
    match vowels {
        [b'a', b'w' | b'u', ..] | [b'o' | b'u' | b'w', ..] => b'u',
        [b'a' | b'e', b'i' | b'y', ..] | [b'e', b'e', ..] | [b'i' | b'y', ..] => b'i',
        [b'a', ..] => b'a',
        _ if last => b'a',
        _ => b'e',
    }
}

/// The class of a sound in a key.
fn class(sound: u8) -> u8 {
    match sound {
        b'a' | b'e' | b'i' | b'u' => b'*',
        b'D' | b'z' => b'd',
        b'T' | b's' => b't',
        b'q' | b'g' | b'G' => b'k',
        other => other,
    }
}

/// The weighted edit distance of two names: a vowel of near quality or a letter of the same class costs less than
/// another consonant.
pub fn distance(a: &Sounds, b: &Sounds) -> f32 {
    let mut row = [0.0_f32; MOST_SOUNDS + 1];
    for (j, sound) in b.sounds.iter().enumerate() {
        row[j + 1] = row[j] + gap(*sound);
    }
    for left in &a.sounds {
        let mut diagonal = row[0];
        row[0] += gap(*left);
        for (j, right) in b.sounds.iter().enumerate() {
            let swap = diagonal + swap(*left, *right);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(diagonal + gap(*left)).min(row[j] + gap(*right));
        }
    }
    row[b.sounds.len()]
}

/// What a sound costs that only one of the names has.
fn gap(sound: u8) -> f32 {
    match sound {
        b'a' | b'e' | b'i' | b'u' => 0.35,
        b'h' => 0.4,
        _ => 1.0,
    }
}

/// What it costs that one name has the one sound where the other has the other.
fn swap(a: u8, b: u8) -> f32 {
    match (a.min(b), a.max(b)) {
        (x, y) if x == y => 0.0,
        (b'a', b'e') | (b'e', b'i') => 0.3,
        (b'a', b'i') | (b'e', b'u') => 0.6,
        (b'a' | b'i', b'u') => 0.7,
        (x, y) if class(x) == class(y) => 0.35,
        _ => 1.0,
    }
}
