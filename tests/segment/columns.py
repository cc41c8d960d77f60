"""Makes newspaper-page text from clean stories, the way column extraction damages it, so that the answer is known.

    python -m tests.segment.columns [PAGES]

prints how many of the stories come out of the pipeline exactly as they went in.
"""

from __future__ import annotations

import random
import sys
from typing import NamedTuple

from flows.clean import clean
from tests.pages import document

PLACES = ["青禾区", "白石镇", "临川街道", "东望县", "南屏区", "北岭镇", "云溪社区", "松林街道"]
WHO = ["社工站", "民政局", "社会工作协会", "妇女联合会", "志愿者联合会", "养老服务中心"]
DID = [
    "走访了独居老人",
    "开展了心理支持小组",
    "举办了亲子阅读活动",
    "建立了困难家庭台账",
    "组织了禁毒宣传",
    "培训了社区骨干",
]
WHY = [
    "让居民在家门口享受到专业服务",
    "帮助困难群众解决实际问题",
    "推动基层治理更加精细",
    "形成了可复制的经验",
    "得到了群众的普遍欢迎",
]
HEADS = ["夯实阵地 延伸触角", "培育人才 建强队伍", "精准服务 温暖民心", "多方联动 凝聚合力", "完善机制 长效推进"]
CAPTIONS = ["图为活动现场。", "社工走访老人 林某 摄", "活动现场（资料图）"]
TEASERS = ["社工考试明日开考 02版", "五社联动走深走实 04版", "——记一线社工的一天 05版"]


class Story(NamedTuple):
    title: str
    paragraphs: list[str]


class Sheet(NamedTuple):
    """The text of a newspaper page, and the stories in it."""

    text: str
    stories: list[Story]


def make_story(rng: random.Random) -> Story:
    place, who = rng.choice(PLACES), rng.choice(WHO)
    title = f"{place}{who}{rng.choice(['送服务进家门', '搭建邻里互助平台', '守护一老一小', '点亮社区微心愿'])}"
    paragraphs = [f"近日，{place}{who}{rng.choice(DID)}，{rng.choice(WHY)}。{title[len(place) :]}的做法受到关注。"]
    for n in range(rng.randint(3, 7)):
        if n and rng.random() < 0.25:
            paragraphs.append(rng.choice(HEADS))
        sentences = [
            f"{rng.choice(['据介绍', '目前', '今年以来', '活动中'])}，{place}{rng.choice(WHO)}{rng.choice(DID)}"
            f"{rng.randint(2, 90)}次，服务{rng.randint(20, 900)}人，{rng.choice(WHY)}。"
            for _ in range(rng.randint(1, 4))
        ]
        paragraphs.append("".join(sentences))
    return Story(title, paragraphs)


def place_of_cut(paragraph: str, rng: random.Random) -> int:
    """Where a column ends inside a paragraph; not between two sentences, where nothing would tell."""
    places = [i for i in range(25, len(paragraph) - 15) if paragraph[i - 1] != "。"]
    return rng.choice(places)


def typeset(story: Story, rng: random.Random) -> list[str]:
    """The lines of a story as they are read off the page: cut at the ends of columns, with what stood there."""
    lines: list[str] = [story.title, "", *(["■ 本报记者 林某", ""] if rng.random() < 0.5 else [])]
    for i, paragraph in enumerate(story.paragraphs):
        is_heading = paragraph in HEADS
        if is_heading and i and len(lines[-2]) > 60 and rng.random() < 0.3:
            # the column break falls into the paragraph before, and the heading is read in the middle of it
            before = lines[-2]
            cut = place_of_cut(before, rng)
            lines[-2:] = [before[:cut], "", paragraph, "", before[cut:], ""]
            continue
        if not is_heading and len(paragraph) > 60 and rng.random() < 0.5:
            cut = place_of_cut(paragraph, rng)
            between = ["", rng.choice(CAPTIONS)] if rng.random() < 0.3 else []
            lines += [paragraph[:cut], *between, "", paragraph[cut:], ""]
        else:
            lines += [paragraph, ""]
    lines.append("（据青禾日报）")
    return lines


def make_sheet(seed: int) -> Sheet:
    """One page, the same for the same seed."""
    rng = random.Random(seed)
    stories: list[Story] = []
    while len(stories) < rng.randint(1, 3):
        story = make_story(rng)
        if story.title not in {other.title for other in stories}:
            stories.append(story)
    lines = rng.sample(TEASERS, rng.randint(0, 2))
    for story in stories:
        lines += ["", *typeset(story, rng), ""]
    return Sheet("\n".join(lines), stories)


def stories_of(text: str) -> list[Story]:
    """The stories that the pipeline finds in a page."""
    return [Story(row["title"] or "", row["text"].split("\n")) for row in clean(document(text))["articles"]]


def main(pages: int) -> None:
    made = right = titles = paragraphs = kept = 0
    for seed in range(pages):
        sheet = make_sheet(seed)
        found = {story.title: story.paragraphs for story in stories_of(sheet.text)}
        for story in sheet.stories:
            made += 1
            titles += story.title in found
            right += found.get(story.title) == story.paragraphs
            paragraphs += len(story.paragraphs)
            kept += len(set(story.paragraphs) & set(found.get(story.title, ())))
    print(f"{pages} pages, {made} stories: {titles / made:.4f} found by title, {right / made:.4f} equal to the last")
    print(f"character, {kept / paragraphs:.4f} of their paragraphs whole")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
