"""What the markup of a page adds to the words of its lines."""

from __future__ import annotations

from flows.clean import clean
from flows.document import Tables
from flows.read.reader import read_bytes
from tests.pages import STORY, TITLE
from tests.read.sites import framed


def cleaned(body: str, head: str = "") -> Tables:
    return clean(read_bytes(framed(body, head).encode(), "page.html"))


def story(*lines: str) -> str:
    return f'<h1>{TITLE}</h1><div class="content">{"".join(lines)}</div>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def rule_of(tables: Tables, chars: str) -> str:
    return next(row["rule"] for row in tables["removals"] if chars in (row["text"] or ""))


def text_of(tables: Tables) -> list[str]:
    (article,) = tables["articles"]
    return article["text"].split("\n")


def test_a_list_behind_the_last_paragraph_belongs_to_its_element() -> None:
    names = [
        "入选社工站名单",
        "青禾区城东社工站",
        "青禾区城西社工站",
        "青禾区河口社工站",
        "青禾区南山社工站",
        "青禾区北苑社工站",
    ]
    assert text_of(cleaned(story(paragraphs(*STORY, *names)))) == [*STORY, *names]


def test_verse_before_the_first_paragraph_belongs_to_its_element() -> None:
    verse = ["春天来了", "社工站的灯亮了", "孩子们放学后", "来这里读书、画画", "也来这里说说心事", "灯一直亮着"]
    assert text_of(cleaned(story(paragraphs(*verse, *STORY)))) == [*verse, *STORY]


def test_paragraphs_of_a_sidebar_are_no_story() -> None:
    other = [
        "多地推进社工站建设，让服务走到居民家门口，受到居民欢迎和好评。",
        "社工考试报名下月开始，考生可以登录网站查询有关安排。",
    ]
    for side in ("<aside>{}</aside>", '<div class="sidebar">{}</div>', '<div class="recommend">{}</div>'):
        tables = cleaned(f"{story(paragraphs(*STORY))}{side.format(paragraphs(*other))}")
        assert text_of(tables) == STORY


def test_a_link_alone_inside_a_story_goes_and_the_name_of_an_annex_stays() -> None:
    annexes = "<a href=/a>附件：社工站名单</a>", "<a href=/b>附件：社工站名单.doc</a>"
    lines = paragraphs(*STORY[:2], "<a href=/x>点击看看大家都在读的另一篇报道</a>", *STORY[2:], *annexes)
    tables = cleaned(story(lines))
    assert text_of(tables) == [*STORY, "附件：社工站名单"]
    assert rule_of(tables, "另一篇报道") == "link_in_story"
    assert rule_of(tables, "名单.doc") == "attached_file"


def test_captions_that_the_markup_names() -> None:
    lines = (
        paragraphs(*STORY[:2]) + "<figure><img><figcaption>启动仪式现场</figcaption></figure>" + paragraphs(*STORY[2:])
    )
    tables = cleaned(story(lines, '<div class="img-desc">孩子们在上课</div>', paragraphs(STORY[0][::-1])))
    assert rule_of(tables, "启动仪式现场") == rule_of(tables, "孩子们在上课") == "marked_caption"


def test_lines_that_the_markup_names_after_source_and_time() -> None:
    for name in ("rich_media_meta_list", "post-meta", "article-info", "pub_time"):
        tables = cleaned(f"<h1>{TITLE}</h1><div class={name}>青禾社工</div><div>{paragraphs(*STORY)}</div>")
        assert text_of(tables) == STORY
        assert rule_of(tables, "青禾社工") == "marked_metadata"


def test_the_headline_that_the_page_states_wins() -> None:
    head = f'<meta property="og:title" content="{TITLE}">'
    body = f'<div class="name">青禾区民政局社会工作信息网</div><div>{TITLE}</div>{paragraphs(*STORY)}'
    (article,) = cleaned(body, head)["articles"]
    assert article["title"] == TITLE


def test_a_list_of_teasers_is_no_article() -> None:
    entries = "".join(
        f'<div class="item"><div><a href="/{i}">第{i}条：社工在行动</a></div><div>{STORY[i % 4]}</div>'
        f'<div><a href="/u{i}">作者{i}</a> <a href="/c{i}">评论</a></div></div>'
        for i in range(8)
    )
    assert cleaned(f"<div>{entries}</div>")["articles"] == []


def test_a_story_told_in_captions_is_kept() -> None:
    captions = "".join(f"<p>{text}新华社记者 王某某 摄</p>" for text in STORY)
    tables = cleaned(story(captions))
    assert STORY[0] in tables["articles"][0]["text"]


def test_attachments_behind_the_element_of_the_story_are_its_own() -> None:
    tables = cleaned(f"{story(paragraphs(*STORY))}<div>附件：<a href=/a.doc>社工站名单</a></div>")
    assert text_of(tables) == [*STORY, "附件：社工站名单"]
