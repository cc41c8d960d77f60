import pytest

from flows.document import Line
from flows.extract.page.number import printed_page
from tests.pages import STORY, TITLE, cleaned


def told(*lines: str, kind: str | None = "navigation") -> str | None:
    return printed_page([Line(n, 0, len(chars), chars, kind) for n, chars in enumerate(lines)])


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("当前版: 04版 上一版 下一版", "04"),
        ("当前版：第A０７版", "A07"),
        ("本版面：B2", "B2"),
        ("版次：A07　作者：林小红", "A07"),
        ("2024年03月06日 星期三 第04版：社会", "04"),
        ("《青禾日报》（2024年03月06日 07版）", "07"),
        ("青禾日报 2024年3月6日4版", "4"),
        ("2024年3月6日 第十二版", "12"),
        ("2024年3月6日 今日8版 第2版", "2"),
        ("第A07版：民生", "A07"),
        ("第A03版：民生    上一版 ◀ ▶ 下一版    PDF下载", "A03"),
        ("A07版", "A07"),
    ],
)
def test_page_of_a_newspaper(line: str, number: str) -> None:
    assert told(line) == number


@pytest.mark.parametrize(
    "line",
    [
        *("版权所有", "下转第4版", "（上接1版）", "详见A07版", "共16版", "今日8版 2024年3月6日"),
        *("2024版教材", "2.0版", "第二版修订说明"),
    ],
)
def test_what_is_no_page(line: str) -> None:
    assert told(line) is None


def test_a_label_decides_among_the_pages_of_a_menu() -> None:
    menu = ["第01版：要闻", "第02版：综合", "第03版：民生"]
    assert told(*menu) is None
    assert told(*menu, "当前版: 02版") == "02"
    assert told("2024年3月6日 01版", "2024年3月6日 02版") is None


def test_what_a_story_says_is_not_its_page() -> None:
    assert told("本报2024年3月6日第4版刊登了来信", kind=None) is None


def test_the_page_stands_in_the_row_of_the_document() -> None:
    tables = cleaned("青禾日报", "2024年03月06日 星期三", "当前版: 06版 上一版 下一版", TITLE, *STORY)
    assert tables["documents"][0]["page"] == "06"
