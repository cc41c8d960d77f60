"""What stands between title marks is a citation, with its kind and who issued it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.citations import LONGEST, find_citations
from flows.extract.words.reading import Reading


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("印发《关于加强社工站建设的通知》", "policy"),
        ("出台《某市社会工作“十四五”规划》", "policy"),
        ("《政府购买服务管理办法（试行）》", "policy"),
        ("学习《某省志愿服务条例》", "law"),
        ("宣传《反家庭暴力法》", "law"),
        ("据《山城晚报》报道", "periodical"),
        ("刊发在《求是》杂志上", "periodical"),
        ("做客广播《早安城市》节目", "program"),
        ("独唱《月光下的河》", "creative_work"),
        ("情景剧《邻居》", "creative_work"),
        ("出版了《社工手记》一书", "creative_work"),
        ("签订《合作协议》", "other"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [row["kind"] for row in find_citations(Reading(text))] == [kind]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("民政部办公厅印发《关于社工站的通知》。", "民政部办公厅"),
        ("近日，民政部、财政部联合印发《关于购买服务的意见》。", "民政部、财政部"),
        ("海州市委社治委在活动上发布了《社区服务指引》。", "海州市委社治委"),
        ("按照《海州市民政局关于印发工作方案的通知》要求，", "海州市民政局"),
        ("《社区工作指南》由中国社会工作联合会编制。", "中国社会工作联合会"),
        ("积极落实《购买服务实施办法》。", None),
        ("民政部负责人说，要学习《购买服务实施办法》。", None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert [row["issuer"] for row in find_citations(Reading(text))] == [issuer]


PASSAGES = yaml.safe_load((Path(__file__).parent / "citations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["citations"][0][0])
def test_passages(passage: dict[str, Any]) -> None:
    found = [[row["title"], row["kind"], row["issuer"]] for row in find_citations(Reading(passage["text"]))]
    wanted = [[title, kind, issuer and issuer.replace(" ", "、")] for title, kind, issuer in passage["citations"]]
    assert (found == wanted) != ("missed" in passage)


def test_a_title_within_a_title_is_part_of_it() -> None:
    text = "转发《关于贯彻《志愿服务条例》的通知》和《关于落实〈慈善法〉的意见》"
    titles = ["关于贯彻《志愿服务条例》的通知", "关于落实〈慈善法〉的意见"]
    assert [row["title"] for row in find_citations(Reading(text))] == titles


def test_a_title_cited_twice_is_one_row_with_the_issuer_of_either() -> None:
    text = "学习《社工站建设指南》。省民政厅印发《社工站建设指南》。"
    rows = find_citations(Reading(text))
    assert [(row["title"], row["start"], row["issuer"]) for row in rows] == [("社工站建设指南", 3, "省民政厅")]


def test_an_unclosed_mark_is_no_title() -> None:
    assert find_citations(Reading("《" + "长" * (LONGEST + 1) + "》《没有\n结束》")) == []


@given(st.text(alphabet="《》〈〉民政部印发关于通知、的\n在由", max_size=60))
def test_any_text_gives_rows_whose_span_is_the_title(text: str) -> None:
    for row in find_citations(Reading(text)):
        assert text[row["start"] : row["end"]] == row["title"]
        assert row["issuer"] is None or row["issuer"] in text


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("根据《民政部 财政部关于政府购买社会工作服务的指导意见》，", "民政部、财政部"),
        ("江宁市民政局、江宁市财政局等6部门联合出台了《社工站管理办法》。", "江宁市民政局、江宁市财政局"),
        ("民政部等七部门印发的《关于加强困境儿童保障工作的意见》", "民政部"),
    ],
)
def test_joint_issuers(text: str, issuer: str) -> None:
    assert find_citations(Reading(text))[0]["issuer"] == issuer


def test_a_form_is_no_work() -> None:
    assert find_citations(Reading("请填写《志愿者登记表》。"))[0]["kind"] == "other"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("依照《中华人民共和国政府采购法》执行。", "law"),
        ("依照《中华人民共和国个人所得税法实施细则》执行。", "law"),
        ("依照《社会保险法》执行。", "law"),
        ("依照《某市救助办法》执行。", "policy"),
        ("学习《小巷工作法》。", "creative_work"),
        ("考试科目为《社会工作综合能力》和《社会工作实务（初级）》。", "other"),
        ("她出版了《社会工作实务》。", "creative_work"),
    ],
)
def test_laws_and_subjects_of_examination(text: str, kind: str) -> None:
    assert {row["kind"] for row in find_citations(Reading(text))} == {kind}


def test_the_two_highest_issuers_are_told_apart() -> None:
    rows = find_citations(
        Reading("《中共中央国务院关于社会工作的意见》和《中共中央办公厅 国务院办公厅关于志愿服务的意见》")
    )
    assert [row["issuer"] for row in rows] == ["中共中央、国务院", "中共中央办公厅、国务院办公厅"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("区委办、区政府办印发《社工站方案》。", "区委办、区政府办"),
        ("近日，永春县委、县政府出台《关于社工的意见》。", "永春县委、县政府"),
        ("会上学习了市委《关于社工的意见》。", "市委"),
        ("街道党工委制定《议事规定》。", "街道党工委"),
        ("执行《福建省民政厅社工项目管理办法（试行）》。", "福建省民政厅"),
        ("执行《福建省政府购买社会工作服务办法》。", None),
        ("由省民政厅牵头制定的《社工站规范》。", "省民政厅"),
    ],
)
def test_issuers_without_a_name_of_their_own(text: str, issuer: str | None) -> None:
    assert find_citations(Reading(text))[0]["issuer"] == issuer


def test_the_body_meant_and_the_book_written() -> None:
    (row,) = find_citations(Reading("记者从青禾县民政局获悉，该局日前印发了《社工站建设工作方案》。"))
    assert row["issuer"] == "青禾县民政局"
    (row,) = find_citations(Reading("专家编写了《医院志愿服务实务指南》。"))
    assert row["kind"] == "creative_work"
    (row,) = find_citations(Reading("会上宣读了《致全市社会工作者的一封信》。"))
    assert row["kind"] == "other"
