-- digest.db: what the views need of a record, in the form in which they need it. Made from project.db and deletable.

CREATE TABLE made (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL         -- JSON
) WITHOUT ROWID;

CREATE TABLE sizes (
    tab TEXT PRIMARY KEY,
    rows INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE chunks (
    tab TEXT NOT NULL,
    name TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    version INTEGER NOT NULL,   -- of the digest, when it was written
    data BLOB NOT NULL,
    UNIQUE (tab, name, chunk)
);

CREATE TABLE actors (
    number INTEGER PRIMARY KEY, -- from 0
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    qid TEXT,
    aliases TEXT NOT NULL,      -- JSON
    party INTEGER NOT NULL,     -- the actor whose dealings its are
    used INTEGER NOT NULL,      -- 0: the record has only those who act for it
    folded TEXT NOT NULL        -- all its names, folded, one a line
);

-- Two parties between which events are, in the order of their ids.
CREATE TABLE pairs (
    number INTEGER PRIMARY KEY, -- from 0
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    UNIQUE (a, b)
);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY, -- from 0
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    title TEXT,
    name TEXT,                  -- of the outlet, as the document has it
    published TEXT,
    language TEXT
);

CREATE INDEX documents_by_source ON documents (source);

CREATE TABLE outlets (
    number INTEGER PRIMARY KEY, -- from 0
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL
);

-- How documents name their outlets.
CREATE TABLE outlet_names (
    number INTEGER PRIMARY KEY, -- from 0
    name TEXT NOT NULL UNIQUE
);

-- Finished answers to questions of the whole project.
CREATE TABLE kept (
    question TEXT PRIMARY KEY,
    answer TEXT NOT NULL        -- JSON
) WITHOUT ROWID;
