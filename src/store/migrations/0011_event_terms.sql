-- What events are found by: words, factions (`f:ID`) and areas (`r:CC`, `r:CC/Admin1`); `*` stands for every event.

CREATE TABLE event_term (
    term TEXT NOT NULL,
    -- The last possible day; empty for an event without a date.
    day TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (term, day, event)
);
CREATE INDEX event_term_event ON event_term (event);

-- As many letters of an id as a mail prints.
CREATE INDEX event_short ON event (substr(id, 1, 6));
CREATE INDEX event_version_short ON event_version (substr(event, 1, 6));

CREATE INDEX issue_window_to ON issue (window_to);
CREATE INDEX digest_rendered_at ON digest (rendered_at);
