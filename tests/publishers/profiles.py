"""Profiles made up for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from flows.publishers.entries import read_profile
from flows.publishers.loading import Publishers
from flows.publishers.profile import Profile

RULE = {
    "id": "hotline",
    "kind": "contact",
    "why": "Our own.",
    "line": "读者来电.*",
    "take": ["读者来电一"],
    "leave": ["来电"],
}


def entry(name: str = "qinghe", **changed: Any) -> dict[str, Any]:
    """The entry of a publisher that is not there."""
    known = {
        "id": name,
        "names": {"zh": f"{name}网", "en": name.title()},
        "hosts": [f"{name}.example"],
        "rights": {"default": "unspecified", "why": "made up"},
        "fixture": {"file": f"{name}.txt", "articles": [{"title": "题", "begins": "甲", "ends": "乙"}]},
    }
    return {key: value for key, value in {**known, **changed}.items() if value is not None}


def written(folder: Path, declared: Any, name: str = "qinghe") -> Path:
    """The file of an entry, with an empty fixture beside it."""
    (folder / f"{name}.txt").touch()
    path = folder / f"{name}.yaml"
    path.write_text(declared if isinstance(declared, str) else yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    return path


def profile(folder: Path, name: str = "qinghe", **changed: Any) -> Profile:
    """A profile that was read from a file."""
    return read_profile(written(folder, entry(name, **changed), name))


def known(*profiles: Profile) -> Publishers:
    """Only these."""
    return Publishers(profiles)
