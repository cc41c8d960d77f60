"""Where runs keep their state: inside the project folder, nothing in the home folder, nothing sent anywhere."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from flows.errors import ShegongError
from flows.installed import CHECKOUT, CODE, SCHEMAS, content, home, named
from flows.proxies import reach_this_machine_directly

PROJECT = home()
"""The project folder: raw/ and releases/ stand in it; in a checkout flows/ and schemas/ too."""

OWNER_ONLY = 0o700

OURS = frozenset({"prefect", "logs", "shards", "collect", "raw", "unpacked", "contents", "listings", "tests"})
"""Folders of the state, of which one that was used has one at least."""


def state_folder() -> Path:
    """The folder for everything that may be deleted between runs: `.state`, or what SHEGONG_STATE names. Nobody but its
    owner may enter: it is made so, or shut if it is open.

    Raises:
        ShegongError: it cannot be made or shut, or is a folder with other things in it that is open to others.
    """
    folder = Path(os.environ.get("SHEGONG_STATE") or home() / ".state").absolute()
    try:
        folder.mkdir(OWNER_ONLY, parents=True, exist_ok=True)
        if folder.stat().st_mode & ~OWNER_ONLY & 0o777:
            _shut(folder)
    except OSError as error:
        problem = f"the state of runs cannot be kept there: {error.strerror}."
        raise ShegongError("state", problem, "Name another folder with SHEGONG_STATE.", folder) from error
    return folder


def _shut(folder: Path) -> None:
    there = {path.name for path in folder.iterdir()}
    if there and not there & OURS:
        problem = "it is open to others and holds what is not ours."
        remedy = "Name a folder of its own with SHEGONG_STATE, or shut this one: chmod 700."
        raise ShegongError("state_open", problem, remedy, folder)
    folder.chmod(OWNER_ONLY)


def write_private(path: Path, text: str) -> None:
    """Writes a file that nobody but its owner may read, at no moment; one that is there makes place."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def configure() -> None:
    """Sets what Prefect and Great Expectations read from the environment at import; call it before importing them.

    What the caller's own environment already says stays, so an operator can override each setting.
    """
    prefect = state_folder() / "prefect"
    settings = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "GX_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(prefect),
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(prefect / "results"),
        "PREFECT_SERVER_UI_ENABLED": "false",
        # Block types are for stored credentials; registering them costs a second at each start.
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        # Progress and errors are ours to tell, once (flows/terminal/progress.py, flows/cli/__init__.py).
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }
    for name, setting in settings.items():
        os.environ.setdefault(name, setting)
    reach_this_machine_directly()


@cache
def code_version() -> str:
    """sha256 of everything that decides what a release holds: our code, and schemas/ with rules and vocabularies.
    Packages are pinned in requirements.txt, which counts as code too. What the cleaning of one document depends on is
    less: `flows.depends`."""
    digest = hashlib.sha256()
    code = (path for kind in ("py", "css", "js") for path in CODE.rglob(f"*.{kind}"))
    parts = {named(path): path for path in [*code, *SCHEMAS.rglob("*")] if path.is_file()}
    if CHECKOUT:
        parts["requirements.txt"] = CHECKOUT / "requirements.txt"
    for name, path in sorted(parts.items()):
        held = content(path)
        digest.update(f"{name}\0{len(held)}\0".encode())
        digest.update(held)
    return digest.hexdigest()
