use super::*;

fn feed(text: &str) -> Feed {
    read(text.as_bytes(), None, Url::parse("https://outlet.example/feeds/all").ok().as_ref())
        .unwrap()
}

#[test]
fn rss_2_gives_title_link_date_author_and_the_fuller_text() {
    let feed = feed(
        r#"<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Valley Post</title><image><title>logo</title></image><language>en</language><item>
        <title>Shelling &amp;amp; clashes</title><link>/news/1</link><guid isPermaLink="false">n1</guid>
        <dc:creator>R. Haddad</dc:creator><pubDate>Thu, 25 Jun 2020 10:00:00 +0300</pubDate>
        <description>Short.</description><c:encoded><![CDATA[<p>One.</p><p>Two&nbsp;more.</p>]]></c:encoded>
        </item></channel></rss>"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(
        (feed.title.as_str(), feed.language.as_deref(), feed.entries.len()),
        ("Valley Post", Some("en"), 1)
    );
    assert_eq!((entry.id.as_str(), entry.title.as_str()), ("n1", "Shelling & clashes"));
    assert_eq!(entry.url, "https://outlet.example/news/1");
    assert_eq!(
        (entry.author.as_deref(), entry.text.as_str()),
        (Some("R. Haddad"), "One.\n\nTwo more.")
    );
    assert_eq!(entry.published.as_ref().unwrap().to_string(), "2020-06-25T10:00:00+03:00[+03:00]");
}

#[test]
fn atom_1_prefers_the_html_alternate_and_reads_xhtml() {
    let feed = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><title type="html">A &amp;lt; B</title>
        <entry><id>tag:1</id><title>Truce &amp; talks</title><link rel="self" href="self"/>
        <link rel="alternate" type="application/pdf" href="one.pdf"/><link type="text/html" href="one"/>
        <author><name>Ann</name><email>a@b.example</email></author><published>2020-06-25T10:00:00Z</published>
        <updated>2020-06-26T10:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &lt; B<br/>c</p><p>d</p></div></content>
        </entry></feed>"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(
        (entry.url.as_str(), entry.title.as_str()),
        ("https://b.example/x/one", "Truce & talks")
    );
    assert_eq!((entry.text.as_str(), entry.author.as_deref()), ("A < B\nc\n\nd", Some("Ann")));
    assert_eq!(entry.published.as_ref().unwrap().day(), 25);
}

#[test]
fn atom_0_3_and_rss_0_90_are_read() {
    let old_atom = feed(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>One</title>
        <link rel="alternate" type="text/html" href="http://o.example/1"/><issued>2004-02-01T10:00:00Z</issued>
        <content type="text/html" mode="escaped">&lt;p&gt;Text.&lt;/p&gt;</content></entry></feed>"#,
    );
    assert_eq!(
        (old_atom.entries[0].text.as_str(), old_atom.entries[0].url.as_str()),
        ("Text.", "http://o.example/1")
    );
    let old_rss = feed(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
        <channel><title>Oldest</title></channel><item><title>One</title><link>http://o.example/1</link></item></rdf:RDF>"#,
    );
    assert_eq!(
        (old_rss.title.as_str(), old_rss.entries[0].url.as_str()),
        ("Oldest", "http://o.example/1")
    );
}

#[test]
fn json_feed_is_read() {
    let feed = feed(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":7,"url":"a","title":"T",
        "content_html":"<p>x</p><p>y</p>","date_published":"2020-06-25T10:00:00Z","authors":[{"name":"Z"}]}]}"#,
    );
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_str(), entry.url.as_str()), ("7", "https://outlet.example/feeds/a"));
    assert_eq!((entry.text.as_str(), entry.author.as_deref()), ("x\n\ny", Some("Z")));
}

#[test]
fn a_damaged_feed_is_read_as_far_as_it_goes() {
    let text = "junk <rss><channel><item><title>A & B</title><link>http://a.example/?x=1&y=2</link></item>\
        <item><title>C<</title></item><!bad <item><title>D</title><description>E<p>F";
    let titles: Vec<String> = feed(text).entries.into_iter().map(|e| e.title).collect();
    assert_eq!(titles.first().map(String::as_str), Some("A & B"));
    assert!(titles.len() >= 2, "{titles:?}");
}

#[test]
fn what_is_no_feed_is_named() {
    let no = |text: &str| read(text.as_bytes(), None, None).unwrap_err().to_string();
    assert_eq!(
        no("<!DOCTYPE html><html><body>Are you human?</body></html>"),
        "this is an HTML page, not a feed"
    );
    assert_eq!(no("<urlset></urlset>"), "this is a sitemap, not a feed");
    assert_eq!(no(" \n"), "the answer is empty");
    assert_eq!(no("hello"), "this is neither XML nor JSON, not a feed");
    assert_eq!(no("{\"a\":1}"), "this is JSON without `items`, not a feed");
}

#[test]
fn s_3_entities_of_a_document_are_never_expanded() {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for level in 1..10 {
        let previous = if level == 1 { "lol".to_owned() } else { format!("lol{}", level - 1) };
        let ten = format!("&{previous};").repeat(10);
        laughs.push_str(&["<!ENTITY lol", &level.to_string(), " \"", &ten, "\">"].concat());
    }
    laughs += "]><rss><channel><item><title>&lol9;</title></item></channel></rss>";
    assert!(feed(&laughs).entries[0].title.len() < 20);
}

#[test]
fn s_3_quadratic_blow_up_stays_small() {
    let text = format!(
        "<!DOCTYPE a [<!ENTITY x \"{}\">]><rss><channel><item><title>{}</title></item></channel></rss>",
        "a".repeat(50_000),
        "&x;".repeat(50_000)
    );
    assert!(feed(&text).entries[0].title.len() <= 800);
}

#[test]
fn s_3_external_entities_are_not_fetched() {
    for target in ["file:///etc/passwd", "http://127.0.0.1:1/x"] {
        let text = format!(
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"{target}\">]><rss><channel><item><title>&x;</title></item></channel></rss>"
        );
        assert_eq!(feed(&text).entries[0].title, "&x;");
    }
}

#[test]
fn s_3_a_million_levels_are_refused() {
    let text = format!("<rss>{}", "<a>".repeat(1_000_000));
    assert_eq!(read(text.as_bytes(), None, None), Err(FeedError::TooDeep));
}

#[test]
fn s_3_the_first_2000_entries_are_read_and_the_feed_is_marked() {
    let text =
        format!("<rss><channel>{}</channel></rss>", "<item><title>t</title></item>".repeat(2001));
    let feed = feed(&text);
    assert_eq!((feed.entries.len(), feed.truncated), (2000, true));
}

#[test]
fn s_4_scripts_in_titles_and_texts_are_gone() {
    let feed = feed(
        "<rss><channel><item><title>&lt;script&gt;x()&lt;/script&gt;Calm\u{202e} &lt;b&gt;day&lt;/b&gt;</title>\
        <description>&lt;img src=x onerror=x()&gt;Text\u{200b}</description></item></channel></rss>",
    );
    assert_eq!(
        (feed.entries[0].title.as_str(), feed.entries[0].text.as_str()),
        ("Calm day", "Text")
    );
}
