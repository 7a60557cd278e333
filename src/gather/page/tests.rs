use super::*;

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Two villages shelled | Valley Post</title>
<link rel="canonical" href="https://outlet.example/news/12?utm_source=x">
<meta property="article:published_time" content="2020-06-25T23:30:00-02:00"><meta name="author" content="R. Haddad">
</head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Two villages shelled</h1>
<p>Artillery fire hit two villages in the north of the valley late on Thursday, residents and the district council said.</p>
<p>No one was hurt, but the road to the market town stayed closed until noon while crews cleared rubble from the bridge.</p>
<p>It was the third exchange of fire since the truce was renewed in April, and the council asked both sides for restraint.</p>
</article><aside><p>Subscribe to our newsletter for the best stories of the week.</p></aside><footer>© Valley Post</footer></body></html>"#;

fn page(html: &str) -> Reading {
    let address = Url::parse("https://www.outlet.example/news/12").ok();
    read(html.to_owned(), address, Duration::from_secs(20)).unwrap()
}

#[test]
fn a_page_gives_text_title_author_date_language_and_address() {
    let page = page(PAGE);
    assert_eq!(page.title, "Two villages shelled");
    assert!(page.text.starts_with("Artillery fire hit two villages"), "{}", page.text);
    assert!(page.text.ends_with("both sides for restraint."), "{}", page.text);
    assert_eq!(page.text.matches("\n\n").count(), 2);
    assert_eq!((page.author.as_deref(), page.language.as_deref()), (Some("R. Haddad"), Some("en")));
    assert_eq!(page.url, "https://outlet.example/news/12");
    assert_eq!(page.published.unwrap().strftime("%F %:z").to_string(), "2020-06-25 -02:00");
}

#[test]
fn a_canonical_address_of_another_host_is_not_believed() {
    let page = page(&PAGE.replace("https://outlet.example/news/12", "https://evil.example/x"));
    assert_eq!(page.url, "https://www.outlet.example/news/12");
}

#[test]
fn a_page_without_text_is_an_error_of_its_own() {
    let error =
        read("<html><body></body></html>".to_owned(), None, Duration::from_secs(20)).unwrap_err();
    assert_eq!(error, PageError::NoText);
}

#[test]
fn s_2_a_page_of_too_many_or_too_deep_elements_is_refused() {
    for html in
        ["<br>".repeat(400_000), format!("<html><body>{}<p>deep</p>", "<div>".repeat(100_000))]
    {
        assert_eq!(read(html, None, Duration::from_secs(20)), Err(PageError::TooLarge));
    }
}

#[test]
fn s_2_a_page_as_deep_as_is_read_does_not_take_the_program_down() {
    let html = format!("<html><body>{}<p>{}</p>", "<div>".repeat(990), "Deep text. ".repeat(40));
    let _ = read(html, None, Duration::from_secs(20));
}
