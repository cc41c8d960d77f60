"""Which shegong this is."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from flows.installed import CHECKOUT
from flows.run.provenance import commit


def about_installation() -> str:
    """The version, the commit of a checkout, the interpreter: a line."""
    at = commit()
    place = f"commit {at[:10]} in {CHECKOUT}" if at else "installed"
    return f"shegong {own_version()} ({place}; Python {platform.python_version()})"


def own_version() -> str:
    """The version of this package; "0" where it was not installed at all."""
    try:
        return version("shegong")
    except PackageNotFoundError:
        return "0"
