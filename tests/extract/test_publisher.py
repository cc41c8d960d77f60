import pytest

from flows.extract.publisher import read_publisher


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        ("社工网校编辑为考生整理社工节的新闻", "社工网校"),
        ("凡本网注明“来源：江南在线”的所有作品，未经授权不得转载", "江南在线"),
        ("江南在线版权与信息产品内容销售的声明", "江南在线"),
        ("Copyright © 2012-2020 江南新闻网 All Rights Reserved", "江南新闻网"),
        ("版权所有：江南市民政局 京ICP备0号", "江南市民政局"),
        ("社工节在江南市开幕_民生新闻_江南网\n社工节在江南市开幕", "江南网"),
        ("社工节在江南市开幕 - 江南日报\n正文", "江南日报"),
        ("当前位置：江南网 > 新闻 > 正文", "江南网"),
        ("版权所有：江南某某科技有限公司\n江南网小编提醒", "江南网"),
        ("《江南社会报》社版权所有", "江南社会报"),
    ],
)
def test_page_names_its_publisher(page: str, publisher: str) -> None:
    assert read_publisher(page) == publisher


@pytest.mark.parametrize(
    "page",
    [
        "来源：新华社",
        "（据东南网）",
        "新华社北京3月1日电 社工节开幕",
        "凡本网注明“来源：XXX（非本网）”的作品，均转载自其它媒体",
        "本报记者 张三",
        "首页 > 新闻 > 正文",
        "",
    ],
)
def test_source_credit_is_no_publisher(page: str) -> None:
    assert read_publisher(page) is None


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        ("公益时报数字报\n2022年08月16日 第07版\n公益时报社版权所有", "公益时报"),
        ("法治日报\n检察官与社工携手\n正文。", "法治日报"),
        ("标题标题标题\n2022年06月01日 08:12 | 来源：天山网-新疆日报 | 记者：某某", None),
        ("版权所有 新华网", "新华网"),
    ],
)
def test_mastheads_and_societies_of_papers(page: str, publisher: str | None) -> None:
    assert read_publisher(page) == publisher
