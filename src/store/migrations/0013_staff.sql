-- Those who edit: their sign-ins, and what they did.

CREATE TABLE staff (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    -- Argon2id in PHC form.
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff_session (
    -- SHA-256 of the token.
    token TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    ends_at BIGINT NOT NULL
);

-- A row outlives whoever did it: no foreign key.
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
