//! The little grammar that the sentences need.

/// Words that end a name and need an article before it.
const HEADS: &[&str] = &[
    "alliance",
    "army",
    "authority",
    "battalion",
    "battalions",
    "brigade",
    "brigades",
    "coalition",
    "command",
    "committee",
    "committees",
    "corps",
    "council",
    "directorate",
    "division",
    "force",
    "forces",
    "front",
    "government",
    "governorate",
    "group",
    "guard",
    "guards",
    "houthis",
    "legion",
    "militia",
    "militias",
    "ministry",
    "mission",
    "movement",
    "navy",
    "organisation",
    "organization",
    "party",
    "police",
    "regiment",
    "resistance",
    "service",
    "services",
    "taliban",
    "troops",
    "union",
    "unit",
    "units",
];

/// Endings of names that take a plural verb.
const PLURAL_HEADS: &[&str] = &[
    "battalions",
    "brigades",
    "committees",
    "fighters",
    "forces",
    "guards",
    "houthis",
    "militias",
    "people",
    "police",
    "gunmen",
    "militiamen",
    "men",
    "women",
    "children",
    "services",
    "troops",
    "units",
    "workers",
    "personnel",
    "staff",
    "sources",
];

/// `A`, `A and B`, `A, B and C`; beyond three, `A, B and 2 others`.
pub(crate) fn joined(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

/// The text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a name takes a plural verb.
pub(crate) fn is_plural(name: &str) -> bool {
    let last = last_word(name);
    let lower = name.chars().next().is_some_and(char::is_lowercase);
    PLURAL_HEADS.contains(&last.as_str()) || (lower && last.ends_with('s') && !last.ends_with("ss"))
}

/// Whether a name ends like that of a body of people: a brigade, a council, fighters.
pub(crate) fn is_body(name: &str) -> bool {
    let last = last_word(name);
    HEADS.contains(&last.as_str()) || PLURAL_HEADS.contains(&last.as_str())
}

/// The name with `the` where English puts it.
pub(crate) fn with_article(name: &str) -> String {
    let bare = name.to_lowercase().starts_with("the ");
    let proper = name.chars().next().is_some_and(char::is_uppercase);
    if !bare && proper && HEADS.contains(&last_word(name).as_str()) {
        return format!("the {name}");
    }
    name.to_owned()
}

/// The name of a thing with `a` or `an`; a plural or proper name stays as it is.
pub(crate) fn with_indefinite(name: &str) -> String {
    let first = name.chars().next().unwrap_or(' ');
    if is_plural(name)
        || first.is_uppercase()
        || has_arabic_article(name)
        || name.split_whitespace().next().is_some_and(is_determiner)
    {
        return name.to_owned();
    }
    let article = if "aeiou".contains(first.to_ascii_lowercase()) { "an" } else { "a" };
    format!("{article} {name}")
}

/// `al-Qaeda`: a name although it begins in lower case.
fn has_arabic_article(name: &str) -> bool {
    let articles = ["al-", "el-", "an-", "ar-", "as-", "ash-", "at-", "ad-", "az-"];
    articles.iter().any(|article| name.starts_with(article))
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "its"
            | "his"
            | "her"
            | "their"
            | "one"
            | "two"
            | "three"
            | "several"
            | "some"
            | "many"
    ) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// A noun for `n` of a thing.
pub(crate) fn plural(noun: &str, n: u32) -> String {
    if n == 1 || noun.ends_with('s') || matches!(noun, "people" | "personnel" | "aircraft" | "aid")
    {
        return noun.to_owned();
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with("sh") || noun.ends_with('x') => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

/// `1 event`, `2 events`, `1,200 events`.
pub(crate) fn counted(n: u32, noun: &str) -> String {
    format!("{} {}", number(n), plural(noun, n))
}

/// A number with commas between thousands.
pub(crate) fn number(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `8–12`, or `8` where both are the same.
pub(crate) fn range(low: u32, high: u32) -> String {
    if low == high { number(low) } else { format!("{}–{}", number(low), number(high)) }
}

/// How many words a reader sees: runs between spaces that hold a letter or digit; an address is none.
pub(crate) fn words(text: &str) -> usize {
    let is_word = |word: &&str| !word.contains("://") && word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(is_word).count()
}

/// Letters and digits in lower case without marks and the Arabic article, to tell another spelling from another
/// way of writing the same.
pub(crate) fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let lower =
        name.nfd().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-').collect::<String>();
    let lower = lower.to_lowercase().replace('-', " ");
    lower
        .split_whitespace()
        .filter(|word| !matches!(*word, "al" | "as" | "ash" | "ad" | "ar" | "at" | "the"))
        .collect()
}

fn last_word(name: &str) -> String {
    name.split_whitespace().last().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_as_in_prose() {
        let names = ["A", "B", "C", "D"].map(str::to_owned);
        assert_eq!(joined(&names[..2]), "A and B");
        assert_eq!(joined(&names[..3]), "A, B and C");
        assert_eq!(joined(&names), "A, B and 2 others");
    }

    #[test]
    fn an_army_has_an_article_and_an_acronym_has_none() {
        assert_eq!(with_article("Syrian Army"), "the Syrian Army");
        assert_eq!(with_article("HTS"), "HTS");
        assert_eq!(with_article("gunmen from a militia"), "gunmen from a militia");
    }

    #[test]
    fn groups_of_people_take_a_plural_verb() {
        for name in ["Syrian Democratic Forces", "gunmen", "local sources", "residents"] {
            assert!(is_plural(name), "{name}");
        }
        assert!(!is_plural("Hamas"));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([number(7), number(1200), number(1_234_567)], ["7", "1,200", "1,234,567"]);
    }

    #[test]
    fn b_25_another_way_of_writing_the_same_name_is_not_another_spelling() {
        assert_eq!(folded("al-Sukhna"), folded("As Sukhna"));
        assert_ne!(folded("Binin"), folded("Benin"));
    }
}
