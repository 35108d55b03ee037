-- What else is known of the record as a whole. `resolved` is a hash of what resolve found last, so that what is derived from the
-- record can tell whether it is still derived from this one.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
