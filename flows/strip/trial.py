"""What a change of the rules would change on the raw documents, before it is accepted."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flows.clean import STEPS
from flows.document import Line, Page, RawDocument
from flows.errors import InputError
from flows.installed import checkout
from flows.strip import strip_boilerplate
from flows.strip.rules import RULES, RuleBook
from flows.text import Text


class Change(NamedTuple):
    """A line that the new rules judge otherwise; a verdict is a rule's id, "cut by …", or None for a kept line."""

    path: str
    number: int
    chars: str
    before: str | None
    after: str | None


def try_rules(documents: Iterable[RawDocument], before: RuleBook, after: RuleBook) -> Iterator[Change]:
    """The lines of the documents on which two rule books differ, in order."""
    for document in documents:
        if document.reason is not None:
            continue
        page = _until_stripping(document)
        lines = [strip_boilerplate(page, book).lines for book in (before, after)]
        for old, new in zip(*lines, strict=True):
            if (verdicts := (_verdict(old), _verdict(new)))[0] != verdicts[1]:
                yield Change(document.path, old.number, old.chars, *verdicts)


def _until_stripping(document: RawDocument) -> Page:
    page = Page(document, Text.of(document.text))
    for step in STEPS[: STEPS.index(strip_boilerplate)]:
        page = step(page)
    return page


def _verdict(line: Line) -> str | None:
    if line.rule is None and line.cuts:
        return "cut by " + ", ".join(cut.rule for cut in line.cuts)
    return line.rule


@contextmanager
def committed_rules(revision: str = "HEAD") -> Iterator[Path]:
    """A folder with the rules as they were committed.

    Raises:
        InputError: this is no checkout, or the revision is not in it.
    """
    place = RULES.relative_to(checkout()).as_posix()
    command = ["git", "-C", str(checkout()), "archive", revision, place]
    try:
        archive = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise InputError(
            "no_revision",
            f"The rules of {revision} cannot be read from git.",
            "Run this in a checkout of the project, or name another revision with --before.",
            place,
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder, place)
