"""PDF pages to text and articles."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from flows.clean import clean
from flows.document import RawDocument, Tables
from flows.read.formats import PDF
from flows.read.pdf import MAX_PAGES
from flows.read.pdf.furniture import is_furniture
from flows.read.reader import read_bytes
from tests.read.fuzz_pdf import outcome
from tests.read.newspaper import order_of
from tests.read.press import Column, Press
from tests.read.pressroom import make_page

LEAD = "近日，青禾区社工站启用，四名社工入驻，为居民提供走访、陪伴和心理支持等服务，附近的居民都来参观。"
MORE = [
    "据介绍，社工站由区民政局建设，面积三百平方米，设有活动室、个案室和图书角，每天从早到晚开放。",
    "社工林某说，开放第一周就有一百多名居民来访，不少老人留下来下棋，孩子们在图书角写作业。",
    "下一步，社工站将与社区、学校和医院联动，把服务送到行动不便的居民家中，让更多人受益。",
    "居民周某说，过去办事要跑两条街，现在下楼就能找到人，心里踏实多了，希望站点一直办下去。",
]
BODY, WIDTH = 9.0, 135.0


def read(content: bytes) -> RawDocument:
    return read_bytes(content, "page.pdf")


def press(font: str = "STSong-Light") -> Press:
    return Press(600, 800, font, BODY, 13)


def columns(count: int, top: float = 120, bottom: float = 700, gutter: float = 9.0, x: float = 40) -> list[Column]:
    return [Column(x + n * (WIDTH + gutter), top, bottom, WIDTH) for n in range(count)]


def set_text(page: Press, paragraphs: list[str], where: list[Column]) -> None:
    page.text([(paragraph, False) for paragraph in paragraphs], where, random.Random(0))


def tagged(document: RawDocument, tag: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.tag == tag]


def articles(content: bytes) -> list[tuple[str | None, str | None, str]]:
    return [(row["title"], row["subtitle"], row["text"]) for row in clean(read(content))["articles"]]


def spans(tables: Tables) -> list[tuple[int, int]]:
    rows = [*tables["removals"], *(row for row in tables["lineage"] if row["raw_start"] is not None)]
    return sorted((row["raw_start"], row["raw_end"]) for row in rows if row["raw_end"] > row["raw_start"])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_with_a_narrow_gutter_are_read_one_after_the_other(count: int) -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, count * (WIDTH + 9) - 9, 60, 24)
    set_text(page, [LEAD, *MORE], columns(count, bottom=120 + 13 * (-(-30 // count))))
    document = read(page.pdf())
    assert tagged(document, "p") == [LEAD, *MORE]
    assert document.media_type == PDF
    assert document.encoding is None


def test_each_headline_opens_a_story() -> None:
    page = press()
    for n, title in enumerate(["青禾区社工站启用", "白石镇为老人送餐"]):
        x = 40 + n * 2 * (WIDTH + 9)
        page.centred(title, x, 2 * WIDTH + 9, 60, 22)
        set_text(page, MORE[2 * n : 2 * n + 2], columns(2, 100, 150, x=x))
    page.centred("南屏区的新客厅", 40, 3 * (WIDTH + 9), 300, 28)
    set_text(page, [LEAD], columns(3, 350, 375))
    assert articles(page.pdf()) == [
        ("青禾区社工站启用", None, "\n".join(MORE[:2])),
        ("白石镇为老人送餐", None, "\n".join(MORE[2:])),
        ("南屏区的新客厅", None, LEAD),
    ]


def test_kicker_and_subtitle_stand_around_the_headline() -> None:
    page = press()
    page.centred("基层故事", 40, 2 * WIDTH, 50, 14)
    page.centred("青禾区社工站启用", 40, 2 * WIDTH, 70, 26)
    page.centred("——记一线社工的一天", 40, 2 * WIDTH, 102, 14)
    page.centred("本报记者 林某", 40, 2 * WIDTH, 124, BODY)
    set_text(page, [LEAD, *MORE], columns(2, 150, 400))
    assert articles(page.pdf()) == [("青禾区社工站启用", "基层故事 ——记一线社工的一天", "\n".join([LEAD, *MORE]))]


def test_the_running_head_is_removed_and_tells_page_and_date() -> None:
    page = press()
    page.line("第03版", 40, 20, 12)
    page.line("要闻", 100, 20, 12)
    page.line("2024年3月5日 星期二", 400, 20, 9)
    page.centred("青禾区社工站启用", 40, 2 * WIDTH, 60, 24)
    set_text(page, [LEAD, *MORE], columns(2))
    page.line("责任编辑：林某 版式：周某", 40, 775, 8)
    content = page.pdf()
    document = read(content)
    assert (document.stated.page, document.stated.published) == ("03", "2024年3月5日")
    tables = clean(document)
    taken = {row["text"]: row["rule"] for row in tables["removals"] if row["kind"] == "page_furniture"}
    assert taken == {
        "第03版": "running_head",
        "要闻": "running_head",
        "2024年3月5日 星期二": "running_head",
        "责任编辑：林某 版式：周某": "running_foot",
    }
    assert tables["articles"][0]["text"] == "\n".join([LEAD, *MORE])


@pytest.mark.parametrize(
    "chars", ["A3", "02", "第12版", "2024年3月5日 星期二", "責任編輯：林某", "青禾日报", "总第1234期", "- 3 -"]
)
def test_what_a_running_head_holds(chars: str) -> None:
    assert is_furniture(chars)


@pytest.mark.parametrize("chars", ["青禾区社工站启用", "3月5日，社工站启用", "第3期培训班开班", "要闻"])
def test_what_is_no_running_head(chars: str) -> None:
    assert not is_furniture(chars)


def test_a_caption_does_not_cut_the_text_around_its_picture() -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, WIDTH, 60, 16)
    page.picture(40, 220, WIDTH, 80)
    page.line("图为社工站一角。林某 摄", 40, 304, 8)
    set_text(page, [LEAD, *MORE], [Column(40, 100, 210, WIDTH), Column(40, 330, 700, WIDTH)])
    content = page.pdf()
    assert tagged(read(content), "figcaption") == ["图为社工站一角。林某 摄"]
    assert articles(content) == [("青禾区社工站启用", None, "\n".join([LEAD, *MORE]))]


@pytest.mark.parametrize("tint", [True, False])
def test_a_frame_inside_a_story_is_a_story_of_its_own(tint: bool) -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, 2 * WIDTH + 9, 60, 24)
    page.box(40, 230, WIDTH, 90, tint)
    page.centred("服务热线", 44, WIDTH - 8, 236, 11, "HeiseiKakuGo-W5")
    page.text([(MORE[3], False)], [Column(49, 254, 315, WIDTH - 18)], random.Random(0))
    set_text(page, [LEAD, *MORE[:3]], [Column(40, 110, 225, WIDTH), *columns(2, 110, 400)[1:]])
    assert articles(page.pdf()) == [
        ("青禾区社工站启用", None, "\n".join([LEAD, *MORE[:3]])),
        ("服务热线", None, MORE[3]),
    ]


@pytest.mark.parametrize("one_by_one", [True, False])
def test_text_down_the_page_is_read_from_the_right(one_by_one: bool) -> None:
    page = press()
    page.down("青禾区社工站启用", 540, 60, 20, one_by_one)
    right = 520.0
    for paragraph in [LEAD, *MORE]:
        for n, start in enumerate(range(0, len(paragraph) + 2, 25)):
            right -= 14
            chunk = ("　　" + paragraph)[start : start + 25].strip("　")
            page.down(chunk, right, 60 + (0 if n else 18), BODY, one_by_one)
    assert articles(page.pdf()) == [("青禾区社工站启用", None, "\n".join([LEAD, *MORE]))]


@pytest.mark.parametrize("x", [40.0, 40.0 + 2 * (WIDTH + 9) + 6])
def test_a_headline_down_the_page_stands_beside_its_text(x: float) -> None:
    page = press()
    page.down("青禾区社工站启用", x, 60, 20, True)
    set_text(page, [LEAD, *MORE], columns(2, 60, 300, x=70 if x == 40 else 40))
    assert articles(page.pdf()) == [("青禾区社工站启用", None, "\n".join([LEAD, *MORE]))]


def test_a_large_first_letter_belongs_to_its_line() -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, WIDTH, 60, 18)
    page.line(LEAD[0], 40, 100, 26)
    for n, (start, end) in enumerate([(1, 13), (13, 25), (25, 40), (40, 60)]):
        page.line(LEAD[start:end], 68 if n < 2 else 40, 100 + 13 * n, BODY)
    assert tagged(read(page.pdf()), "p") == [LEAD]


def test_traditional_fonts_are_read() -> None:
    page = press("MSung-Light")
    page.centred("青禾區社會工作站啟用", 40, 2 * WIDTH, 60, 22)
    lead = "近日，青禾區社會工作站啟用，「發展」與「關愛」並重，四名社工為居民提供走訪、陪伴等服務。"
    set_text(page, [lead], columns(2))
    assert tagged(read(page.pdf()), "p") == [lead]


def test_a_heading_inside_a_story_opens_none() -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, 2 * WIDTH, 60, 24)
    where = columns(2, bottom=330)
    page.text([(LEAD, False), (MORE[0], False), ("服务到家", True), (MORE[1], False)], where, random.Random(0))
    assert articles(page.pdf()) == [("青禾区社工站启用", None, "\n".join([LEAD, MORE[0], "服务到家", MORE[1]]))]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    page = press()
    page.centred("青禾区社工站启用", 40, WIDTH, 60, 24)
    for n in range(3):
        page.line(
            "近日青禾区社工站启用仪式在广场" if n else "近日青禾区社工站启用了四人",
            40 + (0 if n else 18),
            120 + 13 * n,
            BODY,
        )
    page.turn_page()
    page.line("举行，居民都来祝贺。", 40, 60, BODY)
    content = page.pdf()
    assert "\n\f" in read(content).text
    whole = "近日青禾区社工站启用了四人" + 2 * "近日青禾区社工站启用仪式在广场" + "举行，居民都来祝贺。"
    assert articles(content)[0][2] == whole


def test_a_printed_page_is_conserved() -> None:
    for seed in (3, 9):
        document = read(make_page(seed).pdf)
        row = clean(document)["documents"][0]
        found = spans(clean(document))
        assert [0, *(end for _, end in found)] == [*(start for start, _ in found), row["char_count"]]
        assert row["kept_chars"] + row["removed_chars"] == row["char_count"]


def test_generated_pages_come_out_as_they_were_printed() -> None:
    right = 0
    for seed in range(300, 306):
        page = make_page(seed)
        document = read(page.pdf)
        bare = "".join(document.text.split())
        assert sorted(bare) == sorted("".join(page.chars.split()))
        assert all(
            order_of(story.printed, bare)[0] >= 0.99 * order_of(story.printed, bare)[1] for story in page.stories
        )
        found = {(row["title"], row["text"]) for row in clean(document)["articles"]}
        right += found == {(story.title, "\n".join(story.paragraphs)) for story in page.stories}
    assert right >= 5


def test_a_scanned_page_has_no_text() -> None:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(600, 800))
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 600, 800)
    canvas.showPage()
    canvas.save()
    assert (read(content.getvalue()).reason or "").startswith("no_text: ")


def test_an_encrypted_file_is_rejected_and_one_that_only_forbids_copying_is_flagged() -> None:
    def made(user: str) -> bytes:
        content = io.BytesIO()
        canvas = Canvas(content, encrypt=StandardEncryption(user, "owner", canCopy=0))
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(50, 500, LEAD)
        canvas.showPage()
        canvas.save()
        return content.getvalue()

    assert (read(made("secret")).reason or "").startswith("encrypted: ")
    assert read(made("")).reason is None
    assert "copying_forbidden" in read(made("")).flags


def test_pages_past_the_limits_are_rejected() -> None:
    page = press()
    for _ in range(MAX_PAGES):
        page.turn_page()
    assert (read(page.pdf()).reason or "").startswith("too_many_pages: ")
    huge = Press(20_000, 800, "STSong-Light", 9, 13)
    huge.line(LEAD, 40, 40, 9)
    assert (read(huge.pdf()).reason or "").startswith("page_too_large: ")


def test_what_is_left_of_a_file_is_flagged_or_rejected() -> None:
    content = make_page(1).pdf
    for tenth in range(1, 10):
        document = read(content[: len(content) * tenth // 10])
        assert "truncated" in document.flags or (document.reason or "").startswith(("malformed: ", "no_text: "))


@pytest.mark.parametrize(
    "rest", [b"", b"\n", b"\x00" * 500, b"\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>"]
)
def test_garbage_is_malformed(rest: bytes) -> None:
    assert (read(b"%PDF-1.7" + rest).reason or "").startswith("malformed: ")


def test_damaged_files_never_raise() -> None:
    assert {outcome(seed) for seed in range(40)} <= {"text", "malformed", "no_text", "unmapped", "encrypted"}


def test_characters_without_a_meaning_are_kept_as_such_and_counted() -> None:
    page = press()
    page.canvas.setPageCompression(0)
    page.line(LEAD[:8], 40, 60, BODY)
    page.line("Hello, all 1100 of you", 40, 100, BODY, "Helvetica")
    content = page.pdf().replace(b"/UniGB-UCS2-H", b"/Identity-H").replace(b"(GB1)", b"(Identity)")
    document = read(content)
    assert document.text == "\ufffd" * 8 + "\nHello, all 1100 of you"
    assert "unmapped_glyphs:8" in document.flags
    alone = content.replace(b"(Hello, all 1100 of you)", b"(Hi)")
    assert (read(alone).reason or "").startswith("unmapped: ")


def test_characters_printed_twice_stand_once() -> None:
    page = press()
    for shift in (0.0, 0.3):
        page.line("青禾区社工站启用", 40 + shift, 60, 24)
    page.line(LEAD, 40, 100, BODY)
    assert read(page.pdf()).text.split() == ["青禾区社工站启用", LEAD]


def test_a_page_that_is_turned_is_read_upright() -> None:
    page = press()
    page.canvas.setPageRotation(90)
    for n, paragraph in enumerate([LEAD, *MORE]):
        page.turned(paragraph[:40], 100 + 16 * n, 700, BODY)
    assert read(page.pdf()).text == "".join(paragraph[:40] for paragraph in [LEAD, *MORE])


def test_sections_of_a_report_are_no_stories() -> None:
    page = Press(600, 800, "STSong-Light", 12, 20)
    page.centred("青禾区社会工作年度报告", 60, 480, 60, 24)
    page.text([(LEAD, False)], [Column(60, 110, 200, 480)], random.Random(0))
    page.line("服务概况", 60, 220, 18)
    page.text([(MORE[0], False), (MORE[1], False)], [Column(60, 260, 400, 480)], random.Random(0))
    content = page.pdf()
    assert tagged(read(content), "h4") == ["服务概况"]
    assert articles(content) == [("青禾区社会工作年度报告", None, "\n".join([LEAD, "服务概况", MORE[0], MORE[1]]))]


def test_a_running_head_is_read_whatever_characters_its_font_gives() -> None:
    page = press()
    page.line("第⼆版", 40, 20, 12)
    page.line("2024年5⽉6⽇ 星期⼀", 400, 20, 9)
    page.centred("青禾区社工站启用", 40, 2 * WIDTH, 60, 24)
    set_text(page, [LEAD.replace("工", "⼯"), *MORE], columns(2))
    document = read(page.pdf())
    assert document.stated.published == "2024年5月6日"
    assert [block.tag for block in document.blocks][:2] == ["header", "header"]
    assert clean(document)["articles"][0]["text"] == "\n".join([LEAD, *MORE])
