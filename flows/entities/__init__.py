"""Entities: bodies, persons and events that many articles tell of, each with one id."""
