"""Tables to a release: files, metadata, difference to the release before, and the move that makes it visible."""

from flows.publish.rows import concat, in_order, to_arrow

__all__ = ["concat", "in_order", "to_arrow"]
