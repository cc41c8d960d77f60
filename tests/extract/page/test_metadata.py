from datetime import date

import pytest

from flows.extract.dates.stamps import find_stamps
from flows.extract.page.byline import is_name, read_fields
from flows.extract.page.metadata import Metadata, read_metadata


def read(line: str, kind: str = "metadata") -> Metadata:
    return read_metadata([(kind, line)])


@pytest.mark.parametrize(
    ("line", "day", "time"),
    [
        ("2023-08-15 17:45:53来源:某网", "2023-08-15", "17:45:53"),
        ("发布时间：2023/3/1 8:30 浏览次数：12", "2023-03-01", "08:30:00"),
        ("2023年02月28日 星期二上一期下一期", "2023-02-28", None),
        ("2023.3.1", "2023-03-01", None),
        ("日期：二〇二三年三月一日", "2023-03-01", None),
        ("发布时间：二〇二四年三月廿一日", "2024-03-21", None),
        ("发布时间：2024年三月卅日", "2024-03-30", None),
        ("发布时间：二零二四年3月5号", "2024-03-05", None),
        ("发布时间：二千零二十四年十二月五日", "2024-12-05", None),
        ("发布时间：农历二〇二四年三月廿一日", "None", None),
        ("日期：民国一百一十二年三月廿一日", "2023-03-21", None),
        ("日期：二〇二三年十二月二十一日", "2023-12-21", None),
        ("民国112年3月17日", "2023-03-17", None),
        ("发布日期：20230815", "2023-08-15", None),
        ("# 晚间社会要闻 (20230815)", "2023-08-15", None),
        ("2023-08-1517:45 字号", "2023-08-15", "17:45:00"),
        ("成文日期：2023年3月21日 发布日期：2023年4月1日", "2023-04-01", None),
        ("成文日期：2023年3月21日", "2023-03-21", None),
        ("2023.03.21 03:20 下午", "2023-03-21", "15:20:00"),
        ("2012-01-12 HKT 16:53", "2012-01-12", "16:53:00"),
        ("2023年3月1日下午3:20", "2023-03-01", "15:20:00"),
        ("2024-05-05T22:20:00Z", "2024-05-06", "06:20:00"),
        ("发布时间：2024-05-05 22:20:00 +00:00 来源：某网", "2024-05-06", "06:20:00"),
        ("2024-05-05 22:20 GMT", "2024-05-06", "06:20:00"),
        ("2024年5月5日 格林尼治标准时间22:20", "2024-05-06", "06:20:00"),
        ("2024-05-05 22:20 UTC+8", "2024-05-05", "22:20:00"),
        ("2024-05-05T22:20:00-05:00", "2024-05-06", "11:20:00"),
        ("2024-05-05 10:20-11:30", "2024-05-05", "10:20:00"),
        ("2024-05-05 10:20 +1234", "2024-05-05", "10:20:00"),
        ("2024-05-05 10:20 Zhang", "2024-05-05", "10:20:00"),
        ("May 6, 2024", "2024-05-06", None),
        ("Mon, 6 May 2024 12:05 am", "2024-05-06", "00:05:00"),
    ],
)
def test_date_of_the_page(line: str, day: str, time: str | None) -> None:
    metadata = read(line)
    assert str(metadata.published_date) == day
    assert (metadata.published_at.time().isoformat() if metadata.published_at else None) == time


@pytest.mark.parametrize(
    "line",
    [
        "03-17 10:20",
        "2023-02-30",
        "2023-13-01",
        "今天是2023年3月1日",
        "Maybe 6, 2024",
        "30 Feb 2024",
        "活动时间：2023年3月1日",
        "备案号20230815",
        "社区要闻20230815",
        "（20230815号）",
        "第2023-3期",
        "时间：",
    ],
)
def test_no_date_is_made_of_what_states_none(line: str) -> None:
    assert read(line).published_date is None


def test_date_of_publication_beats_that_of_an_update() -> None:
    line = "更新时间：2023-05-02 10:00 发布时间：2023-05-01"
    assert read(line).published_date == date(2023, 5, 1)


