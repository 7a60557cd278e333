-- One text for SQLite and PostgreSQL: only TEXT and BIGINT. Times are microseconds of Unix time, days are
-- `YYYY-MM-DD`, structures are JSON, truth is 0 or 1.

CREATE TABLE installation (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    machine TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);

CREATE TABLE source (
    id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

-- Sources of configuration files have a row here too, so no foreign key.
CREATE TABLE fetch_state (
    source TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE article (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT,
    credit TEXT,
    language TEXT,
    published BIGINT,
    first_seen BIGINT NOT NULL,
    counts BIGINT NOT NULL,
    fingerprint TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL DEFAULT 'pending',
    why TEXT,
    extractor TEXT,
    packs TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT,
    UNIQUE (source, url, hash)
);
CREATE INDEX article_first_seen ON article (first_seen);
CREATE INDEX article_pending ON article (first_seen) WHERE state = 'pending';

CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    place_in_article BIGINT NOT NULL,
    body TEXT NOT NULL,
    extractor TEXT NOT NULL,
    packs TEXT NOT NULL,
    UNIQUE (article, place_in_article)
);

CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    date_from TEXT,
    date_to TEXT
);
CREATE INDEX event_first_seen ON event (first_seen);
CREATE INDEX event_changed_at ON event (changed_at);
CREATE INDEX event_date_to ON event (date_to);

CREATE TABLE event_version (
    event TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (event, version)
);

CREATE TABLE edition (
    id TEXT NOT NULL PRIMARY KEY,
    last_close BIGINT NOT NULL
);

CREATE TABLE issue (
    id TEXT NOT NULL PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES edition (id),
    window_from BIGINT NOT NULL,
    window_to BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    frozen TEXT NOT NULL,
    UNIQUE (edition, window_from, window_to)
);

CREATE TABLE digest (
    id TEXT NOT NULL PRIMARY KEY,
    issue TEXT REFERENCES issue (id),
    variant TEXT NOT NULL,
    outcome TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    rendered_at BIGINT NOT NULL,
    UNIQUE (issue, variant)
);

CREATE TABLE subscriber (
    id TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    suppressed_at BIGINT,
    suppressed_why TEXT
);

CREATE TABLE subscription (
    id TEXT NOT NULL PRIMARY KEY,
    subscriber TEXT NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    edition TEXT NOT NULL,
    body TEXT NOT NULL,
    last_issue TEXT,
    last_until BIGINT
);
CREATE INDEX subscription_edition ON subscription (edition);

-- A row outlives its subscriber, so that a run can still be accounted for: no foreign key.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    subscriber TEXT NOT NULL,
    state TEXT NOT NULL,
    message_id TEXT NOT NULL,
    dated BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reply TEXT,
    worker TEXT,
    lease_until BIGINT,
    sending_at BIGINT,
    settled_at BIGINT,
    resent BIGINT NOT NULL DEFAULT 0,
    UNIQUE (kind, reference, subscriber)
);
CREATE INDEX outbox_reference ON outbox (reference);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('queued', 'deferred');
CREATE INDEX outbox_in_doubt ON outbox (sending_at) WHERE state IN ('sending', 'unknown');

CREATE TABLE schedule (
    id TEXT NOT NULL PRIMARY KEY,
    closings TEXT NOT NULL,
    lead_seconds BIGINT NOT NULL,
    next_due_at BIGINT NOT NULL,
    last_due_at BIGINT
);

CREATE TABLE job (
    schedule TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    fired_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT,
    done_at BIGINT,
    failure TEXT,
    PRIMARY KEY (schedule, due_at)
);
CREATE INDEX job_open ON job (due_at) WHERE done_at IS NULL;

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
