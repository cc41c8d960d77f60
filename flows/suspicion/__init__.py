"""How likely it is that a page was cleaned wrongly, told by its rows: `documents.suspicion` and its reasons."""