def test_dates_of_other_lines_do_not_count() -> None:
    kinds = ("related_links", "caption", "copyright", "navigation")
    assert read_metadata([(kind, "社工考试 2023-05-01") for kind in kinds]) == Metadata()


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2023-08-15 17:45:53来源:中央某台国际在线编辑:王某责编:尹某", "中央某台国际在线"),
        ("来源： 作者：", None),
        ("来源：《中国社会报》", "中国社会报"),
        ("来源|中国社会报  作者|王某某", "中国社会报"),
        ("2019-09-08 00:20　来源: 每日经济新闻 举报", "每日经济新闻"),
        ("2012-01-12　来源: 某某财经　有0人参与 手机看新闻", "某某财经"),
        ("来源：光明网-《光明日报》2024-05-20 03:15", "光明网-《光明日报》"),
        ("(据东南网)", "东南网"),
        ("(据《中国日报》)", "中国日报"),
        ("（据新华社北京3月1日电）", "新华社"),
        ("（据了解）", None),
        ("（来源：某市民政局）", "某市民政局"),
        ("转自：公益时报", "公益时报"),
        ("2019年11月25日 18:57 参考消息", "参考消息"),
        ("来源：网络", None),
        ("图片来源：某图网", None),
        ("凡本网注明“来源：某网”的作品，均为本网所有", None),
        ("信息来源：区民政局 发布日期：2023年3月1日 浏览次数：123次", "区民政局"),
        ("来源：中国新闻网 王某", "中国新闻网"),
        ("来源：“江南社工”微信公众号", "江南社工"),
        ("（原载《中国社会工作》2023年第5期）", "中国社会工作"),
        ("中国社会报讯（特约记者 张三）", "中国社会报"),
        ("来源：人民网-文化频道", "人民网-文化频道"),
        ("来源: 某自媒体 北京  举报", "某自媒体"),
        ("来源：中国新闻网小字号", "中国新闻网"),
        ("原标题：社工节开幕", None),
        ("要闻", None),
        ("昨天 10:20 来源：青禾发布", "青禾发布"),
        ("来源：青禾县民政局 3小时前", "青禾县民政局"),
        ("07-23 16:59   青禾县融媒体中心", "青禾县融媒体中心"),
        ("今天 08:15 青禾日报", "青禾日报"),
        ("来源：今日风采杂志", "今日风采杂志"),
        ("2012年01月12日 16:03财讯网【大 中 小】 【打印】 共有评论0条", "财讯网"),
        ("原创 青禾都市报 2019-09-09 16:01:46", "青禾都市报"),
        ("开心网", None),
        ("豆瓣网", None),
        ("手机青禾网", None),
        ("青禾新闻网讯", "青禾新闻网"),
        ("来源：《中国社会工作》2023年第5-6期", "中国社会工作"),
    ],
)
def test_source(line: str, source: str | None) -> None:
    assert read(line).source == source


def test_names_one_below_the_other_are_links() -> None:
    assert read_metadata([("metadata", "青禾网"), ("metadata", "南山网")]).source is None
    assert read_metadata([("metadata", "青禾网"), ("metadata", "青禾网")]).source == "青禾网"
    assert read_metadata([("metadata", "青禾网"), ("metadata", "2024-03-06 南山网")]).source is not None


@pytest.mark.parametrize("line", ["昨天 10:20 来源：青禾发布", "3小时前", "05-06 10:20", "周一 10:20", "刚刚"])
def test_a_day_without_its_year_is_no_date(line: str) -> None:
    assert read(line).published_date is None


def test_time_beside_a_place_is_that_of_an_event() -> None:
    assert (
        read_metadata([("metadata", "时间：2024年3月19日14:30"), ("metadata", "地点：江南市")]).published_date is None
    )
    assert (
        read_metadata([("metadata", "时间：2024年3月19日")], "通知", "一、内容：讲座\n地点：江南市").published_date
        is None
    )
    assert read_metadata([("metadata", "时间：2024年3月19日")], "通知", "讲座开始。").published_date == date(
        2024, 3, 19
    )


def test_displaced_line_counts_when_nothing_else_is_said() -> None:
    displaced = ("other", "2019-09-23 来源：江南商报")
    assert read_metadata([displaced]).source == "江南商报"
    assert read_metadata([displaced, ("metadata", "来源：江南日报")]).source == "江南日报"


