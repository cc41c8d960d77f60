"""All profiles of schemas/publishers/, and the ways to look one up: by address, by name, by words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick

from flows.normalize.simplify import simplify
from flows.publishers.entries import read_profile, refused
from flows.publishers.profile import Profile
from flows.schema import Words
from flows.strip.rules import rule_book, why_of

FOLDER = Path(__file__).parents[2] / "schemas" / "publishers"


class Publishers:
    """Profiles, by id, host, name and cue."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Raises SchemaError where two profiles share a host, a name or a cue."""
        self.profiles = {profile.id: profile for profile in profiles}
        self._hosts: dict[str, Profile] = {}
        self._names: dict[str, Profile] = {}
        cues: dict[str, Profile] = {}
        for profile in self.profiles.values():
            _enter(self._hosts, profile, profile.hosts, "host")
            _enter(self._names, profile, map(_key, profile.said()), "name")
            _enter(cues, profile, map(simplify, (*profile.all_of, *profile.any_of)), "cue")
        self._cues = list(cues.items())
        self._automaton = AhoCorasick(list(cues)) if cues else None

    def of_url(self, url: str | None) -> Profile | None:
        """The publisher whose host, or a host above it, the address has."""
        host = host_of(url)
        while host and host not in self._hosts:
            host = host.partition(".")[2]
        return self._hosts.get(host) if host else None

    def of_name(self, name: str | None) -> Profile | None:
        """The publisher that goes by that name, in either script."""
        return self._names.get(_key(name)) if name else None

    def is_named(self, profile: Profile, name: str) -> bool:
        """Whether a name is the publisher's, or that of a part of it or of its company (某网健康频道, 某网有限公司)."""
        other = self.of_name(name)
        return other is profile or (other is None and any(_key(own) in _key(name) for own in _long(profile)))

    def of_text(self, text: str) -> tuple[Profile, ...]:
        """The publishers whose cues stand in a text (Simplified), in one pass."""
        if self._automaton is None:
            return ()
        seen = {self._cues[n] for n, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        words = {cue for cue, _ in seen}
        return tuple(sorted({profile for _, profile in seen if _holds(profile, words)}, key=lambda one: one.id))


def _enter(table: dict[str, Profile], profile: Profile, keys: Iterable[str], what: str) -> None:
    for key in keys:
        if (other := table.setdefault(key, profile)) is not profile:
            raise refused(profile.path, f"the {what} {key} is that of {other.path.name} too.")


def _long(profile: Profile) -> Iterator[str]:
    return (name for name in profile.said() if len(name) > 2)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """The name as it is looked up, in either script; remembered, as the pages of one publisher give the same."""
    return "".join(simplify(name).split()).casefold()


def _holds(profile: Profile, words: set[str]) -> bool:
    any_of = not profile.any_of or any(simplify(cue) in words for cue in profile.any_of)
    return any_of and all(simplify(cue) in words for cue in profile.all_of)


def host_of(url: str | None) -> str:
    """The host of an address, in lower case; "" where there is none."""
    try:
        return ((urlsplit(url).hostname or "") if url else "").rstrip(".")
    except ValueError:  # an address such as http://[
        return ""


@cache
def publishers(folder: Path = FOLDER) -> Publishers:
    """The profiles of a folder, by default schemas/publishers/.

    Raises:
        SchemaError: a profile cannot be used, or two share a host, a name or a cue.
    """
    return Publishers(_read(folder))


def _read(folder: Path) -> Iterator[Profile]:
    for path in sorted(folder.glob("*.yaml")):
        yield read_profile(path)


def reason_for(rule: str) -> Words | None:
    """Why a rule takes what it takes: of schemas/rules/ or, with the publisher's id in front, of a profile."""
    profile = publishers().profiles.get(rule.partition(".")[0]) if "." in rule else None
    if profile is None:
        return rule_book().why(rule)
    return next((why_of(dated.rule) for dated in profile.rules if dated.rule.id == rule), None)
