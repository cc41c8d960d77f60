"""Regions: places of the gazetteer in a text, their levels, and the one that an article is about."""
