"""Training of the page layout (`flows.strip.model`) from a folder of pages with reference answers."""
