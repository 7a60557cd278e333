-- The web: who asked to join, and how often a thing was done lately.

-- Which version of the form a reader confirmed.
ALTER TABLE subscriber ADD COLUMN form TEXT;
CREATE INDEX subscriber_pending ON subscriber (created_at) WHERE state = 'pending';

-- Uses that are limited. A key is an HMAC, so that neither address nor network is kept.
CREATE TABLE limited_use (
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (key, at)
);
CREATE INDEX limited_use_at ON limited_use (at);

-- Its one row is locked while uses are counted, so that two processes do not both take the last one.
CREATE TABLE limited_use_gate (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1)
);
INSERT INTO limited_use_gate (id) VALUES (1);
