"""The day that the markup of a page states outside of meta tags."""

from __future__ import annotations

import pytest

from flows.clean import clean
from flows.document import Row, Stated
from flows.read.html import read_html
from flows.read.reader import read_bytes
from flows.read.reading import Read
from tests.pages import STORY, TITLE
from tests.read.sites import framed

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
NINE = "2024-03-06T09:12:00+08:00"


def stated(body: str, head: str = "") -> Stated:
    found = read_html(framed(body, head).encode())
    assert isinstance(found, Read)
    return found.stated


def article(body: str, head: str = "") -> Row:
    (row,) = clean(read_bytes(framed(body, head).encode(), "page.html"))["articles"]
    return row


@pytest.mark.parametrize(
    "value",
    [
        "1709687520",
        "1709687520000",
        "Wed, 06 Mar 2024 01:12:00 GMT",
        "Wed, 06 Mar 2024 09:12:00 +0800",
        "Mar 6, 2024 9:12 AM",
        "2024-03-06T01:12Z",
        "2024-03-06T01:12:00.000+00:00",
        "20240306091200",
        "202403060912",
        "2024/3/6 9:12",
    ],
)
def test_forms_of_a_time_that_machines_write(value: str) -> None:
    row = article(f"<h1>{TITLE}</h1>{PARAGRAPHS}", f'<meta property="article:published_time" content="{value}">')
    assert (str(row["published_date"]), row["published_at"].isoformat()) == ("2024-03-06", NINE)


@pytest.mark.parametrize("value", ["0", "170968752", "2099999999", "17096875200", "1970-01-01T00:00:00Z", "today"])
def test_numbers_and_defaults_that_are_no_time(value: str) -> None:
    row = article(f"<h1>{TITLE}</h1>{PARAGRAPHS}", f'<meta name="pubdate" content="{value}">')
    assert (row["published_date"], row["published_at"]) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><p><time datetime='{NINE}'>3天前</time> 来源：青禾发布</p>{PARAGRAPHS}",
        f"<h1>{TITLE}</h1><time class='entry-date published updated' datetime='{NINE}'>3月6日</time>{PARAGRAPHS}",
        f"<time datetime='{NINE}'>3月6日</time><h2>{TITLE}</h2>{PARAGRAPHS}",
        f"<h1>{TITLE}</h1><time itemprop=dateModified datetime=2024-04-01></time><time datetime='{NINE}'></time>"
        f"{PARAGRAPHS}<div class=comment><time datetime=2024-05-01>5月1日</time></div>",
        f"<aside><time datetime=2024-05-01>5月1日</time></aside><h1>{TITLE}</h1><time datetime='{NINE}'></time>",
        f"<ul><li><time datetime=2024-05-01></time></ul><h1>{TITLE}</h1><time datetime='{NINE}'></time>",
    ],
)
def test_time_element_of_the_story(body: str) -> None:
    assert stated(body).published == NINE


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1>{PARAGRAPHS}<ul><li><time datetime=2024-05-01>5月1日</time></ul>",
        f"<h1>{TITLE}</h1><time class=updated datetime=2024-05-01></time>{PARAGRAPHS}",
        f"<h1>网站</h1><time datetime=2024-05-01></time><h1>{TITLE}</h1><time datetime=2024-05-02></time>{PARAGRAPHS}",
        f"<h1>{TITLE}</h1><time>3天前</time>{PARAGRAPHS}",
    ],
)
def test_times_of_something_else(body: str) -> None:
    assert stated(body).published is None


WECHAT = f"<div id=js_article><h1 id=activity-name>{TITLE}</h1><em id=publish_time></em><div id=js_content>{PARAGRAPHS}"


@pytest.mark.parametrize(
    "script",
    [
        'var ct = "1709687520";var svr_time = "1719687520";',
        "window.cgiDataNew = { create_time: '1709687520' * 1, nick_name: JsDecode('青禾社工') }",
        'var publish_time = "2024-03-06" || ""; var oriCreateTime = \'1709687520\';',
        "var createTime = '2024-03-06 09:12';",
        "d.ct = '1709687520';",
    ],
)
def test_day_of_a_wechat_story(script: str) -> None:
    row = article(f"{WECHAT}</div></div><script>{script}</script>")
    assert row["published_at"].isoformat() == NINE


def test_the_script_of_other_pages_may_hold_the_time_of_the_visit() -> None:
    assert stated(f"<h1>{TITLE}</h1>{PARAGRAPHS}<script>var ct = '1709687520'</script>").published is None


@pytest.mark.parametrize(
    "named",
    [
        "<a id=js_name> 青禾社工 </a>",
        "<strong class=profile_nickname>青禾社工</strong>",
        '<script>var nickname = htmlDecode("青禾社工");</script>',
    ],
)
def test_the_account_of_a_wechat_story_publishes_it(named: str) -> None:
    head = '<meta property="og:site_name" content="微信公众平台">'
    assert stated(f"{WECHAT}</div></div>{named}", head).publisher == "青禾社工"
