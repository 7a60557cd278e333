-- Digests on demand that somebody made on the site: what was asked, and the page that answers it.

CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    page TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX request_asked_at ON request (asked_at);
