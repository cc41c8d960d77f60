"""PDF to text: printed pages in reading order, a paragraph a line, with what the print says of each."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.document import Block
from flows.read.pdf.blocks import Group
from flows.read.pdf.characters import LOST
from flows.read.pdf.fonts import forget_system_fonts
from flows.read.pdf.furniture import at_edge, find_furniture, repeated_edges, stated_by, without_digits
from flows.read.pdf.glyphs import read_sheet
from flows.read.pdf.layout import Passage, lay_out_page
from flows.read.pdf.lines import printed_lines
from flows.read.pdf.paragraphs import Writer, Written, indents_paragraphs
from flows.read.pdf.sheet import PrintedLine, Sheet, body_size, without_overprint
from flows.read.reading import Read, Unread

MAX_PAGES = 100
"""A newspaper's issue or a long report; more is a book."""

MAX_SIDE = 14_400.0
"""Points: the largest page that PDF readers show (200 inches)."""

MAX_GLYPHS = 200_000
"""Characters of a page that are looked at: 20 times those of a full newspaper page."""

MAX_LOST = 0.5
"""Share of characters without a meaning from which on the text is worth nothing."""

_COPYING = 1 << 4
_ENCRYPTED = 4


MAX_BOXES = 1000
"""Frames of a page; so far apart are the numbers of those of two pages."""

_Laid = tuple[list[PrintedLine], list[Passage], list[PrintedLine]]
"""Running heads, passages and feet of a page."""


class _Page(NamedTuple):
    sheet: Sheet
    lines: list[PrintedLine]
    columns: list[PrintedLine]


def read_pdf(content: bytes, charset: str | None = None) -> Read | Unread:
    """The text of a PDF file, page after page, with a form feed in front of each but the first.

    Every visible character of the file's text stands in it once; one that the file gives no meaning to as U+FFFD.
    Blocks have the tags h1 to h3 (headlines, by size), kicker and subtitle (above and below one), h4 (a heading inside
    a story), p, figcaption, and header and footer (`within` says so too). `within` is "aside" for what stands in a
    frame, and `words` "box1", "box2" tells frames apart. `words` is "runs-on" for a paragraph that goes on from the
    page before.

    Codes of `Unread`: `encrypted`, `malformed`, `too_many_pages`, `page_too_large`, `no_text` (scanned), `unmapped`.
    Flags: `truncated` (the file's end is missing), `unmapped_glyphs:N`, `unseen_glyphs:N` (left out: too small to be
    read by anybody, as in hidden layers, or far off the page), `pages_without_text:N`, `copying_forbidden`.
    """
    forget_system_fonts()
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == _ENCRYPTED:
            return Unread("encrypted: the file opens only with a password")
        return Unread("malformed: the file is no PDF that can be opened, or holds no page")
    try:
        return _read(document, content)
    except (pdfium.PdfiumError, ctypes.ArgumentError, ArithmeticError, ValueError) as error:
        return Unread(f"malformed: a page cannot be read ({type(error).__name__})")
    finally:
        document.close()


def _read(document: Any, content: bytes) -> Read | Unread:
    count = len(document)
    if count > MAX_PAGES:
        return Unread(f"too_many_pages: {count} pages, the limit is {MAX_PAGES}")
    pages: list[_Page] = []
    broken = 0
    for number in range(count):
        page = _page(document, number)
        if isinstance(page, Unread):
            return page
        if page is None:
            broken += 1
        else:
            pages.append(page)
    if broken == count:
        return Unread("malformed: no page of the file can be read")
    glyphs = sum(len(page.sheet.glyphs) for page in pages)
    if not any(page.lines or page.columns for page in pages):
        return Unread(f"no_text: {count} pages of pictures without text; they must be read by eye or machine first")
    lost = sum(glyph.char == LOST for page in pages for glyph in page.sheet.glyphs)
    if lost > MAX_LOST * glyphs:
        return Unread(f"unmapped: {lost} of {glyphs} characters have no meaning that the file tells")
    flags = _flags(document, content, pages, broken, lost)
    return _written(pages, flags)


def _flags(document: Any, content: bytes, pages: Sequence[_Page], broken: int, lost: int) -> tuple[str, ...]:
    blank = sum(not page.lines and not page.columns for page in pages)
    flags = ["truncated"] if b"%%EOF" not in content[-2048:] else []
    unseen = sum(page.sheet.unseen for page in pages)
    flags += [f"unmapped_glyphs:{lost}"] if lost else []
    flags += [f"unseen_glyphs:{unseen}"] if unseen else []
    flags += [f"pages_without_text:{blank}"] if blank else []
    flags += [f"broken_pages:{broken}"] if broken else []
    if not raw.FPDF_GetDocPermissions(document.raw) & _COPYING:
        flags.append("copying_forbidden")
    return tuple(flags)


