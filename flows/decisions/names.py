"""What takedowns are compared by: the names of documents in canonical form, so that two ways to write one meet."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from heapq import nlargest
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from flows.read.reader import printable

_ID = re.compile(r"([0-9a-f]{16})(?:-\d{2,}|[0-9a-f]{48})?")
"""An id of a document or of an article of it, or the sha256 that the id is the start of."""

_ESCAPED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""Characters that mean the same with and without percent-encoding (RFC 3986, 2.3)."""

_PLAIN_ID = re.compile(r"[0-9a-f]{16}")
_PORTS = {"http": 80, "https": 443}

CANDIDATES = 50
"""Names that are compared character by character with one that nothing bears."""


class Name(NamedTuple):
    """What a document is called, in canonical form. `kind` is id, url or path."""

    kind: str
    value: str

    @property
    def digest(self) -> str:
        """Stands for an address or a path where these may not be told."""
        return hashlib.sha256(f"{self.kind} {self.value}".encode("utf-8", "backslashreplace")).hexdigest()[:16]


def id_of(text: str) -> Name:
    """The document that an id of it, of an article of it, or its sha256 means, in either case of letters."""
    plain = text.strip().lower()
    found = _ID.fullmatch(plain.removeprefix("sha256:"))
    return Name("id", found[1] if found else plain)


def is_id(name: Name) -> bool:
    """Whether it is an id that a document could have."""
    return name.kind == "id" and _PLAIN_ID.fullmatch(name.value) is not None


def url_of(text: str) -> Name:
    """An address without what does not make another page: scheme, letter case of the host, default port, fragment,
    empty query, slash at the end, dots, and the way characters are encoded (RFC 3986, 6.2)."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # http://[
        return Name("url", text)
    if not host:
        return Name("url", text)
    host = _ascii(host.rstrip("."))
    port_part = "" if port in (None, _PORTS.get(parts.scheme.lower())) else f":{port}"
    path = urlsplit(urljoin("http://host/", _encoded(parts.path) or "/")).path.rstrip("/")
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    return Name("url", f"//{host}{port_part}{path}{query}")


def path_of(text: str) -> Name:
    """The path of a file of the raw folder, or of a record: the archive's, "!", and its name in it."""
    return Name("path", printable(unicodedata.normalize("NFC", text.strip().removeprefix("./"))))


def paths_around(path: str) -> Iterator[Name]:
    """The path of a document, and of each archive that it stands in."""
    parts = path_of(path).value.split("!")
    return (Name("path", "!".join(parts[: end + 1])) for end in range(len(parts)))


def nearest(name: Name, known: Iterable[str], count: int = 3) -> list[str]:
    """Those of the `known` names that are most like one that nothing bears, the likest first."""
    shapes = {"url": url_of, "path": path_of, "id": id_of}
    pairs = {shapes[name.kind](text).value: text for text in known}
    some = nlargest(CANDIDATES, pairs, key=lambda text: _shared(text, name.value))
    likeness = {text: SequenceMatcher(None, text, name.value, autojunk=False).ratio() for text in some}
    best = nlargest(count, likeness, key=lambda text: (likeness[text], text))
    return [pairs[text] for text in best if likeness[text] >= 0.5 or text.startswith(name.value)]


def _shared(text: str, other: str) -> int:
    """Characters that two texts share at their beginnings and ends."""
    return _alike(text, other) + _alike(text[::-1], other[::-1])


def _alike(text: str, other: str) -> int:
    return next((n for n, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), len(text))


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _encoded(part: str) -> str:
    """A part of an address with every character encoded that has to be, and no other."""
    plain = _ESCAPED.sub(_unescaped, part)
    return quote(plain.encode("utf-8", "surrogatepass"), safe="%/:?@!$&'()*+,;=-._~")


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()
