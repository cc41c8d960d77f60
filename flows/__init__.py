"""Shegong: Chinese social-work news, from raw pages to a validated and traceable dataset."""
