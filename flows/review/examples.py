"""An example added to a rule of schemas/rules/: a line that it must take, or one that it must leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from flows.errors import ShegongError
from flows.yaml_files import read_yaml
from flows.yaml_limits import LOADER

SORTS = ("take", "leave")

NAMED = "The report names the rule of each removal."

LONGEST = 500
"""Characters of an example."""


class ExampleError(ShegongError):
    """A rule that is not there, or an example that cannot be one."""


def file_of(rules: Path, rule: str) -> Path:
    """The file of a folder of rules that holds a rule. Raises ExampleError: none does."""
    for path in sorted(rules.glob("*.yaml")):
        if any(entry.get("id") == rule for entry in read_yaml(path)):
            return path
    raise ExampleError("unknown_rule", f"there is no rule {rule!r}.", NAMED, rules)


def with_example(path: Path, content: str, rule: str, sort: str, text: str) -> str:
    """The content of a file of rules with an example more; comments and all else stay as they are.

    Args:
        path: the file, for what is to be told of it.
        content: what it holds.
        rule: the id of the rule.
        sort: take or leave.
        text: the line.

    Raises:
        ExampleError: no such rule, or a text that is no line.
    """
    text = text.strip()
    if sort not in SORTS or not text or len(text) > LONGEST or not text.isprintable():
        problem = f"an example is one line of at most {LONGEST} characters to {' or '.join(SORTS)}."
        raise ExampleError("no_example", problem, "Choose the line itself.", path)
    entry = _entry(path, content, rule)
    quoted = "'" + text.replace("'", "''") + "'"
    sequence = _value(entry, sort)
    after = _inserted(content, entry, sequence, sort, quoted)
    _check(path, content, after, rule, sort, text)
    return after


def _inserted(content: str, entry: Any, sequence: Any, sort: str, quoted: str) -> str:
    if sequence is None:
        mark = _value(entry, "id").end_mark
        return _line_after(content, mark.line, f"{' ' * entry.start_mark.column}{sort}: [{quoted}]")
    if sequence.flow_style:
        place = sequence.end_mark.index - 1
        return f"{content[:place]}{', ' if sequence.value else ''}{quoted}{content[place:]}"
    last = sequence.value[-1]
    return _line_after(content, last.end_mark.line, f"{' ' * sequence.start_mark.column}- {quoted}")


def _line_after(content: str, line: int, text: str) -> str:
    lines = content.splitlines(keepends=True)
    if not lines[line].endswith("\n"):
        lines[line] += "\n"
    return "".join([*lines[: line + 1], text + "\n", *lines[line + 1 :]])


def _entry(path: Path, content: str, rule: str) -> Any:
    root: Any = yaml.compose(content, Loader=LOADER)
    for entry in root.value if root is not None else ():
        if (name := _value(entry, "id")) is not None and name.value == rule:
            return entry
    raise ExampleError("unknown_rule", f"it holds no rule {rule!r}.", NAMED, path)


def _value(entry: Any, name: str) -> Any:
    return next((value for key, value in entry.value if key.value == name), None)


def _check(path: Path, before: str, after: str, rule: str, sort: str, text: str) -> None:
    """That nothing but the example was added."""
    old, new = (yaml.load(content, Loader=LOADER) for content in (before, after))
    for entry in old:
        if entry.get("id") == rule:
            entry[sort] = [*entry.get(sort, []), text]
    if old != new:
        raise ExampleError("example", "the example cannot be added there.", "Add it by hand.", path)
