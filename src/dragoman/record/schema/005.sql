-- What people corrected, and what is watched. Both name words and addresses, not rows of a reading, so they hold when documents
-- are read again.
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'speaker', 'act', 'status', 'type', 'same', 'apart')),
    row_kind TEXT NOT NULL CHECK (row_kind IN ('statement', 'event')),
    row TEXT NOT NULL,          -- id of the statement or event when it was decided
    document TEXT NOT NULL,     -- where its words stand
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    value TEXT,                 -- of a correction: the actor, act, status or type that it should be
    other TEXT,                 -- of same and apart: the second event, and where the words of one of its reports stand
    other_document TEXT,
    other_start INTEGER,
    other_end INTEGER,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,         -- UTC
    undone TEXT                 -- UTC
);
CREATE INDEX reviews_by_document ON reviews (document);

CREATE TABLE watched (
    url TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'page')),
    added TEXT NOT NULL,        -- UTC, as all times here
    etag TEXT,
    modified TEXT,
    checked TEXT,
    due TEXT NOT NULL,          -- not to be asked before
    failures INTEGER NOT NULL DEFAULT 0,
    problem TEXT                -- what went wrong the last time
) WITHOUT ROWID;

CREATE TABLE fetched (
    url TEXT PRIMARY KEY,
    found_in TEXT,              -- the watched address that led to it
    final_url TEXT,
    title TEXT,                 -- as the feed has it
    published TEXT,             -- EDTF, as the feed has it
    fetched TEXT,               -- NULL: still to be fetched
    due TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    original TEXT,              -- SHA-256 of what came, in blobs/
    problem TEXT
) WITHOUT ROWID;
CREATE INDEX fetched_by_due ON fetched (fetched, due);
