"""Organizations: where names of bodies stand in a text, where they begin and end, and their forms."""
