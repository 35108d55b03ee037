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
