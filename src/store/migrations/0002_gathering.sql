-- What gathering remembers beside the articles: how a source lists each, on which days it was read, what an editor
-- is to be told.

-- The source's own words at the last look, as a hash: another one means that the article may have been edited.
ALTER TABLE article ADD COLUMN mark TEXT;

CREATE TABLE source_day (
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    new BIGINT NOT NULL,
    PRIMARY KEY (source, day)
);
CREATE INDEX source_day_day ON source_day (day);

-- Each row is one turn for the worse or the better, and is told once.
CREATE TABLE notice (
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (subject, at)
);
CREATE INDEX notice_untold ON notice (at) WHERE told_at IS NULL;
