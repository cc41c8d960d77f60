"""Events: names, days, places, organizers and attendance from sentences of many shapes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.document import Row
from flows.extract.events.find import find_events
from flows.extract.events.hosts import name_in_full
from flows.extract.events.roles import find_roles, split_names
from flows.extract.words.reading import Reading

ANCHOR = date(2023, 12, 20)


def events(text: str, **context: Any) -> list[Row]:
    rows = find_events(Reading(text, **{"day": ANCHOR, "region": "440100", **context}))
    assert all(text[row["start"] : row["end"]] == row["name"] for row in rows)
    return rows


def event(text: str, **context: Any) -> Row:
    """The one event of a text."""
    (row,) = events(text, **context)
    return row


@pytest.mark.parametrize(
    ("text", "name", "day", "place"),
    [
        (
            "3月21日，由市民政局指导、市社会工作协会主办、阳光社工服务中心承办的“爱在春天”社工宣传周启动仪式在人民广场举行。",
            "“爱在春天”社工宣传周启动仪式",
            "2023-03-21",
            "人民广场",
        ),
        ("近日，全市社会工作督导人才培训班在市委党校开班。", "全市社会工作督导人才培训班", None, "市委党校"),
        (
            "11月2日上午，雨花社区社会组织党委召开2023年度社会组织党建工作推进会。",
            "2023年度社会组织党建工作推进会",
            "2023-11-02",
            None,
        ),
        (
            "9月5日，“慈善日”主题宣传活动在社区党群服务中心顺利开展。",
            "“慈善日”主题宣传活动",
            "2023-09-05",
            "社区党群服务中心",
        ),
        (
            "“益路同行”公益论坛于4月8日在杭州国际博览中心隆重开幕。",
            "“益路同行”公益论坛",
            "2023-04-08",
            "杭州国际博览中心",
        ),
        ("日前，展览路街道社会工作服务站揭牌成立。", "展览路街道社会工作服务站揭牌成立", None, None),
        (
            "12月5日，“社工+志愿者”项目签约仪式在桃源街道办事处举行。",
            "“社工+志愿者”项目签约仪式",
            "2023-12-05",
            "桃源街道办事处",
        ),
        ("市民政局于5月17日举办全市养老护理员职业技能竞赛。", "全市养老护理员职业技能竞赛", "2023-05-17", None),
        ("9月27日，“邻里守望”志愿服务项目大赛决赛落下帷幕。", "“邻里守望”志愿服务项目大赛决赛", "2023-09-27", None),
        (
            "3月19日，以“凝聚社工力量”为主题的社工宣传周启动仪式在正佳广场启动。",
            "社工宣传周启动仪式",
            "2023-03-19",
            "正佳广场",
        ),
        (
            "3月15日，以“善治——海淀区第二届社工节”为题的活动开始。日前，“善治——海淀区第二届社工节”在文化馆举行。",
            "海淀区第二届社工节",
            None,
            "文化馆",
        ),
        ("感动年度人物颁奖典礼16日在北京举行。", "感动年度人物颁奖典礼", "2023-12-16", "北京"),
        (
            "市社会工作联合会第三届会员代表大会第一次会议6月9日在会展中心召开。",
            "市社会工作联合会第三届会员代表大会第一次会议",
            "2023-06-09",
            "会展中心",
        ),
    ],
)
def test_name_day_and_place(text: str, name: str, day: str | None, place: str | None) -> None:
    row = event(text)
    assert (row["name"], row["start_date"] and str(row["start_date"]), row["place"]) == (name, day, place)


def test_four_roles() -> None:
    row = event(
        "日前，由甲区委组织部指导，区民政局主办，区社会工作者协会承办，市慈善会和文化交流中心共同协办的社工节启动仪式在广场举行。"
    )
    assert row["guided_by"] == ["甲区委组织部"]
    assert row["hosted_by"] == ["区民政局"]
    assert row["organized_by"] == ["区社会工作者协会"]
    assert row["co_organized_by"] == ["市慈善会", "文化交流中心"]


def test_the_subject_hosts() -> None:
    row = event("日前，青田县民政局联合县妇联在文化礼堂举办“暖心”志愿服务活动。")
    assert (row["hosted_by"], row["region"]) == (["青田县民政局", "县妇联"], "331121")


def test_organizers_and_attendance_of_later_sentences_go_to_the_event() -> None:
    row = event(
        "5月12日至14日，第三届西部社会工作论坛在成都市举办。本届论坛由省社会工作协会主办，市社会工作者协会、财经大学社会发展研究院承办。\n"
        "专家作了发言。\n来自各地的700多名专家学者参加了本届论坛。"
    )
    assert (str(row["start_date"]), str(row["end_date"]), row["date_inferred"]) == ("2023-05-12", "2023-05-14", True)
    assert row["hosted_by"] == ["省社会工作协会"]
    assert row["organized_by"] == ["市社会工作者协会", "财经大学社会发展研究院"]
    assert (row["attendance"], row["attendance_qualifier"], row["region"]) == (700, "over", "510100")


@pytest.mark.parametrize(
    ("sentence", "number", "qualifier"),
    [
        ("市领导出席活动，来自各街镇的代表等400余人参加活动。", 400, "over"),
        ("社区书记代表共110余人参加了本次启动仪式。", 110, "over"),
        ("活动吸引了近百名居民。", 100, "nearly"),
        ("86名学员参加培训。", 86, "exact"),
        ("共有120名单身青年参加了活动。", 120, "exact"),
        ("82人参与捐赠。", None, None),
        ("他说，全国有12万人参与了试验。", None, None),
    ],
)
def test_attendance(sentence: str, number: int | None, qualifier: str | None) -> None:
    row = event("近日，社工宣传周启动仪式在广场举行。" + sentence)
    assert (row["attendance"], row["attendance_qualifier"]) == (number, qualifier)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3月17日，社会工作主题宣传活动启动仪式以线上直播方式举办。", "online"),
        ("3月17日，民政局以线上线下相结合的方式举办社会工作主题宣传活动启动仪式。", "hybrid"),
        ("8月9日，2023年社会工作行业年会在线上召开。", "online"),
        ("8月9日，2023年社会工作行业年会在会展中心召开。", "onsite"),
        ("8月9日，2023年社会工作行业年会召开。", None),
    ],
)
def test_format(text: str, kind: str | None) -> None:
    assert event(text)["format"] == kind


def test_region_of_the_section_heading() -> None:
    text = (
        "【北京市】\n3月17日，第七届社会工作主题宣传活动启动仪式举办。\n"
        "【福建省】\n3月17日，民政厅举办全省主题宣传活动启动仪式。"
    )
    assert [row["region"] for row in events(text, region=None)] == ["110000", "350000"]


@pytest.mark.parametrize(
    "text",
    [
        "各区也将通过举办社工成果展、座谈会等方式扩大宣传。",
        "自2014年起，民政部每年组织开展社会工作主题宣传活动。",
        "近年来，该区先后举办社工节、沙龙等活动30余场。",
        "会议在热烈的掌声中圆满结束。",
        "全国宣传活动启动之际，山东省发布了视频。",
        "天津市民政局以线上线下相结合的方式开展丰富多彩的主题活动。",
        "本次活动由市民政局主办。",
        "3月，红十字会成立。",
    ],
)
def test_no_event(text: str) -> None:
    assert events(text) == []


def test_named_again_it_stays_one_event() -> None:
    text = (
        "3月17日，全国社会工作主题宣传周启动仪式在重庆举行。启动仪式上，专家发言。\n"
        "3月17日，全国社会工作主题宣传周启动仪式在渝举行。"
    )
    assert len(events(text)) == 1


def test_recently_gives_no_date() -> None:
    row = event("日前，社工宣传周启动仪式在人民广场举行。")
    assert (row["start_date"], row["end_date"], row["date_inferred"]) == (None, None, None)


def test_split_names_keeps_names_that_hold_and() -> None:
    text = "市住房和城乡建设局、市人力资源和社会保障局和市慈善总会"
    assert split_names(text) == ["市住房和城乡建设局", "市人力资源和社会保障局", "市慈善总会"]


def test_roles_of_a_list() -> None:
    text = "指导单位为江苏省民政厅，主办单位为南京市民政局，承办单位为南京市社会工作者协会。"
    roles = find_roles(Reading(text), 0, len(text))
    assert (roles["guided_by"], roles["hosted_by"], roles["organized_by"]) == (
        ["江苏省民政厅"],
        ["南京市民政局"],
        ["南京市社会工作者协会"],
    )


def test_a_sentence_without_end_is_read_in_reach_of_its_verbs() -> None:
    text = "3月17日，第一届社工节启动仪式在甲广场举行，" * 300
    assert [row["place"] for row in events(text)] == ["甲广场"]


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("9月27日，由街坊总会主办、社会工作局资助的“长者日”开幕式假友谊广场举行。", "“长者日”开幕式", "友谊广场"),
        ("5月20日，社会工作学院挂牌成立仪式在京举行。", "社会工作学院挂牌成立仪式", "京"),
        ("10月16日，“社工大讲堂”第十二期通过腾讯会议开讲。", "“社工大讲堂”第十二期", None),
        ("12月1日，“艾滋病日”宣传活动走进医科大学。", "“艾滋病日”宣传活动", "医科大学"),
        ("9月15日，第十届公益项目展示会（简称“慈展会”）在会展中心开幕。", "第十届公益项目展示会", "会展中心"),
        ("10月20日，“爱在金秋”——重阳节敬老活动在春晖养老院温情上演。", "“爱在金秋”——重阳节敬老活动", "春晖养老院"),
    ],
)
def test_more_shapes(text: str, name: str, place: str | None) -> None:
    row = event(text)
    assert (row["name"], row["place"]) == (name, place)


def test_one_guides_and_the_subject_hosts() -> None:
    row = event("5月30日，在江阳区民政局的指导下，区社会组织促进会组织召开三社联动试点工作推进会。")
    assert (row["guided_by"], row["hosted_by"]) == (["江阳区民政局"], ["区社会组织促进会"])


def test_the_subject_before_a_comma_hosts() -> None:
    row = event("2024年1月23日，同德街社工站联合医科大学志愿者协会，在党群服务中心开展“夕阳”长者关怀活动。")
    assert row["hosted_by"] == ["同德街社工站", "医科大学志愿者协会"]


def test_support_is_help() -> None:
    row = event("近日，第三届社工节启动仪式在广场举行。本次活动由市民政局主办，甲街道办事处、乙基金会提供支持。")
    assert (row["hosted_by"], row["co_organized_by"]) == (["市民政局"], ["甲街道办事处", "乙基金会"])


def test_the_place_of_an_event_is_not_its_host() -> None:
    assert event("8月15日，由民政厅指导、民政局主办的五社联动研讨会，在华易公益基金会举办。")["hosted_by"] == ["民政局"]


def test_the_day_in_brackets() -> None:
    row = event("社会局今（2）日在集会堂举办“社工日表扬大会”。", day=date(2024, 4, 2))
    assert (str(row["start_date"]), row["hosted_by"]) == ("2024-04-02", ["社会局"])


@pytest.mark.parametrize(
    ("text", "attendance"),
    [
        ("9月6日，青禾社工站在城南社区举办敬老活动，40名老人和15名志愿者参加。", None),
        ("9月6日，青禾社工站在城南社区举办敬老活动，共60余人参加。", 60),
        ("9月6日，青禾区举办社工节。\n社工们表演了节目。\n志愿者送上祝福。\n活动吸引市民5000余人次参与。", 5000),
        ("9月6日，技能大赛在青禾大学举行。全省26所高校的52支队伍、210名师生参赛。", 210),
    ],
)
def test_attendance_is_of_all_who_came(text: str, attendance: int | None) -> None:
    assert event(text)["attendance"] == attendance


@pytest.mark.parametrize(
    "text",
    [
        "3月5日，市民政局召开新闻发布会。",
        "3月5日，市民政局举行政策例行吹风会。",
        "6月15日，社会工作者职业水平考试在全市举行。",
        "3月5日，代表们在京举行第一次全体会议。",
    ],
)
def test_press_conferences_and_examinations_are_no_events(text: str) -> None:
    assert events(text) == []


def test_a_bare_region_is_no_host() -> None:
    assert event("5月26日，青禾县举办社区治理论坛。", region=None)["hosted_by"] == []
    text = "5月26日，成都市武侯区举办社区治理论坛。"
    assert event(text)["hosted_by"] == []
    assert event(f"{text}\n活动由武侯区民政局主办。")["hosted_by"] == ["武侯区民政局"]


def test_the_city_of_a_university_is_the_region_of_the_event() -> None:
    assert event("5月26日，社工论坛在南京理工大学举行。")["region"] == "320100"
    assert event("5月26日，社工论坛在武汉市洪山宾馆举行。")["region"] == "420100"


def test_an_abbreviation_in_brackets_is_no_part_of_the_host() -> None:
    assert event("5月26日，青禾社会服务联会（青联会）举办社工论坛。")["hosted_by"] == ["青禾社会服务联会"]


def test_live_and_on_site_is_hybrid() -> None:
    text = "5月26日，青禾区民政局在青禾礼堂举办社工论坛。论坛通过“线下+直播”方式举行。"
    assert event(text)["format"] == "hybrid"


def test_what_was_supported_is_no_part_of_a_supporter_s_name() -> None:
    text = "5月18日，社工杯友谊赛在新会体育馆举行，由新会区民政局主办，得到了李记食品有限公司的大力支持。"
    assert event(text)["co_organized_by"] == ["李记食品有限公司"]


def test_a_season_is_no_event() -> None:
    assert events("3月18日，春分时节，走进青禾县城关镇社工站，社工们正忙着。") == []


def test_the_day_in_brackets_behind_a_weekday() -> None:
    row = event("由青禾社工总会主办的“2024长者健康研讨会”于上周六（6月15日）在青禾会堂举行。", day=date(2024, 6, 20))
    assert (str(row["start_date"]), row["place"]) == ("2024-06-15", "青禾会堂")


def test_hosts_in_front_of_a_quoted_name_are_no_part_of_it() -> None:
    row = event("台湾青禾专业人员协会与青禾大学社会工作学系合办的“社工权益”研讨会，10月18日在青禾会馆登场。")
    assert row["name"] == "“社工权益”研讨会"
    assert row["hosted_by"] == ["台湾青禾专业人员协会", "青禾大学社会工作学系"]


def test_an_unveiling_is_named_without_its_numbers() -> None:
    assert event("3月5日，丽水市最后一批9个乡镇社工站揭牌。")["name"] == "社工站揭牌"


def test_a_bare_word_for_the_host_is_given_in_full() -> None:
    rows = events("9月1日，基金会联合南岭市慈善总会在南岭中学举办助学金发放仪式。")
    name_in_full(rows, Reading("南岭市爱心公益基金会和南岭市慈善总会。"))
    assert rows[0]["hosted_by"] == ["南岭市爱心公益基金会", "南岭市慈善总会"]
    rows = events("9月1日，基金会在南岭中学举办助学金发放仪式。")
    name_in_full(rows, Reading("", "南岭市爱心公益基金会助学"))
    assert rows[0]["hosted_by"] == ["南岭市爱心公益基金会"]
    rows = events("9月1日，基金会在南岭中学举办助学金发放仪式。")
    name_in_full(rows, Reading("南岭市红叶公益基金会、南岭市青禾公益基金会。"))
    assert rows[0]["hosted_by"] == ["基金会"]


def test_offices_of_several_provinces_are_no_host() -> None:
    assert event("5月1日，河南、四川两省民政厅在郑州举办社会工作论坛。")["hosted_by"] == []


def test_a_press_conference_with_a_name_of_its_own_is_an_event() -> None:
    row = event("市民政局12月6日在市会议中心举行2023年第四季度例行新闻发布会，介绍有关情况。")
    assert (row["name"], row["hosted_by"]) == ("2023年第四季度例行新闻发布会", ["市民政局"])
    assert events("市民政局12月6日召开新闻发布会。") == []


@pytest.mark.parametrize(
    ("text", "name", "hosts"),
    [
        ("记者昨天从县民政局召开的新闻通气会上获悉，全县社工站开放。", "新闻通气会", ["县民政局"]),
        ("3月18日，市慈善总会参加了由省民政厅主办的社工宣传活动启动仪式。", "社工宣传活动启动仪式", ["省民政厅"]),
        ("3月18日，青禾社工站在广场办起首届“邻里节”。", "首届“邻里节”", ["青禾社工站"]),
        ("3月18日，“夜灯计划”在县民政局的支持下正式启动。", "“夜灯计划”", []),
        ("3月18日，“暖冬进山”活动启程。", "“暖冬进山”活动", []),
        ("3月18日，由青禾社工站牵头，县医院参与的“重阳”义诊活动在广场举行。", "“重阳”义诊活动", ["青禾社工站"]),
    ],
)
def test_events_told_in_passing(text: str, name: str, hosts: list[str]) -> None:
    (row,) = find_events(Reading(text, day=date(2024, 3, 20)))
    assert (row["name"], row["hosted_by"]) == (name, hosts)


@pytest.mark.parametrize(
    "text",
    [
        "近日，县民政局对购买的“青禾”社工服务项目进行中期评估。",
        "6月，县民政局推出志愿服务“时间银行”。",
        "3月1日，户籍代码启用。",
    ],
)
def test_what_is_done_to_something_is_no_event(text: str) -> None:
    assert find_events(Reading(text, day=date(2024, 3, 20))) == []


def test_the_year_of_a_title_holds_on_a_page_that_reprints_it() -> None:
    text = "3月18日，市民政局举行社工日启动仪式。"
    assert find_events(Reading(text, "2014年社工日启动", day=date(2025, 11, 3)))[0]["start_date"] == date(2014, 3, 18)
    assert find_events(Reading(text, "2025年社工日启动", day=date(2025, 11, 3)))[0]["start_date"] == date(2025, 3, 18)


def test_a_house_opened_on_a_day_of_last_week_is_an_event_there() -> None:
    (event,) = find_events(
        Reading("占地八百平方米的“空港社工之家”上周六在黄甲街道启用。", day=date(2023, 3, 21), region="510116")
    )
    assert (event["name"], str(event["start_date"]), event["place"]) == ("“空港社工之家”", "2023-03-18", "黄甲街道")


def test_what_somebody_came_to_may_be_hosted_and_sponsored() -> None:
    text = "很高兴出席由社会服务界联席会议主办、香港公益基金赞助的第三十三届“杰出社工颁奖典礼”，与同工聚首一堂。"
    (event,) = find_events(Reading(text))
    assert event["name"] == "第三十三届“杰出社工颁奖典礼”"
    assert event["hosted_by"] == ["社会服务界联席会议"]


def test_the_end_of_a_plan_of_years_is_no_event() -> None:
    assert find_events(Reading("12月14日，云南省社工站建设三年行动在昆明收官。")) == []
