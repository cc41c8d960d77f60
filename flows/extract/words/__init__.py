"""Words: the vocabularies that all finders share, and the one search of a text for all of them."""
