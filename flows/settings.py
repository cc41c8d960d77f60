"""Settings of an installation: the environment, and the file `shegong.toml` in the folder that commands are called from
(in a checkout, in that of the checkout):

    releases = "/srv/shegong/releases"      # paths from the file's folder
    workers = 8

An option of a command comes before the environment, the environment before the file. The file's settings are put into
the environment, so that processes that a command starts have them too.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.errors import ShegongError
from flows.installed import home

FILE = "shegong.toml"


class Setting(NamedTuple):
    """One setting: its name in the file, its variable, what it is when nobody says, and what it is for."""

    name: str
    variable: str
    default: str
    meaning: str
    is_path: bool = False
    is_secret: bool = False
    """Never shown: it may hold a key."""


SETTINGS = (
    Setting("raw", "SHEGONG_RAW", "raw", "raw documents, a folder or s3:// URL", is_path=True),
    Setting("releases", "SHEGONG_RELEASES", "releases", "where releases stand, a folder or s3:// URL", is_path=True),
    Setting("state", "SHEGONG_STATE", ".state", "what may be deleted between runs", is_path=True),
    Setting("workers", "SHEGONG_WORKERS", "one a core", "processes that clean"),
    Setting("document_mb", "SHEGONG_DOCUMENT_MB", "480", "megabytes that one document may take"),
    Setting("signing_key", "SHEGONG_SIGNING_KEY", "none", "ssh key that releases are signed with", is_path=True),
    Setting("signers", "SHEGONG_SIGNERS", "none", "public keys that are trusted", is_path=True),
    Setting("notify", "SHEGONG_NOTIFY", "none", "address or command that is told of failures", is_secret=True),
    Setting("heartbeat", "SHEGONG_HEARTBEAT", "none", "address or command that is told of successes", is_secret=True),
)


class Told(NamedTuple):
    """A setting as it is, and where it was said: environment, the file's path, or default."""

    setting: Setting
    value: str
    source: str


def use_file() -> None:
    """Puts what the file says into the environment, as far as that says nothing.

    Raises:
        ShegongError: the file cannot be used.
    """
    for setting, value in _in_file():
        os.environ.setdefault(setting.variable, value)


def told() -> Iterator[Told]:
    """Every setting as a command without options would have it. Secrets are not shown."""
    said = {setting.name: value for setting, value in _in_file()}
    for setting in SETTINGS:
        value = os.environ.get(setting.variable)
        source = str(home() / FILE) if value and said.get(setting.name) == value else "environment"
        shown = "(set; not shown)" if value and setting.is_secret else value
        yield Told(setting, shown or setting.default, source if value else "default")


def _in_file() -> Iterator[tuple[Setting, str]]:
    path = home() / FILE
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _refused(path, f"it cannot be read: {error}.", "Mend it; docs/operator.md shows one.") from error
    known = {setting.name: setting for setting in SETTINGS}
    for name, value in entries.items():
        if name not in known:
            meant = difflib.get_close_matches(name, known, n=1)
            remedy = f"Did you mean {meant[0]}?" if meant else f"It may set {', '.join(known)}."
            raise _refused(path, f"there is no setting {name!r}.", remedy)
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise _refused(path, f"{name} is {value!r}.", "Give a text or a whole number.")
        is_folder = known[name].is_path and "://" not in str(value)
        yield known[name], str(path.parent / Path(str(value)).expanduser()) if is_folder else str(value)


def _refused(path: Path, problem: str, remedy: str) -> ShegongError:
    return ShegongError("settings", problem, remedy, path)
