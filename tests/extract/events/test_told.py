"""Events of more kinds: visits, agreements, what somebody came to, ceremonies named by what holds them, posts."""

from __future__ import annotations

from datetime import date

import pytest

from flows.document import Row
from flows.extract.events.find import find_events
from flows.extract.words.reading import Reading

DAY = date(2024, 9, 14)


def events(text: str) -> list[Row]:
    return find_events(Reading(text, day=DAY))


@pytest.mark.parametrize(
    ("text", "name", "place", "hosts"),
    [
        ("9月12日，省民政厅调研组到西秀区，调研社工站建设情况。", "调研社工站建设情况", "西秀区", []),
        ("9月12日，副县长马林一行到青禾镇走访慰问一线社工。", "走访慰问一线社工", "青禾镇", []),
        ("9月12日，忠县民政局组织社工站站长到梁平区考察。", "组织社工站站长到梁平区考察", "梁平区", ["忠县民政局"]),
        (
            "青松福利基金会今天与大肚山大学在台中签约，提供奖助金。",
            "青松福利基金会今天与大肚山大学在台中签约",
            None,
            [],
        ),
        ("9月12日，23名骑手围坐一堂参加“小哥议事会”，提出建议9条。", "“小哥议事会”", None, []),
    ],
)
def test_visits_agreements_and_what_was_come_to(text: str, name: str, place: str | None, hosts: list[str]) -> None:
    (row,) = events(text)
    assert (row["name"], row["place"], row["hosted_by"]) == (name, place, hosts)


@pytest.mark.parametrize(
    "text",
    [
        "3月起，市民政局赴枞阳县、义安区等地开展调研，召开座谈会听取意见。",
        "社工曾参加第三届社工技能大赛，获得一等奖。",
        "9月12日，张老师到学校学习。",
        "近年来，县领导多次到各镇调研社工站建设情况。",
        "9月12日，在首个服务点，社工说，这里每年组织了23场座谈会。",
    ],
)
def test_what_is_told_in_general_is_no_event(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“夜灯计划”昨日（13日）在深水埗举行启动礼，外展社工走入公园。", "“夜灯计划”启动礼"),
        ("9月12日，青禾县“薪火”第三期培训班举行结业典礼。", "青禾县“薪火”第三期培训班结业典礼"),
        ("9月12日，屏南县退役军人服务站举行揭牌仪式。", "屏南县退役军人服务站揭牌仪式"),
    ],
)
def test_a_ceremony_is_named_by_what_holds_it(text: str, name: str) -> None:
    (row,) = events(text)
    assert row["name"] == name
    assert text[row["start"] : row["end"]] in name


def test_a_meeting_for_talks_is_no_chamber_of_commerce() -> None:
    assert events("9月12日，市政协召开社会工作条例立法协商会。")[0]["name"] == "社会工作条例立法协商会"
    assert events("9月12日，县总商会成立大会举办。")[0]["name"] == "县总商会成立大会"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("为迎接9月10日教师节，县政府8日于礼堂举办“教师表扬大会”。", "2024-09-08"),
        ("9月12日是公益日。当天，青禾社工站在广场举办公益市集。", "2024-09-12"),
        ("8月15日、16日，青禾社工站举办乡村社工研习营。", "2024-08-15"),
        ("青禾基金会16、17日在礼堂举办乡村社工研习营。", "2024-08-16"),
        ("9月3日，农历初一。青禾社工站在镇上举办公益市集。", "2024-09-03"),
        ("9月3日，雨停了，老人来到文化室。这一天，由县妇联主办的手工培训班开课。", "2024-09-03"),
        ("自8月26日起报名后，9月3日，青禾社工站在镇上举办公益市集。", "2024-09-03"),
    ],
)
def test_the_day_of_the_event_itself(text: str, day: str) -> None:
    assert str(events(text)[0]["start_date"]) == day


def test_what_lasts_does_not_begin_when_it_ends() -> None:
    (row,) = events("8月10日，“小候鸟”夏令营在周巷镇落下帷幕。夏令营7月21日开营，孩子们学书法。")
    assert (str(row["start_date"]), str(row["end_date"])) == ("2024-07-21", "2024-08-10")
    (row,) = events("8月10日，“小候鸟”夏令营在周巷镇落下帷幕。")
    assert (row["start_date"], str(row["end_date"]), row["date_inferred"]) == (None, "2024-08-10", None)


def test_a_post_that_breaks_its_sentences() -> None:
    text = (
        "7月31日到8月20日\n在县妇联的支持下\n青禾社会工作服务中心的“向阳夏令营”\n在赤城镇同时开营\n64个孩子一起过了21天"
    )
    (row,) = events(text)
    assert (row["name"], str(row["start_date"]), str(row["end_date"])) == ("“向阳夏令营”", "2024-07-31", "2024-08-20")
    assert text[row["start"] : row["end"]] == row["name"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("活动由县残联立项、县民政局指导、青禾社工中心承接。", (["县民政局"], [], [])),
        ("市集由县民政局主办、县社工协会承办。", ([], ["县民政局"], ["县社工协会"])),
        ("活动由县民政局委托青禾社工中心承办。", ([], [], ["青禾社工中心"])),
    ],
)
def test_organizers_of_a_later_sentence(text: str, roles: tuple[list[str], ...]) -> None:
    (row,) = events(f"9月12日，首届青禾公益市集在森林公园举办。{text}")
    assert (row["guided_by"], row["hosted_by"], row["organized_by"]) == roles


