//! Numbers that are a part of a toll which is told elsewhere: "three of the dead were children", "two of the wounded died
//! later". Such a number is no toll of its own: it says only that there were at least so many (B-35).

/// Words for those whom a toll counts.
const COUNTED: &[&str] = &[
    "casualties",
    "dead",
    "deaths",
    "fatalities",
    "injured",
    "killed",
    "slain",
    "victims",
    "wounded",
];
/// Words after which those follow whom a text has told of before.
const KNOWN: &[&str] = &["the", "those", "these", "them"];
/// What people die of later.
const WOUNDS: &[&str] = &["injuries", "wounds"];
/// Words for dying of them.
const DIED: &[&str] = &["died", "dies", "die", "succumbed", "dead"];
/// How many words may stand between "of the" and who is meant: "of the people who were wounded".
const BETWEEN: usize = 4;

/// Small numbers in words.
const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The numbers that these sentences give as parts of a toll.
pub(super) fn parts<'a>(quotes: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
    let telling = quotes.into_iter().filter(|quote| may_tell(quote));
    let sentences = telling.flat_map(|quote| quote.split(['.', ';', '!', '?']));
    sentences.flat_map(|sentence| in_sentence(&words(sentence))).collect()
}

/// Most sentences are told apart by this alone.
fn may_tell(quote: &str) -> bool {
    ["of the", "of those", "of these", "mong the", "mong those", "wounds", "injuries"]
        .iter()
        .any(|words| quote.contains(words))
}

fn words(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn in_sentence(words: &[String]) -> Vec<u32> {
    let numbered = words.iter().enumerate().filter_map(|(at, word)| Some((at, number(word)?)));
    let numbers: Vec<(usize, u32)> = numbered.collect();
    let is_part = |at: usize| {
        is_of_the_counted(words, at) || is_among_them(words, at) || died_of_wounds(words, at)
    };
    numbers.into_iter().filter(|(at, _)| is_part(*at)).map(|(_, number)| number).collect()
}

fn number(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, n)| n);
    named.or_else(|| word.parse().ok())
}

fn is(words: &[String], at: usize, any: &[&str]) -> bool {
    words.get(at).is_some_and(|word| any.contains(&word.as_str()))
}

/// Whether some of the words from `at` on, few words on, stands for those who are counted.
fn counted_soon(words: &[String], at: usize) -> bool {
    (at..=at + BETWEEN).any(|at| is(words, at, COUNTED))
}

/// "Three of the dead", "two of those who were wounded".
fn is_of_the_counted(words: &[String], at: usize) -> bool {
    is(words, at + 1, &["of"]) && is(words, at + 2, KNOWN) && counted_soon(words, at + 3)
}

/// "Four soldiers were among the dead", "among the dead were three children".
fn is_among_them(words: &[String], at: usize) -> bool {
    let Some(among) = words.iter().position(|word| word == "among" || word == "amongst") else {
        return false;
    };
    let known = is(words, among + 1, KNOWN) && counted_soon(words, among + 2);
    let first = among + 2 + BETWEEN;
    let inverted = words.iter().take(first).skip(among).any(|word| word == "were" || word == "was");
    known && (at > among) == inverted
}

/// "Two children died on Thursday of wounds".
fn died_of_wounds(words: &[String], at: usize) -> bool {
    let after = |from: usize, any: &[&str]| {
        words.iter().skip(from).position(|word| any.contains(&word.as_str())).map(|n| from + n)
    };
    after(at + 1, DIED).is_some_and(|died| after(died + 1, WOUNDS).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_35_parts_of_a_toll_are_told_from_tolls() {
        let of = |sentence| parts([sentence]);
        assert_eq!(of("Three of the dead were children"), [3]);
        assert_eq!(of("Two of the people wounded in Monday's bombing died on Wednesday"), [2]);
        assert_eq!(of("4 soldiers were among those killed, the ministry said"), [4]);
        assert_eq!(of("Among the dead were three children and two women"), [3, 2]);
        assert_eq!(of("Twelve people died. Among the dead were three children"), [3]);
        assert_eq!(of("Two children died on Thursday of wounds from the day before"), [2]);
        assert_eq!(of("Ten people were killed and 13 wounded"), [0; 0]);
        assert_eq!(of("At least 30 of the fighters took part"), [0; 0]);
        assert_eq!(of("The shelling killed five people of the village"), [0; 0]);
    }
}
