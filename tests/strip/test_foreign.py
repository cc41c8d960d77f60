"""Pages in other languages, and Chinese stories beside their translation."""

from __future__ import annotations

import pytest

from flows.chinese import to_traditional
from flows.clean import clean
from flows.document import Tables
from flows.read.reader import read_bytes
from tests.pages import FOOT, MENU, SOURCE, STORY, TITLE, cleaned
from tests.segment.test_articles import assert_conserved

JAPANESE = [
    "青禾市でソーシャルワーカーが学校を訪問",
    "青禾市民政局は三月五日、市内の小学校でソーシャルワーカーによる支援活動の開始式を開き、十二校の代表が参加した。",
    "同局の担当者は、今後は子どもたちの心の支援や家庭教育の相談などのサービスを提供していくと述べた。",
    "活動は一年間で二十人の専門職を派遣する計画で、学校側も大きな期待を寄せている。",
]
KOREAN = [
    "청허시 사회복지사 학교 방문 활동 시작",
    "청허시 민정국은 3월 5일 시내 초등학교에서 사회복지사의 지원 활동 개막식을 열었고 열두 학교의 대표가 참가했다.",
    "담당자는 앞으로 어린이들의 심리 지원과 가정 교육 상담 등의 서비스를 제공할 것이라고 밝혔다.",
    "활동은 첫해에 스무 명의 전문 인력을 파견할 계획이며 학교 측도 큰 기대를 나타냈다.",
]
ENGLISH = [
    "Social workers begin their visits to the schools of Qinghe",
    "The civil affairs bureau of Qinghe opened a programme on March 5 that brings social workers to twelve schools.",
    "An official said that the programme would offer counselling, company after school and advice to families.",
    "Twenty social workers will visit the schools twice a week in the first year, and teachers welcome them.",
]
RUSSIAN = [
    "Социальные работники начинают посещать школы города",
    "Управление гражданской администрации города открыло программу, в которой участвуют двенадцать школ и учителя.",
    "Представитель управления сообщил, что программа предложит детям психологическую помощь и советы семьям.",
    "В первый год двадцать социальных работников будут приходить в школы два раза в неделю.",
]
NOTICE = "本网站所刊登的各种新闻和信息，未经授权不得转载，违者将依法追究法律责任。"
OTHERS = [JAPANESE, KOREAN, ENGLISH, RUSSIAN]
HTML = "<html><head><title>{}</title></head><body>{}</body></html>"


def as_html(lines: list[str], title: str) -> Tables:
    page = HTML.format(title, "".join(f"<p>{line}</p>" for line in lines))
    return clean(read_bytes(page.encode(), "page.html"))


@pytest.mark.parametrize("story", OTHERS)
@pytest.mark.parametrize("around", [([], []), (MENU, FOOT), (["新闻中心 | 日文 | 韩文 | 英文"], [NOTICE])])
def test_a_page_in_another_language_is_rejected_as_such(story: list[str], around: tuple[list[str], list[str]]) -> None:
    lines = [*around[0], *story, *around[1]]
    for tables in (cleaned(*lines), as_html(lines, story[0])):
        assert tables["articles"] == []
        assert tables["documents"][0]["reason"].startswith("foreign_language:")
        assert_conserved(tables)


def test_links_in_another_language_are_no_article_in_it_either() -> None:
    for lines in (
        ["Home", "News", "About us", "Contact", "Sitemap", "Careers"],
        ["ホーム", "ニュース", "お問い合わせ"],
    ):
        assert cleaned(*lines)["documents"][0]["reason"].startswith("foreign_language:")
    assert cleaned(*MENU)["documents"][0]["reason"].startswith("no_article:")


@pytest.mark.parametrize("other", OTHERS)
def test_a_chinese_story_beside_its_translation_stays(other: list[str]) -> None:
    for lines in ([TITLE, SOURCE, *STORY, *other], [*MENU, TITLE, SOURCE, *STORY, "", *other, *other[1:], *FOOT]):
        for tables in (cleaned(*lines), as_html(lines, TITLE)):
            (article,) = tables["articles"]
            assert article["title"] == TITLE
            assert article["text"].split("\n")[: len(STORY)] == STORY
            assert not any(line in article["text"] for line in other[1:])
            assert_conserved(tables)


@pytest.mark.parametrize("other", OTHERS)
def test_a_translation_between_the_paragraphs_leaves_them_whole(other: list[str]) -> None:
    lines = [TITLE, SOURCE, *[line for pair in zip(STORY, [*other[1:], other[1]], strict=True) for line in pair]]
    (article,) = cleaned(*lines)["articles"]
    assert article["text"].split("\n") == STORY


def test_a_chinese_story_with_foreign_names_and_words_stays_whole() -> None:
    story = [
        *STORY,
        "《となりのトトロ》と《君の名は》两部日本动画在活动中放映，孩子们看得入迷，社工还讲解了片中的家庭故事。",
        "来自首尔的社工김민수和来自伦敦的Mary Johnson介绍了Social Work Education和Case Management的经验。",
        "“We are happy to be here and to learn from the social workers of this city,” 她在活动结束时这样说。",
        "As one of the visitors put it at the end of the day, social work is the same all over the world.",
    ]
    (article,) = cleaned(TITLE, SOURCE, *story)["articles"]
    assert article["text"].split("\n") == story


def test_a_headline_of_its_own_keeps_a_short_story_among_much_foreign_text() -> None:
    story = "青禾社工走进十二所学校，为学生提供心理支持。"
    tables = cleaned("青禾社工走进学校 为学生提供心理支持", SOURCE, story, *(ENGLISH * 3)[1:])
    assert [row["text"] for row in tables["articles"]] == [story]


@pytest.mark.parametrize("story", [STORY, [to_traditional(line) for line in STORY]])
def test_japanese_beside_chinese_of_either_script_is_not_converted(story: list[str]) -> None:
    line = "會議で學校の圖書館を訪問し、專門職の國際交流について話し合った。"
    (article,) = cleaned(TITLE, SOURCE, *story, line)["articles"]
    assert article["text"].split("\n") == [*STORY, line]
