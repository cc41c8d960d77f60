import pytest

from flows.extract.page.publisher import read_publisher


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
        ("正文。\n江南资讯网 jiangnan.example.cn 版权所有。", "江南资讯网"),
        ("江南新闻\n标题\n正文。\n江南新闻\n江南新闻公众号", "江南新闻"),
        ("江南新闻\n标题\n正文。", None),
        ("某网在线看|某厂|新出品|第三页|某站|一区文化传媒|看片在线\n标题\n正文。", None),
    ],
)
def test_mastheads_and_societies_of_papers(page: str, publisher: str | None) -> None:
    assert read_publisher(page) == publisher


FOOT = "鄂ICP备00000000号-1"


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        (f"正文。\n主办:青禾县民政局    地址:长宁大道18号    联系电话:0717-0\n{FOOT}", "青禾县民政局"),
        ("正文。\n主办单位：东海省民政厅  邮编：330038\n网站标识码：3600000031", "东海省民政厅"),
        (f"正文。\n主管单位：东海省民政厅 主办单位：东海省社会工作协会\n{FOOT}", "东海省社会工作协会"),
        (f"正文。\n东海市社会工作协会 主办 | 电话 0379-0 | {FOOT}", "东海市社会工作协会"),
        (f"东海社工网    您所在的位置:首页 → 正文\n正文。\n东海市社工协会 主办 | {FOOT}", "东海社工网"),
        ("社工观潮网 首页 | 资讯 | 人物\n正文。", "社工观潮网"),
        (f"正文。\n社工观潮网 {FOOT}", "社工观潮网"),
        ("您好,欢迎访问青禾县民政局网站!    今天是2023年6月21日\n正文。", "青禾县民政局"),
        ("椅子\n原创 暖阳社工 青禾暖阳社工 2024年10月11日 17:30 广东\n正文。", "青禾暖阳社工"),
        ("第05版:要闻 上一版 下一版\n2018年11月06日 星期二 社会工作周刊\n正文。", "社会工作周刊"),
        ("青禾市民政局门户网站\n首页 机构概况\n正文。", "青禾市民政局"),
        ("关于举办培训的通知\n主办单位：青禾市社会工作协会\n承办单位：启明社工中心\n地点：会议厅", None),
        ("6月3日，由青禾市民政局主办的活动举行。", None),
        (f"正文。\n技术支持：云上科技有限公司 {FOOT}", None),
        ("楼主\n发表于2024-10-11，点击“同意”我们就开始。\n正文。", None),
    ],
)
def test_menus_footers_accounts_and_date_lines(page: str, publisher: str | None) -> None:
    assert read_publisher(page) == publisher


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        ("B02　社区\n2017年5月8日　星期一\n临江晚报\n\n社工上门\n正文", "临江晚报"),
        ("临江民生周刊\n２０１７年５月８日　星期一　第３版\n社工上门\n正文", "临江民生周刊"),
        ("今天是2017年5月8日　星期一\n临江晚报\n社工上门\n正文", None),
        ("2017年5月8日　星期一\n社工上门\n正文\n正文\n正文\n临江晚报", None),
        ("社工上门\n2017年5月8日\n临江晚报\n正文", None),
    ],
)
def test_a_paper_is_named_beside_the_line_of_its_day(page: str, publisher: str | None) -> None:
    assert read_publisher(page) == publisher


def test_a_company_of_a_paper_is_the_paper_and_a_forum_or_agency_heads_its_way() -> None:
    assert read_publisher("维港日报有限公司版权所有 不得转载") == "维港日报"
    assert read_publisher("西北社工之家论坛»论坛›行业交流›查看内容") == "西北社工之家论坛"
    assert read_publisher("岛讯社 首页 > 地方") == "岛讯社"
    assert read_publisher("江苏楚风网络传媒有限公司版权所有") == "江苏楚风网络传媒有限公司"
