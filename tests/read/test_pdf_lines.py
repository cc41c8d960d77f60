"""Characters of PDF pages to lines: marks narrower than an em, squeezed marks, spaces, numbers of items."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from flows.read.pdf.lines import printed_lines
from flows.read.pdf.sheet import Glyph, Rect
from flows.read.reader import read_bytes
from tests.read.foundry import cast
from tests.read.press import NEVER_FIRST, NEVER_LAST, Column, Press, wrap

QUOTED = (
    "居民赵阿姨说：“社工来了，‘老邻居’又聚到一起了。”站长周某——也是一名老社工——告诉记者：“一听、二商、三评，"
    "邻里的事大家办……”阿丽娅·买买提和玛丽·李也来帮忙，她们说：“这里像家一样。”"
)
PLAIN = "据介绍，社工站由区民政局建设，设有活动室、个案室和图书角，每天从早到晚开放，居民随时都能来坐一坐。"
ENGLISH = (
    "The social workers of the district have opened a new station for the elderly, and 20 volunteers of 3 towns joined."
)
NARROW = "“”‘’·—…"


def press() -> Press:
    return Press(600, 800, "STSong-Light", 10, 16)


def text_of(page: Press) -> str:
    return read_bytes(page.pdf(), "page.pdf").text


def widths(ems: float) -> str:
    """A font for the marks that Chinese text shares with Latin, each of this width."""
    name = f"Marks{round(1000 * ems)}"
    cast(name, NARROW, lambda char: round(1000 * ems))
    return name


def set_mixed(page: Press, chars: str, x: float, top: float, marks: str) -> None:
    """A line with its marks in a font of their own, one piece of text after the other, as word processors set it."""
    piece = ""
    for char in (*chars, ""):
        if piece and (char == "" or (char in NARROW) != (piece[-1] in NARROW)):
            font = marks if piece[0] in NARROW else page.font
            page.line(piece, x, top, page.body, font)
            x += stringWidth(piece, font, page.body)
            piece = ""
        piece += char


@pytest.mark.parametrize("ems", [0.25, 0.34, 0.44, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("room", [17, 40])
def test_marks_keep_their_place_whatever_their_width(ems: float, room: int) -> None:
    marks = widths(ems)
    page = press()
    columns = 2 if room < 20 else 1

    def width_of(chars: str) -> float:
        return stringWidth("".join(char for char in chars if char in NARROW), marks, 1) + sum(
            char not in NARROW for char in chars
        )

    lines = [*wrap(QUOTED, room, 2, width_of), *wrap(PLAIN, room, 2, width_of)]
    first = {0, len(list(wrap(QUOTED, room, 2, width_of)))}
    half = -(-len(lines) // columns)
    for n, chars in enumerate(lines):
        left = 50 + (n // half) * (room * 10 + 12)
        set_mixed(page, chars, left + (20 if n in first else 0), 60 + 16 * (n % half), marks)
    assert text_of(page) == f"{QUOTED}\n{PLAIN}"


@pytest.mark.parametrize("first", [True, False])
def test_marks_that_are_drawn_after_or_before_the_rest_of_their_line_stand_in_it(first: bool) -> None:
    """Word processors draw all of a line that is in one font, with gaps, and then what is in the other."""
    marks = widths(0.5)
    page = press()
    chars = "居民赵阿姨说：“社工来了，‘老邻居’又聚到一起了。”站长“周某”说"
    kern = dict.fromkeys(NARROW, -500)
    for drawn in (first, not first):
        parts: list[str] = []
        x = start = 50.0
        if drawn:
            for char in chars:
                if char in NARROW:
                    page.line(char, x, 60, 10, marks)
                x += 5 if char in NARROW else 10
            continue
        for char in chars:
            parts.append(str(kern[char]) if char in NARROW else f"<{ord(char):04x}>")
        page.line("", 0, 0, 10)
        page.canvas._code.append(f"BT 1 0 0 1 {start} {800 - 60 - 8.8} Tm [{' '.join(parts)}] TJ ET")
    page.line(PLAIN[:20], 50, 76, 10)
    assert text_of(page) == chars + PLAIN[:20]


def test_a_mark_alone_on_the_last_line_is_no_heading() -> None:
    page = press()
    set_mixed(page, "近日，青禾区社工站启用，四名社工入驻，居民说：“真好！", 50, 60, widths(0.44))
    set_mixed(page, "”", 50, 76, widths(0.44))
    document = read_bytes(page.pdf(), "page.pdf")
    assert [block.tag for block in document.blocks] == ["p"]


VERTICAL = [
    "近日，青禾區舉行年會，會長說：「社工要走進每一個社區。」會上表彰了二十名社工（含實習社工）。與會者認為，"
    "社工站（含村級社工點）、志願者應當攜手，把服務送到「最後一公里」。",
    "祕書長介紹，去年新增社工三百名（女性佔七成）。她說：「年輕人願意留下來，是因為看到了希望。」",
]


def squeezed(chars: str) -> list[float]:
    """How far each character goes down, in ems: a mark in front of or behind another one leaves out its blank half."""
    steps = [1.0] * len(chars)
    for i in range(len(chars) - 1):
        if (chars[i] in NEVER_FIRST and chars[i + 1] in NEVER_FIRST + NEVER_LAST) or (
            chars[i] in NEVER_LAST and chars[i + 1] in NEVER_LAST
        ):
            steps[i] = 0.5
    return steps


@pytest.mark.parametrize("vertical_font", [True, False])
def test_squeezed_marks_do_not_tear_text_that_runs_down(vertical_font: bool) -> None:
    page = Press(420, 595, "MSung-Light", 10, 16)
    right = 390.0
    for paragraph in VERTICAL:
        rest, indent = paragraph, 1
        while rest:
            room, count = 30.0 - indent, 0
            steps = squeezed(rest)
            while count < len(rest) and sum(steps[: count + 1]) <= room:
                count += 1
            while count < len(rest) and (rest[count] in NEVER_FIRST or rest[count - 1] in NEVER_LAST):
                count -= 1
            right -= 17
            top = 60.0 + 10 * indent
            for char, step in zip(rest[:count], steps, strict=False):
                page.down(char, right, top, 10, not vertical_font)
                top += 10 * step
            rest, indent = rest[count:], 0
    assert text_of(page) == "\n".join(VERTICAL)


@pytest.mark.parametrize("drawn_later", [False, True])
def test_turned_digits_and_dashes_stand_in_their_line_down_the_page(drawn_later: bool) -> None:
    page = press()
    cast("Dash", "—…")
    parts = ["近日，青禾区社工站启用，面积", "1200", "平方米，", "——", "居民赵阿姨说，", "NGO", "也来帮忙", "……"]
    top, turned = 60.0, []
    for part in parts:
        if part[0].isascii() or part[0] in "—…":
            turned.append((part, top))
            top += 10 * stringWidth(part, "Dash" if part[0] in "—…" else "Helvetica", 1)
        else:
            page.down(part, 500, top, 10, True)
            top += 10 * len(part)
        if turned and not drawn_later:
            page.turned_down(*turned.pop(), 500, 10)
    page.down("居民随时都能来坐一坐，下一步将与学校联动", 483, 60, 10, True)
    for part, place in turned:
        page.turned_down(part, place, 500, 10)
    assert text_of(page) == "".join(parts) + "居民随时都能来坐一坐，下一步将与学校联动"


def test_a_glyph_that_means_several_characters_goes_as_far_as_they_do() -> None:
    page = press()
    page.canvas.setPageCompression(0)
    page.line("站长周某", 50, 60, 10)
    page.canvas._code.append("/Span <</ActualText <feff20142014>>> BDC")
    page.line("一", 90, 60, 10)
    page.canvas._code.append("EMC")
    page.line("也是一名老社工", 108, 60, 10)
    assert text_of(page) == "站长周某——也是一名老社工"


@pytest.mark.parametrize("gap", [6.0, 9.0])
def test_paragraphs_without_an_indent_are_parted_by_the_gap_between_them(gap: float) -> None:
    page = press()
    top = 60.0
    for paragraph in (PLAIN, QUOTED, PLAIN[:24] + "。", PLAIN):
        for chars in wrap(paragraph, 25):
            page.line(chars, 50, top, 10)
            top += 13
        top += gap
    assert text_of(page).split("\n") == [PLAIN, QUOTED, PLAIN[:24] + "。", PLAIN]


ITEMS = [
    "建立独居老人探访制度，每周上门不少于两次，并做好记录，遇有急事及时报告社区和家属，节假日不间断。",
    "完善困境儿童档案，由社工站专人负责，按季度更新，接受检查。",
    "开展社区调解，社工与志愿者共同参与，化解邻里纠纷，定期公布结果，让居民看得见、信得过、用得上。",
    "加强督导培训，学习成果纳入考核。",
]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1.", "2.", "3.", "4."],
        ["一、", "二、", "三、", "四、"],
        ["（一）", "（二）", "（三）", "（四）"],
        "①②③④",
        "1234",
    ],
)
@pytest.mark.parametrize("tab", [1.0, 2.0])
def test_the_number_of_an_item_stands_in_front_of_it(numbers: list[str], tab: float) -> None:
    page = press()
    page.line(PLAIN[:38], 70, 60, 10)
    page.line(PLAIN[38:], 50, 76, 10)
    top = 92.0
    for number, item in zip(numbers, ITEMS, strict=True):
        page.line(number, 50, top, 10)
        hang = 50 + stringWidth(number, page.font, 10) + 10 * tab
        for chars in wrap(item, 34):
            page.line(chars, hang, top, 10)
            top += 16
    lines = text_of(page).split("\n")
    assert lines == [PLAIN, *(f"{number} {item}" for number, item in zip(numbers, ITEMS, strict=True))]


def test_the_number_of_an_item_stands_above_it_in_text_that_runs_down() -> None:
    page = Press(420, 595, "MSung-Light", 10, 16)
    right = 380.0
    for chars in ("近日，青禾區舉行年會，會上通過了四項倡議，全文如下，請各社工", "站周知。"):
        page.down(chars, right, 60, 10, False)
        right -= 17
    for number, item in zip("一二三四", ITEMS, strict=True):
        page.down(number, right, 60, 10, False)
        for chars in wrap(item, 28):
            page.down(chars, right, 80, 10, False)
            right -= 17
    lines = text_of(page).split("\n")
    assert lines[1:] == [f"{number} {item}" for number, item in zip("一二三四", ITEMS, strict=True)]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
@pytest.mark.parametrize("space", [0.2, 0.25, 0.35])
def test_words_whose_gaps_are_only_positions_are_parted(font: str, space: float) -> None:
    page = press()
    x, top = 50.0, 60.0
    for word in ENGLISH.split():
        if x + stringWidth(word, font, 10) > 300:
            x, top = 50.0, top + 14
        page.line(word, x, top, 10, font)
        x += stringWidth(word, font, 10) + 10 * space
    page.line(PLAIN[:20], 50, 400, 10)
    assert text_of(page).split("\n")[0] == ENGLISH


@pytest.mark.parametrize("stretch", [0.0, 0.1, 0.25])
def test_letters_set_wide_are_no_words(stretch: float) -> None:
    page = press()
    page.line("全区2024年新增社工1286名，NGO组织35家，服务居民12345人次。", 50, 60, 10, space=10 * stretch)
    assert text_of(page) == "全区2024年新增社工1286名，NGO组织35家，服务居民12345人次。"


@pytest.mark.parametrize("drawn", ["space", "tight", "wide"])
def test_a_space_behind_each_character_says_nothing(drawn: str) -> None:
    """`space`: as wide as the font says. `tight`: covered by the next character. `wide`: two where a word ends."""
    page = press()
    top = 60.0
    for chars in wrap(PLAIN * 2, 24):
        if drawn == "tight":
            for n, char in enumerate(chars):
                page.line(char + " ", 50 + 10 * n, top, 10)
        else:
            page.line(" ".join(chars), 50, top, 10)
        top += 16
    page.line("主办：  青禾区民政局" if drawn == "wide" else "主办", 50, top, 10)
    found = text_of(page)
    assert found.replace("\n", "").startswith(PLAIN * 2)


def test_a_space_between_names_stays_one() -> None:
    page = press()
    page.text([(PLAIN, False)], [Column(50, 60, 400, 300)], random.Random(0))
    page.line("本报记者 林某 通讯员 周某某", 50, 440, 10)
    page.line("联系人：林某　电话：无", 50, 480, 10)
    assert text_of(page).split("\n") == [PLAIN, "本报记者 林某 通讯员 周某某", "联系人：林某　电话：无"]


place = st.integers(0, 60).map(lambda n: n * 4.0)
glyph = st.builds(
    lambda char, x, y, wide, size, turn, run: Glyph(char, Rect(x, y, x + wide, y + size), size, turn, "", run),
    st.sampled_from("社工１1.、一（）“”·—a b\u3000•③\ufffd"),
    place,
    place,
    st.sampled_from([0.0, 4.0, 10.0]),
    st.sampled_from([4.0, 10.0, 10.0, 10.0, 24.0]),
    st.sampled_from([0, 0, 0, 1, 2, 3]),
    st.integers(0, 9),
)


@given(st.lists(glyph, max_size=60))
def test_every_character_stands_in_one_line_once(glyphs: list[Glyph]) -> None:
    lines, columns = printed_lines(glyphs, 10.0)
    found = Counter("".join(line.chars for line in (*lines, *columns)))
    assert Counter({char: n for char, n in found.items() if not char.isspace()}) == Counter(
        glyph.char for glyph in glyphs if not glyph.char.isspace()
    )
