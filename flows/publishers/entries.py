"""A profile's YAML to a Profile; every mistake in it is an error that names the file, the key and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows.document import RIGHTS
from flows.errors import SchemaError
from flows.patterns import compiled
from flows.publishers.profile import DatedRule, Expected, Fixture, Limits, Profile
from flows.schema import Words, load
from flows.strip.rules import PLACES, make_rule
from flows.yaml_files import YamlFile

ID = re.compile(r"[a-z][a-z0-9_]*")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
CUE = re.compile(r"[\w. ]{4,}")
"""Letters and digits only: what punctuation becomes in cleaning depends on what stands beside it."""

REMEDY = "Mend it; CONTRIBUTING.md, “A publisher”, says what a profile holds."

KEYS = {"id", "names", "aliases", "hosts", "recognise", "rights", "rules", "canary", "fixture"}


def read_profile(path: Path) -> Profile:
    """The profile of a file.

    Raises:
        SchemaError: it is no YAML, something is missing, unknown or of the wrong sort.
    """
    file = YamlFile(path, SchemaError, "publisher", REMEDY)
    entry = file.content()
    try:
        return _profile(path, entry)
    except _WrongError as wrong:
        key = str(wrong).partition(" ")[0].rstrip(":")
        raise refused(f"{path}:{file.line_of(key)}", str(wrong)) from wrong


def refused(path: Path | str, problem: str) -> SchemaError:
    """The error of a profile that cannot be used."""
    return SchemaError("publisher", problem, REMEDY, path)


class _WrongError(Exception):
    """A key, as `rules[2].kind`, and behind it what is wrong with it."""


def _profile(path: Path, entry: Any) -> Profile:
    _keys("the file", entry, {"id", "names", "hosts", "rights", "fixture"}, KEYS)
    name = _text("id", entry["id"], ID)
    if name != path.stem:
        raise _WrongError(f"id is {name}, but the file is {path.name}; they must agree.")
    _keys("names", entry["names"], {"zh", "en"})
    cues = entry.get("recognise") or {}
    _keys("recognise", cues, set(), {"all", "any"})
    hosts = _texts("hosts", entry["hosts"], HOST)
    all_of, any_of = (_texts(f"recognise.{key}", cues.get(key, ()), CUE) for key in ("all", "any"))
    if not (hosts or all_of or any_of):
        raise _WrongError("hosts and recognise are both empty: no page could ever be recognised.")
    rights = entry["rights"]
    _keys("rights", rights, {"default", "why"})
    return Profile(
        id=name,
        path=path,
        names=Words(_text("names.zh", entry["names"]["zh"]), _text("names.en", entry["names"]["en"])),
        aliases=_texts("aliases", entry.get("aliases", ())),
        hosts=hosts,
        all_of=all_of,
        any_of=any_of,
        rights=_one_of("rights.default", rights["default"], RIGHTS),
        rights_why=_text("rights.why", rights["why"]),
        rules=_rules(name, entry.get("rules", ())),
        limits=_limits(entry.get("canary") or {}),
        fixture=_fixture(path.parent, entry["fixture"]),
    )


def _rules(profile: str, entries: Any) -> tuple[DatedRule, ...]:
    if not isinstance(entries, list | tuple):
        raise _WrongError("rules is no list.")
    rules = tuple(_rule(profile, f"rules[{n}]", entry) for n, entry in enumerate(entries))
    ids = [dated.rule.id for dated in rules]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise _WrongError(f"rules: the id {twice[0]} stands twice.")
    return rules


def _rule(profile: str, key: str, entry: Any) -> DatedRule:
    if not isinstance(entry, dict):
        raise _WrongError(f"{key} is no entry with keys.")
    own = {name: value for name, value in entry.items() if name not in ("from", "until")}
    try:
        rule = make_rule({**own, "id": f"{profile}.{_text(f'{key}.id', entry.get('id'), ID)}"})
        for pattern in (rule.line, rule.head, rule.part, rule.while_, rule.unless, rule.shape):
            if pattern is not None:
                compiled(pattern)
    except (ValueError, TypeError, re.error) as error:
        raise _WrongError(f"{key}: {error}.") from error
    if sum(pattern is not None for pattern in (rule.line, rule.head, rule.part)) != 1:
        raise _WrongError(f"{key} needs one of line, head and part.")
    _one_of(f"{key}.kind", rule.kind, _kinds())
    if rule.place is not None:
        _one_of(f"{key}.place", rule.place, PLACES)
    for name in ("take", "leave"):
        if not _texts(f"{key}.{name}", entry.get(name, ())):
            raise _WrongError(f"{key}.{name} is empty: give a line that the rule must {name}.")
    since, until = (_day(f"{key}.{name}", entry.get(name)) for name in ("from", "until"))
    if since and until and until < since:
        raise _WrongError(f"{key}: until ({until}) is before from ({since}).")
    return DatedRule(rule, since, until)


def _kinds() -> tuple[str, ...]:
    return next(column.enum for column in load("removals").columns if column.name == "kind") or ()


def _limits(entry: Any) -> Limits:
    _keys("canary", entry, set(), set(Limits._fields))
    for name, value in entry.items():
        whole = name in ("newest", "pages", "quiet")
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise _WrongError(f"canary.{name} is {value!r}, which is no number.")
        if value < (1 if whole else 0) or (not whole and value > 1):
            raise _WrongError(f"canary.{name} is {value}; it must be {'1 or more' if whole else 'between 0 and 1'}.")
    return Limits(**entry)


def _fixture(folder: Path, entry: Any) -> Fixture:
    _keys("fixture", entry, {"file", "articles"}, {"file", "articles", "url", "fetched", "rights", "absent"})
    path = folder / _text("fixture.file", entry["file"])
    if path.parent != folder or not path.is_file():
        raise _WrongError(f"fixture.file is {entry['file']}, and there is no such page beside the profile.")
    if not isinstance(entry["articles"], list) or not entry["articles"]:
        raise _WrongError("fixture.articles is no list of the articles that the page holds.")
    return Fixture(
        path,
        tuple(_expected(f"fixture.articles[{n}]", article) for n, article in enumerate(entry["articles"])),
        None if entry.get("url") is None else _text("fixture.url", entry["url"]),
        _day("fixture.fetched", entry.get("fetched")),
        None if entry.get("rights") is None else _one_of("fixture.rights", entry["rights"], RIGHTS),
        _texts("fixture.absent", entry.get("absent", ())),
    )


def _expected(key: str, entry: Any) -> Expected:
    _keys(key, entry, {"title", "begins", "ends"}, set(Expected._fields))
    texts = {name: _text(f"{key}.{name}", entry[name]) for name in ("title", "begins", "ends")}
    source = None if entry.get("source") is None else _text(f"{key}.source", entry["source"])
    authors = None if entry.get("authors") is None else _texts(f"{key}.authors", entry["authors"])
    return Expected(**texts, date=_day(f"{key}.date", entry.get("date")), source=source, authors=authors)


def _keys(key: str, entry: Any, needed: Collection[str], known: Collection[str] | None = None) -> None:
    if not isinstance(entry, Mapping):
        raise _WrongError(f"{key} is no entry with keys.")
    if missing := sorted(set(needed) - entry.keys()):
        raise _WrongError(f"{key} lacks {', '.join(missing)}.")
    if unknown := sorted(map(str, entry.keys() - set(known or needed))):
        raise _WrongError(f"{key} has {', '.join(unknown)}, which is unknown; it may have {sorted(known or needed)}.")


def _text(key: str, value: Any, pattern: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError(f"{key} is {value!r}; it must be a text.")
    if pattern is not None and not pattern.fullmatch(value):
        raise _WrongError(f"{key} is {value!r}; it must have the form {pattern.pattern}.")
    return value


def _texts(key: str, value: Any, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _WrongError(f"{key} is no list.")
    return tuple(_text(key, entry, pattern) for entry in value)


def _one_of(key: str, value: Any, known: Collection[str]) -> str:
    if value not in known:
        raise _WrongError(f"{key} is {value!r}; it must be one of {', '.join(known)}.")
    return str(value)


def _day(key: str, value: Any) -> date | None:
    if value is not None and type(value) is not date:
        raise _WrongError(f"{key} is {value!r}; it must be a day such as 2026-11-22.")
    return value
