-- A decision of an editor about a source, wherever it is defined: a configuration file that is read again does not
-- undo it. So no foreign key.
CREATE TABLE pause (
    source TEXT NOT NULL PRIMARY KEY,
    paused_at BIGINT NOT NULL
);
