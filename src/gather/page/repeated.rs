//! Paragraphs that several pages of one site share: they belong to the site, not to an article.

use std::collections::{HashMap, HashSet};

/// A paragraph on so many pages that were read together, and on half of them, is the site's.
const FEWEST_PAGES: usize = 3;

/// Takes the paragraphs of the site out of the texts of its pages. A text of nothing else stays as it is.
pub(in crate::gather) fn drop_from<'a>(texts: impl Iterator<Item = &'a mut String>) {
    let texts: Vec<&mut String> = texts.collect();
    let of_site = of_site(&texts);
    if of_site.is_empty() {
        return;
    }
    for text in texts {
        let own = text.split("\n\n").filter(|paragraph| !of_site.contains(*paragraph));
        let own = own.collect::<Vec<_>>().join("\n\n");
        if !own.is_empty() {
            *text = own;
        }
    }
}

fn of_site(texts: &[&mut String]) -> HashSet<String> {
    let mut pages: HashMap<&str, usize> = HashMap::new();
    for text in texts {
        let own: HashSet<&str> = text.split("\n\n").collect();
        for paragraph in own {
            *pages.entry(paragraph).or_default() += 1;
        }
    }
    let shared = |on: usize| on >= FEWEST_PAGES && on * 2 >= texts.len();
    pages.into_iter().filter(|(_, on)| shared(*on)).map(|(text, _)| text.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(texts: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        drop_from(texts.iter_mut());
        texts
    }

    #[test]
    fn what_three_pages_share_is_dropped_and_what_two_share_is_kept() {
        let three = ["One.\n\nOur desk writes daily.", "Our desk writes daily.\n\nTwo.", "Three."];
        assert_eq!(left(&three), three);
        let three =
            ["One.\n\nOur desk.", "Our desk.\n\nTwo.", "Our desk.\n\nThree.", "Four.\n\nTwo."];
        assert_eq!(left(&three), ["One.", "Two.", "Three.", "Four.\n\nTwo."]);
    }

    #[test]
    fn pages_that_are_all_the_same_keep_their_text() {
        assert_eq!(left(&["Calm.", "Calm.", "Calm."]), ["Calm.", "Calm.", "Calm."]);
    }
}
