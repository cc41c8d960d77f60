"""Organizers listed a role a line."""

from __future__ import annotations

from datetime import date

import pytest

from flows.document import Row
from flows.extract.events.find import find_events
from flows.extract.words.reading import Reading

HELD = "第六届山城社工论坛定于2021年10月23日在新宁县学术交流中心举行。现将议程公布如下。"


def event(*lines: str) -> Row:
    (row,) = find_events(Reading("\n".join([HELD, *lines]), day=date(2021, 10, 1)))
    return row


def test_a_label_may_stand_above_its_names() -> None:
    guides, hosts = ["指导单位：", "湖南省民政厅"], ["主办单位：", "湖南省社会工作协会 湖北省社会工作联合会"]
    row = event(*guides, *hosts, "承办单位：", "新宁县民政局", "崀山大学社会工作系", "10月23日（星期六）上午")
    assert row["guided_by"] == ["湖南省民政厅"]
    assert row["hosted_by"] == ["湖南省社会工作协会", "湖北省社会工作联合会"]
    assert row["organized_by"] == ["新宁县民政局", "崀山大学社会工作系"]
    assert row["co_organized_by"] == []


def test_lines_may_be_numbered() -> None:
    row = event(
        "一、组织机构", "（一）主办单位：新宁县民政局", "（二）承办单位：新宁县社会工作协会、新宁县青年志愿者协会"
    )
    assert row["hosted_by"] == ["新宁县民政局"]
    assert row["organized_by"] == ["新宁县社会工作协会", "新宁县青年志愿者协会"]


@pytest.mark.parametrize(
    "line", ["主办单位：另行通知", "主办单位：", "承办单位要做好服务。", "指导单位：有关部门将到场指导"]
)
def test_what_names_no_body_gives_no_role(line: str) -> None:
    row = event(line, "请各位社工准时参加。")
    assert not any(row[role] for role in ("guided_by", "hosted_by", "organized_by", "co_organized_by"))
