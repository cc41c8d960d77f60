"""Words of events: what is held, who holds it, how."""

from __future__ import annotations

from functools import cache

from flows.vocabulary import load_vocabulary


@cache
def words(name: str) -> frozenset[str]:
    """A word list of `schemas/vocabularies/event_words.yaml`."""
    return frozenset(load_vocabulary("event_words")[name].split())


@cache
def cities() -> dict[str, str]:
    """The codes of cities that one character names as a place (在京举行)."""
    return dict(load_vocabulary("event_words")["cities"])


@cache
def event_cues() -> tuple[str, ...]:
    """The words of which a sentence holds one if it says something of an event."""
    names = ("subject_verbs", "object_verbs", "attend", "visit_verbs", "sign_verbs")
    roles = {verb for verbs in load_vocabulary("event_words")["roles"].values() for verb in verbs.split()}
    return tuple(sorted({"吸引", "实到", "策划"} | roles | {word for name in names for word in words(name)}))
