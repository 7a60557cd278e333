-- What editors decided about events. A row outlives the event, which is made anew from claims: no foreign key.

CREATE TABLE decision (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX decision_made_at ON decision (made_at);
