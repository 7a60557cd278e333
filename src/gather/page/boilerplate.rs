//! Paragraphs that belong to the site, not to the article: advertisements, pointers to other articles, requests to
//! subscribe, cookie notices. Told by the words with which they begin, in the languages of the sources.

use std::sync::LazyLock;

use regex::Regex;

use crate::gather::patterns::pattern;

/// The longest paragraph that may be dropped, in characters: an article's own are often longer.
const LONGEST: usize = 300;

/// What share of a text must be read before a heading can end it.
const END_AFTER: f64 = 0.5;

static OF_THE_SITE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:",
        r"(?:advert(?:isement|ising)?|anzeige|annonce|werbung|publicité|publicidad|publicidade|pubblicità|реклама|إعلان|reklam)\b.{0,40}$",
        r"|(?:read (?:more|also|next)|also read|see (?:also|more)|related(?: stories| articles| news| topics)?|les også|læs også|läs även|lees ook|",
        r"lesen sie (?:auch|mehr)|mehr (?:zum thema|dazu)|lire aussi|à lire aussi|lea también|lee también|leia também|leia mais|leggi anche|",
        r"читайте также|читай також|читайте також|اقرأ أيض[اً]+|ayrıca okuyun|auch interessant|don'?t miss|recommended|más información)\s*(?:[:：|–-].*)?$",
        r"|(?:read more|see more|read also|also read|les også|lesen sie auch|lire aussi|à lire aussi|читайте также|اقرأ أيضا)\b.{0,160}$",
        r"|(?:click here|tap here|follow us|follow (?:him|her|them) on|share (?:this|on)|download (?:the|our) app|have a tip\?|sign up|subscribe|",
        r"get the latest|join our|thanks for signing up|there was an error processing|keep an eye on your inbox)\b.*$",
        r"|(?:photo(?:graph)?s?|image|picture|foto|bild|credit|photo credit|video)\s*[:/©].{0,70}$",
        r"|(?:copyright|©|\(c\))\s.{0,80}$",
        r"|(?:tags?|topics|keywords|schlagworte|stichworte|etiquetas|mots-clés|теги|كلمات مفتاحية)\s*(?::.*)?$",
        r"|.*\b(?:(?:we|website|site) uses? cookies|use of cookies|all rights reserved|newsletter)\b.*$",
        r")"
    ))
});

static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:related (?:articles|stories|news|posts|topics|content)|more (?:from|on|in|stories|news)\b.{0,40}|most (?:read|popular|viewed|recent)",
        r"|you may (?:also )?like|recommended(?: for you)?|trending(?: now)?|latest news|what to read next|leave a (?:comment|reply)|comments",
        r"|auch interessant|das könnte sie auch interessieren|mehr zum thema|weitere (?:artikel|themen).{0,30}|ähnliche(?: artikel)?|à lire aussi",
        r"|sur le même sujet|noticias relacionadas|notícias relacionadas|leia também|читайте также|по теме|اقرأ أيض[اً]+|مواضيع ذات صلة|privacy overview)\s*:?$"
    ))
});

/// Drops paragraphs of the site, and everything after a heading that ends the article.
pub(super) fn drop_from(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut read = 0;
    for paragraph in text.split("\n\n") {
        if is_end(paragraph) && is_late(read, text.len()) {
            break;
        }
        read += paragraph.len() + 2;
        if !is_of_the_site(paragraph) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(paragraph);
        }
    }
    out
}

fn is_of_the_site(paragraph: &str) -> bool {
    let short = paragraph.chars().count() <= LONGEST && !paragraph.contains('\n');
    short && OF_THE_SITE.as_ref().is_some_and(|re| re.is_match(paragraph.trim()))
}

fn is_end(paragraph: &str) -> bool {
    END.as_ref().is_some_and(|re| re.is_match(paragraph.trim()))
}

#[expect(clippy::cast_precision_loss, reason = "lengths of one page")]
fn is_late(read: usize, length: usize) -> bool {
    read as f64 >= END_AFTER * length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_the_site_are_dropped_and_those_of_the_article_kept() {
        let text = "Shelling hit the town.\n\nAdvertisement\n\nRead more: Truce renewed\n\nLesen Sie auch: Waffenruhe\n\nPhoto: A. Saleh\n\n\
            Subscribe to our daily briefing.\n\nResidents read more than one warning.\n\nPhotographs show the bridge, officials said.";
        assert_eq!(
            drop_from(text),
            "Shelling hit the town.\n\nResidents read more than one warning.\n\nPhotographs show the bridge, officials said."
        );
    }

    #[test]
    fn a_heading_of_other_articles_ends_the_text_only_late_in_it() {
        let article = "The road was closed until noon on Thursday.";
        assert_eq!(drop_from(&format!("{article}\n\nMost read\n\nOther")), article);
        let early = format!("Most read\n\n{article}");
        assert_eq!(drop_from(&early), early);
    }
}