def test_hosts_that_act_together() -> None:
    (row,) = events("9月12日，盘信镇社工站协同镇司法所、派出所，在集镇开展“宪法进万家”集中宣传活动。")
    assert row["hosted_by"] == ["盘信镇社工站", "镇司法所", "派出所"]


def test_a_meeting_here_is_not_in_the_region_of_its_name() -> None:
    text = "9月12日，全省社会工作现场会在该区召开。"
    (row,) = find_events(Reading(text, day=DAY, region="130503"))
    assert (row["region"], row["place"]) == ("130503", None)


@pytest.mark.parametrize(
    ("text", "attendance"),
    [
        ("9月12日，首届残疾人运动会在福集广场鸣哨开赛，86名残疾人和家属同场竞技。", 86),
        ("9月12日，社工培训班在县委党校开班，120名学员将接受为期5天的系统培训。", 120),
        ("9月12日，社工夜校在文化馆开班，首批45名学员来自社区。", 45),
        ("9月12日，社工站“开放日”活动举行，45人走进社工站。", 45),
    ],
)
def test_how_many_came(text: str, attendance: int) -> None:
    assert events(text)[0]["attendance"] == attendance


def test_an_event_named_where_something_happened_at_it() -> None:
    (row,) = events("9月12日，在利通区社会工作督导聘任仪式上，马小芳拿到了聘书。")
    assert (row["name"], str(row["start_date"])) == ("利通区社会工作督导聘任仪式", "2024-09-12")


def test_a_region_that_held_an_event_is_where_it_was() -> None:
    text = "9月12日，新宁县在崀山镇启动“山村夜校”项目。"
    assert find_events(Reading(text, day=DAY, region="430503"))[0]["region"] == "430528"


def test_the_host_stands_before_what_it_is_about() -> None:
    (row,) = events("9月12日，荣县民政局邀请县人社局负责人，就社工岗位开发召开专题座谈会。")
    assert row["hosted_by"] == ["荣县民政局"]
    assert events("9月12日，县民政局还将委托青禾中心，对新录用人员开展不少于60学时的岗前培训。") == []


def test_who_came_over_a_whole_festival_did_not_come_to_its_end() -> None:
    text = "9月12日，福鼎市第三届社工文化节闭幕式在剧院举行。文化节自开幕以来举办9场活动，2600余人次参与。"
    assert events(text)[0]["attendance"] is None


def test_a_council_s_session_is_a_meeting() -> None:
    assert events("9月12日，福建省社会工作联合会三届二次理事会在福州召开。")[0]["name"].endswith("三届二次理事会")
    assert events("9月12日，市社会工作联合会理事会召开。") == []


def test_later_organizers_of_what_the_name_ends_with() -> None:
    text = "9月12日，秀英区第二届社工技能大比武在文化宫举行。大比武由秀英区总工会主办、青禾社工中心承办。"
    (row,) = events(text)
    assert (row["hosted_by"], row["organized_by"]) == (["秀英区总工会"], ["青禾社工中心"])


def test_hosts_before_where_they_went() -> None:
    (row,) = events("9月12日，儒林镇社工站携手县图书馆、县新华书店，走进中心小学，开展“书香苗乡”阅读推广活动。")
    assert (row["hosted_by"], row["place"]) == (["儒林镇社工站", "县图书馆", "县新华书店"], "中心小学")


def test_what_was_told_is_given_its_name() -> None:
    (row,) = events("9月12日，屏幕上老人和儿女见面。\n这是青禾社工站策划的“云上团圆”视频拜年活动，今年是第二年。")
    assert (row["name"], row["hosted_by"]) == ("“云上团圆”视频拜年活动", ["青禾社工站"])


def test_those_counted_beside_others_are_not_all() -> None:
    (row,) = events("9月12日，社工培训班在县委党校举行，机构负责人、46名项目主管参加。")
    assert row["attendance"] is None


def test_what_was_held_was_not_held_months_later() -> None:
    report = date(2021, 3, 30)
    (row,) = find_events(Reading("8月3日至9日，青禾社工中心举办“海的孩子”夏令营。", day=report))
    assert (str(row["start_date"]), str(row["end_date"])) == ("2020-08-03", "2020-08-09")
    (row,) = find_events(Reading("定于8月3日至9日在青禾宾馆举办“海的孩子”夏令营。", day=report))
    assert str(row["start_date"]) == "2021-08-03"


def test_a_village_that_held_an_event_is_where_it_was() -> None:
    (row,) = events("9月12日，青禾县二十里店镇林场村举行升国旗仪式，120余名群众参加。")
    assert (row["place"], row["hosted_by"]) == ("青禾县二十里店镇林场村", [])
