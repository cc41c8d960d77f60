"""Publishers: what is known of a site or newspaper (schemas/publishers/), and which of them published a page."""

from flows.publishers.recognise import recognise_publisher

__all__ = ["recognise_publisher"]
