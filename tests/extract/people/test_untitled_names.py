"""Names without a title: in lists, on lines with a label, and by their look and neighbours."""

import pytest

from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading


def people(text: str) -> list[str]:
    return [row["name"] for row in find_people(Reading(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家住石桥镇的陈玉娥，女儿嫁到了外地。", ["陈玉娥"]),
        ("从外省赶来的余国平一把抱住母亲。余国平说不出话。", ["余国平"]),
        ("县里有个叫吴松林的男孩，今年十岁。", ["吴松林"]),
        ("消息传来，王秀兰最近睡得好了。", ["王秀兰"]),
        ("获奖的有石玉芬、方志强、温美伶、简樱芳、詹筱薇、县府社会处长巫国梁。", 6),
        ("沈知夏、韩冬、毕晓彤等10人获奖，于婕、贝一鸣等4位获提名。", ["沈知夏", "韩冬", "毕晓彤"]),
        ("决定对魏淑玲等10名同志给予表扬。", ["魏淑玲"]),
        (
            "东山区：魏书岭　高艳红\n西山区：郝志强\n南山区：申鹏飞　贾丽娟",
            ["魏书岭", "高艳红", "郝志强", "申鹏飞", "贾丽娟"],
        ),
        ("采购人联系人：廖先秀\n电话：略", ["廖先秀"]),
        ("社工韩雪和5名大学生来了。", ["韩雪"]),
        ("审判长吕保国在判后宣读。", ["吕保国"]),
    ],
)
def test_found(text: str, expected: list[str] | int) -> None:
    found = people(text)
    assert len(found) == expected if isinstance(expected, int) else found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "非常安静的村子，全面建成小康社会，健康发展。",
        "前往敖汉旗、黄骅港、和平区、金山、宝山、嘉定、青浦。",
        "祝大家新年好。任重道远。",
        "摄影：高艳红\n审核：郝志强",
        "单位：石桥镇\n地点：和平里",
        "姚明刚到，姚明和队友说，姚明在训练。",
        "戚家军、杨家将的故事。",
        "高质量、高水平、全方位、多层次、宽领域等10个方面。",
        "高中生、大学生、研究生等10名学生。",
    ],
)
def test_none(text: str) -> None:
    assert people(text) == []


def test_a_list_of_names_and_communities_holds_seldom_names_too() -> None:
    text = "名单如下：\n励国安　东湖街道史家社区\n水明霞　百合街道演武社区\n忻元福　下湾街道湾底村\n以上公示。"
    assert people(text) == ["励国安", "水明霞", "忻元福"]
    assert people("名单如下：\n励国安　东湖街道史家社区\n以上公示。") == []  # one line is no list


def test_who_reports_is_none_of_the_story() -> None:
    assert people("青禾讯（记者谢东平　通讯员段秀莲）近日，青禾县红旗小学开学。社工罗云飞来了。") == ["罗云飞"]
    assert people("会议为20名“金牌社工”颁发奖牌。") == []


def test_a_list_goes_on_over_what_a_bracket_says_and_a_name_with_a_gap() -> None:
    text = "鲍丹丽、周信平、邬贤良、史吉（女）、俞阿毛、林  超、葛冬青、楼一声、应翠霞"
    assert people(text) == ["鲍丹丽", "周信平", "邬贤良", "史吉", "俞阿毛", "葛冬青", "楼一声", "应翠霞"]
