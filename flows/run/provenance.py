"""What build.json says of how a release came about: the facts that differ from run to run."""

from __future__ import annotations

import datetime as dt
import platform
import subprocess
from importlib.metadata import version
from typing import Any

from flows.folder.files import sha256
from flows.installed import CHECKOUT
from flows.state import code_version

PACKAGES = ("prefect", "great-expectations", "pyarrow", "pandas", "numpy", "opencc-python-reimplemented", "pypinyin")
"""Those whose version may show in a release; requirements.txt pins all."""


def build_facts(fingerprint: str) -> dict[str, Any]:
    """Time, input fingerprint, code and versions; nothing about the machine or who used it."""
    return {
        "built_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "fingerprint": fingerprint,
        "commit": commit(),
        "changed_since_commit": None if (status := _git("status", "--porcelain")) is None else bool(status),
        "code_version": code_version(),
        "lock": sha256(CHECKOUT / "requirements.txt") if CHECKOUT else None,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def commit() -> str | None:
    """The commit of the checkout, None where there is none."""
    return _git("rev-parse", "HEAD")


def _git(*arguments: str) -> str | None:
    """What git says, or None outside of a checkout."""
    if CHECKOUT is None:
        return None
    try:
        run = subprocess.run(["git", "-C", str(CHECKOUT), *arguments], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.strip() if run.returncode == 0 else None
