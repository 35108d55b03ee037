-- What a condition requires and what follows from it are statements that name the one they hang on.
ALTER TABLE statements ADD COLUMN condition TEXT; -- id of a statement of the same document
