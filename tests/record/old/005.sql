-- A project of version 5: the schema as it was then, and invented rows. Never changed again.

-- Version 1. Each row says which document and which characters of it it was read from, by which reader and in which run.
-- Rows of one document are written and replaced together. Nothing here joins documents but documents.story and copy_of.

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    reader TEXT NOT NULL,
    options TEXT NOT NULL,      -- JSON
    started TEXT NOT NULL,      -- UTC
    finished TEXT               -- NULL: not finished, or killed
);

CREATE TABLE failures (
    run TEXT NOT NULL REFERENCES runs (id),
    source TEXT NOT NULL,
    problem TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (run, source, problem, message)
) WITHOUT ROWID;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY, -- for the full text; means nothing
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    author TEXT,
    published TEXT,             -- EDTF
    published_basis TEXT NOT NULL,
    earliest TEXT,              -- the first and the last day that `published` may mean
    latest TEXT,
    language TEXT,
    sha256 TEXT NOT NULL,       -- of the text
    text TEXT NOT NULL,
    body TEXT NOT NULL,         -- JSON: [[start, end], ...]
    boilerplate TEXT NOT NULL,  -- JSON: [[start, end, label], ...]
    parts TEXT NOT NULL,        -- JSON: [[start, end, label], ...]
    notes TEXT NOT NULL,        -- JSON: [what was not read and why, ...]
    original TEXT,              -- SHA-256 of the original in blobs/
    story TEXT,                 -- made by resolve, NULL before
    copy_of TEXT,               -- made by resolve
    reader TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id)
);
CREATE INDEX documents_by_date ON documents (earliest, id);
CREATE INDEX documents_by_story ON documents (story);

CREATE TABLE actors (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    qid TEXT,
    used INTEGER NOT NULL,      -- whether a mention, statement or event of the document has this actor
    reader TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (document, id)
) WITHOUT ROWID;
CREATE INDEX actors_by_id ON actors (id, document);

