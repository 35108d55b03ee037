"""A document's text as screens show it: cut into parts, passages and pieces, with what was read from each."""
