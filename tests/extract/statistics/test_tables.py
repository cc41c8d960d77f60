"""Figures of tables: which cells are rows, of which region and time."""

from __future__ import annotations

from flows.extract.statistics.tables import find_tabled
from flows.extract.words.reading import Reading

BY_COUNTY = (
    "丽水市社工站情况如下。\n县区\t社工站（个）\t驻站社工（名）\n云和县\t18\t51\n青田县\t27\t1,083\n合计\t45\t1134"
)
BY_YEAR = "数据如下。\n指标\t2021年（万人）\t2022年（万人）\n持证社会工作者\t3.4\t4.15"


def test_a_cell_counts_what_its_column_names_in_the_region_of_its_row() -> None:
    rows = find_tabled(Reading(BY_COUNTY, region="331100"))
    assert [(row["region"], row["indicator"], row["value"]) for row in rows] == [
        ("331125", "social_work_stations", 18),
        ("331125", "stationed_social_workers", 51),
        ("331121", "social_work_stations", 27),
        ("331121", "stationed_social_workers", 1083),
        ("331100", "social_work_stations", 45),
        ("331100", "stationed_social_workers", 1134),
    ]
    assert all(BY_COUNTY[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert rows[1]["quote"] == "云和县\t18\t51"


def test_a_year_may_head_a_column_and_an_indicator_a_row() -> None:
    rows = find_tabled(Reading(BY_YEAR, region="330000"))
    assert [(row["indicator"], row["value"], row["as_of"]) for row in rows] == [
        ("licensed_social_workers", 34000, "2021"),
        ("licensed_social_workers", 41500, "2022"),
    ]


def test_a_figure_that_the_text_states_is_not_told_again() -> None:
    known = find_tabled(Reading(BY_YEAR, region="330000"))[:1]
    assert [row["value"] for row in find_tabled(Reading(BY_YEAR, region="330000"), known=known)] == [41500]


def test_posts_of_one_employer_are_none_of_a_region() -> None:
    rows = find_tabled(Reading("招聘计划\n岗位\t人数\t学历\n社工\t4\t本科\n护理员\t6\t大专", region="330381"))
    assert [(row["indicator"], row["indicator_text"], row["value"]) for row in rows] == [
        ("other", "社工", 4),
        ("other", "护理员", 6),
    ]


def test_columns_without_a_unit_and_text_without_tabs_are_no_figures() -> None:
    assert find_tabled(Reading("姓名\t电话\t成绩（分）\n林知\t5551234\t86")) == []
    assert find_tabled(Reading("全市社工站45个。")) == []


def test_a_caption_gives_time_and_unit_and_a_head_may_hold_brackets() -> None:
    caption = "附表：社工站情况（截至2021年12月31日，单位：个）"
    text = f"{caption}\n县区\t村（社区）社工室\t镇（街道）社工站（个）\n云和县\t18\t5"
    rows = find_tabled(Reading(text, region="331100"))
    assert [(row["indicator"], row["value"], row["as_of"]) for row in rows] == [
        ("social_work_rooms", 18, "2021-12-31"),
        ("social_work_stations", 5, "2021-12-31"),
    ]


def test_rows_of_projects_are_parts_in_the_year_of_the_report_and_agencies_are_known_by_the_text() -> None:
    text = "社工项目如下。\n项目\t资助金额（万元）\n陪伴计划\t28\n护航计划\t23.5"
    projects = find_tabled(Reading(text.replace("项目\t", "名称\t"), "2021年购买社会工作服务结果公示", region="331083"))
    assert [(row["subject"], row["as_of"], row["as_of_basis"]) for row in projects] == [("part", "2021", "carried")] * 2
    agencies = find_tabled(Reading("社工数据如下。\n县区\t服务机构（家）\n云和县\t18\n青田县\t27", region="331100"))
    assert {row["indicator"] for row in agencies} == {"social_work_agencies"}


def test_what_a_column_counts_is_told_by_what_the_table_is_about() -> None:
    table = "社工都在看。\n{}\n县区\t合格人数（人）\t合格率（%）\n云和县\t180\t21.5\n青田县\t127\t20.1"
    told = find_tabled(Reading(table.format("社会工作者职业水平考试情况"), region="331100"))
    assert [row["indicator"] for row in told] == ["exam_passers", "exam_pass_rate"] * 2
    told = find_tabled(Reading(table.format("农产品抽检情况"), region="331100"))
    assert {row["indicator"] for row in told} == {"other"}


def test_cells_of_a_line_each_are_rows_too() -> None:
    text = f"各县社工站情况如下。\n{BY_COUNTY.split(chr(10), 1)[1]}\n庆元县\t9\t30".replace("\t", "\n")
    rows = find_tabled(Reading(text, region="331100"))
    assert [(row["region"], row["indicator"], row["value"]) for row in rows][:3] == [
        ("331125", "social_work_stations", 18),
        ("331125", "stationed_social_workers", 51),
        ("331121", "social_work_stations", 27),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_single_spaces_part_the_cells_under_a_head_that_names_units() -> None:
    text = BY_COUNTY.replace("\t", " ")
    rows = find_tabled(Reading(text, region="331100"))
    assert [row["value"] for row in rows] == [18, 51, 27, 1083, 45, 1134]
    assert find_tabled(Reading(text.replace("（个）", "").replace("（名）", ""), region="331100")) == []
