"""Publishers by two places, periodicals by their issue, pages by their head and foot, names in odd forms."""

from __future__ import annotations

import pytest

from flows.document import Line
from flows.extract.page.metadata import read_metadata
from flows.extract.page.number import printed_page
from flows.extract.page.publisher import read_publisher
from flows.extract.page.source import heads_story

STORY = "\n近日，社工来到社区，二十名居民参加了活动。\n"


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        (f"溪山民政 > 通知公告 > 社工{STORY}关注“溪山民政”微信公众号", "溪山民政"),
        (f"溪山讯息  |  要闻  |  民生{STORY}© 溪山讯息原创内容", "溪山讯息"),
        (f"社工走进社区的一天 - 溪山市人民政府\n首页{STORY}溪山市人民政府 溪ICP备0号", "溪山市人民政府"),
        (f"溪山社工 - 考试资讯 - 正文{STORY}发布人：溪山社工", "溪山社工"),
        (f"溪山通讯\n2021年第2期（总第9期）{STORY}", "溪山通讯"),
        (f"溪山社工（成都）\n2023-03-21 第11期{STORY}", "溪山社工"),
        (f"溪 山 晨 报\n2024年5月21日{STORY}", "溪山晨报"),
        (f"溪山观察客户端{STORY}本文版权归溪山日报所有", "溪山观察"),
        (f"溪山公益报 2 新闻{STORY}", "溪山公益报"),
        (f"今日看点{STORY}《溪山晨讯》版权所有，未经授权不得转载", "溪山晨讯"),
        (f"点击上方蓝字关注\n溪山社工 2024-03-19 18:30 广东{STORY}点个在看", "溪山社工"),
    ],
)
def test_publisher(page: str, publisher: str) -> None:
    assert read_publisher(page) == publisher


@pytest.mark.parametrize(
    "page",
    [
        f"社工走进社区的一天{STORY}社工走进社区的一天",  # a headline told again
        f"首页 > 新闻{STORY}来源：首页",
        f"社工走进社区的一天 - 信息公开{STORY}信息公开",
        f"《溪山晨报》版权所有 零售价1元{STORY}".replace("《溪山晨报》", ""),
    ],
)
def test_no_publisher(page: str) -> None:
    assert read_publisher(page) is None


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("04 民生", "责编：林小红"), "04"),
        (("溪山公益报 2 新闻", "责任编辑：林小红"), "2"),
        (("正文", "— 18 —"), "18"),
        (("04 民生", "首页"), None),
        (("2024 年鉴", "责编：林小红"), None),
    ],
)
def test_page(lines: tuple[str, ...], number: str | None) -> None:
    taken = [Line(n, 0, len(chars), chars, "navigation") for n, chars in enumerate(lines)]
    assert printed_page(taken) == number


@pytest.mark.parametrize(
    ("line", "authors", "editors"),
    [
        ("记者 林小红 温从容2023-12-05 07:02阅读 9.8万", ["林小红", "温从容"], []),
        ("编辑 林小红    审签 陈大文", [], ["林小红"]),
        ("查看:18 | 只看该作者 | 倒序浏览", [], []),
    ],
)
def test_names(line: str, authors: list[str], editors: list[str]) -> None:
    told = read_metadata([("credit", line)])
    assert (told.authors, told.editors) == (authors, editors)


def test_names_in_brackets_of_a_text() -> None:
    assert read_metadata([], "", "（本报记者 林小红 通讯员 陈大文）一张纸送到了社工手里。").authors == [
        "林小红",
        "陈大文",
    ]
    assert read_metadata([], "", "社工来了，居民欢迎。（编辑：林小红）1131002").editors == ["林小红"]


def test_a_line_of_the_name_and_the_time_names_the_source() -> None:
    assert heads_story("溪山深读", ["溪山深读 2023-12-08 20:30 贵州"])
    assert not heads_story("溪山深读", ["溪山深读 版权所有", "溪山"])
