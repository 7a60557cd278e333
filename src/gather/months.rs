//! Names of months in the languages that sources write in.

/// One line for each month: full names and abbreviations in English, French, Spanish, Portuguese, Italian, German,
/// Dutch, Russian, Ukrainian, Turkish and Arabic (Levantine, Maghrebi and the common international form).
const NAMES: [&str; 12] = [
    "january jan janvier janv enero ene janeiro gennaio gen januar jänner januari январь января янв січень січня ocak oca يناير جانفي",
    "february feb février fevrier févr fév febrero fevereiro fev febbraio februar februari февраль февраля фев лютий лютого şubat şub شباط فبراير فيفري",
    "march mar mars marzo março märz mär maart mrt март марта мар березень березня mart آذار مارس",
    "april apr avril avr abril abr aprile апрель апреля апр квітень квітня nisan nis نيسان أبريل ابريل إبريل أفريل",
    "may mai mayo maio maggio mag mei май мая травень травня mayıs أيار ايار مايو ماي",
    "june jun juin junio junho giugno giu juni июнь июня июн червень червня haziran haz حزيران يونيو جوان",
    "july jul juillet juil julio julho luglio lug juli июль июля июл липень липня temmuz tem تموز يوليو جويلية",
    "august aug août aout aoû agosto ago augustus август августа авг серпень серпня ağustos ağu آب اب أغسطس اغسطس أوت",
    "september sept sep septembre septiembre setiembre setembro set settembre сентябрь сентября сен сент вересень вересня eylül eyl أيلول ايلول سبتمبر",
    "october oct octobre octubre outubro out ottobre ott oktober okt октябрь октября окт жовтень жовтня ekim eki أكتوبر اكتوبر",
    "november nov novembre noviembre novembro ноябрь ноября ноя нояб листопад листопада kasım kas نوفمبر",
    "december dec décembre decembre déc diciembre dic dezembro dez dicembre dezember декабрь декабря дек грудень грудня aralık ara ديسمبر",
];

/// The month from 1 to 12 that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let place = NAMES.iter().position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_known_in_many_languages_and_a_weekday_is_not() {
        assert_eq!(
            ["Sept.", "août", "ИЮНЯ", "تموز", "Ocak"].map(month),
            [Some(9), Some(8), Some(6), Some(7), Some(1)]
        );
        assert_eq!(["mardi", "Sat", ""].map(month), [None, None, None]);
    }
}
