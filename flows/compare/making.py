"""made_with.json: what a release was made with, so that the next one can say what each of its changes came of.

    {"parts": {"flows/clean.py": "0f3a…", "schemas/vocabularies/units.yaml": "77b1…", "pyarrow": "26.0.1", …},
     "rules": {"share_tools": "9c2e…", …},
     "decided": {"correction": {"873400fda6ec8ba8": "51aa…"}, "exception": {}}}

Rules are known one by one, by what they match; all else by file. Hashes are the first 16 hexadecimal digits of SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.depends import cleaning_parts
from flows.errors import ReleaseError
from flows.folder.files import read_json
from flows.installed import SCHEMAS
from flows.yaml_files import read_yaml

NAME = "made_with.json"

EXAMPLES = frozenset({"take", "leave", "why", "why_zh", "fixture"})
"""What stands in a rule for its readers and tests, and takes nothing off any page."""

DECIDED = ("correction", "exception")
"""Decisions that change what a release holds. Of a takedown nothing is told."""


class Making(NamedTuple):
    """What a release was made with: hashes of files and versions of packages, hashes of rules by id, and of what was
    decided by decision and document."""

    parts: Mapping[str, str]
    rules: Mapping[str, str]
    decided: Mapping[str, Mapping[str, str]]

    def as_json(self) -> dict[str, Any]:
        """For made_with.json."""
        return {"parts": dict(self.parts), "rules": dict(self.rules), "decided": dict(self.decided)}


class Remade(NamedTuple):
    """What two releases were not made with alike, by name."""

    code: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    vocabularies: tuple[str, ...] = ()
    corrected: frozenset[str] = frozenset()
    """Documents of which other corrections hold."""
    excepted: frozenset[str] = frozenset()
    """Documents of which other failing gates are accepted."""


def making(decisions: Iterable[Mapping[str, Any]]) -> Making:
    """What this code makes releases with, and what was decided, given as a report lists it."""
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in DECIDED}
    for row in decisions:
        if row["decision"] in found:
            found[row["decision"]][row["document"]].append(row["what"])
    decided = {
        name: {document: _hash(sorted(said)) for document, said in sorted(of.items())} for name, of in found.items()
    }
    parts = {name: value[:16] for name, value in cleaning_parts().items() if not _holds_rules(name)}
    return Making(parts, rules(), decided)


@cache
def rules() -> Mapping[str, str]:
    """The hash of each rule of schemas/rules/ and of each profile of schemas/publishers/, and of the profiles' rules,
    by what they match; their examples and reasons do not count."""
    found: dict[str, str] = {}
    for path in sorted((SCHEMAS / "rules").glob("*.yaml")):
        found |= {str(rule["id"]): _matching(rule) for rule in read_yaml(path)}
    for path in sorted((SCHEMAS / "publishers").glob("*.yaml")):
        profile = read_yaml(path)
        own = profile.pop("rules", [])
        found[str(profile["id"])] = _matching(profile)
        found |= {f"{profile['id']}.{rule['id']}": _matching(rule) for rule in own}
    return found


def read_making(release: Path) -> Making | None:
    """What a release says that it was made with; None of one that was made before releases said so.

    Raises:
        ReleaseError: its file cannot be used.
    """
    if not (release / NAME).is_file():
        return None
    try:
        return Making(**read_json(release, NAME))
    except TypeError as error:
        raise ReleaseError("making", f"it is not what it should be: {error}.", "Fetch it again.", release) from error


def remade(before: Making | None, after: Making | None) -> Remade:
    """What differs; of a release that does not say what it was made with, the code is taken to differ."""
    if before is None or after is None:
        return Remade(code=("a release that does not say what it was made with",))
    files = _unlike(before.parts, after.parts)
    vocabularies = tuple(name for name in files if name.startswith(("schemas/vocabularies/", "schemas/patterns/")))
    lists = tuple(name for name in files if name.startswith("schemas/gates/"))
    code = tuple(name for name in files if name not in (*vocabularies, *lists))
    decided = (_unlike(before.decided.get(name, {}), after.decided.get(name, {})) for name in DECIDED)
    return Remade(code, (*_unlike(before.rules, after.rules), *lists), vocabularies, *map(frozenset, decided))


def _unlike(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))


def _holds_rules(name: str) -> bool:
    return name.startswith(("schemas/rules/", "schemas/publishers/"))


def _matching(rule: Mapping[str, Any]) -> str:
    return _hash({name: value for name, value in rule.items() if name not in EXAMPLES})


def _hash(value: Any) -> str:
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
