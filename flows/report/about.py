"""What stands around a document on its page: its name, the way to the next, why it is suspect, what changed in it, and
the ways to act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.document import Row, Tables
from flows.report import words as say
from flows.report.changed import values_of_page
from flows.report.decisions import actions, reasons
from flows.report.frame import folded
from flows.report.markup import Markup, element, join, words
from flows.suspicion.score import needs_a_look


class Around(NamedTuple):
    """The documents before and after this one in the order of suspicion, its place in it, and what changed in it."""

    previous: str | None = None
    next: str | None = None
    place: int = 0
    of: int = 0
    day: str = ""
    values: tuple[Row, ...] = ()
    texts: tuple[Row, ...] = ()


ALONE = Around()


def name_of(tables: Tables) -> str:
    """The title of the story, or of the first of several; the path of a page that has none."""
    titles = [row["title"] for row in tables["articles"] if row["title"]]
    more = f" (+{len(titles) - 1})" if len(titles) > 1 else ""
    return f"{titles[0]}{more}" if titles else str(tables["documents"][0]["path"])


def way(document: Row, name: str, around: Around) -> Markup:
    """The path of the page, where `name` is another, and links to those before and after it."""
    steps = [
        element("a", text, href=f"{other}.html", rel=rel, data_step=rel) if other else None
        for other, rel, text in (
            (around.previous, "prev", words("← 上一个", "← Previous")),
            (around.next, "next", words("下一个 →", "Next →")),
        )
    ]
    place = element("span", f"{around.place:,} / {around.of:,}") if around.of else None
    keys = element("small", words("键盘：← → 翻页，? 图例", "Keys: ← → other pages, ? legend"))
    path = element("p", element("code", document["path"]), class_="path") if name != document["path"] else None
    return join([path, element("nav", *steps, place, keys, class_="way", aria_label="翻页 Pages")])


def standing(document: Row, around: Around) -> Iterator[Markup]:
    """Why the page is suspect and what changed in it; nothing of one that is neither."""
    if document["status"] != "published":
        yield element("p", say.refusal(document["reason"]), class_="standing bad")
    suspicion = document.get("suspicion")
    if needs_a_look(suspicion):
        lead = words(f"可疑程度 {suspicion:.2f}：", f"Suspicion {suspicion:.2f}: ")
        yield element("p", element("strong", lead), reasons(document["suspicions"] or ()), class_="standing")
    if around.values or around.texts:
        name = words("与上一版本相比有变化", "What changed since the release before")
        yield folded(name, values_of_page(around.values, around.texts), open_=True)


def acting(document: Row, around: Around) -> Markup:
    """The ways to act on the page, folded."""
    about = {"data_decision": "page", "data_subject": document["document_id"]}
    name = words("更正、撤下、接受", "Correct, take down, accept")
    acts = actions(document["document_id"], around.day, document["status"] == "quarantined")
    return element("div", folded(name, *acts), class_="acting", **about)


def legend(kinds: Sequence[Markup]) -> Markup:
    """What the colours mean, and a button for each kind that was removed."""
    said = [
        element("span", element("del", words("移除", "removed")), " ", words("整行或整段移除", "taken out")),
        element("span", element("del", words("移除", "removed"), class_="k-repair"), " ",
                words("行内移除或修复", "taken out or repaired inside a line")),
        element("span", element("span", words("转换", "converted"), class_="o-script"), " ",
                words("繁简、全半角转换", "script or width converted")),
        element("span", element("mark", words("事实", "fact"), class_="t-statistics"), " ",
                words("作为事实依据的文字", "evidence of a fact")),
    ]  # fmt: skip
    keys = element("p", *said, class_="key")
    return folded(words("图例", "Legend"), keys, element("p", *kinds, class_="legend"), open_=True)
