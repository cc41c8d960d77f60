"""The words of the report for the values of the data, in Chinese and English."""

from __future__ import annotations

from functools import cache

from flows.books import code_rows
from flows.extract.words.gazetteer import gazetteer
from flows.flags import Flag, code_of, told
from flows.publishers.loading import reason_for
from flows.report.markup import Markup, both, element, html, join, words
from flows.schema import load
from flows.vocabulary import load_vocabulary


def _told(column: str) -> dict[str, tuple[str, str]]:
    """The codes of a column (table.column) in Chinese and English, as the code book has them."""
    return {name: (zh, en) for name, (zh, en) in load_vocabulary("code_names")["columns"][column].items()}


KINDS = _told("removals.kind")
STATUSES = _told("documents.status")
SEVERITIES = {"critical": ("严重", "critical"), "warning": ("警告", "warning"), "info": ("提示", "info")}
CAUSES = {
    "page": ("页面", "the page"),
    "correction": ("更正", "a correction"),
    "exception": ("例外", "an exception"),
    "rule": ("规则", "a rule"),
    "vocabulary": ("词表", "a vocabulary"),
    "code": ("代码", "the code"),
    "unexplained": ("原因不明", "unexplained"),
}
CHANGES = {
    "replaced": ("替换", "replaced"),
    "added": ("新增", "added"),
    "removed": ("消失", "gone"),
    "changed": ("修改", "changed"),
}
FACTS = ("people", "organizations", "events", "statistics", "citations", "themes")
"""Tables whose rows point into an article's text, in the order of their marks."""


def kind(name: str | None) -> Markup:
    """A kind of removal, as a person reads it."""
    return words(*KINDS.get(name or "", (name or "–", name or "–")))


def code(column: str, name: str) -> Markup:
    """A code of a column (table.column), as the code book calls it."""
    told = load_vocabulary("code_names")["columns"].get(column, {})
    return words(*told.get(name, (name, name)))


def reason(rule: str) -> Markup:
    """Why a rule takes what it takes; nothing of one that no file has any more."""
    why = reason_for(rule)
    return both(why) if why is not None else html("")


@cache
def _books() -> dict[tuple[str, str], tuple[str, str]]:
    """The code books: vocabulary and code to Chinese and English."""
    return {(row["vocabulary"], row["id"]): (row["zh"], row["en"]) for row in code_rows()}


def coded(table: str, column: str, value: str) -> Markup | None:
    """A value that is a code, as the code books call it, with the code as its title; None for any other."""
    declared = load(table).column(column)
    if declared.vocabulary == "regions":
        region = gazetteer().regions.get(value)
        return html(f"{region.name} {value}") if region is not None else None
    told = _books().get((f"{table}.{column}", value)) or _books().get((declared.vocabulary or "", value))
    return element("span", words(*told), title=value) if told is not None else None


def flag(one: Flag | str) -> Markup:
    """A flag with its details."""
    name = _books().get(("flags", code_of(one)))
    return join([words(*name), element("small", element("code", told(one)))]) if name is not None else html(told(one))


def refusal(reason: str | None) -> Markup:
    """Why a document is not published: in Chinese by its code, with the details that hold figures."""
    code_, _, detail = (reason or "").partition(":")
    told = load_vocabulary("code_names")["reasons"].get(code_)
    if told is None:
        return html(reason or "")
    details = f"（{detail.strip()}）" if any(map(str.isdecimal, detail)) or code_ == "gate_failed" else ""
    return words(f"{told[0]}{details}", reason or "")


def status(name: str) -> Markup:
    """What became of a document."""
    return words(*STATUSES.get(name, (name, name)))


def cause(name: str) -> Markup:
    """Why a row changed."""
    return words(*CAUSES[name])


def change(name: str) -> Markup:
    """What became of a document between two releases."""
    return words(*CHANGES[name])


def severity(name: str) -> Markup:
    """How much a gate weighs."""
    return words(*SEVERITIES[name])


def table_name(name: str) -> Markup:
    """A table's title."""
    title = load(name).title
    return words(title.zh, title.en)


def column_name(table: str, name: str) -> Markup:
    """A column's title, and the name it has in the files."""
    title = load(table).column(name).title
    return join([words(title.zh, title.en)])