def test_label_and_value_on_two_lines() -> None:
    assert read_metadata([("metadata", "来源："), ("metadata", "中国社会报")]).source == "中国社会报"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("作者：和丽芳", ["和丽芳"]),
        ("作者：张三和李四", ["张三", "李四"]),
        ("整理：聂小溪", ["聂小溪"]),
        ("■ 本报记者 皮磊", ["皮磊"]),
        ("国际在线辽宁频道消息（杨薇）：", ["杨薇"]),
        ("新华社北京3月17日电（记者 张三、李四）", ["张三", "李四"]),
        ("本报讯（通讯员 王小五）", ["王小五"]),
        ("文/张三 图/李四", ["张三"]),
        ("（记者张三）", ["张三"]),
        ("（张三 李四）", ["张三", "李四"]),
        ("某商报(微博)记者 余文龙 实习生 向英子", ["余文龙", "向英子"]),
        ("来源：某日报 作者：马 燕", ["马燕"]),
        ("作者：阿卜杜拉·买买提", ["阿卜杜拉·买买提"]),
        ("作者：宣传科", []),
        ("作者：佚名", []),
        ("（作者为某省某市某县民政局局长）", []),
        ("（作者系某大学教授）", []),
        ("（张三 文/图）", ["张三"]),
        ("（作者：王思某 江南大学社会学系教授）", ["王思某"]),
        ("（卫生间）", []),
        ("（记者了解到更多）", []),
        ("编辑：张三 校对：李四 摄影：王五", []),
        ("记者张三 通讯员李四）昨日走访", ["张三", "李四"]),
        ("□ 张小红 李志某 文/图", ["张小红", "李志某"]),
        ("文 | 陈小欣", ["陈小欣"]),
        ("图 | 青禾街道社工站", []),
        ("供稿：孙小鸣", ["孙小鸣"]),
        ("作者：项目部", []),
        ("作者：综合股 王小燕", ["王小燕"]),
        ("（评论员 邹小原）", ["邹小原"]),
        ("本报讯（记者 寇乐）", ["寇乐"]),
        ("青禾网2月6日讯 （记者张三 通讯员李四）", ["张三", "李四"]),
        ("青禾日报讯（记者方乐通讯员张家宁戴良安）", ["方乐", "张家宁", "戴良安"]),
        ("（记者方乐通讯员张家宁 戴良安）", ["方乐", "张家宁", "戴良安"]),
        ("（记者李建华王芳）", []),  # 李建 and 华王芳?
        ("图文：陈小坤冯小峰林小新崔小源 古装造型", []),
        ("国际在线论坛", []),
        ("原创：林小红", ["林小红"]),
        ("作者：张家宁戴良安", ["张家宁", "戴良安"]),
        ("作者：白云青山", ["白云青山"]),
        ("【通讯员 方乐】", ["方乐"]),
        ("【见习记者】方乐 张三", ["方乐", "张三"]),
        ("【采访人员】方乐", ["方乐"]),
        ("记者林小红/综合报导", ["林小红"]),
        ("〔记者林小红／台北报导〕", ["林小红"]),
        ("青禾报/ 记者林小红、张三/台中即时报导", ["林小红", "张三"]),
        ("林小红、张三／高雄报导", ["林小红", "张三"]),
        ("社会中心／综合报导", []),
        ("本报讯 记者林小红报道", ["林小红"]),
        ("采访、撰文：林小红 张三", ["林小红", "张三"]),
        ("信息来源：青禾市融媒体中心 林小红", ["林小红"]),
        ("来源：青禾新闻网 时政频道", []),
    ],
)
def test_authors(line: str, authors: list[str]) -> None:
    assert read(line, "credit").authors == authors


@pytest.mark.parametrize(
    ("line", "editors"),
    [
        ("编辑:王巍责编:尹红燕", ["王巍", "尹红燕"]),
        ("编辑 刘晓阳 校对 李铭", ["刘晓阳"]),
        ("[责任编辑：韩某林 PK155]", ["韩某林"]),
        ("责任编辑：李曦_NN2587", ["李曦"]),
        ("(责编：汤某、丁某)", ["汤某", "丁某"]),
        ("编辑：张某   责任编辑：林某", ["张某", "林某"]),
        ("责任编辑：robot", []),
        ("审核：张某 监制：李某", []),
        ("网编：张小红", ["张小红"]),
        ("编辑/排版：张小红", ["张小红"]),
        ("责 编：张小红", ["张小红"]),
        ("本版责编:郭小放 版式:小艾", ["郭小放"]),
        ("编辑、初审:张小红", ["张小红"]),
        ("审核、编辑：张小红", ["张小红"]),
        ("图文编辑:林小舒|责任编辑:卢小苇", ["林小舒", "卢小苇"]),
        ("【编辑】张小红", ["张小红"]),
        ("图片编辑：张小红", []),
    ],
)
def test_editors(line: str, editors: list[str]) -> None:
    assert read(line, "credit").editors == editors


