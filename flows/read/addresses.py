"""The address of a page, from whatever says it: markup, an archive, a dump, a feed."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(text: str | None) -> str | None:
    """What is said to be a page's address, as it stands, if it is a whole http or https address; else None.

    A name in an archive (dns:, urn:), a file of somebody's machine, a script, a part of an address and one with a
    password in it are no addresses of a page.
    """
    if text is None or not text.isprintable() or any(char.isspace() or char in '\\<>"' for char in text):
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:  # http://[, or a port that is none
        return None
    web = parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
    return text if web else None
