"""Canaries: whether publishers' pages still look as their profiles, and the committed pages of each, say."""