def test_line_of_time_and_source_left_in_the_text_is_read() -> None:
    for line in ("2019年11月25日 18:57 参考消息", "江南网新闻中心 (来源：参考消息) 2019-11-25 18:57:00"):
        metadata = read_metadata([], "标题", f"{line}\n正文开始。")
        assert (metadata.published_date, metadata.source) == (date(2019, 11, 25), "参考消息")


def test_dateline_left_in_the_text_is_read() -> None:
    text = "中新社北京3月1日电（记者 张三）社工节今日开幕。\n（责编：李四）"
    metadata = read_metadata([], "社工节开幕", text)
    assert (metadata.source, metadata.authors, metadata.editors) == ("中新社", ["张三"], ["李四"])


def test_a_writer_who_signs_the_last_line_of_a_text_is_read() -> None:
    assert read_metadata([], "社工节开幕", "首批督导上岗。\n（林小屿）").authors == ["林小屿"]
    assert read_metadata([], "社工节开幕", "首批督导上岗。\n（卫生间）").authors == []


def test_empty_values_end_at_the_next_label() -> None:
    fields = [(field.field, field.value) for field in read_fields("来源：　作者：　发布时间：2023-01-02")]
    assert fields == [("source", ""), ("author", ""), ("published", "2023-01-02")]


def test_names_have_the_form_of_names() -> None:
    assert all(map(is_name, ["皮磊", "欧阳小某", "王巍", "阿依古丽·买买提"]))
    assert not any(map(is_name, ["研讨会", "社工", "张", "王某某等"]))


def test_stamps_do_not_overlap() -> None:
    line = "2023-01-02 10:00 2023-01-03 2023-01-04"
    assert [str(stamp.day) for stamp in find_stamps(line)] == ["2023-01-02", "2023-01-03", "2023-01-04"]


@pytest.mark.parametrize(
    ("notes", "text", "source", "authors"),
    [
        ([("page_furniture", "联合报/ 记者陈小君/新竹即时报导")], "", "联合报", ["陈小君"]),
        ([("credit", "法治日报全媒体记者 徐小伦")], "", "法治日报", ["徐小伦"]),
        ([("metadata", "2022-11-18 09:12 新华日报 记者 徐小艳 通讯员 钱军")], "", "新华日报", ["徐小艳", "钱军"]),
        ([], "齐鲁网·闪电新闻10月21日讯 论坛举行。\n闪电新闻记者 王小艺 报道", "齐鲁网·闪电新闻", ["王小艺"]),
        ([], "【台湾醒报记者陈小妤台北报导】疫情趋缓。", "台湾醒报", ["陈小妤"]),
        ([], "【明报专讯】署方回应。（明报记者 陈小慧）", "明报", ["陈小慧"]),
        ([("teaser", "《光明日报》（2024年03月19日 07版）")], "", "光明日报", []),
        ([("metadata", "来源：浦东发布")], "", "浦东发布", []),
        ([("metadata", "来源：本会")], "", None, []),
        ([("metadata", "来源：网络综合")], "", None, []),
        ([("metadata", "来自Android客户端2楼")], "", None, []),
        ([("metadata", "来源：京华时报(北京)")], "", "京华时报", []),
        ([("metadata", "http://www.example.com  2012年01月12日 17:55 人民网 微博")], "", "人民网", []),
        ([("metadata", "作者：县民政局 张小燕")], "", None, ["张小燕"]),
        ([("metadata", "作者：Steed(微博)(某网频道主编，某会成员)")], "", None, ["Steed"]),
        ([("metadata", "■ 周小冉")], "", None, ["周小冉"]),
        ([("metadata", "文化"), ("metadata", "商城")], "", None, []),
        ([("navigation", "李一凡"), ("credit", "（作者系某大学研究生）")], "", None, ["李一凡"]),
        ([("other", "文字 | 黄小诗")], "", None, ["黄小诗"]),
        ([("other", "作者：裴小钰")], "", None, []),
    ],
)
def test_source_and_authors_in_odd_places(
    notes: list[tuple[str, str]], text: str, source: str | None, authors: list[str]
) -> None:
    metadata = read_metadata(notes, "", text)
    assert (metadata.source, metadata.authors) == (source, authors)


