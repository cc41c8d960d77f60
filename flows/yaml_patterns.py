"""Long regular expressions in YAML, broken up into pieces that have names.

    line: !pattern
      opens: '[·\\[(]*'
      any:
      - 版权所有|保留所有权利
      - 侵权(?:必究|必删)
      ends: '.{0,40}'

is [·\\[(]*(?:版权所有|保留所有权利|侵权(?:必究|必删)).{0,40}: the pieces of a mapping stand behind each other, those of
a list are alternatives. The names say what a piece is for and mean nothing else.
"""

from __future__ import annotations

import yaml

TAG = "!pattern"


def pattern_of(node: yaml.Node, inner: bool = False) -> str:
    """The expression that a node with the tag, or a piece of one, writes.

    Raises:
        yaml.constructor.ConstructorError: a piece is missing.
    """
    if isinstance(node, yaml.SequenceNode):
        alternatives = "|".join(pattern_of(one, True) for one in node.value)
        return f"(?:{alternatives})" if inner else alternatives
    if isinstance(node, yaml.MappingNode):
        return "".join(pattern_of(one, True) for _, one in node.value)
    if not node.value:
        raise yaml.constructor.ConstructorError(None, None, "a piece of a pattern is missing", node.start_mark)
    return str(node.value)


def add_patterns(loader: type[yaml.SafeLoader]) -> None:
    """Lets a loader read the tag."""
    loader.add_constructor(TAG, lambda _, node: pattern_of(node))
