-- Indexes that no question asked by: the actor of a document is found in `actors`, and the rows of a document by its id. Each
-- cost some pages of every document that came in.
DROP INDEX statement_chains_by_actor;
DROP INDEX statement_about_by_actor;
DROP INDEX event_actors_by_actor;
DROP INDEX event_reports_by_event;

-- Parts of the full text are joined half as often; 4 is the default.
INSERT INTO documents_text (documents_text, rank) VALUES ('automerge', 8);
-- What else is known of the record as a whole. `resolved` is a hash of what resolve found last, so that what is derived from the
-- record can tell whether it is still derived from this one.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
