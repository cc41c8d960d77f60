"""People are found with their titles and organization, and nothing else is taken for a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.document import Row
from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading


def people(text: str) -> dict[str, Row]:
    return {row["name"]: row for row in find_people(Reading(text))}


@pytest.mark.parametrize(
    ("text", "name", "titles", "organization"),
    [
        ("市委常委、副市长周国梁出席会议。", "周国梁", ["市委常委", "副市长"], None),
        ("临川县民政局党组书记、局长林知主持。", "林知", ["党组书记", "局长"], "临川县民政局"),
        ("吴桐会长代表协会致辞。", "吴桐", ["会长"], None),
        ("东海大学社会工作系主任江一帆教授作报告。", "江一帆", ["社会工作系主任", "教授"], "东海大学"),
        ("会长兼秘书长何蓓，", "何蓓", ["会长兼秘书长"], None),
        ("省民政厅救助处和福利处处长孙卓。", "孙卓", ["救助处和福利处处长"], "省民政厅"),
        ("重庆市副市长但文博讲话。", "但文博", ["副市长"], None),
        ("院长欧阳雪峰介绍说，", "欧阳雪峰", ["院长"], None),
        ("教师艾力·吐尔逊和大家见面。", "艾力·吐尔逊", ["教师"], None),
        ("协作会安全委员会成员艾力·吐尔逊表示支持。", "艾力·吐尔逊", ["成员"], "协作会安全委员会"),
        ("徐汇区枫林社区党委书记宋平说，", "宋平", ["党委书记"], "徐汇区枫林社区"),
        ("民盟中央副主席（兼）程丽华到会。", "程丽华", ["副主席"], "民盟中央"),
        ("张海（杭州市慈善总会副会长）说，", "张海", ["副会长"], "杭州市慈善总会"),
    ],
)
def test_titles_and_organization(text: str, name: str, titles: list[str], organization: str | None) -> None:
    row = people(text)[name]
    assert (row["titles"], row["organization"]) == (titles, organization)


def test_a_list_shares_the_title_in_front_of_it() -> None:
    rows = people("副会长韩梅、李雷和王芳等参加活动。")
    assert {name: row["titles"] for name, row in rows.items()} == {
        name: ["副会长"] for name in ("韩梅", "李雷", "王芳")
    }


def test_each_of_a_list_keeps_to_its_own_titles() -> None:
    rows = people("市民政局局长赵一鸣，区委副书记、区长钱进，社工孙晓出席。")
    assert [row["titles"] for row in rows.values()] == [["局长"], ["区委副书记", "区长"], ["社工"]]


def test_a_title_before_a_comma_is_not_taken_from_the_one_who_holds_it() -> None:
    rows = people("系主任黄晨教授、秘书长李丹致辞。")
    assert rows["李丹"]["titles"] == ["秘书长"]


def test_a_person_named_again_is_the_same_row_and_gains_titles() -> None:
    rows = find_people(Reading("陈实指出，要抓落实。会后，会长陈实接受采访。"))
    assert [(row["name"], row["titles"], row["start"]) for row in rows] == [("陈实", ["会长"], 0)]


def test_a_title_of_a_second_organization_keeps_its_name() -> None:
    row = people("南山区委组织部副部长、南山区总工会主席魏来说，")["魏来"]
    assert (row["organization"], row["titles"]) == ("南山区委组织部", ["副部长", "南山区总工会主席"])


def test_a_short_organization_is_given_in_full() -> None:
    text = "活动由兰亭区民政局主办。区民政局局长郑义出席。"
    assert people(text)["郑义"]["organization"] == "兰亭区民政局"


@pytest.mark.parametrize(
    "text",
    [
        "县委书记批示，社工站负责人参加。",
        "南开大学周恩来政府管理学院举办论坛。",
        "社工应该高度重视，志愿者全程参与，居民安全得到保障。",
        "演唱了歌曲《王昭君》。",
        "刘某和王女士表示感谢，张大爷很高兴。",
        "志愿者和青年一起前往张家港。",
        "会员单位、代表时间、教师成长、专家方面。",
        "局长高度评价，主任任务很重，书记常务工作多。",
        "高级社工师、中级社工师若干名。",
    ],
)
def test_no_person(text: str) -> None:
    assert people(text) == {}


def test_where_a_name_ends_before_a_verb() -> None:
    assert list(people("局长徐知出席，主任高天深入社区。")) == ["徐知", "高天"]


def test_a_verb_of_speech_is_evidence_at_the_beginning_of_a_clause_only() -> None:
    assert list(people("周平表示，支持。")) == ["周平"]
    assert people("他向周边表示。") == {}


@given(st.text(alphabet="局长王明、，和记者社工区民政教授·（）说在《》欧阳 \n", max_size=80))
def test_any_text_gives_rows_whose_span_is_the_name(text: str) -> None:
    for row in find_people(Reading(text)):
        assert text[row["start"] : row["end"]] == row["name"]
        assert all(title in text for title in row["titles"])


@pytest.mark.parametrize(
    ("text", "name", "titles", "organization"),
    [
        ("临江慈善总会召开大会。韩立、陈月、孙小满当选副会长，田伯安当选秘书长。", "孙小满", ["副会长"], None),
        ("林小溪，女，汉族，现任望江县社工总站站长。", "林小溪", ["站长"], "望江县社工总站"),
        ("林知秋表示，林知秋是望江县社工总站的一名社工。", "林知秋", ["社工"], None),
        ("乔月是望江县社工总站的一名社工。站长乔月说，要坚持。", "乔月", ["站长", "社工"], None),
        ("名单如下：\n顾小北 望江县新桥镇社工站站长\n钱大钧 志愿者", "顾小北", ["站长"], "望江县新桥镇社工站"),
        ("我叫林小满，今年二十三岁。", "林小满", [], None),
        ("东江大学社会学与社会工作系主任秦禾主持。", "秦禾", ["社会学与社会工作系主任"], "东江大学"),
        ("安宁大学社会与政治学院范清教授到场。", "范清", ["教授"], "安宁大学社会与政治学院"),
        ("区民政局局长谭林及其党组成员、二级调研员梁敏参加。", "梁敏", ["党组成员", "二级调研员"], None),
        ("“她是榜样。”社工站督导、江北学院教师鲍春说。", "鲍春", ["督导", "教师"], "江北学院"),
        ("江北市企业家环保基金会（绿洲基金会）秘书长杨松发言。", "杨松", ["秘书长"], "江北市企业家环保基金会"),
        (
            "绿耕社会工作发展中心张和清教授、江北市协作者服务中心主任李滔在线指导。",
            "李滔",
            ["主任"],
            "江北市协作者服务中心",
        ),
        ("临江县社会工作联合会开会。联合会会长陈根作报告。", "陈根", ["会长"], "临江县社会工作联合会"),
        ("香港社会福利联会（社联）公布调查。社联行政总裁陈文表示，", "陈文", ["行政总裁"], "香港社会福利联会"),
        ("督导时小荣认为，要坚持。", "时小荣", ["督导"], None),
        ("嘉禾学院教师黄金凤点评道，", "黄金凤", ["教师"], "嘉禾学院"),
        ("志愿者买买提江·吾买尔和妻子来了。", "买买提江·吾买尔", ["志愿者"], None),
        ("城关区堆龙社工站社工次仁卓玛、", "次仁卓玛", ["社工"], "城关区堆龙社工站"),
        ("大会召开，买买提·依明副局长作部署。", "买买提·依明", ["副局长"], None),
        ("社会及家庭署署长周道君也到场。", "周道君", ["署长"], None),
        ("主持的是青禾市乐融社工服务中心的项目主管沈佳。", "沈佳", ["项目主管"], "青禾市乐融社工服务中心"),
        ("青禾县城关镇社工站工作人员刘敏带领志愿者来了。", "刘敏", ["工作人员"], "青禾县城关镇社工站"),
        ("社会处长陈欣到场。", "陈欣", ["处长"], "社会处"),
        ("咨商心理师林怡分享经验。", "林怡", ["咨商心理师"], None),
        ("民政办主任徐莉评价她踏实。", "徐莉", ["民政办主任"], None),
        ("镇党委副书记、政法委员顾建中出席。", "顾建中", ["党委副书记", "政法委员"], None),
        ("社工欧志豪、甘玉婷和凌子轩三人分享了故事。", "凌子轩", ["社工"], None),
        ("中心举办讲座，该中心主任夏雨说，“好”。江北春晖服务中心", "夏雨", ["主任"], "江北春晖服务中心"),
    ],
)
def test_forms_of_introduction(text: str, name: str, titles: list[str], organization: str | None) -> None:
    row = people(text)[name]
    assert row["titles"] == titles
    assert organization is None or row["organization"] == organization


def test_a_list_that_ends_in_others_is_a_list_of_names() -> None:
    assert set(people("周平、吴静、郑爽、王岚等同志前往看望。")) == {"周平", "吴静", "郑爽", "王岚"}


@pytest.mark.parametrize(
    "text",
    [
        "首都师范大学教授到场。",
        "店员告诉临江青年报·临江青年网记者，今天休息。",
        "队长阿强、义工钟伯包饺子。",
        "位于滨江戴高乐将军广场。",
        "获得高质量回答的第一步。",
        "陈同佳向家人鞠躬致歉。",
        "记者：那后来的经费怎么办？",
        "记者：那老人的家属呢？",
        "一位患者曾因费心过度住院。",
        "副主任区文明办供稿。",
        "书记保安全。",
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert set(people(text)) <= {"陈同佳"}


def test_who_attends_is_named_by_the_clause_alone() -> None:
    assert set(people("会长江帆到访。吴平、郑爽陪同调研。社工参加活动。")) == {"江帆", "吴平", "郑爽"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("46岁的周晓燕在社区住了十年。", ["周晓燕"]),
        ("林小雨毕业于望江大学。", ["林小雨"]),
        ("获奖的有：周晓燕、林小雨、陈志强、王丽萍等。", ["周晓燕", "林小雨", "陈志强", "王丽萍"]),
        ("来自望江大学的林小雨获奖。", ["林小雨"]),
        ("望江大学林小雨荣获一等奖。", ["林小雨"]),
        (
            "为“十佳社工”韦春燕、覃丽芳、莫雪梅、陆小兰、农艳萍、梁志坚、卢海英、蒙秀丽颁奖。",
            ["韦春燕", "覃丽芳", "莫雪梅", "陆小兰", "农艳萍", "梁志坚", "卢海英", "蒙秀丽"],
        ),
        ("食堂备了黄瓜、白菜、牛肉、马铃薯等。", []),
        ("高中生今年参加服务。", []),
        ("新华社莫斯科12月30日电", []),
        ("日报发表评论员文章，题目是《坚持》。", []),
        ("记者从水利部门获悉，工程开工。", []),
        ("他到任故宫院长。", []),
    ],
)
def test_names_without_a_title_must_look_like_names(text: str, names: list[str]) -> None:
    assert list(people(text)) == names


def test_a_name_with_a_letter_of_the_word_before_it_is_the_same_person() -> None:
    rows = people("局长李强到场。他说，完全赞成李强局长的意见。")
    assert list(rows) == ["李强"]


@pytest.mark.parametrize(
    ("text", "name", "organization"),
    [
        ("江北市民政局局长宋刚，社会工作处处长胡媛出席。", "胡媛", "江北市民政局"),
        ("江北市慈善会会长宋刚、副会长胡媛出席。", "胡媛", "江北市慈善会"),
        ("江北市民政局局长宋刚，社工胡媛出席。", "胡媛", None),
        ("江北市民政局局长宋刚出席。社会工作处处长胡媛主持。", "胡媛", None),
    ],
)
def test_a_later_person_of_a_list_shares_the_organization(text: str, name: str, organization: str | None) -> None:
    assert people(text)[name]["organization"] == organization


CENTRE = "云和县启明社工服务中心"


@pytest.mark.parametrize(
    ("text", "name", "titles", "organization"),
    [
        (
            "王敏，东海大学社会工作专业副教授，南岭市晨光社工服务中心督导，来到现场。",
            "王敏",
            ["社会工作专业副教授", "南岭市晨光社工服务中心督导"],
            "东海大学",
        ),
        (
            f"林梅，女，畲族，1988年出生，中共党员，高级社会工作师，{CENTRE}理事长。",
            "林梅",
            ["高级社会工作师", "理事长"],
            CENTRE,
        ),
        (f"东海学院副院长蓝晓东、{CENTRE}主任吴丽芬当选副会长。", "吴丽芬", ["主任", "副会长"], CENTRE),
        ("会议选举林梅为会长，周倩任秘书长。", "周倩", ["秘书长"], None),
        ("大会选举林大海为会长、念玉珍为秘书长。", "念玉珍", ["秘书长"], None),
        ("大会选举林大海为会长、念玉珍为秘书长。", "林大海", ["会长"], None),
        ("会议推选周建明、吴小燕为副会长。", "吴小燕", ["副会长"], None),
        ("由市民政局、团市委推荐，选举周建明为会长。", "周建明", ["会长"], None),
        ("由周建明担任会长、吴小燕担任秘书长。", "周建明", ["会长"], None),
        ("协会会长刀世荣认领了三个微心愿。", "刀世荣", ["会长"], None),
        ("她跟着副教授林建平调查了六个社区。", "林建平", ["副教授"], None),
        ("云和县民政局副局长蓝海军说。", "蓝海军", ["副局长"], "云和县民政局"),
    ],
)
def test_people_of_apposition_and_election(text: str, name: str, titles: list[str], organization: str | None) -> None:
    row = people(text)[name]
    assert (row["titles"], row["organization"]) == (titles, organization)


@pytest.mark.parametrize("mark", ["  ", "\t", "　"])
def test_a_list_of_names_and_organizations(mark: str) -> None:
    lines = [("丁一", "云和县石桥镇社工站"), ("马晓琳", "云和县启明社工服务中心"), ("周建国", "云和县民政局")]
    text = "名单：\n" + "\n".join(mark.join(line) for line in lines)
    assert [(name, row["organization"]) for name, row in people(text).items()] == lines
    lines = [("丁一", "云和县石桥镇社工站"), ("周平", "云和县启明社工服务中心")]
    assert people("名单：\n" + "\n".join(mark.join(line) for line in lines)) == {}


def test_who_is_no_name_behind_a_word_for_the_old() -> None:
    assert people("为68位老人包饺子，看望独居老人王阿婆。") == {}


def test_a_list_may_have_numbers_and_other_columns() -> None:
    lines = ["1\t丁一\t女\t云和县民政局", "2\t马晓琳\t男\t青田县民政局", "3\t周建国\t男\t莲都区民政局"]
    rows = people("名单：\n" + "\n".join(lines))
    assert [row["organization"] for row in rows.values()] == ["云和县民政局", "青田县民政局", "莲都区民政局"]


def test_a_line_of_marks_behind_a_name_is_no_place() -> None:
    assert people("丁一 \t \t\n丁二  \t\n丁三 　\t") == {}
