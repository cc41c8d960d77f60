"""Words: the vocabularies that all finders share, the one search of an article for all of them, and its reading."""
