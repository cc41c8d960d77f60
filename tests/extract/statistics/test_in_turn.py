"""What figures take from those before them, and share with those beside them."""

from __future__ import annotations

from datetime import date

import pytest

from flows.document import Row
from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading

DAY = date(2023, 9, 5)


def rows(text: str, indicator: str, title: str = "社工站建设") -> list[Row]:
    return [row for row in find_statistics(Reading(text, title, DAY, "320600")) if row["indicator"] == indicator]


@pytest.mark.parametrize(
    ("text", "indicator", "times"),
    [
        ("今年全市社工考试报考6218人，比去年增加704人；实际参加考试4391人。", "exam_takers", ["2023"]),
        ("2022年度社会工作者职业资格考试开考。南通考区报名2135人。", "exam_candidates", ["2022"]),
        ("往年社工考试约有600人报考。", "exam_candidates", [None]),
        # A sum over several years is of none of them.
        ("2021年至2023年，全市共投入社工站建设资金1260万元。", "project_funding", [None]),
        ("2020年至2022年，全市持证社工由12人增至37人。", "licensed_social_workers", ["2020", "2022"]),
        # What is only compared with says nothing of those that follow.
        (
            "全市持证社工3074人；较2020年底的1890人净增1184人。其中，海安市1206人。",
            "licensed_social_workers",
            [None, "2020-12-31", None],
        ),
        (
            "社工机构由2015年的12家增至2020年的18家；持证社工由162人增至571人。",
            "licensed_social_workers",
            ["2015", "2020"],
        ),
        ("2007年，全市首批社工上岗。十五年过去，持证社工从80人增至2600人。", "licensed_social_workers", [None, None]),
    ],
)
def test_times_in_turn(text: str, indicator: str, times: list[str | None]) -> None:
    assert [row["as_of"] for row in rows(text, indicator)] == times


@pytest.mark.parametrize(
    ("text", "indicator", "told"),
    [
        (
            "海安市投入社工站资金230万元，建成23个乡镇社工站；如东县投入120万元，建成18个。",
            "social_work_stations",
            [23, 18],
        ),
        ("乡镇（街道）社工站实现全覆盖，共407个。", "social_work_stations", [407]),
        ("海安市、如东县分别有612人和598人报名参加社会工作者考试。", "exam_candidates", [612, 598]),
        ("从持证社工人数看，海安市860人，如东县780人。", "licensed_social_workers", [860, 780]),
        ("全市登记社工机构46家，从业人员1986人。", "social_work_employees", [1986]),
        # A comma before people ends what the verb before it counts; a rate is none of what a large figure counts.
        ("民政局购买社工服务，32名专职社工协助管理。", "people_served", []),
        ("海安市每万人拥有持证社工4.2人；如东县次之，为176人。", "licensed_per_10000", [4.2]),
        ("全市社会组织中3A级以上社会组织达41家。", "social_organizations", []),
    ],
)
def test_what_figures_share(text: str, indicator: str, told: list[float]) -> None:
    assert [row["value"] for row in rows(text, indicator)] == told


@pytest.mark.parametrize(
    ("text", "indicator", "subjects"),
    [
        ("两县共有驻站社工162名，服务群众2.9万人次。", "people_served", [("part", None)]),
        ("现公开招聘社工20名，其中初级社工14名、中级社工6名。", "mid_level_social_workers", []),
        ("全市社区工作者623名，持有社会工作者职业资格证书的247名。", "licensed_social_workers", [("part", "320600")]),
        ("社工站项目资金180万元，已拨付108万元。", "project_funding", [("region", "320600"), ("part", "320600")]),
        ("海安市向阳社区现有居民2164户，低保户208户。", "minimum_living_recipients", [("body", None)]),
        ("今年，全市将新建社工站2个，市级财政安排专项资金45万元。", "project_funding", []),
        ("论坛发布的调查显示，全市持证社工3210人。", "licensed_social_workers", [("region", "320600")]),
    ],
)
def test_whose_figures_are(text: str, indicator: str, subjects: list[tuple[str, str | None]]) -> None:
    assert [(row["subject"], row["region"]) for row in rows(text, indicator)] == subjects


def test_a_name_that_holds_a_joint_is_one_place() -> None:
    text = "各县社工站资金：莲都区110万元、云和县45万元、庆元县50万元。"
    found = find_statistics(Reading(text, "丽水市社工站资金", DAY, "331100"))
    assert [row["region"] for row in found] == ["331102", "331125", "331126"]
