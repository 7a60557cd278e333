//! English: the embedded word lists.

use super::lexicon::Lexicon;
use super::rows::Sources;

/// The English lexicon, from the embedded data. None only if those data are broken, which a test refuses.
pub fn lexicon() -> Option<Lexicon> {
    Lexicon::read(&Sources {
        closed: include_str!("../../../config/lexicon/en/closed.toml"),
        people: include_str!("../../../config/lexicon/en/people.toml"),
        things: include_str!("../../../config/lexicon/en/things.toml"),
        deeds: include_str!("../../../config/lexicon/en/deeds.toml"),
        speech: include_str!("../../../config/lexicon/en/speech.toml"),
        filters: include_str!("../../../config/lexicon/en/filters.toml"),
        page: include_str!("../../../config/lexicon/en/page.toml"),
        mentions: include_str!("../../../config/lexicon/en/mentions.toml"),
    })
    .ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_english_words_can_be_read() {
        assert!(super::lexicon().is_some());
    }
}
