-- The robots.txt of the outlets that were asked lately: RFC 9309 lets it be used for a day.

CREATE TABLE robots (
    origin TEXT NOT NULL PRIMARY KEY,
    read_at BIGINT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL
);
