"""Gates as sentences: what each checks, what to do where it fails, and links to the rows that failed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flows.report import words as say
from flows.report.frame import table
from flows.report.markup import Markup, both, element, join, number, words
from flows.schema import TABLES, Words, load, load_list
from flows.validate.report import GateResult, worst_first


class Sentence(NamedTuple):
    """What a gate checks, and what to do where it fails."""

    checks: Words
    do: Words


def sentence_of(table_name: str, gate: str) -> Sentence:
    """The sentence of schemas/gates/sentences.yaml for a gate of a table, of the run, of drift or of files."""
    found, column = _entry(table_name, gate)
    title = load(table_name).column(column).title if table_name in TABLES and column else Words(column, column)
    do = load_list("sentences")["do"][found["do"]]
    return Sentence(
        Words(found["zh"].replace("{column}", title.zh), found["en"].replace("{column}", title.en)),
        Words(do["zh"], do["en"]),
    )


def _entry(table_name: str, gate: str) -> tuple[Mapping[str, Any], str]:
    """The entry, and the column that the gate asks about, "" where that is none of its own."""
    known = load_list("sentences")
    checks = {check.id: check for check in load(table_name).checks} if table_name in TABLES else {}
    if gate in checks:
        options = checks[gate].options
        column = options.get("column") or next(iter(options.get("each", ())), "")
        return known["gates"].get(gate) or known["kinds"].get(checks[gate].kind) or known["other"], str(column)
    if gate in known["gates"]:
        return known["gates"][gate], ""
    for ending, entry in known["endings"].items():
        if gate.endswith(ending):
            return entry, gate.removesuffix(ending)
    return known["other"], ""


def said(gate: GateResult) -> Markup:
    """What a gate checks, with its name small."""
    name = element("small", element("code", gate.name))
    return join([both(sentence_of(gate.table, gate.gate).checks), name])


def failing(gates: Iterable[GateResult], pages: Collection[str]) -> Markup:
    """Gates that failed: what they check, how many rows failed, which, and what to do. `pages` have a page."""
    head = [words("级别", "severity"), words("检查", "what is checked"), words("行", "rows")]
    head += [words("未通过的行", "rows that failed"), words("怎么办", "what to do")]
    rows = (
        (
            say.severity(gate.severity),
            said(gate),
            number(gate.failing),
            element("ul", *_keys(gate, pages), class_="keys"),
            join([both(sentence_of(gate.table, gate.gate).do), _noted(gate)]),
        )
        for gate in worst_first(gates)
    )
    return table(head, rows, numeric=(2,), stacks=True)


def _noted(gate: GateResult) -> Markup | None:
    """What else is known: a fault of the gate, or who accepted it; not how the engine wrote it down."""
    noted = gate.error or (gate.detail if not gate.detail.startswith("Expect") else "")
    return element("small", noted) if noted else None


def _keys(gate: GateResult, pages: Collection[str]) -> Iterator[Markup]:
    for key in gate.keys:
        owner = str(key.get("document_id") or key.get("article_id") or "")[:16]
        shown = [join([_called(gate.table, name), f" {value}"]) for name, value in key.items()]
        yield element("li", linked(join(shown, "; "), owner, pages))
    if rest := gate.failing - len(gate.keys):
        yield element("li", words(f"另有 {rest:,} 行", f"{rest:,} more"))


MEASURED = {"subject": ("对象", "subject"), "before": ("原有", "before"), "now": ("现有", "now")}


def _called(table_name: str, name: str) -> Markup:
    """What a column, or a part of a comparison, is called."""
    if table_name in TABLES and name in load(table_name).names:
        return say.column_name(table_name, name)
    return words(*MEASURED.get(name, (name, name)))


def linked(shown: object, document_id: str, pages: Collection[str]) -> Markup:
    """Words that lead to a document's page, or to its card in the list."""
    if not document_id or not document_id.isalnum():
        return join([shown])
    whole = f"documents/{document_id}.html" if document_id in pages else f"documents.html#document={document_id}"
    return element("a", shown, href=whole)


def all_gates(gates: Iterable[GateResult]) -> Markup:
    """Every gate, for a page of its own."""
    head = [words("检查", "what is checked"), words("级别", "severity"), words("结果", "result"), words("行", "rows")]
    head.append(words("未通过", "failing"))
    rows = (
        (
            said(g),
            say.severity(g.severity),
            words("通过", "passed") if g.passed else element("strong", words("未通过", "failed")),
            number(g.rows),
            number(g.failing),
        )
        for g in gates
    )
    return table(head, rows, numeric=(3, 4))
