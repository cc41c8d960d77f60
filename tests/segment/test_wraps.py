"""Lines to paragraphs."""

from flows.segment.wraps import Break, join_wraps


def paragraphs(*lines: str, end: Break = Break.UNKNOWN) -> list[str]:
    return ["".join(lines[i] for i in paragraph.lines) for paragraph in join_wraps(lines, [end] * len(lines))]


def test_closed_lines_are_paragraphs() -> None:
    assert paragraphs("社工站今天揭牌。", "居民都来祝贺。") == ["社工站今天揭牌。", "居民都来祝贺。"]


def test_a_paragraph_cut_by_a_column_goes_on_below() -> None:
    first = "活动现场，来自全市各区的社工代表分享了一线服务中的经验和体会，大家认为，社会工作服务体系和服务能力现代化"
    second = "建设离不开专业人才的支撑。"
    assert paragraphs(first, second) == [first + second]


def test_a_heading_does_not_join_the_paragraph_below() -> None:
    assert paragraphs("服务群众，精准施策", "一是建立台账，定期走访困难家庭，做到底数清、情况明。") == [
        "服务群众，精准施策",
        "一是建立台账，定期走访困难家庭，做到底数清、情况明。",
    ]


def test_a_short_piece_of_a_split_word_joins() -> None:
    lines = ["全市社会工作主题宣传活", "动启动之际，各区纷纷推出特色服务，宣传活动吸引了上千名居民。"]
    assert paragraphs(*lines) == ["".join(lines)]


def test_a_heading_that_a_column_break_pushed_into_a_sentence_goes_behind_it() -> None:
    lines = ["【甲市】", "甲市民政局率先", "【乙市】", "设立社工关爱基金，为一线社工提供帮扶。", "乙市启动社工周。"]
    assert paragraphs(*lines) == [
        "【甲市】",
        "甲市民政局率先设立社工关爱基金，为一线社工提供帮扶。",
        "【乙市】",
        "乙市启动社工周。",
    ]


def test_headings_of_briefs_stay_in_front_of_their_text() -> None:
    lines = ["【甲市】", "甲市举办社工节。", "【乙市】", "乙市举办社工周。"]
    assert paragraphs(*lines) == lines


def test_a_plain_heading_inside_a_sentence_goes_behind_it_when_the_sentence_surely_goes_on() -> None:
    first = "全区社工站围绕老年人、儿童、困难家庭等重点人群，常态化开展走访探视、"
    second = "心理疏导和资源链接等专业服务，受到居民欢迎。"
    assert paragraphs(first, "打造服务品牌", second) == [first + second, "打造服务品牌"]


def test_a_plain_heading_behind_an_unclosed_line_stays_where_nothing_proves_that_the_sentence_goes_on() -> None:
    lines = ["全区社工站围绕老年人、儿童、困难家庭等重点人群，常态化开展走访探视和关爱服务", "打造服务品牌"]
    below = "去年以来，各站累计服务居民上万人次，培育志愿服务队伍二十支。"
    assert paragraphs(*lines, below) == [*lines, below]


def test_every_line_stands_in_one_paragraph() -> None:
    lines = ["【甲】", "乙", "【丙】", "丁，", "戊（", "【己】"]
    assert sorted(i for paragraph in join_wraps(lines) for i in paragraph.lines) == list(range(len(lines)))


CUT = "活动当天，来自三个街道的社工围绕儿童关爱、为老服务和社区治理等主题设置展台，发放资料三百余份"
BELOW = "居民王某说，以前遇到困难不知道找谁，现在心里踏实多了。"


def test_where_markup_ends_a_paragraph_none_goes_on() -> None:
    for line in (CUT, CUT + "，", CUT + "（", "“" + CUT + "。"):
        assert paragraphs(line, BELOW, end=Break.PARAGRAPH) == [line, BELOW]
        assert paragraphs(line, "为老服务", "和社区治理。", end=Break.PARAGRAPH) == [line, "为老服务", "和社区治理。"]


def test_a_line_break_ends_a_paragraph_but_within_a_sentence_that_surely_goes_on() -> None:
    assert paragraphs(CUT, BELOW, end=Break.LINE) == [CUT, BELOW]
    verse = ["风起云涌满江红，", "万家灯火夜未央。"]
    assert paragraphs(*verse, end=Break.LINE) == verse
    for line, below in ((CUT + "，", BELOW), (CUT + "给居民", "的家人，受到欢迎。"), (CUT + "为老服", "务也在其中。")):
        assert paragraphs(line, below, end=Break.LINE) == [line + below]


def test_a_quotation_that_nothing_closes_does_not_reach_the_next_paragraph() -> None:
    lost = "“社工是一种专业，也是一种职业。近日，海湾区的社工走上街头，向居民介绍社工知识，讲述社工故事。"
    for below in (BELOW, "“社工就在身边。”一位居民说，大家都很期待他们的到来。", "（记者 林某）"):
        assert paragraphs(lost, below) == [lost, below]
    goes_on = "社工节就是要让更多人知道我们。”负责人说，今后每年都会举办。"
    assert paragraphs(lost, goes_on) == [lost + goes_on]
