"""What never fires: alternatives of rules and indicators that no page and no example reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flows.document import RawDocument
from flows.extract.numbers.quantities import find_quantities
from flows.patterns import Rule
from flows.strip.lines import rule_form
from flows.strip.rules import rule_book
from flows.trial.alternatives import Alternative, alternatives
from flows.vocabulary import load_vocabulary


class Dead(NamedTuple):
    """An alternative that is written but does nothing: whose it is, and a text that it should take."""

    owner: str
    choice: str


def unreached(lines: Iterable[str], texts: Iterable[str]) -> Iterator[Dead]:
    """Alternatives that match none of the lines (in rule form) and none of the texts, nor their own examples."""
    lines, texts = list(lines), list(texts)
    for rule in rule_book().rules.values():
        mine = [*lines, *rule.take]
        for one in _of_rule(rule):
            test = one.pattern.search if rule.part else one.pattern.fullmatch
            if not any(map(test, mine)):
                yield Dead(f"rule {rule.id}", one.choice)
    vocabulary = load_vocabulary("indicators")
    around = [side for text in texts for side in _sides(text)]
    for entry in vocabulary["indicators"]:
        mine_too = [side for example in entry["examples"] for side in _sides(example["text"])]
        befores, afters = zip(*around, *mine_too, strict=True)
        for ahead, one in _of_indicator(entry, vocabulary["phrases"]):
            if not any(map(one.pattern.search, befores if ahead else afters)):
                yield Dead(f"indicator {entry['id']}", one.choice)


def texts_of(documents: Iterable[RawDocument]) -> tuple[list[str], list[str]]:
    """The lines in rule form and the texts of documents, as `unreached` takes them."""
    texts = [document.text for document in documents]
    return [rule_form(line.strip()) for text in texts for line in text.split("\n") if line.strip()], texts


def _of_rule(rule: Rule) -> list[Alternative]:
    pattern = rule.line or rule.head or rule.part
    return alternatives(pattern) if pattern else []


def _of_indicator(entry: dict[str, Any], phrases: dict[str, str]) -> Iterator[tuple[bool, Alternative]]:
    """The alternatives of an indicator's patterns, of each side of the figure by itself: whether they stand ahead of
    it, and the alternative."""
    for pattern in entry["patterns"]:
        before, after = (re.sub(r"\{([a-z]+)\}", lambda m: phrases[m[1]], side.strip()) for side in pattern.split("N"))
        for ahead, side in ((True, before), (False, after)):
            yield from ((ahead, one) for one in (alternatives(side) if side else ()))


def _sides(text: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind each figure of a text, as far as a pattern may look."""
    for quantity in find_quantities(text):
        yield text[max(0, quantity.start - 60) : quantity.start], text[quantity.end : quantity.end + 40]
