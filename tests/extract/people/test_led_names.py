"""Names behind everyday titles are found whatever follows them, and everyday words behind such titles are no names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.people.find import find_people
from flows.extract.people.led_names import led_end
from flows.extract.words.reading import Reading


def titles(text: str) -> dict[str, list[str]]:
    return {row["name"]: row["titles"] for row in find_people(Reading(text))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("社工黄美玲第一次上门，老人不肯开门。", {"黄美玲": ["社工"]}),
        ("社工沈佳音连续上门十多次。", {"沈佳音": ["社工"]}),
        ("家庭医生潘秋莹每月随访。", {"潘秋莹": ["家庭医生"]}),
        ("医院的心理治疗师叶静文做评估。", {"叶静文": ["心理治疗师"]}),
        ("他和同学丁旭办起托管班。", {"丁旭": []}),
        ("外卖骑手、兼职网格员慕小峰说，愿意。", {"慕小峰": ["外卖骑手", "兼职网格员"]}),
        ("72岁的楼栋长佟德山起初并不看好。", {"佟德山": ["楼栋长"]}),
        ("青禾省民政厅二级巡视员谯永生出席。", {"谯永生": ["二级巡视员"]}),
        ("青禾大学法学院教授衣俊豪现场点评。", {"衣俊豪": ["教授"]}),
        ("助理署长（青年及感化服务）郭志雄在会上表示。", {"郭志雄": ["助理署长"]}),
        ("社工张婷手把手教老人用手机。", {"张婷": ["社工"]}),
        ("站长高峰介绍，会长黎明在会上表示，", {"高峰": ["站长"], "黎明": ["会长"]}),
        ("发起人是退休教师索秀兰。", {"索秀兰": ["发起人", "退休教师"]}),
        ("低保户马有才拿到了救助金。", {"马有才": []}),
    ],
)
def test_names_behind_everyday_titles(text: str, found: dict[str, list[str]]) -> None:
    assert titles(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "社工温柔地说，居民明白了，志愿者强忍泪水。",
        "社工高质量完成，志愿者成功劝返，居民平安回家。",
        "老师高度评价，学生全部参加，老师常常家访。",
        "社工小李和小王陪老人聊天。",
        "居民安居乐业，村民金山银山。",
        "干部包片联系群众，志愿者严格执行规定。",
        "对乡村医生承担的服务给予补助。",
        "梁伯（化名）独居。梁伯只说了一句。余老太笑了。刘大娘说好。",
        "患者林秀英（化名）说，她好多了。",
    ],
)
def test_everyday_words_behind_titles_are_nobody(text: str) -> None:
    assert titles(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        ("姜承志同志任青禾市委社会工作部副部长；", "姜承志", ["副部长"]),
        ("曲丽曼同志任青禾市民政局副局长、市委“两新”工委副书记；", "曲丽曼", ["副局长", "市委“两新”工委副书记"]),
        ("免去滕世荣同志的青禾市委社会工作部副部长职务。", "滕世荣", ["副部长"]),
        ("任命李庆东为青禾市民政局局长。", "李庆东", ["局长"]),
        ("刘明轩不再担任青禾市社会工作协会会长职务。", "刘明轩", ["会长"]),
        ("由张华担任组长，李丽任副组长。", "张华", ["组长"]),
        ("张明华是青禾市第一批持证社工。", "张明华", ["社工"]),
    ],
)
def test_offices_given_and_taken(text: str, name: str, held: list[str]) -> None:
    assert titles(text)[name] == held


@pytest.mark.parametrize(
    "text",
    [
        "发布会现场。青禾在线记者 覃朗明 摄",
        "居民在小院里议事。本报记者 万思 摄\n会议开始。",
        "桌子才不会落灰。\n（评论员 邹原）",
        "（青禾晚报记者 梁静 通讯员 李静）日前，展览开幕。",
        "青禾日报记者 段彦 廖艳\n社工节开幕。",
    ],
)
def test_who_signs_is_not_spoken_of(text: str) -> None:
    assert titles(text) == {}


def test_a_reporter_who_does_something_in_the_story_is_spoken_of() -> None:
    assert titles("青禾台记者张加宁随即采访了负责人。") == {"张加宁": ["记者"]}


def test_an_organization_begins_behind_the_verb() -> None:
    text = "我们请青禾区人民医院的治疗师叶静英来讲课。"
    assert find_people(Reading(text))[0]["organization"] == "青禾区人民医院"


@given(st.text(alphabet="社工黎明珠张婷手把文高峰，。（）", max_size=12), st.booleans())
def test_a_name_never_ends_beyond_the_text(text: str, office: bool) -> None:
    end = led_end(text, 0, 0, office)
    assert end == 0 or 2 <= end <= min(3, len(text))
