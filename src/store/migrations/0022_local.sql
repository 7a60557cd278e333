-- What editors add on the site to the packs: a faction, place or region each, as it would stand in the file of a pack.

CREATE TABLE local_entry (
    -- `faction/ID`, `region/ID`, `place/CC/ADMIN1/NAME`.
    key TEXT NOT NULL PRIMARY KEY,
    -- TOML.
    body TEXT NOT NULL
);
