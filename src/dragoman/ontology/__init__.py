"""What Dragoman knows before it reads: actors, roles, offices and predicates, as data files with checked loaders."""
