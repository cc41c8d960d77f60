"""Wrongly decoded text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.normalize.damage import repair_damage
from flows.normalize.mojibake import UPPER
from flows.read.reader import read_bytes
from tests.normalize.pages import assert_conserved, page_of
from tests.pages import SOURCE, STORY, TITLE

LINES = [
    "社会工作者为社区居民提供服务，受到好评。",
    "全市共有社工三千人，其中持证一千二百人。",
    "《关于加强社会工作的意见》已经发布。",
]


INDENTED = "\n".join([TITLE, "", f"{SOURCE}", "", *[f"　　{line}" for line in STORY]])
PAIRS = [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gbk", "latin-1"), ("gbk", "cp1252"), ("utf-8", "cp936")]


def read_as(text: str, right: str, wrong: str) -> str:
    """The text as a program shows it that takes its bytes for another encoding. Windows shows bytes that cp1252 has
    no character for as controls, and 0x80 in cp936 as the euro sign."""
    content = text.encode(right, "ignore")
    if wrong == "cp1252":
        return "".join(chr(byte) if byte < 0x80 else UPPER[byte] for byte in content)
    return content.decode("gbk", "euro") if wrong == "cp936" else content.decode(wrong)


def euro(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "€" if error.object[error.start] == 0x80 else "\ufffd", error.start + 1


codecs.register_error("euro", euro)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gbk", "latin-1")])
def test_western_reading_is_undone(line: str, right: str, wrong: str) -> None:
    text = f"标题一行\n{read_as(line, right, wrong)}\n末尾一行"
    page = repair_damage(page_of(text))
    assert page.text.chars == f"标题一行\n{line}\n末尾一行"
    assert_conserved(page)


@pytest.mark.parametrize("line", ["社会工作者为居民服务", "全市社工服务"])
def test_gbk_reading_is_undone(line: str) -> None:
    page = repair_damage(page_of(f"标题一行\n{read_as(line, 'utf-8', 'gbk')}\n末尾一行"))
    assert page.text.chars == f"标题一行\n{line}\n末尾一行"
    assert_conserved(page)


@pytest.mark.parametrize(
    "text", ["Ça déjà vu à Québec, où naïveté règne", "锛和鐨是两个汉字，鏄也是", "溫度30°C±2，面積20㎡·層"]
)
def test_what_was_read_right_stays(text: str) -> None:
    assert repair_damage(page_of(text)).text.chars == text


def test_lost_text_is_flagged_and_left() -> None:
    page = repair_damage(page_of("社工服务锟斤拷锟斤拷社区"))
    assert page.text.chars == page.raw.text
    assert page.flags[0] == "lost_text@4"


@pytest.mark.parametrize(("right", "wrong"), PAIRS[:4])
@pytest.mark.parametrize("form", ["{}", "<html><body><p>{}</p></body></html>"])
def test_an_indented_page_comes_out_as_the_sound_one(right: str, wrong: str, form: str) -> None:
    damaged = form.format(read_as(INDENTED, right, wrong).replace("\n", "\n" if form == "{}" else "</p><p>"))
    tables = clean(read_bytes(damaged.encode(), "page.html" if form != "{}" else "page.txt"))
    (article,) = tables["articles"]
    assert (article["title"], article["text"].split("\n")) == (TITLE, STORY)
    assert str(article["published_date"]) == "2024-03-06"


def test_an_indented_page_that_was_read_as_gbk_is_repaired_but_for_lost_bytes() -> None:
    tables = clean(read_bytes(read_as(INDENTED, "utf-8", "cp936").encode(), "page.txt"))
    (article,) = tables["articles"]
    pieces = article["text"].replace("\n", "\ufffd").split("\ufffd")
    assert max(map(len, pieces)) > 20
    assert sum(map(len, pieces)) > 0.85 * len("".join(STORY))
    assert any(flag["code"] == "lost_character" for flag in tables["documents"][0]["flags"])
    at = 0
    for piece in pieces:  # nothing is made that was not there
        at = "\n".join(STORY).index(piece, at) + len(piece)


def test_what_the_page_states_is_repaired_too() -> None:
    name = read_as("青禾社会工作网", "utf-8", "latin-1")
    body = "".join(f"<p>{read_as(line, 'utf-8', 'latin-1')}</p>" for line in STORY)
    page = f'<html><head><meta property="og:site_name" content="{name}"></head><body>{body}</body></html>'
    assert clean(read_bytes(page.encode(), "page.html"))["documents"][0]["publisher"] == "青禾社会工作网"


def test_short_runs_are_repaired_where_most_of_the_page_is_damaged() -> None:
    line = "2024年5月6日，120名社工进社区，为8位老人服务。"
    assert repair_damage(page_of(read_as(line, "utf-8", "latin-1"))).text.chars == line
    alone = "Café Zoë, 20 °C · ©"
    assert repair_damage(page_of(alone)).text.chars == alone


PIECES = "社会工作者为居民服务，。“”《》（）·—…滨镕é２ aA1,.(\n\t\u3000\xa0\u2003\u200b😀"
CHARS = st.text(st.sampled_from(PIECES), max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(CHARS, st.sampled_from(LINES)), max_size=6).map("".join), st.sampled_from(PAIRS))
def test_whatever_is_made_is_aligned_with_what_it_was_made_of(text: str, pair: tuple[str, str]) -> None:
    right, wrong = pair
    page = repair_damage(page_of(read_as(text, right, wrong)))
    assert_conserved(page)
    for char, start, end in zip(page.text.chars, page.text.start, page.text.end, strict=True):
        if start >= 0 and char != page.raw.text[start:end]:
            assert not char.isspace()
            assert char == "\ufffd" or char in text
            assert char == "\ufffd" or wrong == "cp936" or page.raw.text[start] == read_as(char, right, wrong)[0]
    clean(page.raw)
