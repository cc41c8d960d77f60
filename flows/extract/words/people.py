"""Cues: the words of a text beside which a person's name may stand."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from flows.vocabulary import load_vocabulary


class Uses(NamedTuple):
    """How a cue tells of a name."""

    leads: bool
    """It is a title, and a name may follow it (局长徐知)."""
    follows: bool
    """It is a title or form of address that may follow a name (陈存根会长)."""
    says: bool
    """It is a verb of speech, whose clause a name may open (徐阳指出)."""


@cache
def name_cues() -> tuple[str, ...]:
    """The titles, forms of address and verbs of speech."""
    return tuple(_uses())


@cache
def cue_uses() -> tuple[Uses, ...]:
    """What each of `name_cues` tells."""
    return tuple(_uses().values())


@cache
def untitled_cues() -> tuple[str, ...]:
    """The words beside which somebody without a title is named: in front of a name, and behind one (`is_opening`)."""
    contexts = load_vocabulary("name_contexts")
    return (*contexts["life"].split(), *contexts["opens"].split())


@cache
def is_opening() -> tuple[bool, ...]:
    """Whether a name follows each of `untitled_cues`; else it stands before it."""
    contexts = load_vocabulary("name_contexts")
    return (False,) * len(contexts["life"].split()) + (True,) * len(contexts["opens"].split())


@cache
def _uses() -> dict[str, Uses]:
    titles, contexts = load_vocabulary("titles"), load_vocabulary("name_contexts")
    leading = {word for key in ("ranks", "groups", "professions") for word in titles[key].split()}
    following = {word for key in ("after", "honorifics") for word in titles[key].split()}
    saying = set(contexts["speech"].split())
    # 副主席 hides the 主席 in it, so it leads a name as 主席 does.
    return {
        word: Uses(word.removeprefix("副") in leading or word in leading, word in following, word in saying)
        for word in sorted(leading | following | saying)
    }
