"""The files of the raw folder, opened so that nothing outside of it is read and nothing blocks.

A link that leads out of the folder is refused, unless raw/settings.yaml names the folder that it leads into:

    follow_links: true
    link_roots: [/srv/pages, ../older]   # absolute, or from the raw folder

Every part of a path is opened without following links, and what a file is, is asked of the open file: so that nobody
who writes to the folder can put another in its place between the look and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from flows.errors import InputError
from flows.yaml_files import YamlFile

SETTINGS = "settings.yaml"

NOT_DOCUMENTS = frozenset(
    {SETTINGS, "sources.yaml", "sources.example.yaml", "corrections.yaml", "tombstones.yaml", "exceptions.yaml"}
)
"""Files at the top of the raw folder that say what is known of the documents."""

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY | os.O_CLOEXEC
"""Opening a pipe would wait for a writer, and a terminal could become ours."""


PIECE = 2**20


class RefusedError(OSError):
    """A file that is not to be read. `reason` is why: "code: sentence"."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EPERM, reason)
        self.reason = reason


def reason_of(error: OSError) -> str:
    """Why a file could not be read, as a document's reason."""
    return error.reason if isinstance(error, RefusedError) else f"unreadable: {error.strerror or error}"


def open_raw(raw: Path, name: str) -> BinaryIO:
    """A regular file of the raw folder. A read that would block gives None.

    Raises:
        RefusedError: it is none (`not_a_file`), or a link leads out of the folder (`link`).
        OSError: it cannot be opened.
        InputError: raw/settings.yaml cannot be used.
    """
    try:
        return _open_below(raw, name)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):  # else there is a link on the way
            raise
    root, inside = place_of(raw, name)
    return _open_below(root, inside)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """What a file holds, in pieces.

    Raises:
        OSError: reading it fails, or would block.
    """
    while (piece := file.read(PIECE)) != b"":
        if piece is None:  # a file of the system that waits for something to say
            raise BlockingIOError(errno.EAGAIN, "reading it would wait")
        yield piece


def place_of(raw: Path, name: str) -> tuple[Path, str]:
    """Where a path of the raw folder leads when all its links are followed: one of the folders that may be read, and
    the path in it.

    Raises:
        RefusedError: to none of them, or to what is no document.
        OSError: nowhere.
    """
    real = os.path.realpath(raw / name, strict=True)
    for root in roots(raw):
        inside = os.path.relpath(real, root)
        if inside == "." or not inside.startswith(".."):
            if any(part.startswith(".") for part in inside.split(os.sep) if inside != ".") or inside in NOT_DOCUMENTS:
                raise RefusedError("link: it leads to what is no document")
            return root, inside
    raise RefusedError(f"link: it leads out of the raw folder, which raw/{SETTINGS} can allow")


def roots(raw: Path) -> tuple[Path, ...]:
    """The folders that may be read: the raw folder, and those that its settings name.

    Raises:
        InputError: the settings cannot be used.
    """
    settings = raw / SETTINGS
    if not os.path.lexists(settings):
        return (Path(os.path.realpath(raw)),)
    return _roots(raw, settings.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _roots(raw: Path, _changed: int) -> tuple[Path, ...]:
    file = YamlFile(raw / SETTINGS, InputError, "settings", "docs/operator.md shows what it may say.")
    here = (Path(os.path.realpath(raw)),)
    root = file.root()
    if root is None:
        return here
    entries = file.entries(root, ("follow_links", "link_roots"))
    follow = file.content(entries["follow_links"][1]) if "follow_links" in entries else False
    if not isinstance(follow, bool):
        raise file.refused(entries["follow_links"][1], "`follow_links` is neither true nor false.")
    nodes = file.list_of(entries["link_roots"][1]) if "link_roots" in entries else []
    named = [Path(os.path.realpath(raw / file.text("link_roots", node))) for node in nodes]
    if follow and not named:
        remedy = "Name the folders that links may lead into under `link_roots`."
        raise file.refused(entries["follow_links"][0], "it follows links, and names no folder for them.", remedy)
    return (*here, *named) if follow else here


def _open_below(root: Path, name: str) -> BinaryIO:
    """A regular file, to which no link and no way upwards leads."""
    *folders, last = name.split("/")
    if {"", ".", ".."} & {*folders, last}:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    place = os.open(root, FOLDER & ~os.O_NOFOLLOW)
    try:
        for folder in folders:
            inner = os.open(folder, FOLDER, dir_fd=place)
            os.close(place)
            place = inner
        _refuse_special(os.stat(last, dir_fd=place, follow_symlinks=False).st_mode)
        handle = os.open(last, FILE, dir_fd=place)
    finally:
        os.close(place)
    try:
        _refuse_special(os.fstat(handle).st_mode)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _refuse_special(mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not stat.S_ISREG(mode):
        raise RefusedError(f"not_a_file: it is {_sort_of(mode)}, not a regular file")


def _sort_of(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
