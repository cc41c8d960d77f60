"""How deep YAML may go and how much its anchors may repeat, told before any of it is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from flows.yaml_patterns import add_patterns

DEEPEST = 20
"""Lists and mappings inside each other; the deepest file of schemas/ has six."""

MOST_REPEATED = 100_000
"""Values that anchors add by repeating them."""

LOADER: type[Any] = type("Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
"""The fast one where PyYAML was built with it; it knows long patterns."""

add_patterns(LOADER)


def look_through(text: str, refused: Callable[[int, str], Exception]) -> None:
    """Looks at the marks of a text one by one, which takes no memory however deep and often they go.

    Raises:
        what `refused` makes of a line and what is wrong with it; yaml.MarkedYAMLError: it is no YAML.
    """
    anchors: dict[str, _Extent] = {}
    around, repeated = [_Extent()], 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            around.append(_Extent(event.anchor))
        elif isinstance(event, yaml.AliasEvent):
            if (meant := anchors.get(str(event.anchor))) is None:
                raise refused(line, f"*{event.anchor} stands for nothing above it.")
            around[-1].hold(meant)
            repeated += meant.values
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent):
            ended = around.pop() if isinstance(event, yaml.CollectionEndEvent) else _Extent(event.anchor)
            around[-1].hold(ended)
            if ended.anchor is not None:
                anchors[ended.anchor] = ended
        if len(around) + around[-1].height > DEEPEST:
            raise refused(line, f"it is more than {DEEPEST} lists and mappings deep.")
        if repeated > MOST_REPEATED:
            raise refused(line, f"its anchors add more than {MOST_REPEATED:,} values.")


class _Extent:
    """How much a value holds: values, and lists and mappings inside each other."""

    def __init__(self, anchor: str | None = None) -> None:
        self.anchor, self.values, self.height = anchor, 1, 0

    def hold(self, inner: _Extent) -> None:
        self.values, self.height = self.values + inner.values, max(self.height, inner.height + 1)
