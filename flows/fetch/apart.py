"""Reading a feed, sitemap or list in a process of its own, with limits of time and memory.

What a site sends may hold up any parser, and a parser in C holds up all threads of its process. Small documents are
read at once: a process takes half a second to begin.
"""

from __future__ import annotations

from flows.fetch.client import FetchError, Response
from flows.fetch.discover import Found, find_links
from flows.fetch.sources import Source
from flows.work.deadline import in_time
from flows.work.memory import ceiling, in_memory
from flows.work.pool import LocalPool, WorkerLostError

SMALL = 32_768
"""Bytes. Whatever they hold takes no parser a second."""

SECONDS = 30.0
"""Time for one document. A sitemap of the largest size, 50 MB, takes three."""


def find_links_apart(source: Source, response: Response, seconds: float) -> Found:
    """See `find_links`; in that time at most, and in SECONDS.

    Raises:
        FetchError: as `find_links`; or it takes too long or too much memory.
    """
    if len(response.body) <= SMALL:
        return find_links(source, response)
    seconds = max(0.1, min(seconds, SECONDS))
    try:
        with LocalPool(1, prepare=_import_parsers) as pool:
            return pool.run(_find_links, source, response, seconds)
    except WorkerLostError as error:
        raise FetchError("links", f"reading it took more than {seconds:.0f} seconds, or ended its process") from error
    except MemoryError as error:
        raise FetchError("links", "reading it took too much memory") from error


def _find_links(source: Source, response: Response, seconds: float) -> Found:
    return in_time(seconds, lambda: in_memory(lambda: find_links(source, response), ceiling()))


def _import_parsers() -> None:
    import flows.fetch.discover  # noqa: F401
