"""HTML pages to text: what is seen, in which encoding, and what the markup knows of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.clean import clean
from flows.document import Block
from flows.read.html import read_html
from flows.read.html.mhtml import read_mhtml
from flows.read.reader import read, read_bytes
from flows.read.reading import Read, Unread
from tests.pages import STORY, TITLE
from tests.read.fuzz_html import outcome
from tests.read.sites import SITES, framed, news_site


def reading(page: str | bytes, charset: str | None = None) -> Read:
    content = page.encode() if isinstance(page, str) else page
    found = read_html(content, charset)
    assert isinstance(found, Read)
    return found


def lines(page: str) -> list[str]:
    return [line for line in reading(f"<body>{page}").text.split("\n") if line]


def article(page: str) -> list[str]:
    """The paragraphs of the one article of a page with this in its body."""
    head = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    (found,) = clean(read_bytes(f"{head}{page}</body></html>".encode(), "page.html"))["articles"]
    return str(found["text"]).split("\n")


def block(page: str, chars: str) -> Block:
    found = reading(page)
    return next(block for block in found.blocks if chars in found.text[block.start : block.end])


@pytest.mark.parametrize("site", SITES)
def test_the_story_is_found_in_every_kind_of_markup(site: Callable[[], str]) -> None:
    tables = clean(read_bytes(site().encode(), "page.html"))
    (article,) = tables["articles"]
    assert article["title"] == TITLE
    assert article["text"].split("\n") == STORY
    assert str(article["published_date"]) == "2024-03-06"
    assert article["source"] == "青禾日报"


@pytest.mark.parametrize("site", SITES)
def test_every_character_seen_stands_in_a_block(site: Callable[[], str]) -> None:
    found = reading(site())
    inside = "".join(found.text[block.start : block.end] for block in found.blocks)
    assert re.sub(r"\s", "", inside) == re.sub(r"\s", "", found.text)
    assert all(a.end <= b.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("甲<b>乙</b>丙", ["甲乙丙"]),
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("甲<div></div>乙", ["甲", "乙"]),
        ("  甲 \n 乙\t丙  ", ["甲 乙 丙"]),
        ("<p> <b>\n 甲</b>\n<i></i><i>乙 </i>丙", ["甲 乙 丙"]),
        ("　　甲&nbsp;乙&#31038;&amp;", ["　　甲\xa0乙社&"]),
        ("<pre>甲\n  乙</pre>", ["甲", "乙"]),
        ("甲<script>乙</script><style>丙</style><noscript>丁</noscript><!-- 戊 --><select><option>己</select>", ["甲"]),
        ("<p style='display: none'>甲</p><p hidden>乙</p><span style='DISPLAY:NONE'>丙</span><p>丁</p>", ["丁"]),
        ("<ruby>社<rp>(</rp><rt>shè</rt><rp>)</rp></ruby>工", ["社(shè)工"]),
        (
            "<table><tr><th>区</th><th>人数</th></tr><tr><td>东区</td><td><p>30</p></td></tr></table>",
            ["区\t人数", "东区\t30"],
        ),
        ("<table><tr><td>" + "长" * 50 + "</td><td>乙</td></tr></table>", ["长" * 50, "乙"]),
        ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
        ("<span class=a>原创</span><span class=b>小林</span><em id=t>2024-10-11</em>", ["原创 小林 2024-10-11"]),
        ("<p>社会工作者\n    为居民\nABC服务，\r\n受到欢迎。</p>", ["社会工作者为居民 ABC服务，受到欢迎。"]),
        ("<p>来源：青禾日报\n  作者：小林</p>", ["来源：青禾日报 作者：小林"]),
        ("甲<span style='display:block'>乙</span>丙<i style='display:inline-block'>丁</i>", ["甲", "乙", "丙丁"]),
        ("<p>社<span class=a>工走</span><span class=b>进</span>社区。</p>", ["社工走进社区。"]),
    ],
)
def test_lines_are_those_that_a_browser_shows(page: str, expected: list[str]) -> None:
    assert [line.strip(" ") for line in lines(page)] == expected


def test_blocks_hold_what_the_markup_says() -> None:
    page = (
        '<nav><a href=#>首页</a></nav><div class="Main left" id=Zoom><h2>题目</h2><p>见<a href=#>附件</a>全文</p></div>'
    )
    assert block(page, "首页")._replace(inside=()) == Block(0, 2, "nav", 2, "nav", "")
    assert block(page, "题目").tag == "h2"
    assert block(page, "附件").links == 2
    assert block(page, "题目").words == "main left zoom>"
    assert block(page, "题目").inside == block(page, "附件").inside != block(page, "首页").inside


def test_header_and_footer_of_a_story_are_no_landmarks_of_the_page() -> None:
    story = "<article><header>乙</header><footer>丙</footer><aside>丁</aside></article>"
    page = f"<header>甲</header>{story}<footer>戊</footer>"
    assert [block(page, char).within for char in "甲乙丙丁戊"] == ["header", "article", "article", "aside", "footer"]


@pytest.mark.parametrize(
    ("encoding", "declared", "named"),
    [
        ("utf-8", "gbk", "utf-8"),  # the bytes say better
        ("gbk", "gb2312", "gb18030"),
        ("gbk", "utf-8", "gb18030"),
        ("gbk", "", "gb18030"),
        ("big5", "big5", "big5hkscs"),
    ],
)
def test_encodings(encoding: str, declared: str, named: str) -> None:
    page = (
        news_site() if encoding != "big5" else "<html><meta charset=utf-8><p>社會工作者走進社區，為長者提供服務。</p>"
    )
    content = page.replace("charset=utf-8", f"charset={declared}" if declared else "").encode(encoding)
    found = reading(content)
    assert found.encoding == named
    assert "走進社區" in found.text or TITLE in found.text


def test_a_charset_from_the_transport_decides_a_short_page() -> None:
    assert "社工" in reading("<p>社工".encode("big5"), "big5").text


def test_what_is_stated_for_machines() -> None:
    head = (
        '<meta property="og:title" content="题目"><meta name="PubDate" content="2024-03-06 09:12">'
        '<meta name="ContentSource" content="青禾日报"><link rel="canonical" href="https://example.org/a.html">'
        '<script type="application/ld+json">{"headline": "别的", "author": [{"name": "王某"}]}</script>'
    )
    stated = reading(framed("", head)).stated
    assert (stated.title, stated.published, stated.source) == ("题目", "2024-03-06 09:12", "青禾日报")
    assert (stated.author, stated.url) == ("王某", "https://example.org/a.html")


@pytest.mark.parametrize("ld", ["{", "[]", "null", '{"@graph": 3}', "[" * 5000, '{"headline": {"a": 1}}'])
def test_bad_json_ld_states_nothing(ld: str) -> None:
    head = f'<script type="application/ld+json">{ld}</script>'
    assert reading(framed("", head)).stated.title is None


def test_visible_metadata_wins_over_what_is_stated() -> None:
    head = '<meta name="PubDate" content="2001-01-01"><meta name="author" content="站长">'
    page = news_site().replace("</title>", f"</title>{head}")
    (article,) = clean(read_bytes(page.encode(), "page.html"))["articles"]
    assert str(article["published_date"]) == "2024-03-06"
    assert article["authors"] == []


def test_stated_time_counts_where_the_page_shows_none() -> None:
    head = '<meta property="article:published_time" content="2024-03-05T17:30:00Z">'
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    (article,) = clean(read_bytes(framed(f"<h1>{TITLE}</h1>{story}", head).encode(), "page.html"))["articles"]
    assert article["published_at"].isoformat() == "2024-03-06T01:30:00+08:00"


def test_a_saved_page_is_read_through_its_parts() -> None:
    head = 'From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    content = f"{head}{part}{news_site()}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--".encode()
    document = read_bytes(content, "page.mhtml")
    assert document.media_type == "multipart/related"
    assert TITLE in document.text


def test_a_saved_page_without_a_page_is_rejected() -> None:
    found = read_mhtml(b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n\r\nx\r\n--b--')
    assert isinstance(found, Unread)
    assert found.reason.startswith("malformed: ")


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>var a = 1</script></html>", "<html><img src=a.png>"])
def test_a_page_that_shows_no_text_is_rejected(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    document = read(tmp_path / "page.html", tmp_path)
    assert (document.reason or "").startswith("no_text: ")
    assert document.media_type == "text/html"


@pytest.mark.parametrize("deep", [400, 5000])
def test_nesting_without_end_is_read(deep: int) -> None:
    found = reading("头" + "<div>" * deep + "底" + "</div>" * deep + "<p>尾")
    assert [line for line in found.text.split("\n") if line] == ["头", "底", "尾"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_nesting_that_the_parser_cannot_bear_is_refused(encoding: str) -> None:
    found = read_html(("<p>社工</p>" + "<div></b>" * 20_000).encode(encoding))
    assert isinstance(found, Unread)
    assert found.reason.startswith("malformed: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("value", ["", "=1", "='社'", '="a > b"', "='<p>'", '= ">"', "='\n>\n'"])
def test_a_tag_of_more_attributes_than_the_parser_can_bear_is_refused(value: str, encoding: str) -> None:
    page = f"<h1>社工</h1><div {' '.join(f'a{number}{value}' for number in range(60_000))}>社</div>"
    started = time.process_time()
    found = read_html(page.encode(encoding))
    assert time.process_time() - started < 3  # the parser took 20 s and more
    assert isinstance(found, Unread)
    assert found.reason.startswith("malformed: a tag has more than")


@pytest.mark.parametrize("value", ["=1", '="a > b"'])
def test_many_attributes_and_many_tags_of_some_are_read(value: str) -> None:
    tag = f"<p {' '.join(f'a{number}{value}' for number in range(900))}>社"
    assert reading("<body>" + tag + "<p title='a>b' class=x>社" * 20_000).text.count("社") == 20_001


@pytest.mark.parametrize(
    "piece", ["<p>社工", "<b>社</b>", "社<BR>", "<table><tr><td>社</table>", "<svg><path/></svg>社"]
)
def test_many_elements_one_after_the_other_are_read(piece: str) -> None:
    assert reading("<body>" + piece * 10_100).text.count("社") == 10_100


def test_formatting_that_is_never_closed_is_not_copied_into_every_paragraph() -> None:
    few, many = (
        reading("<body>" + "".join(f"<p><FONT color=c{n}><a href=x>社工</a>站" for n in range(size)))
        for size in (30, 20_000)  # as it stands, the second page would become 200 million elements
    )
    assert many.text.split() == ["社工站"] * 20_000
    assert [block[2:6] for block in many.blocks[:30]] == [block[2:6] for block in few.blocks]
    assert [block.links for block in many.blocks] == [2] * 20_000


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=a>",
                "</div>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<a href=#>",
                "</a>",
                "<br>",
                "<b>",
                "</b>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "社工",
                " ",
                "&nbsp;",
                "<",
                "\0",
            ]
        )
    )
)
def test_any_markup_is_read_with_blocks_in_order(parts: list[str]) -> None:
    found = read_html("".join(parts).encode())
    if isinstance(found, Read):
        ends = [0, *[end for block in found.blocks for end in (block.start, block.end)]]
        assert ends == sorted(ends)
        assert all(found.text[block.start : block.end].strip() for block in found.blocks)
        assert all(0 <= block.links <= block.end - block.start for block in found.blocks)


def test_damaged_files_are_accounted_for() -> None:
    assert {outcome(seed) for seed in range(40)} >= {"text"}


OPEN = [line.rstrip("。") for line in STORY[:2]] + [STORY[2].replace("。", "（", 1), STORY[3]]
"""Paragraphs that do not close: without an end mark, or with an open bracket."""


@pytest.mark.parametrize(
    "form",
    [
        "<p>{}</p><p>{}</p><p>{}</p><p>{}</p>",
        "<div>\n<p>　　{}\n<p>　　{}\n<p>　　{}\n<p>　　{}\n</div>",
        "<div><div>{}</div><div>{}</div><div>{}</div><div>{}</div></div>",
        "<ul><li>{}<li>{}<li>{}</ul><p>{}</p>",
        "<table><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table><p>{}</p>",
        "<div>{}<br><br>{}<br/>\n&nbsp;<br/>{}<br>\n<br>{}</div>",
        "<div>{}<br>{}<br>{}<br>{}</div>",
        "<div>&emsp;&emsp;{}<br>&emsp;&emsp;{}<br>　　{}<br>&nbsp;&nbsp;{}</div>",
        "<p>{}<br></p><p>{}<br></p><p><br>{}</p>{}",
        "<p><span style='display:block'>{}</span><span style='display: block;'>{}</span></p><p>{}</p><p>{}</p>",
        "<blockquote>{}</blockquote><section>{}</section><pre>{}</pre><h3>{}</h3>",
    ],
)
def test_each_element_is_a_paragraph_of_its_own(form: str) -> None:
    assert article(form.format(*OPEN)) == OPEN


def test_tags_left_in_text_end_paragraphs_too() -> None:
    form = "{title}\n<p>{0}</p>\n<p>{1}</p><div>{2}</div>{3}<br>\n"
    (found,) = clean(read_bytes(form.format(*OPEN, title=TITLE).encode(), "page.txt"))["articles"]
    assert found["text"].split("\n") == OPEN


def test_a_sentence_that_a_line_break_cuts_is_whole_again() -> None:
    whole = STORY[0].replace("。", "，") + STORY[1]
    assert article(f"<p>{STORY[0].replace('。', '，')}<br>{STORY[1]}</p><p>{STORY[2]}</p>") == [whole, STORY[2]]
