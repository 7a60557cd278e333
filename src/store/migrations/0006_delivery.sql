-- Delivery: each try with the server's words, the pace and pauses of domains, brakes, strikes against addresses, and
-- what is left of those that were erased.

CREATE TABLE delivery_try (
    delivery TEXT NOT NULL,
    at BIGINT NOT NULL,
    class TEXT NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (delivery, at)
);
CREATE INDEX delivery_try_at ON delivery_try (at);

-- What the last try came to, and the instant that the pace of its domain gave to it.
ALTER TABLE outbox ADD COLUMN class TEXT;
ALTER TABLE outbox ADD COLUMN slot BIGINT;
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

-- How many were to get a thing, counted when they were queued: what the outbox is checked against.
CREATE TABLE mailing (
    reference TEXT NOT NULL PRIMARY KEY,
    candidates BIGINT NOT NULL
);
INSERT INTO mailing (reference, candidates) SELECT reference, COUNT(*) FROM outbox GROUP BY reference;

-- `*` stands for all domains together.
CREATE TABLE mail_pace (
    domain TEXT NOT NULL PRIMARY KEY,
    next_at BIGINT NOT NULL,
    paused_until BIGINT NOT NULL DEFAULT 0,
    pauses BIGINT NOT NULL DEFAULT 0
);

-- While there is a row, nothing goes out but what is no digest.
CREATE TABLE brake (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL,
    why TEXT NOT NULL
);
-- Evidence from before a release does not brake again.
CREATE TABLE brake_release (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL
);

-- A bounce that does not suppress by itself; several do.
CREATE TABLE strike (
    subscriber TEXT NOT NULL,
    at BIGINT NOT NULL,
    class TEXT NOT NULL,
    PRIMARY KEY (subscriber, at)
);

ALTER TABLE subscriber ADD COLUMN confirmed_at BIGINT;

-- A mark is an HMAC of the address: enough to know it again.
CREATE TABLE suppression (
    mark TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    why TEXT NOT NULL
);
