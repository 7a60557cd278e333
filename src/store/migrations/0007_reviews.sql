-- Issues that editors see before their readers do: held until released, withheld or overdue.
CREATE TABLE review (
    issue TEXT NOT NULL PRIMARY KEY REFERENCES issue (id),
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    settled_at BIGINT,
    reason TEXT
);
CREATE INDEX review_held ON review (due_at) WHERE state = 'held';
