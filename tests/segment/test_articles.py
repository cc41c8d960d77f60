"""Pages to articles, and the conservation of characters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.cleaned import clean as clean_page
from flows.document import Block, Cut, Line, Tables
from flows.segment.printed import printed_stories
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE, cleaned, document
from tests.segment.columns import make_sheet, stories_of

SECOND = "白石镇社工站揭牌 为居民提供专业服务"
SECOND_STORY = [
    "近日，白石镇社工站正式揭牌，四名专业社工入驻，为居民提供儿童关爱、长者照顾等服务。",
    "白石镇有关负责人表示，社工站将与村居、志愿者队伍联动，打通服务居民的最后一米。",
]


def titles(tables: Tables) -> list[str | None]:
    return [row["title"] for row in tables["articles"]]


def test_a_closing_credit_ends_a_story() -> None:
    tables = cleaned(TITLE, *STORY, "（据青禾日报）", "", "揭牌现场", "", SECOND, *SECOND_STORY, "（白石镇供稿）")
    assert titles(tables) == [TITLE, SECOND]
    assert [row["text"] for row in tables["articles"]] == ["\n".join(STORY), "\n".join(SECOND_STORY)]
    assert tables["articles"][0]["source"] == "青禾日报"


def test_in_markup_a_heading_of_the_first_ones_rank_opens_a_story_where_the_one_before_has_ended() -> None:
    figurative = "山里来了“城里人”？听听老乡怎么说"
    section = "下一步打算"
    lines = [
        f"<h3>{TITLE}</h3>", *(f"<p>{text}</p>" for text in STORY[:3]), f"<p>{STORY[3]}（通讯员 林小红）</p>",
        f"<h3>{figurative}</h3>", f"<p>{SECOND_STORY[0]}</p>", f"<h3>{section}</h3>", f"<p>{SECOND_STORY[1]}</p>",
    ]  # fmt: skip
    found = clean_page("\n".join(["<html><body>", *lines, "</body></html>"]).encode(), name="page.html").tables
    assert titles(found) == [TITLE, figurative]
    assert section in found["articles"][1]["text"]


def printed(*lines: tuple[str, str], credit: int | None = None) -> list[str | None]:
    """The titles of the stories of a printed page of (tag, text); line `credit` ends a story."""
    cut = Cut(0, 1, "credit", "credit_paragraph_end")
    page = [
        Line(n, 0, len(text), text, cuts=(cut,) if n == credit else (), block=Block(0, len(text), tag))
        for n, (tag, text) in enumerate(lines)
    ]
    return [None if one.title is None else page[one.title].chars for one in printed_stories(page)]


def test_on_a_printed_page_a_heading_opens_a_brief_where_the_story_above_has_ended() -> None:
    page = [("h3", TITLE), ("p", STORY[0]), ("h4", SECOND), ("p", SECOND_STORY[0])]
    assert printed(*page, credit=1) == [TITLE, SECOND]
    assert printed(*page) == [TITLE]  # a section of the story


def test_a_byline_opens_a_story() -> None:
    assert titles(cleaned(TITLE, *STORY, "", SECOND, "■ 本报记者 林某", *SECOND_STORY)) == [TITLE, SECOND]


def test_a_comment_under_its_label_is_a_story_of_its_own() -> None:
    comment = "社工是社区里的热心人，他们的工作值得更多尊重，也需要更好的保障，这样才能留住人。"
    tables = cleaned("第05版：社工", TITLE, "■ 本报记者 王某", *STORY, "■ 短评", "让热心人更有底气", comment)
    assert titles(tables) == [TITLE, "让热心人更有底气"]
    assert tables["articles"][1]["text"] == comment
    assert tables["articles"][1]["subtitle"] is None
    assert ("comment_label", "■ 短评") in {(row["rule"], row["text"]) for row in tables["removals"]}


def test_a_story_goes_on_behind_a_comment_that_stands_in_it() -> None:
    comment = "社工是社区里的热心人，他们的工作值得更多尊重，也需要更好的保障，这样才能留住人。"
    lines = [
        *STORY[:1],
        STORY[1][:14],
        "■短评",
        "让热心人更有底气",
        comment,
        "（评论员 王某）",
        STORY[1][14:],
        *STORY[2:],
    ]
    tables = cleaned("第05版：社工", TITLE, "■ 本报记者 林某", *lines, SECOND, "■ 本报记者 李某", *SECOND_STORY)
    assert titles(tables) == [TITLE, "让热心人更有底气", SECOND]
    assert [row["text"] for row in tables["articles"]] == ["\n".join(STORY), comment, "\n".join(SECOND_STORY)]
    assert_conserved(tables)


def test_a_dateline_opens_a_story_whose_headline_is_a_figure_of_speech() -> None:
    briefs = [f"本报讯（记者 林某） {STORY[0]}", f"本报白石3月6日电 {SECOND_STORY[0]}", f"本报讯 {SECOND_STORY[1]}"]
    heads = ["青禾：课桌旁的新朋友", "白石：门里门外", "云溪：灯又亮了"]
    lines = [line for pair in zip(heads, briefs, strict=True) for line in pair]
    assert titles(cleaned("第05版：社工·要闻", "2024年03月06日 星期三", *lines)) == heads


def test_a_headline_may_stand_in_two_halves() -> None:
    lines = [
        "青禾社工进课堂",
        "孩子多了新朋友",
        "本报讯 " + STORY[0],
        *STORY[1:],
        "",
        "白石建起社工站",
        "居民有了好去处",
    ]
    tables = cleaned("A05 民生新闻", "2024年3月6日 星期三", "", *lines, "本报讯 " + SECOND_STORY[0], SECOND_STORY[1])
    assert titles(tables) == ["青禾社工进课堂 孩子多了新朋友", "白石建起社工站 居民有了好去处"]
    assert [row["subtitle"] for row in tables["articles"]] == [None, None]
    assert tables["articles"][0]["text"] == "\n".join(STORY)
    assert_conserved(tables)


def test_a_headline_may_be_broken_where_its_words_go_on() -> None:
    body = [f"近日，青禾区启动社工进校园行动{STORY[0][3:]}", *STORY[1:]]
    broken = cleaned("青禾区启动社工进", "校园行动，师生代表到场参加", SOURCE, *body)
    assert titles(broken) == ["青禾区启动社工进校园行动，师生代表到场参加"]
    assert broken["articles"][0]["subtitle"] is None
    whole = cleaned("青禾区启动社工进校园行动", "全区十二所学校的师生代表参加了活动", SOURCE, *body)
    assert titles(whole) == ["青禾区启动社工进校园行动"]


def test_a_byline_below_a_figurative_headline_opens_a_story() -> None:
    tables = cleaned("A05 民生新闻", TITLE, *STORY, "", "那一盏灯亮着", "□ 本报记者 林某", *SECOND_STORY)
    assert titles(tables) == [TITLE, "那一盏灯亮着"]


def test_a_pointer_to_another_page_ends_a_story_and_a_colon_begins_a_headline() -> None:
    tables = cleaned("第01版：要闻", TITLE, *STORY, "（下转3版）", "", "白石镇：", SECOND, *SECOND_STORY)
    assert titles(tables) == [TITLE, f"白石镇：{SECOND}"]
    assert [row["subtitle"] for row in tables["articles"]] == [None, None]
    assert_conserved(tables)


def test_a_heading_inside_a_story_opens_none() -> None:
    assert titles(cleaned(TITLE, *STORY[:2], "服务进课堂 陪伴到家中", *STORY[2:])) == [TITLE]


def test_a_column_of_briefs_is_one_article() -> None:
    briefs = ["各地简讯"]
    for city in "甲乙丙":
        briefs += [f"【{city}市】", f"3月5日，{city}市举办社工宣传活动，三百多名居民在社区广场参加了现场咨询和义诊。"]
    tables = cleaned(TITLE, *STORY, "", *briefs)
    assert titles(tables) == [TITLE, "各地简讯"]
    assert tables["articles"][1]["text"] == "\n".join(briefs[1:])


def test_marked_headings_open_stories_and_their_list_does_not() -> None:
    listed = [f"{n}.{title}；" for n, title in enumerate([TITLE, SECOND, "社工考试报名开始"], 1)]
    stories = [f"### {TITLE}", f"<p>{STORY[0]}</p><p>{STORY[1]}</p>", f"### {SECOND}", *SECOND_STORY]
    tables = cleaned(
        "# 社工新闻", "## 摘要", *listed, "## 详细", *stories, "### 社工考试报名开始", "报名今天开始，为期十天。"
    )
    assert titles(tables) == [TITLE, SECOND, "社工考试报名开始"]
    assert tables["articles"][0]["text"] == "\n".join(STORY[:2])


def partition(tables: Tables) -> list[tuple[int, int]]:
    spans = [(row["raw_start"], row["raw_end"]) for row in tables["removals"]]
    spans += [(row["raw_start"], row["raw_end"]) for row in tables["lineage"] if row["raw_start"] is not None]
    return sorted((start, end) for start, end in spans if end > start)


def assert_conserved(tables: Tables) -> None:
    """Every raw character stands once in lineage or removals, and lineage covers every text."""
    document = tables["documents"][0]
    spans = partition(tables)
    assert [0, *[end for _, end in spans]] == [*[start for start, _ in spans], document["char_count"]]
    assert document["kept_chars"] + document["removed_chars"] == document["char_count"]
    for article in tables["articles"]:
        runs = [row for row in tables["lineage"] if row["article_id"] == article["article_id"]]
        assert sum(row["end"] - row["start"] for row in runs if row["field"] == "text") == len(article["text"])


LINES = st.sampled_from([*MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT, SECOND, *SECOND_STORY, "", "　　", "【甲市】"])
WILD = st.text(
    st.sampled_from("社會工作 站(shè)?，。“”（）<p></b>【】&nbsp;０１ａ\u200b\u3000\xa0\ufeff\r\n#|·"), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(LINES, WILD), max_size=25))
def test_no_character_is_lost_or_counted_twice(lines: list[str]) -> None:
    assert_conserved(clean(document("\n".join(lines))))


def test_a_news_page_is_conserved() -> None:
    assert_conserved(cleaned(f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT))


def test_newspaper_pages_come_out_as_they_were_written() -> None:
    sheets = [make_sheet(seed) for seed in range(40)]
    stories = [(story, stories_of(sheet.text)) for sheet in sheets for story in sheet.stories]
    assert sum(story in found for story, found in stories) / len(stories) >= 0.95


def test_a_teaser_below_a_later_headline_is_not_its_subtitle() -> None:
    lines = [TITLE, *STORY, "（据青禾日报）", SECOND, "", "——记一线社工的一天 05版", *SECOND_STORY]
    tables = cleaned(*lines)
    assert [(row["title"], row["subtitle"]) for row in tables["articles"]] == [(TITLE, None), (SECOND, None)]


def test_a_kicker_and_a_subtitle_belong_to_the_later_story() -> None:
    lines = [TITLE, *STORY, "（据青禾日报）", "白石镇", SECOND, *SECOND_STORY, "（记者 林某）"]
    assert [row["subtitle"] for row in cleaned(*lines)["articles"]] == [None, "白石镇"]
    lines = [TITLE, *STORY, "（据青禾日报）", SECOND, "——记一个新站的第一天", *SECOND_STORY]
    assert [row["subtitle"] for row in cleaned(*lines)["articles"]] == [None, "——记一个新站的第一天"]


def test_a_headline_without_text_is_no_article() -> None:
    listed = [f"{n}.{title}；" for n, title in enumerate([TITLE, SECOND, "社工考试报名开始"], 1)]
    stories = [f"### {TITLE}", *STORY, f"### {SECOND}", "### 社工考试报名开始", "报名今天开始，为期十天。"]
    tables = cleaned("# 社工新闻", "## 摘要", *listed, "## 详细", *stories)
    assert titles(tables) == [TITLE, "社工考试报名开始"]
    assert "headline_without_text" in {row["rule"] for row in tables["removals"]}
    assert_conserved(tables)


def test_on_a_page_of_marked_headings_only_they_open_stories() -> None:
    listed = [f"{n}.{title}；" for n, title in enumerate([TITLE, SECOND, "社工考试报名开始"], 1)]
    brief = ["白石镇社工站今天揭牌 为居民提供专业服务", SECOND_STORY[0]]
    stories = [f"### {TITLE}", STORY[0], *brief, f"### {SECOND}", *SECOND_STORY, "### 社工考试报名开始", STORY[1]]
    tables = cleaned("# 社工新闻", "## 摘要", *listed, "## 详细", *stories)
    assert titles(tables) == [TITLE, SECOND, "社工考试报名开始"]
