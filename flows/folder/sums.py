"""SHA256SUMS: one line a file, as `sha256sum -c` reads it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from flows.errors import ReleaseError
from flows.folder.files import files_of, sha256

NAME = "SHA256SUMS"
STATEMENT, SIGNATURE = "provenance.json", ".sig"
"""What a release that is signed has beside its files (flows/publish/signing.py)."""

NOT_SUMMED = frozenset({NAME, "build.json", STATEMENT, NAME + SIGNATURE, STATEMENT + SIGNATURE})
"""What differs from run to run, and who signed it; everything else in a release depends on its input alone."""
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def write_sums(folder: Path) -> None:
    """Sum every file of a finished staging folder, sorted by path."""
    lines = [f"{sha256(path)}  {name}\n" for name, path in _summed(folder).items()]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def copy_build(release: Path, folder: Path) -> None:
    """build.json along with what was made from a release."""
    if (release / "build.json").is_file():
        shutil.copyfile(release / "build.json", folder / "build.json")


def read_sums(release: Path) -> dict[str, str]:
    """Relative path to hex digest.

    Raises:
        ReleaseError: SHA256SUMS is missing or a line of it cannot be read.
    """
    path = release / NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError("sums", "it cannot be read.", "Is this a release?", path) from error
    sums = {}
    for number, line in enumerate(lines, 1):
        if not (match := _LINE.fullmatch(line)):
            raise ReleaseError("sums", f"line {number} cannot be read.", "Fetch the release again.", path)
        sums[match[2]] = match[1]
    return sums


def damaged_files(release: Path) -> dict[str, str]:
    """Relative path to what is wrong with it: missing, changed, or not in SHA256SUMS. Empty when all is well."""
    sums, there = read_sums(release), _summed(release)
    wrong = dict.fromkeys(sums.keys() - there.keys(), "missing")
    wrong |= dict.fromkeys(there.keys() - sums.keys(), "not in SHA256SUMS")
    wrong |= {name: "changed" for name, path in there.items() if name in sums and sha256(path) != sums[name]}
    return dict(sorted(wrong.items()))


def _summed(folder: Path) -> dict[str, Path]:
    paths = {path.relative_to(folder).as_posix(): path for path in files_of(folder)}
    return {name: path for name, path in paths.items() if name not in NOT_SUMMED}
