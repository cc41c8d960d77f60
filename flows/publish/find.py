"""The folder of a release by what people call it."""

from __future__ import annotations

import os
from pathlib import Path

from flows.errors import ReleaseError
from flows.folder.files import read_json
from flows.folder.stage import VERSION
from flows.installed import home


def find_release(wanted: str, releases: str | os.PathLike[str] | None = None) -> Path:
    """The folder of a release: `latest`; a channel (nightly, stable) of a published store; a version; or its path.

    Args:
        releases: folder of releases, or directory of a store; else what SHEGONG_RELEASES says, or releases/.

    Raises:
        ReleaseError: there is no release yet, or the pointer is damaged. Whether the folder is there is not looked at.
    """
    where = os.fspath(releases or os.environ.get("SHEGONG_RELEASES") or home() / "releases")
    if "://" in where:
        raise ReleaseError("store", "a release of a store is not read from there.", "Name the folder of a copy.", where)
    at = Path(where)
    if VERSION.fullmatch(wanted):
        return at / wanted
    if wanted == "latest":
        pointer, key = "latest.json", "version"
    elif "/" not in wanted and os.sep not in wanted and (at / "channels" / f"{wanted}.json").is_file():
        pointer, key = f"channels/{wanted}.json", "path"
    else:
        return Path(wanted)
    if not (at / pointer).is_file():
        remedy = "Make one with shegong release, or name another folder with --releases or SHEGONG_RELEASES."
        raise ReleaseError("none", "there is no release yet.", remedy, at)
    name = str(read_json(at, pointer).get(key))
    if not VERSION.fullmatch(name):
        raise ReleaseError("pointer", f"it points to {name!r}, which is no version.", "Mend it.", at / pointer)
    return at / name
