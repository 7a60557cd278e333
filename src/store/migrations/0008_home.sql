-- Where a database is at home and how often mail went out from it, so that a copy or an old state can be told from the
-- original; and how far the mailing of an issue has come.

ALTER TABLE installation ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE installation ADD COLUMN departures BIGINT NOT NULL DEFAULT 0;

-- Everything of an issue is in the outbox; every message of it has come to its end; the heartbeat told so.
ALTER TABLE issue ADD COLUMN queued_at BIGINT;
ALTER TABLE issue ADD COLUMN accounted_at BIGINT;
ALTER TABLE issue ADD COLUMN heartbeat_at BIGINT;
CREATE INDEX issue_open ON issue (queued_at) WHERE accounted_at IS NULL;

-- What an issue was mailed as: weekly readers get a digest of their own window.
CREATE TABLE issue_mailing (
    issue TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (issue, reference)
);

-- Readers of an edition are looked through a page at a time, in the order of their ids.
DROP INDEX subscription_edition;
CREATE INDEX subscription_page ON subscription (edition, id);
