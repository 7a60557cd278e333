//! English inflection: the forms of a verb from its lemma.

use super::words::Form;

/// The regular forms of a lemma, with the irregular past and participle where given.
pub(super) fn forms(lemma: &str, irregular: Option<&[String; 2]>) -> Vec<(String, Form)> {
    let mut all = vec![(third(lemma), Form::Third), (gerund(lemma), Form::Ing)];
    // where past and lemma are alike ("set"), the form is read as the past, the commoner one in reports
    if irregular.is_none_or(|[past, _]| past != lemma) {
        all.push((lemma.to_owned(), Form::Base));
    }
    match irregular {
        Some([past, participle]) if past == participle => all.push((past.clone(), Form::Ed)),
        Some([past, participle]) => {
            all.push((past.clone(), Form::Past));
            all.push((participle.clone(), Form::Part));
        }
        None => all.push((past(lemma), Form::Ed)),
    }
    all
}

fn third(lemma: &str) -> String {
    match stem_y(lemma) {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with(['s', 'x', 'z', 'o'])
            || lemma.ends_with("ch")
            || lemma.ends_with("sh") =>
        {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    }
}

fn past(lemma: &str) -> String {
    match stem_y(lemma) {
        Some(stem) => format!("{stem}ied"),
        None if lemma.ends_with('e') => format!("{lemma}d"),
        None if doubles(lemma) => format!("{lemma}{}ed", last(lemma)),
        None => format!("{lemma}ed"),
    }
}

fn gerund(lemma: &str) -> String {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match lemma.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') && stem.len() > 1 => format!("{stem}ing"),
        _ if doubles(lemma) => format!("{lemma}{}ing", last(lemma)),
        _ => format!("{lemma}ing"),
    }
}

fn stem_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

fn last(lemma: &str) -> char {
    lemma.chars().last().unwrap_or('t')
}

/// Short verbs in consonant-vowel-consonant double the last letter; so do a few longer ones.
fn doubles(lemma: &str) -> bool {
    const LONGER: &[&str] = &[
        "kidnap", "regret", "commit", "admit", "permit", "transfer", "occur", "refer", "control",
        "repel", "expel", "compel", "rebel", "patrol", "deter", "incur", "prefer", "propel",
        "submit", "omit", "abhor",
    ];
    if LONGER.contains(&lemma) {
        return true;
    }
    let vowels = lemma.chars().filter(|c| "aeiou".contains(*c)).count();
    let tail: Vec<char> = lemma.chars().rev().take(2).collect();
    let [end, before] = tail[..] else { return false };
    vowels == 1 && "aeiou".contains(before) && !"aeiouwxy".contains(end) && lemma.len() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_as_english_does() {
        let has = |lemma, form: &str| forms(lemma, None).iter().any(|(known, _)| known == form);
        assert!(
            has("kidnap", "kidnapped")
                && has("rob", "robbed")
                && has("die", "dying")
                && has("bury", "buried")
        );
        assert!(
            has("seize", "seizing")
                && has("clash", "clashes")
                && has("flee", "fleeing")
                && has("bomb", "bombed")
        );
    }
}
