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
