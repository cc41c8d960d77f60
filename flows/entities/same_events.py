"""The same event told by several articles: of one day and one city, with names that are nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from flows.entities.events import plain_name
from flows.entities.gather import DatedEvent
from flows.entities.places import city_of

ALIKE = 0.6
"""Share of character pairs that two names have in common (Dice) at least."""

ALIKE_HOSTED = 0.35
"""The same where a host is the same too."""

_LEAST_HELD = 4  # characters of a name that another holds whole
_MOST_IN_BLOCK = 400  # events of one day and city that are compared with each other; of more the first


def find_same(events: Iterable[DatedEvent]) -> dict[str, str]:
    """Ids of events to the one id that they are known by: the lowest of those that are the same."""
    blocks: dict[tuple[str, str | None], dict[str, DatedEvent]] = defaultdict(dict)
    for event in events:
        blocks[event.day, city_of(event.region) or event.region].setdefault(event.event_id, event)
    found: dict[str, str] = {}
    for (_, city), block in sorted(blocks.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        if len(block) > 1 and city is not None:
            found |= dict(_same(sorted(block.values())[:_MOST_IN_BLOCK]))
    return found


def _same(events: Sequence[DatedEvent]) -> Iterator[tuple[str, str]]:
    """Each event that is the same as one with a lower id, and the lowest of these."""
    lowest: list[DatedEvent] = []
    for event in events:
        known = next((other for other in lowest if are_same(event, other)), None)
        if known is None:
            lowest.append(event)
        else:
            yield event.event_id, known.event_id


def are_same(one: DatedEvent, other: DatedEvent) -> bool:
    """Whether two events of one day and city are one, by their names and hosts."""
    first, second = plain_name(one.name), plain_name(other.name)
    short, long = sorted((first, second), key=len)
    if len(short) >= _LEAST_HELD and short in long:
        return True
    hosted = not set(one.hosts).isdisjoint(other.hosts)
    return _dice(first, second) >= (ALIKE_HOSTED if hosted else ALIKE)


@lru_cache(maxsize=65536)
def _dice(one: str, other: str) -> float:
    first, second = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
