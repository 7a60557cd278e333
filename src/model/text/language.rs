//! Which language a text is in.

use whatlang::{Lang, Script};

/// The fewest letters from which a guess is made.
const FEWEST_LETTERS: usize = 40;

/// The ISO 639-1 code of the text's language, or none where the text is too short or the guess unreliable.
/// A script that English never uses decides at once.
pub fn detect(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count();
    let info = whatlang::detect(text)?;
    let sure = info.is_reliable() || info.script() != Script::Latin;
    (letters >= FEWEST_LETTERS && sure).then(|| code(info.lang())).flatten()
}

fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Ara => "ar",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Deu => "de",
        Lang::Tur => "tr",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Urd => "ur",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Amh => "am",
        Lang::Mya => "my",
        Lang::Cmn => "zh",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_arabic_are_told_apart() {
        let english = "Two villages were shelled on Thursday, and the road to the town stayed closed all day.";
        let arabic = "تعرضت قريتان للقصف يوم الخميس وبقي الطريق إلى البلدة مغلقا طوال اليوم";
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect(arabic), Some("ar"));
    }

    #[test]
    fn a_few_letters_are_no_ground_for_a_guess() {
        assert_eq!(detect("Idlib"), None);
    }
}