def _page(document: Any, number: int) -> _Page | Unread | None:
    """A page's lines; None if it cannot be read."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            return Unread(f"page_too_large: page {number + 1} is {width:.0f} by {height:.0f} points")
        sheet = read_sheet(page)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()
    sheet = sheet._replace(glyphs=without_overprint(sheet.glyphs[:MAX_GLYPHS]))
    lines, columns = printed_lines(sheet.glyphs, body_size(sheet.glyphs))
    return _Page(sheet, lines, columns)


def _written(pages: Sequence[_Page], flags: tuple[str, ...]) -> Read:
    body = body_size(glyph for page in pages for glyph in page.sheet.glyphs)
    font = _main_font(pages, body)
    repeated = repeated_edges([page.lines for page in pages], [page.sheet.height for page in pages])
    laid: list[_Laid] = []
    for page in pages:
        heads, lines, feet = _without_furniture(page, repeated)
        laid.append((heads, lay_out_page(lines, page.columns, page.sheet, body, font), feet))
    indents = indents_paragraphs(
        (group for _, passages, _ in laid for passage in passages for group in passage.groups), body
    )
    writer = Writer(body, font, indents, _least_headline(laid))
    parts = []
    for heads, passages, feet in laid:
        written = [Written(line.chars, "header") for line in heads]
        written += writer.write(passages)
        parts.append(written + [Written(line.chars, "footer") for line in feet])
    text, blocks = _text(parts)
    stated = stated_by([line.chars for heads, _, feet in laid[:1] for line in (*heads, *feet)])
    return Read(text, None, flags, blocks, stated)


def _least_headline(laid: Sequence[_Laid]) -> float:
    """The size from which on a headline opens a story.

    In a document of one column, such as a report, that is its title's; smaller ones are headings of sections.
    """
    groups = [group for _, passages, _ in laid for passage in passages for group in passage.groups]
    sizes = [max(line.size for line in group.lines) for group in groups if group.is_head]
    for _, passages, _ in laid:
        texts = [group for passage in passages for group in passage.groups if not group.is_head]
        if any(group.inner or group.box for group in texts) or _side_by_side(texts):
            return 0.0
    return 0.9 * max(sizes, default=0.0)


def _side_by_side(groups: Sequence[Group]) -> bool:
    """Do two columns stand side by side?"""
    return any(
        a.rect.along(b.rect) > 0 and a.rect.across(b.rect) <= 0 and min(len(a.lines), len(b.lines)) > 2
        for a, b in combinations(groups, 2)
    )


def _without_furniture(
    page: _Page, repeated: set[str]
) -> tuple[list[PrintedLine], list[PrintedLine], list[PrintedLine]]:
    """The lines of the running head, of the page itself, of the foot."""
    found = find_furniture(page.lines, page.sheet.width, page.sheet.height)
    heads, lines, feet = [], [], []
    for i, line in enumerate(page.lines):
        again = at_edge(line, page.sheet.height) and without_digits(line.chars) in repeated
        if i in found.feet or (again and line.rect.y0 > page.sheet.height / 2):
            feet.append(line)
        elif i in found.heads or again:
            heads.append(line)
        else:
            lines.append(line)
    return sorted(heads, key=_place), lines, sorted(feet, key=_place)


def _place(line: PrintedLine) -> tuple[float, float]:
    return round(line.rect.y1 / max(line.size, 1.0)), line.rect.x0


def _main_font(pages: Sequence[_Page], body: float) -> str:
    counted: Counter[str] = Counter()
    for page in pages:
        for line in (*page.lines, *page.columns):
            if abs(line.size - body) <= 0.06 * body:
                counted[line.font] += len(line.chars)
    return max(counted, key=lambda font: (counted[font], font), default="")


_OPENING = frozenset({"h1", "h2", "h3", "kicker", "header"})


def _text(pages: Sequence[Sequence[Written]]) -> tuple[str, tuple[Block, ...]]:
    """The lines of all pages as one text, a blank line in front of each story, and a block for each line."""
    parts: list[str] = []
    blocks: list[Block] = []
    place, before = 0, ""
    for number, page in enumerate(pages):
        for i, line in enumerate(page):
            if number and not i:
                space = "\n\f"
            elif line.tag in _OPENING and before not in _OPENING and parts:
                space = "\n\n"
            else:
                space = "\n" if parts else ""
            start = place + len(space)
            place = start + len(line.chars)
            parts += [space, line.chars]
            within = line.tag if line.tag in ("header", "footer") else ("aside" if line.box else "")
            words = f"box{number * MAX_BOXES + line.box}" if line.box else ("runs-on" if line.runs_on else "")
            blocks.append(Block(start, place, line.tag, within=within, words=words))
            before = line.tag
    return "".join(parts), tuple(blocks)
