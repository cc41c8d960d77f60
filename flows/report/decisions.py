"""What waits for a decision: each with what it is, why it matters, the page, and what decides it: command or entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from flows.document import Row
from flows.folder.stage import date_of
from flows.report import words as say
from flows.report.frame import folded
from flows.report.gates import linked, sentence_of
from flows.report.markup import Markup, both, element, join, number, words
from flows.report.suspects import Suspect, Suspects
from flows.schema import load_list
from flows.suspicion.score import needs_a_look, signs
from flows.validate.report import GateResult, ValidationReport

FIRST, HEAVIEST = 10, 3
"""Decisions that are shown at once, the rest folds out; and the signs of a suspect page that are told with it."""


class Decision(NamedTuple):
    """One. `acts` are the ways to decide it: what each does, and the command or the entry. `kind` and `subject` are for
    the edit server."""

    kind: str
    subject: str
    what: Markup
    why: Markup
    acts: tuple[tuple[Markup, str], ...]


def decisions(
    report: ValidationReport, waiting: Iterable[Row], suspects: Suspects, pages: Mapping[str, str]
) -> list[Decision]:
    """All of them: what keeps the release back, pages and rows that wait, pages that need a look. `pages` are the
    documents that have a page, with their titles."""
    day = date_of(report.version).isoformat()
    found = [*_broken(report), *_drifted(report)]
    found += [_waiting(row, day, pages) for row in waiting if row["status"] == "quarantined"]
    found += list(_rows_alone(report, day, pages))
    some = suspects.first[: load_list("report")["suspects_at_most"]]
    found += [_suspect(one, day, pages) for one in some if needs_a_look(one.suspicion)]
    return found


def _broken(report: ValidationReport) -> Iterator[Decision]:
    """Gates that failed as a whole, so that no document can be taken out for them."""
    for gate in report.blocking:
        if gate.table != "drift":
            sentence = sentence_of(gate.table, gate.gate)
            what = join([words("未通过：", "Failed: "), both(sentence.checks)])
            acts = ((words("再查一次", "ask again"), f"shegong validate releases/{report.version}"),)
            yield Decision("gate", gate.name, what, join([both(sentence.do), _count(gate)]), acts)


def _count(gate: GateResult) -> Markup:
    return element("small", words(f"{gate.failing:,} 行", f"{gate.failing:,} rows"))


def _drifted(report: ValidationReport) -> Iterator[Decision]:
    for gate in report.failed:
        if gate.table != "drift" or gate.severity == "info":
            continue
        sentence = sentence_of(gate.table, gate.gate)
        for key in gate.keys:
            subject = str(key.get("subject", ""))
            what = join([words("漂移：", "Drift: "), both(sentence.checks), " ", element("b", subject)])
            before, now = key.get("before"), key.get("now")
            why = words(
                f"原有 {before}，现有 {now}。变化属实则接受，否则查来源与规则。",
                f"It was {before} and is {now}. Accept it if the change is real; else look at sources and rules.",
            )
            command = f"shegong quarantine accept '{gate.name}:{subject.replace(chr(39), '')}' --why '…' --who '…'"
            yield Decision("drift", f"{gate.name}:{subject}", what, why, ((words("接受", "accept"), command),))


def _waiting(row: Row, day: str, pages: Collection[str]) -> Decision:
    """A document in quarantine."""
    name, reason = row["document_id"], row["reason"] or ""
    what = join([words("隔离：", "Waits: "), linked(row["path"], name, pages)])
    code, _, rest = reason.partition(": ")
    if code == "gate_failed":
        sentences = [both(sentence_of(*gate.split(".", 1)).checks) for gate in rest.split(", ") if "." in gate]
        why = join([words("没有做到：", "It does not hold that: "), *sentences], " ")
        return Decision("quarantined", name, what, why, (_accept(name), _correct(name, day), _take_down(name)))
    return Decision("broken", name, what, say.refusal(reason), (_correct(name, day), _take_down(name)))


def _rows_alone(report: ValidationReport, day: str, pages: Mapping[str, str]) -> Iterator[Decision]:
    """Documents that stay without some of their rows."""
    whole = {name for name, _ in report.quarantined}
    for gate in report.faults:
        for name in gate.documents if gate.error is None else ():
            if name in whole:
                continue
            sentence = sentence_of(gate.table, gate.gate)
            title = say.table_name(gate.table)
            what = join(
                [words("取出的行：", "Rows taken out: "), title, " · ", linked(pages.get(name, name), name, pages)]
            )
            why = join([words("没有做到：", "It does not hold that: "), both(sentence.checks)])
            yield Decision("rows", name, what, why, (_accept(name), _correct(name, day)))


def _suspect(one: Suspect, day: str, pages: Collection[str]) -> Decision:
    """A page that was cleaned, and likely wrongly."""
    shown = linked(one.title or one.path, one.document_id, pages)
    lead = words("拒绝的页面有正文：", "Rejected, yet it reads like a story: ")
    what = join([lead if one.status == "rejected" else words("可能洗错：", "Likely cleaned wrongly: "), shown])
    share = element("small", words(f"可疑程度 {one.suspicion:.2f}", f"suspicion {one.suspicion:.2f}"))
    acts = (
        (words("逐段查看", "see every passage"), f"shegong explain latest {one.document_id}"),
        (words("给规则加例子", "give a rule an example"), "leave: ['…']  # schemas/rules/*.yaml"),
        _correct(one.document_id, day),
        _take_down(one.document_id),
    )
    return Decision("suspect", one.document_id, what, join([_heaviest(one.signs), share]), acts)


def _heaviest(codes: Sequence[str]) -> Markup:
    """The signs that weigh most; its page has them all."""
    more = len(codes) - HEAVIEST
    if more <= 0:
        return reasons(codes)
    return join([reasons(codes[:HEAVIEST]), words(f"；另有 {more} 项", f"; and {more} more")])


def reasons(codes: Iterable[str]) -> Markup:
    """The signs of a suspect page, in sentences."""
    known = signs()
    parts = [code.partition(":") for code in codes]
    said = [both(known[sign].told(count)) for sign, _, count in parts if sign in known]
    return join(said, "; ") if said else words("没有突出的迹象", "no sign stands out")


def _accept(name: str) -> tuple[Markup, str]:
    return words("接受", "accept"), f"shegong quarantine accept {name} --why '…' --who '…'"


def _take_down(name: str) -> tuple[Markup, str]:
    return words("撤下", "take down"), f"shegong takedown {name} --why '…' --who '…'"


def _correct(name: str, day: str) -> tuple[Markup, str]:
    entry = f"- document: {name}\n  expect: '…'\n  replace: '…'\n  why: '…'\n  who: '…'\n  date: {day}"
    return words("更正（写入 raw/corrections.yaml）", "correct (into raw/corrections.yaml)"), entry


def actions(name: str, day: str, waits: bool) -> list[Markup]:
    """The ways to act on one document."""
    return list(map(_act, [*([_accept(name)] if waits else []), _correct(name, day), _take_down(name)]))


def _act(act: tuple[Markup, str]) -> Markup:
    label, text = act
    return element("div", element("small", label), element("pre", element("code", text), tabindex="0"))


def listed(found: list[Decision], suspects: Suspects) -> Iterator[Markup]:
    """The list, the first of it open."""
    if not found:
        yield element("p", words("没有。", "None."))
        return
    yield _items(found[:FIRST])
    if rest := found[FIRST:]:
        yield folded(words(f"另外 {len(rest):,} 项", f"{len(rest):,} more"), _items(rest))
    if (more := suspects.total - sum(one.kind == "suspect" for one in found)) > 0:
        link = element("a", words("全部文档", "all documents"), href="documents.html")
        yield element("p", words(f"另有 {more:,} 个可疑的页面：", f"{more:,} more suspect pages: "), link)


def _items(found: Iterable[Decision]) -> Markup:
    return element("ol", *map(_item, found), class_="decisions")


def _item(one: Decision) -> Markup:
    how = element("details", element("summary", words("怎么决定", "How to decide")), *map(_act, one.acts))
    about = {"data_decision": one.kind, "data_subject": one.subject}
    return element("li", element("strong", one.what), element("p", one.why), how, **about)


def verdict(report: ValidationReport, open_: int) -> Markup:
    """May this be published, in words."""
    warned = sum(gate.severity == "warning" for gate in report.failed)
    blocked = len(report.blocking)
    if report.passed and warned:
        said = words(f"通过，有 {warned:,} 项警告", f"Passed with {warned:,} warning{'s' * (warned > 1)}")
    elif report.passed:
        said = words("通过：可以发布", "Passed: may be published")
    else:
        said = words(f"未通过：{blocked:,} 项严重检查", f"Failed: {blocked:,} critical gate{'s' * (blocked > 1)}")
    asked, good = len(report.gates), sum(gate.passed for gate in report.gates)
    line = words(f"{asked:,} 项检查，{good:,} 项通过；", f"{good:,} of {asked:,} gates passed; ")
    link = element("a", words(f"{open_:,} 项等待决定", f"{number(open_)} decisions wait"), href="#decisions")
    kind = "passed" if report.passed else "failed"
    return element("p", element("strong", said), element("br"), line, link, class_=f"verdict {kind}", id="verdict")
