-- What resolve finds across documents, made anew each time, and what people decided, which it follows.
ALTER TABLE event_reports ADD COLUMN same TEXT; -- the event that the report tells of; NULL: the one in `event`
CREATE INDEX event_reports_by_same ON event_reports (coalesce(same, event), document, position);

CREATE TABLE same_actors (
    actor TEXT NOT NULL,
    document TEXT NOT NULL,     -- '': in every document
    meant TEXT NOT NULL,        -- the actor that it is
    why TEXT NOT NULL,
    PRIMARY KEY (actor, document)
) WITHOUT ROWID;
CREATE INDEX same_actors_by_meant ON same_actors (meant);

-- Decisions about actors. They name actors as documents have them, so they hold when documents are read again.
CREATE TABLE actor_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
    actor TEXT NOT NULL,
    other TEXT,                 -- the second actor of a merge or split
    document TEXT,              -- of a split: the actor of this document is another than that of the rest
    name TEXT,                  -- of a rename
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,         -- UTC
    undone TEXT                 -- UTC
);
