"""Which format bytes are in, and who reads it. A format is one function here: bytes and charset to a Read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from flows.read.encoding import decode
from flows.read.reading import Read, Unread

TEXT, HTML, MHTML, PDF = "text/plain", "text/html", "multipart/related", "application/pdf"
UNKNOWN = "application/octet-stream"

SUFFIXES = {".html": HTML, ".htm": HTML, ".xhtml": HTML, ".shtml": HTML, ".mhtml": MHTML, ".mht": MHTML, ".pdf": PDF}
ALIASES = {"application/xhtml+xml": HTML, "application/x-mimearchive": MHTML, "message/rfc822": MHTML}
HEAD = 1024
"""Bytes at the start that are looked at."""
LAST_OF_PDF = 1006
"""Where the mark of a PDF must end: readers take up to 1,000 bytes before it."""

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_PDF = re.compile(rb"%PDF-\d")
_MHTML = re.compile(rb"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?content-type:\s*multipart/related", re.I)


def media_type_of(content: bytes, name: str, told: str | None = None) -> str:
    """The media type: what the first bytes say; else what it was said to be, its name, text."""
    head = content[:HEAD]
    if _PDF.search(head, 0, LAST_OF_PDF):
        return PDF
    if _HTML.match(head):
        return HTML
    if _MHTML.match(head):
        return MHTML
    told = (told or "").partition(";")[0].strip().lower()
    told = ALIASES.get(told, told)
    return told if told in READERS else SUFFIXES.get(PurePosixPath(name).suffix.lower(), TEXT)


def _text(content: bytes, charset: str | None) -> Read | Unread:
    return decode(content)


def _html(content: bytes, charset: str | None) -> Read | Unread:
    from flows.read.html import read_html

    return read_html(content, charset)


def _mhtml(content: bytes, charset: str | None) -> Read | Unread:
    from flows.read.html.mhtml import read_mhtml

    return read_mhtml(content, charset)


def _pdf(content: bytes, charset: str | None) -> Read | Unread:
    from flows.read.pdf import read_pdf  # the library is loaded when the first PDF comes

    return read_pdf(content, charset)


READERS: dict[str, Callable[[bytes, str | None], Read | Unread]] = {
    TEXT: _text,
    HTML: _html,
    MHTML: _mhtml,
    PDF: _pdf,
}
