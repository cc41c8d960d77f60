"""A made-up corpus whose questions have known answers: bureaus of five cities, namesakes, one event in three papers,
figures that conflict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa

from flows.arrow_rows import concat, to_arrow
from flows.clean import clean
from flows.corpus import Corpus
from flows.document import RawDocument, Row, Tables
from flows.entities.whole import with_whole
from flows.schema import TABLES

CITIES = {"苏州市": 5, "南通市": 4, "洛阳市": 3, "常德市": 2, "襄阳市": 1}
"""How many events the bureau of each city hosts."""

EVENTS = ("社工宣传周", "社工技能大赛", "督导培训班", "社会工作论坛", "公益创投大赛")
LICENSED = {"苏州市": 9800, "南通市": 7600, "洛阳市": 4300}
RIVAL = 8100
"""What another paper says of 南通市."""


def page(name: str, text: str) -> Tables:
    """A page cleaned."""
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    return clean(RawDocument(digest[:16], name, digest, len(content), "text/plain", "utf-8", text))


def story(title: str, body: str, day: str = "2024-03-20", source: str = "城乡社工网") -> str:
    return f"{title}\n{day} 来源：{source}\n{body}\n"


def stories() -> Iterable[str]:
    """The pages, each a title, a line of metadata and a paragraph."""
    for city, count in CITIES.items():
        for number in range(count):
            held = f"由市民政局主办的{city}{EVENTS[number]}在{city}会议中心举行，社工和居民120人参加。"
            body = f"3月{11 + number}日，{held}"
            yield story(f"{city}举办{EVENTS[number]}", f"{body}{city}民政局局长张志华致辞。")
    for paper, name in (("晨报", "第三届社工节"), ("晚报", "第三届社工节开幕式"), ("时报", "2024年第三届社工节")):
        body = f"3月19日，由洛阳市民政局主办的{name}在洛阳市会议中心举行。"
        yield story(f"洛阳市{name}举行", f"{body}洛阳市民政局局长张志华致辞。本报{paper}刊发。", source=f"洛阳{paper}")
    for city, count in LICENSED.items():
        yield story(f"{city}社工队伍壮大", f"截至2023年底，{city}持证社工达{count}人，社工站实现全覆盖。")
    yield story("南通市社工人才盘点", f"截至2023年底，南通市持证社工达{RIVAL}人，社工站全部建成。", source="另一家报")
    yield story("洛阳市新建一座桥梁", "洛阳市新桥通车，市交通局局长王立强到场。桥长三百米，连接两个城区。")


def tables() -> dict[str, pa.Table]:
    """All tables of the corpus, as a release holds them."""
    made = [page(f"{number:03d}.txt", text) for number, text in enumerate(stories())]
    rows: Tables = {name: [row for one in made for row in one.get(name, ())] for name in TABLES}
    corpus = with_whole(Corpus.of(concat([{name: to_arrow(name, found) for name, found in rows.items()}])))
    return {name: corpus[name] for name in TABLES}


def known(*rows: tuple[int, str, list[str], str | None]) -> pa.Table:
    """A table entities of organizations: number, name, aliases, region."""
    made: list[Row] = [
        {"entity_id": f"o-{number:016x}", "kind": "organization", "name": name, "aliases": aliases, "region": region,
         "article_count": 1}
        for number, name, aliases, region in rows
    ]  # fmt: skip
    return to_arrow("entities", made)
