"""MHTML (a page saved with its pictures, RFC 2557): the page in it."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError

from flows.read.html import read_html
from flows.read.reading import Read, Unread


def read_mhtml(content: bytes, charset: str | None = None) -> Read | Unread:
    """The first HTML part, read as a page.

    Reasons: those of `read_html`, and `malformed` where there is no such part.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        page = pages[0].get_payload(decode=True) if pages else None
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError, RecursionError) as error:
        return Unread(f"malformed: the parts of the saved page cannot be told apart: {type(error).__name__}")
    if not isinstance(page, bytes):
        return Unread("malformed: the saved page holds no HTML part")
    return read_html(page, pages[0].get_content_charset() or charset)
