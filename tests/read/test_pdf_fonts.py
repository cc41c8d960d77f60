"""What of a PDF page must not depend on fonts, and pages whose geometry makes no sense."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.read.reader import read_bytes
from tests.read.foundry import cast
from tests.read.press import Column, Press

LEAD = "近日，青禾区社工站启用，四名社工入驻，为居民提供走访、陪伴和心理支持等服务，附近的居民都来参观。"
TITLE = "青禾区社工站启用"


def page(font: str = "STSong-Light") -> Press:
    return Press(600, 800, font, 10, 15)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The names of the fonts that pdfium asks the system for."""
    names: list[str] = []
    fields = dict(raw.FPDF_SYSFONTINFO._fields_)

    def map_font(_: object, weight: int, italic: int, charset: int, family: int, face: object, exact: object) -> int:
        names.append(ctypes.cast(face, ctypes.c_char_p).value.decode("latin-1"))  # type: ignore[arg-type, union-attr]
        return 0

    system = raw.FPDF_SYSFONTINFO(version=1, MapFont=fields["MapFont"](map_font))
    raw.FPDF_SetSystemFontInfo(system)
    yield names
    raw.FPDF_SetSystemFontInfo(None)


def test_no_font_of_the_system_is_asked_for(asked: list[str]) -> None:
    made = page()
    made.line(LEAD, 40, 40, 10)
    made.line("Hello", 40, 60, 10, "Helvetica")
    content = made.pdf()
    assert read_bytes(content, "page.pdf").text.split("\n") == [f"{LEAD}Hello"]
    assert asked == []


def test_pdfium_left_alone_would_ask(asked: list[str]) -> None:
    made = page()
    made.line(LEAD, 40, 40, 10)
    document = pdfium.PdfDocument(made.pdf())
    document[0].get_textpage().count_chars()
    document.close()
    assert any("STSong" in name for name in asked)


@pytest.mark.parametrize("font", ["STSong-Light", "MSung-Light", "Boxes", "Ghost"])
def test_text_is_whole_whatever_its_font_draws(font: str) -> None:
    """Of a font that is not embedded, of one that is, and of one that is but draws nothing, as behind a scan; in one
    piece, and sign by sign across and down the page."""
    cast("Boxes", LEAD + TITLE)
    cast("Ghost", LEAD + TITLE, outlined=False)
    made = page(font)
    made.down(TITLE, 540, 60, 20, True)
    for n, char in enumerate(LEAD[:20]):
        made.line(char, 60 + 10 * n, 60, 10)
    made.line(LEAD[20:], 40, 75, 10)
    assert read_bytes(made.pdf(), "page.pdf").text.replace("\n", "") == TITLE + LEAD


def hidden(size: float, scale: float) -> Press:
    """Four lines that can be read, and more that cannot, set in a tiny size or made tiny by a matrix."""
    made = page()
    made.line(TITLE, 40, 40, 20)
    for n in range(4):
        made.line(LEAD, 40, 80 + 15 * n, 10)
    made.canvas.saveState()
    made.canvas.scale(scale, scale)
    for n in range(60):
        made.line("社工服务居民关爱" * 10, 40, 200 + n, size)
    made.canvas.restoreState()
    return made


@pytest.mark.parametrize(("size", "scale"), [(0.1, 1.0), (0.05, 1.0), (0.01, 1.0), (10.0, 0.01), (1e-6, 1.0)])
def test_a_hidden_layer_is_left_out_and_counted(size: float, scale: float) -> None:
    document = read_bytes(hidden(size, scale).pdf(), "page.pdf")
    assert document.text == f"{TITLE}\n{LEAD * 4}"
    assert [flag.split(":")[0] for flag in document.flags] == ["unseen_glyphs"]


@pytest.mark.parametrize("size", [0.1, 0.3])
def test_a_page_of_nothing_but_tiny_text_is_read(size: float) -> None:
    made = page()
    for n in range(4):
        made.line(LEAD, 40, 80 + 2 * size * n, size)
    document = read_bytes(made.pdf(), "page.pdf")
    assert document.text == LEAD * 4
    clean(document)


NUMBERS = ["0", "1", "-1", "0.5", "12", "-800", "0.0000001", "1000000", "-9e9", "9" * 20, "9" * 60, "-" + "9" * 400]
number = st.sampled_from(NUMBERS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[number] * 6), max_size=2), st.lists(st.tuples(number, *[number] * 6), max_size=4), number)
def test_no_matrix_and_no_size_stops_the_reading(
    outer: list[tuple[str, ...]], pieces: list[tuple[str, ...]], spacing: str
) -> None:
    made = page()
    made.line(LEAD, 40, 40, 10)
    made.canvas.saveState()
    for matrix in outer:
        made.canvas._code.append(" ".join(matrix) + " cm")
    for size, *terms in pieces:
        made.canvas.setFont("STSong-Light", 10)
        made.canvas._code.append(f"BT {spacing} Tc /F2 {size} Tf {' '.join(terms)} Tm <793e5de50020> Tj ET")
        made.canvas._code.append(f"{terms[0]} {terms[1]} {terms[2]} {terms[3]} re f")
    made.canvas.restoreState()
    document = read_bytes(made.pdf(), "page.pdf")
    assert document.reason is None
    assert LEAD in document.text.replace("\n", "")
    clean(document)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 45, -90, 450])
@pytest.mark.parametrize("box", ["0 0 600 800", "0 0 0 0", "600 800 0 0", "-100 -100 500 700", "0 0 1 1", "1 1 1 800"])
def test_no_page_box_stops_the_reading(turn: int, box: str) -> None:
    made = page()
    made.canvas.setPageCompression(0)
    made.line(LEAD, 40, 40, 10)
    made.text([(LEAD, False)], [Column(40, 100, 300, 200)], random.Random(0))
    content = made.pdf().replace(b"/MediaBox [ 0 0 600 800 ]", f"/MediaBox [ {box} ]".encode())
    content = content.replace(b"/Rotate 0", f"/Rotate {turn}".encode())
    assert f"[ {box} ]".encode() in content
    document = read_bytes(content, "page.pdf")
    assert document.reason is None or document.reason.startswith(("page_too_large: ", "no_text: "))
    clean(document)


def test_pages_without_anything_are_counted() -> None:
    made = page()
    made.turn_page()
    made.line(LEAD, 40, 40, 10)
    made.turn_page()
    document = read_bytes(made.pdf(), "page.pdf")
    assert document.text.strip() == LEAD
    assert "pages_without_text:2" in document.flags
