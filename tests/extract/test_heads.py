"""What whole pages state of themselves at their head and foot, in the manner of many sites."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.clean import clean
from flows.read.reader import read_bytes
from flows.yaml_files import read_yaml

HEADS = read_yaml(Path(__file__).with_name("heads.yaml"))
BODY = [
    "近日，社会工作服务站的社工来到村里，陪老人聊天，为孩子辅导功课，并把大家提出的困难逐一记在本子上。",
    "社工站去年建成以来，先后开展了四十多场活动，受到居民的好评，不少志愿者也主动加入进来，帮助邻里。",
    "下一步，当地将继续完善服务网络，让专业的社会工作服务走进更多家庭，惠及更多需要帮助的群众。",
]
TRADITIONAL = [
    "社工近日到村裡陪伴長者聊天，並為孩子輔導功課，把大家提出的困難逐一記在本子上，再回到辦公室討論。",
    "服務站去年成立以來，先後舉辦四十多場活動，受到居民的好評，不少志工也主動加入，幫助鄰里。",
    "下一步，當地將繼續完善服務網絡，讓專業的社會工作服務走進更多家庭，幫助更多需要協助的民眾。",
]


@pytest.mark.parametrize("head", HEADS, ids=[head["id"] for head in HEADS])
def test_what_a_page_states(head: dict[str, Any]) -> None:
    form = "<p>{}</p>" if head.get("html") else "{}"
    page = head["page"]
    for place, story in (("{body}", BODY), ("{tw}", TRADITIONAL)):
        page = page.replace(place, "\n".join(map(form.format, story)))
    tables = clean(read_bytes(page.encode(), "page.html" if head.get("html") else "page.txt"))
    (document,), (article,) = tables["documents"], tables["articles"]
    day, time = article["published_date"], article["published_at"]
    got = {**article, "publisher": document["publisher"], "page": document["page"]}
    got |= {"date": day and str(day), "time": time and time.strftime("%H:%M")}
    assert {field: got[field] for field in head["want"]} == head["want"]
    kept = article["text"].split("\n")
    assert [line for line in kept if not line.endswith("。") or line.startswith(("（", "【"))] == []
