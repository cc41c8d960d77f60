"""What a page states of itself: its day, source, writers, editors, publisher, rights, number and related links."""
