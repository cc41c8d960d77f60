"""YAML that people write (decisions, sources, rules, vocabularies, publishers, tables), read in one place.

What cannot be used is refused in one sentence with file and line: other bytes than UTF-8, a name that stands twice,
anchors that unpack a few lines to gigabytes, lists a hundred thousand deep, on which parsers fall over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from flows.errors import SchemaError, ShegongError
from flows.yaml_limits import LOADER, look_through
from flows.yaml_patterns import add_patterns

NULL, TEXT, MERGE = (f"tag:yaml.org,2002:{name}" for name in ("null", "str", "merge"))

SORTS = {"str": "a text", "int": "a number", "float": "a number", "bool": "true or false", "null": "nothing",
         "timestamp": "a date", "seq": "a list", "map": "a mapping"}  # fmt: skip
"""The YAML name of a type to what a person calls it."""

Entries = Mapping[str, tuple[yaml.Node, yaml.Node]]
"""The nodes of a mapping's names and values, by name."""

_STEP = re.compile(r"[^.\[\]]+")


class YamlFile:
    """A YAML file, parsed when it is first asked for.

    Args:
        path: the file.
        error, code: what is raised when it cannot be used.
        remedy: what to do about it.
        content: what it is to hold, where that is not what stands there now.
    """

    def __init__(
        self,
        path: Path,
        error: type[ShegongError],
        code: str,
        remedy: str = "Mend it there.",
        content: bytes | None = None,
    ) -> None:
        self.path, self._error, self._code, self._remedy, self._content = path, error, code, remedy, content

    def root(self) -> yaml.Node | None:
        """What it holds; None where that is nothing.

        Raises:
            ShegongError: it cannot be used.
        """
        text = self._text()
        try:
            look_through(text, self._refused_at)
            root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = f"it is no YAML: {error.problem or error.context}."
            raise self._refused_at(mark.line + 1 if mark else 1, problem) from error
        if root is not None:
            for mapping in _mappings(root):
                self.entries(mapping)
        return None if root is None or root.tag == NULL else root

    def content(self, node: yaml.Node | None = None) -> Any:
        """What the file, or a node of it, holds as Python has it; None where that is nothing.

        Raises:
            ShegongError: it cannot be used.
        """
        node = self.root() if node is None else node
        try:
            return None if node is None else _Constructor("").construct_document(node)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            assert mark is not None
            raise self._refused_at(mark.line + 1, f"it cannot be read: {error.problem}.") from error

    def list_of(self, node: yaml.Node | None) -> list[yaml.Node]:
        """The entries of a list; none where there is nothing.

        Raises:
            ShegongError: it is no list.
        """
        if node is None or node.tag == NULL:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.refused(node, "here must be a list of entries.", "Begin each entry with a hyphen.")
        return list(node.value)

    def entries(self, node: yaml.Node, known: Collection[str] | None = None) -> Entries:
        """The names and values of a mapping.

        Raises:
            ShegongError: it is none; a name stands twice, or is not one of the `known` ones.
        """
        names = f"The names are: {', '.join(sorted(known))}." if known else None
        if not isinstance(node, yaml.MappingNode):
            raise self.refused(node, "here must be names with values.", names)
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = str(key.value)
            if known is not None and name not in known:
                raise self.refused(key, f"{name!r} is unknown here.", names)
            if name in found:
                raise self.refused(key, f"{name!r} stands here twice.", "Keep one.")
            found[name] = (key, value)
        return found

    def text(self, name: str, node: yaml.Node) -> str:
        """A value as it is written, whatever YAML would take it for: a date, or an id of digits only, stays itself.

        Raises:
            ShegongError: it is a list, a mapping, or nothing.
        """
        if isinstance(node, yaml.ScalarNode) and node.tag != NULL and node.value:
            return str(node.value)
        what = SORTS.get(node.tag.rpartition(":")[2], "no text") if node.value else "nothing"
        raise self.refused(node, f"`{name}` is {what}, and must be a text.", "Write the text, in quotes if need be.")

    def refused(self, node: yaml.Node, problem: str, remedy: str | None = None) -> ShegongError:
        """The error that says what is wrong with a node."""
        return self._refused_at(node.start_mark.line + 1, problem, remedy)

    def line_of(self, key: str) -> int:
        """The line of a value by its way from the top, as `rules[2].kind`, as far as that leads."""
        node = self.root()
        line = 1
        for step in _STEP.findall(key):
            node = _inside(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line

    def _text(self) -> str:
        content = self._bytes() if self._content is None else self._content
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self._refused_at(line, "it is not UTF-8.", "Write it in UTF-8.") from error
        if strange := yaml.reader.Reader.NON_PRINTABLE.search(text):
            line = text.count("\n", 0, strange.start()) + 1
            raise self._refused_at(line, f"it holds a control character ({strange[0]!r}).")
        return text

    def _bytes(self) -> bytes:
        if not self.path.is_file():  # opening a pipe would wait for a writer
            problem = "it is no file." if self.path.exists() else "it is not there, or leads nowhere."
            raise self._error(self._code, problem, self._remedy, self.path)
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise self._error(self._code, f"it cannot be read: {error.strerror}.", self._remedy, self.path) from error

    def _refused_at(self, line: int, problem: str, remedy: str | None = None) -> ShegongError:
        return self._error(self._code, problem, remedy or self._remedy, f"{self.path}:{line}")


class _Constructor(yaml.SafeLoader):
    """Values as Python has them; one that Python has not (2026-02-31) is told with its line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, ArithmeticError, TypeError, LookupError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error


add_patterns(_Constructor)


def read_yaml(path: Path) -> Any:
    """What a file of schemas/ holds.

    Raises:
        SchemaError: it cannot be used; names the line.
    """
    return YamlFile(path, SchemaError, "yaml").content()


def read_words(path: Path) -> Any:
    """The same of a vocabulary, in which what stands in a list beside texts must be a text: a word that YAML takes for
    a number, a date, true or nothing (12, 2026-11-22, no, ~) is written in quotes.

    Raises:
        SchemaError: it cannot be used; names the line.
    """
    file = YamlFile(path, SchemaError, "yaml")
    root = file.root()
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if value.tag == NULL:
                raise file.refused(key, f"{key.value!r} has nothing behind it.", "Write its words, or leave it out.")
    elif not isinstance(root, yaml.SequenceNode):
        raise SchemaError("yaml", "it holds neither a list nor names with values.", "Mend it.", path)
    for node in _nodes(root) if root is not None else ():
        beside = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else node.value
        if isinstance(beside, list) and any(one.tag == TEXT for one in beside):
            for one in beside:
                if isinstance(one, yaml.ScalarNode) and one.tag not in (TEXT, MERGE):
                    what = SORTS.get(one.tag.rpartition(":")[2], "no text")
                    raise file.refused(one, f"{one.value!r} among texts is {what}.", "Put it in quotes.")
    return file.content(root)


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """A node and all that are inside it, as often as anchors repeat them; there are no circles."""
    yield root
    if isinstance(root, yaml.SequenceNode):
        for one in root.value:
            yield from _nodes(one)
    elif isinstance(root, yaml.MappingNode):
        for pair in root.value:
            yield from (inner for one in pair for inner in _nodes(one))


def _mappings(root: yaml.Node) -> Iterator[yaml.MappingNode]:
    return (node for node in _nodes(root) if isinstance(node, yaml.MappingNode))


def _inside(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        entry: yaml.Node = node.value[int(step)]
        return entry
    return None
