-- The API: who may use it, and what became of requests that may be sent again.

CREATE TABLE api_token (
    name TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the token.
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A request that changes something, by the key that its sender gave it.
CREATE TABLE api_request (
    token TEXT NOT NULL,
    key TEXT NOT NULL,
    -- SHA-256 of method, path and body.
    fingerprint TEXT NOT NULL,
    -- None while it is worked on.
    status BIGINT,
    place TEXT,
    body TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (token, key)
);
CREATE INDEX api_request_at ON api_request (at);