@pytest.mark.parametrize(
    ("notes", "text", "day"),
    [
        ([("metadata", "发布日期：112年10月5日")], "", date(2023, 10, 5)),
        ([], "各有关单位：\n现将有关事项通知如下。\n南江市民政局\n2024年8月26日", date(2024, 8, 26)),
        ([("other", "完"), ("other", "2024年3月19日（星期二）")], "", date(2024, 3, 19)),
        ([("navigation", "原创 南山社工 南山社工 2023-08-22 17:30 发表于广东")], "", date(2023, 8, 22)),
        ([("metadata", "2024年05月28日"), ("navigation", "农历：甲辰年 四月 廿一")], "", None),
        ([], "他说，那是\n2024年8月26日", None),
        ([], "现通知如下。\n南江市民政局\n2024年8月26日\n联 系 人：林某\n地址：某路9号\n邮 箱：a", date(2024, 8, 26)),
        ([], "那天是\n南江市民政局\n2024年8月26日\n大家来了。\n活动开始。\n结束。\n散会。", None),
    ],
)
def test_days_of_notices_and_releases(notes: list[tuple[str, str]], text: str, day: date | None) -> None:
    assert read_metadata(notes, "", text).published_date == day


def test_a_foreign_editor_is_one_person() -> None:
    assert read("责编：Demi Xia").editors == ["Demi Xia"]
    assert read("发布者: 小编 | 查看: 2103 | 来自: 深城商报").editors == []


def test_a_date_may_be_spread_over_lines() -> None:
    notes = [("navigation", "2019"), ("navigation", "09/07"), ("metadata", "19:02")]
    assert read_metadata(notes).published_date == date(2019, 9, 7)
    assert read_metadata([("navigation", "2019"), ("navigation", "09/07")]).published_date is None


def test_a_name_may_end_as_a_label() -> None:
    assert read("来源：青禾发布 | 时间：2024-03-05").source == "青禾发布"


def test_an_author_may_stand_behind_an_office() -> None:
    line = "（来源：青禾日报 作者：青禾大学公益研究部部长，“一起走”项目部部长、研究员徐占）返回，查看更多"
    assert read(line).authors == ["徐占"]


def test_the_place_of_a_dateline_is_no_part_of_the_paper() -> None:
    assert read("青禾新闻网南宁3月19日讯（记者 李明）", "dateline").source == "青禾新闻网"


ARTICLES = "\n第三条 另行规定。" * 30


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "南岭市民政局关于印发《社工管理办法》的通知",
            f"现予印发。\n南岭市民政局\n2023年6月15日\n社工管理办法\n第一条 自2024年1月1日起施行。{ARTICLES}",
            date(2023, 6, 15),
        ),
        (
            "关于公布优秀案例的通知",
            f"现予公布。\n南岭市民政局\n2023年11月20日\n附件{ARTICLES}",
            date(2023, 11, 20),
        ),
        ("南岭市社工大会召开", f"会议回顾了历程。\n东海市民政局\n2023年6月15日\n来信祝贺。{ARTICLES}", None),
    ],
)
def test_the_date_of_a_notice_above_its_document(title: str, text: str, day: date | None) -> None:
    assert read_metadata([], title, text).published_date == day


def test_the_byline_of_the_next_story_is_not_this_ones() -> None:
    notes = [("dateline", "本报讯（通讯员周建明）"), ("credit", "□ 本报记者　林小燕")]
    assert read_metadata(notes).authors == ["周建明"]
    assert read_metadata(notes[1:]).authors == ["林小燕"]


def test_writers_behind_a_full_width_bar() -> None:
    assert read("文字｜林小燕", kind="other").authors == ["林小燕"]
