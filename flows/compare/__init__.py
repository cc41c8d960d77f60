"""Comparing: what differs between two releases, and whether their schemas fit each other."""
