-- Articles are found by a hash of their address: an index over the addresses themselves, each with the hash of a text,
-- takes five times the room, and a run writes as much more. SQLite drops no constraint, so both tables are made anew.
-- The program fills in the hashes of what is there.

CREATE TABLE article_next (
    id TEXT NOT NULL CONSTRAINT article_id PRIMARY KEY,
    source TEXT NOT NULL,
    -- XXH3 of `url` with 64 bits; absent until the program has filled it in.
    address BIGINT,
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
    -- The source's own words at the last look, as a hash: another one means that the article may have been edited.
    mark TEXT,
    fingerprint TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL DEFAULT 'pending',
    why TEXT,
    extractor TEXT,
    packs TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT,
    CONSTRAINT article_address UNIQUE (source, address, version)
);

INSERT INTO article_next (id, source, url, hash, version, title, text, author, credit, language, published, first_seen,
    counts, mark, fingerprint, state, why, extractor, packs, attempts, worker, lease_until)
SELECT id, source, url, hash, ROW_NUMBER() OVER (PARTITION BY source, url ORDER BY version, first_seen, id), title, text,
    author, credit, language, published, first_seen, counts, mark, fingerprint, state, why, extractor, packs, attempts,
    worker, lease_until
FROM article;

CREATE TABLE claim_next (
    id TEXT NOT NULL CONSTRAINT claim_id PRIMARY KEY,
    article TEXT NOT NULL CONSTRAINT claim_article REFERENCES article_next (id) ON DELETE CASCADE,
    place_in_article BIGINT NOT NULL,
    body TEXT NOT NULL,
    extractor TEXT NOT NULL,
    packs TEXT NOT NULL,
    CONSTRAINT claim_place UNIQUE (article, place_in_article)
);

INSERT INTO claim_next (id, article, place_in_article, body, extractor, packs)
SELECT id, article, place_in_article, body, extractor, packs FROM claim;

DROP TABLE claim;
DROP TABLE article;
ALTER TABLE article_next RENAME TO article;
ALTER TABLE claim_next RENAME TO claim;

CREATE INDEX article_first_seen ON article (first_seen);
CREATE INDEX article_pending ON article (first_seen) WHERE state = 'pending';
CREATE INDEX article_without_address ON article (id) WHERE address IS NULL;