CREATE TABLE actor_names (
    document TEXT NOT NULL,
    actor TEXT NOT NULL,
    position INTEGER NOT NULL,  -- 0 is the actor's name, the others are its aliases
    name TEXT NOT NULL,
    folded TEXT NOT NULL,       -- without case and accents
    PRIMARY KEY (document, actor, position),
    FOREIGN KEY (document, actor) REFERENCES actors (document, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX actor_names_by_name ON actor_names (folded, actor);

CREATE TABLE mentions (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    reader TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE statements (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    form TEXT NOT NULL,
    act TEXT NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    speaker TEXT,               -- actor
    speaker_name TEXT,
    speaker_role TEXT,
    speaker_start INTEGER,
    speaker_end INTEGER,
    confidence REAL NOT NULL,
    reader TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (document, position),
    UNIQUE (document, id)
) WITHOUT ROWID;
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_act ON statements (act);

CREATE TABLE statement_chains (
    document TEXT NOT NULL,
    statement INTEGER NOT NULL, -- its position
    position INTEGER NOT NULL,  -- 0 is the speaker
    actor TEXT,
    name TEXT,
    start INTEGER,
    end INTEGER,
    PRIMARY KEY (document, statement, position),
    FOREIGN KEY (document, statement) REFERENCES statements (document, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX statement_chains_by_actor ON statement_chains (actor);

CREATE TABLE statement_about (
    document TEXT NOT NULL,
    statement INTEGER NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    polarity INTEGER NOT NULL,
    PRIMARY KEY (document, statement, position),
    FOREIGN KEY (document, statement) REFERENCES statements (document, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX statement_about_by_actor ON statement_about (actor);

-- One row for each report of an event, with the event as that report tells it. Rows with the same event are one event.
CREATE TABLE event_reports (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    context TEXT NOT NULL,      -- JSON
    quad INTEGER NOT NULL,
    status TEXT NOT NULL,
    date TEXT,                  -- EDTF
    date_basis TEXT,
    earliest TEXT,              -- the first and the last day that `date` may mean
    latest TEXT,
    place TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    statement TEXT,             -- id of the statement that the clause stands in
    confidence REAL NOT NULL,
    reader TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX event_reports_by_event ON event_reports (event, document, position);
CREATE INDEX event_reports_by_type ON event_reports (type);

CREATE TABLE event_actors (
    document TEXT NOT NULL,
    report INTEGER NOT NULL,    -- its position
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (document, report, role, position),
    FOREIGN KEY (document, report) REFERENCES event_reports (document, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX event_actors_by_actor ON event_actors (actor);

CREATE TABLE report_chains (
    document TEXT NOT NULL,
    report INTEGER NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT,
    name TEXT,
    start INTEGER,
    end INTEGER,
    PRIMARY KEY (document, report, position),
    FOREIGN KEY (document, report) REFERENCES event_reports (document, position) ON DELETE CASCADE
) WITHOUT ROWID;

-- Full text over documents; the text itself stays in `documents`.
CREATE VIRTUAL TABLE documents_text USING fts5 (
    title, text, content = 'documents', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER documents_text_add AFTER INSERT ON documents BEGIN
    INSERT INTO documents_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER documents_text_remove AFTER DELETE ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;

-- What a condition requires and what follows from it are statements that name the one they hang on.
ALTER TABLE statements ADD COLUMN condition TEXT; -- id of a statement of the same document

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

-- Full text over what `indexed` makes of the words of documents (record/ngrams.py): folded, and without spaces in pairs of
-- characters. The application gives SQLite that function; without it this schema can be read, but not written.
DROP TRIGGER documents_text_add;
DROP TRIGGER documents_text_remove;
DROP TABLE documents_text;

CREATE VIEW documents_indexed AS
SELECT number, indexed(CAST(title AS BLOB)) AS title, indexed(CAST(text AS BLOB)) AS text FROM documents;

-- 'rebuild' makes the index anew, and 'integrity-check' with the rank 1 compares it with the documents.
CREATE VIRTUAL TABLE documents_text USING fts5 (
    title, text, content = 'documents_indexed', content_rowid = 'number', tokenize = 'ascii'
);

CREATE TRIGGER documents_text_add AFTER INSERT ON documents BEGIN
    INSERT INTO documents_text (rowid, title, text)
    VALUES (new.number, indexed(CAST(new.title AS BLOB)), indexed(CAST(new.text AS BLOB)));
END;

CREATE TRIGGER documents_text_remove AFTER DELETE ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text)
    VALUES ('delete', old.number, indexed(CAST(old.title AS BLOB)), indexed(CAST(old.text AS BLOB)));
END;

INSERT INTO documents_text (documents_text) VALUES ('rebuild');

CREATE INDEX documents_by_outlet ON documents (outlet);

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

INSERT INTO runs (id, reader, options, started, finished)
    VALUES ('run-cd3ae25c18e30e21', 'reader 1', '{"jobs": 2}', '2026-11-25T15:16:47+00:00', '2026-11-25T15:16:47+00:00');
INSERT INTO runs (id, reader, options, started, finished)
    VALUES ('run-96859721154de706', 'reader 1', '{}', '2026-11-25T15:16:47+00:00', NULL);
INSERT INTO failures (run, source, problem, message)
    VALUES ('run-cd3ae25c18e30e21', 'menu.pdf', 'skipped', 'menu.pdf has the suffix ''.pdf''');
INSERT INTO documents (number, id, source, outlet, title, author, published, published_basis, earliest, latest, language, sha256, text, body, boilerplate, parts, notes, original, story, copy_of, reader, run)
    VALUES (1, 'doc-7af705a4675f2ff6', 'a.txt', 'The Tarn Herald', NULL, NULL, '2031-05-04', 'header', '2031-05-04', '2031-05-04', NULL, 'b3cf2d6c73638948d1f0a42e58b329dfb73d847301fb45423e4017b3218184bb', 'Karsovia recalled its ambassador from Belmark on 3 May 2031. Dana Örlén explained why. “Belmark must pay,” she said in the capital.' || char(13, 10) || 'Nothing else is known 🦊 so far.' || char(10) || '', '[[0,165]]', '[]', '[]', '["a table was not read"]', NULL, 'story-0138a26d9e59d75d', NULL, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO documents (number, id, source, outlet, title, author, published, published_basis, earliest, latest, language, sha256, text, body, boilerplate, parts, notes, original, story, copy_of, reader, run)
    VALUES (2, 'doc-c8bda4ce7954de91', 'b.txt', 'Evening Post', NULL, NULL, '2031-05-06', 'header', '2031-05-06', '2031-05-06', NULL, '6ef8684141b7bff58b11482f7a16f963dbb9cc2785ceb745959028c7012b3117', 'Karsovia recalled its ambassador from Belmark on 3 May 2031. Dana Örlén explained why. “Belmark must pay,” she said in the capital.' || char(13, 10) || 'Nothing else is known 🦊 so far.' || char(10) || 'It was raining.' || char(10) || '', '[[0,181]]', '[]', '[]', '["a table was not read"]', NULL, 'story-0138a26d9e59d75d', 'doc-7af705a4675f2ff6', 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO documents (number, id, source, outlet, title, author, published, published_basis, earliest, latest, language, sha256, text, body, boilerplate, parts, notes, original, story, copy_of, reader, run)
    VALUES (3, 'doc-539318ad97fc1f43', 'c.txt', NULL, 'Örlén''s garden', NULL, NULL, 'none', NULL, NULL, NULL, '4f997b2fc2b4e11ed81565cdc9bd688984736770d4fb732e5e67ea309a3fad17', 'word1x0 word1x1 word1x2 word1x3 word1x4 word1x5 word1x6 word1x7 word1x8 word1x9 word1x10 word1x11 word1x12 word1x13 word1x14 word1x15 word1x16 word1x17 word1x18 word1x19', '[[0,169]]', '[]', '[]', '[]', NULL, 'story-9c8d50811d2b6022', NULL, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-7af705a4675f2ff6', 3, 'outlet:herald', 'The Tarn Herald', 'outlet', NULL, NULL, NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-7af705a4675f2ff6', 2, 'person:orlen', 'Dana Örlén', 'person', 'XKA', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-7af705a4675f2ff6', 1, 'state:XBE', 'Belmark', 'state', 'XBE', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-7af705a4675f2ff6', 0, 'state:XKA', 'Karsovia', 'state', 'XKA', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-c8bda4ce7954de91', 3, 'outlet:herald', 'The Tarn Herald', 'outlet', NULL, NULL, NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-c8bda4ce7954de91', 2, 'person:orlen', 'Dana Örlén', 'person', 'XKA', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-c8bda4ce7954de91', 1, 'state:XBE', 'Belmark', 'state', 'XBE', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actors (document, position, id, name, type, country, sector, qid, used, reader, run)
    VALUES ('doc-c8bda4ce7954de91', 0, 'state:XKA', 'Karsovia', 'state', 'XKA', 'GOV', NULL, 1, 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'outlet:herald', 0, 'The Tarn Herald', 'the tarn herald');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'person:orlen', 0, 'Dana Örlén', 'dana orlen');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'person:orlen', 1, 'Örlén', 'orlen');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'state:XBE', 0, 'Belmark', 'belmark');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'state:XBE', 1, 'Belmark', 'belmark');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'state:XKA', 0, 'Karsovia', 'karsovia');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'state:XKA', 1, 'Karsovian', 'karsovian');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-7af705a4675f2ff6', 'state:XKA', 2, 'Karsovia', 'karsovia');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'outlet:herald', 0, 'The Tarn Herald', 'the tarn herald');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'person:orlen', 0, 'Dana Örlén', 'dana orlen');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'person:orlen', 1, 'Örlén', 'orlen');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'state:XBE', 0, 'Belmark', 'belmark');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'state:XBE', 1, 'Belmark', 'belmark');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'state:XKA', 0, 'Karsovia', 'karsovia');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'state:XKA', 1, 'Karsovian', 'karsovian');
INSERT INTO actor_names (document, actor, position, name, folded)
    VALUES ('doc-c8bda4ce7954de91', 'state:XKA', 2, 'Karsovia', 'karsovia');
INSERT INTO mentions (document, position, start, end, actor, kind, reader, run)
    VALUES ('doc-7af705a4675f2ff6', 0, 0, 8, 'state:XKA', 'name', 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO mentions (document, position, start, end, actor, kind, reader, run)
    VALUES ('doc-c8bda4ce7954de91', 0, 0, 8, 'state:XKA', 'name', 'reader 1', 'run-cd3ae25c18e30e21');
INSERT INTO statements (document, position, id, start, end, text, form, act, cue_start, cue_end, speaker, speaker_name, speaker_role, speaker_start, speaker_end, confidence, reader, run, condition)
    VALUES ('doc-7af705a4675f2ff6', 0, 'statement-052f3f38626ac8b3', 87, 115, '“Belmark must pay,” she said', 'mixed', 'demand', 111, 115, 'person:orlen', 'Dana Örlén', 'minister', 61, 71, 0.5, 'reader 1', 'run-cd3ae25c18e30e21', NULL);
INSERT INTO statements (document, position, id, start, end, text, form, act, cue_start, cue_end, speaker, speaker_name, speaker_role, speaker_start, speaker_end, confidence, reader, run, condition)
    VALUES ('doc-c8bda4ce7954de91', 0, 'statement-3395b261ce05d355', 87, 115, '“Belmark must pay,” she said', 'mixed', 'demand', 111, 115, 'person:orlen', 'Dana Örlén', 'minister', 61, 71, 0.5, 'reader 1', 'run-cd3ae25c18e30e21', NULL);
INSERT INTO statement_chains (document, statement, position, actor, name, start, end)
    VALUES ('doc-7af705a4675f2ff6', 0, 0, 'person:orlen', 'Dana Örlén', 61, 71);
INSERT INTO statement_chains (document, statement, position, actor, name, start, end)
    VALUES ('doc-7af705a4675f2ff6', 0, 1, 'outlet:herald', 'The Tarn Herald', NULL, NULL);
INSERT INTO statement_chains (document, statement, position, actor, name, start, end)
    VALUES ('doc-c8bda4ce7954de91', 0, 0, 'person:orlen', 'Dana Örlén', 61, 71);
INSERT INTO statement_chains (document, statement, position, actor, name, start, end)
    VALUES ('doc-c8bda4ce7954de91', 0, 1, 'outlet:herald', 'The Tarn Herald', NULL, NULL);
INSERT INTO statement_about (document, statement, position, actor, polarity)
    VALUES ('doc-7af705a4675f2ff6', 0, 0, 'state:XBE', -1);
INSERT INTO statement_about (document, statement, position, actor, polarity)
    VALUES ('doc-c8bda4ce7954de91', 0, 0, 'state:XBE', -1);
INSERT INTO event_reports (document, position, event, type, mode, context, quad, status, date, date_basis, earliest, latest, place, start, end, text, statement, confidence, reader, run, same)
    VALUES ('doc-7af705a4675f2ff6', 0, 'event-7976fefce90477d5', 'COERCE', NULL, '["diplomatic"]', 4, 'happened', '2031-05-03', 'text', '2031-05-03', '2031-05-03', NULL, 0, 59, 'Karsovia recalled its ambassador from Belmark on 3 May 2031', NULL, 0.75, 'reader 1', 'run-cd3ae25c18e30e21', NULL);
INSERT INTO event_reports (document, position, event, type, mode, context, quad, status, date, date_basis, earliest, latest, place, start, end, text, statement, confidence, reader, run, same)
    VALUES ('doc-c8bda4ce7954de91', 0, 'event-7976fefce90477d5', 'COERCE', NULL, '["diplomatic"]', 4, 'happened', '2031-05-03', 'text', '2031-05-03', '2031-05-03', NULL, 0, 59, 'Karsovia recalled its ambassador from Belmark on 3 May 2031', NULL, 0.75, 'reader 1', 'run-cd3ae25c18e30e21', NULL);
INSERT INTO event_actors (document, report, role, position, actor)
    VALUES ('doc-7af705a4675f2ff6', 0, 'recipient', 0, 'state:XBE');
INSERT INTO event_actors (document, report, role, position, actor)
    VALUES ('doc-c8bda4ce7954de91', 0, 'recipient', 0, 'state:XBE');
INSERT INTO event_actors (document, report, role, position, actor)
    VALUES ('doc-7af705a4675f2ff6', 0, 'actor', 0, 'state:XKA');
INSERT INTO event_actors (document, report, role, position, actor)
    VALUES ('doc-c8bda4ce7954de91', 0, 'actor', 0, 'state:XKA');
INSERT INTO report_chains (document, report, position, actor, name, start, end)
    VALUES ('doc-7af705a4675f2ff6', 0, 0, 'outlet:herald', 'The Tarn Herald', NULL, NULL);
INSERT INTO report_chains (document, report, position, actor, name, start, end)
    VALUES ('doc-c8bda4ce7954de91', 0, 0, 'outlet:herald', 'The Tarn Herald', NULL, NULL);
INSERT INTO same_actors (actor, document, meant, why)
    VALUES ('person:orlen', 'doc-7af705a4675f2ff6', 'person-08711a87f4f718ae', 'split off by mk, 2026-11-25');
INSERT INTO actor_decisions (number, kind, actor, other, document, name, made_by, made, undone)
    VALUES (1, 'split', 'person:orlen', NULL, 'doc-7af705a4675f2ff6', NULL, 'mk', '2026-11-25T15:16:47+00:00', NULL);
INSERT INTO actor_decisions (number, kind, actor, other, document, name, made_by, made, undone)
    VALUES (2, 'rename', 'person:orlen', NULL, NULL, 'D. Orlen', 'mk', '2026-11-25T15:16:47+00:00', NULL);
INSERT INTO reviews (number, kind, row_kind, row, document, start, end, text, value, other, other_document, other_start, other_end, made_by, made, undone)
    VALUES (1, 'act', 'statement', 'statement-052f3f38626ac8b3', 'doc-7af705a4675f2ff6', 87, 115, '“Belmark must pay,” she said', 'threaten', NULL, NULL, NULL, NULL, 'mk', '2026-11-25T16:02:11+00:00', NULL);
INSERT INTO reviews (number, kind, row_kind, row, document, start, end, text, value, other, other_document, other_start, other_end, made_by, made, undone)
    VALUES (2, 'accept', 'event', 'event-7976fefce90477d5', 'doc-7af705a4675f2ff6', 0, 59, 'Karsovia recalled its ambassador from Belmark on 3 May 2031', NULL, NULL, NULL, NULL, NULL, 'mk', '2026-11-25T16:02:11+00:00', '2026-11-25T16:02:11+00:00');
INSERT INTO watched (url, kind, added, etag, modified, checked, due, failures, problem)
    VALUES ('https://herald.example/feed', 'feed', '2026-11-25T16:02:11+00:00', '"a1"', NULL, '2026-11-25T16:02:11+00:00', '2026-11-25T16:02:11+00:00', 0, NULL);
INSERT INTO fetched (url, found_in, final_url, title, published, fetched, due, failures, original, problem)
    VALUES ('https://herald.example/one', 'https://herald.example/feed', NULL, 'One', '2031-05-04', NULL, '2026-11-25T16:02:11+00:00', 0, NULL, NULL);

PRAGMA user_version = 5;
PRAGMA application_id = 1146241351;
