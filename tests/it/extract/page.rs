//! What a page puts around a report is neither text nor somebody, on pages of our own.

use super::{claims, place, rules};

const REPORT: &str = "Gunmen killed two farmers near Ariha on Thursday.";

#[test]
fn captions_credits_and_headlines_of_other_reports_make_no_event() {
    for text in [
        format!("Read more: Rebels shell Saraqib. {REPORT}"),
        format!(
            "{REPORT} Photo: Syrian soldiers attack a rebel position in Hama (Reuters/Samir Haddad)"
        ),
        format!(
            "Syrian soldiers attack a rebel position in Hama. REUTERS/Samir Haddad\n\n{REPORT}"
        ),
        format!(
            "{REPORT}\n\nRelated stories\nIsraeli raid kills two in Jenin\nJets bomb a market in Idlib\n"
        ),
        format!("{REPORT} Share this on Facebook. Follow us on Telegram: the army bombs Douma"),
    ] {
        let found = claims(&text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(place(&found[0]), "Ariha", "{text}");
        assert_eq!(found[0].places[0].country.as_deref(), Some("SY"), "{text}");
    }
}

#[test]
fn explain_names_what_is_furniture() {
    assert_eq!(rules(&format!("{REPORT} Read more: Rebels shell Saraqib.")), ["page_furniture"]);
}

#[test]
fn evidence_stands_where_it_stood_before_furniture_was_left_out() {
    let text = format!("Photo: a street (AFP). {REPORT}");
    let claim = &claims(&text)[0];
    let evidence = &claim.evidence[0];
    assert_eq!(&text[evidence.start..evidence.end], evidence.quote);
}
