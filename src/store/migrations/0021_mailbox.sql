-- How far a mailbox on a server was read, and since when it cannot be; and which mail was acted on, by its hash, for a
-- mailbox whose numbers begin anew.

CREATE TABLE mailbox (
    name TEXT NOT NULL PRIMARY KEY,
    validity BIGINT NOT NULL DEFAULT 0,
    last BIGINT NOT NULL DEFAULT 0,
    failing_since BIGINT
);

CREATE TABLE mail_taken (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX mail_taken_at ON mail_taken (at);
