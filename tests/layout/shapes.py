"""Stories of other shapes than news: notices, agendas, questions and answers, labels, lists of names, verse.

What stands in them are pieces of the sentences of a page; the rest is invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from tests.layout.unspoken import unspoken

_CLAUSE = re.compile(r"[，。！？；：、,\s]+")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "建国明华丽芳静敏强伟军秀英兰霞平红玲桂"
_PLACES = ("青禾", "白石", "云溪", "南港", "清河", "东岭")
_OFFICES = ("民政局", "社会工作部", "社工站", "街道办事处", "社会工作协会", "教育局", "卫生健康局", "妇女联合会")
_LABELS = (
    "活动时间",
    "活动地点",
    "主办单位",
    "承办单位",
    "招募人数",
    "参与对象",
    "报名方式",
    "联系人",
    "岗位名称",
    "咨询电话",
)
_NUMERALS = "一二三四五六七八九十"
_HEADINGS = ("总体要求", "主要任务", "报名条件", "工作安排", "服务内容", "组织保障", "有关要求", "申报程序", "其他事项")

UNSPOKEN = "unspoken"
"""Stories with hardly a sentence (`tests.layout.unspoken`)."""

Lines = list[str]


def shaped(rng: random.Random, told: Sequence[str], name: str = "") -> tuple[str, Lines]:
    """The name of a shape and the lines of a story in it, made of a story's paragraphs; any shape if none is named."""
    name = name or rng.choice([*sorted(_SHAPES), *[UNSPOKEN] * 6])
    if name == UNSPOKEN:
        return unspoken(rng, _pieces(told), lambda: _name(rng), lambda: _office(rng))
    return name, _SHAPES[name](rng, list(told))


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.randint(1, 2)))


def _office(rng: random.Random) -> str:
    return rng.choice(_PLACES) + rng.choice("市区县镇") + rng.choice(_OFFICES)


def _day(rng: random.Random) -> str:
    return f"{rng.randint(2010, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def _pieces(told: Sequence[str]) -> Lines:
    """The short pieces of the paragraphs, each once."""
    return list(dict.fromkeys(piece for line in told for piece in _CLAUSE.split(line) if 3 <= len(piece) <= 24))


def _clauses(rng: random.Random, told: Sequence[str], count: int, longest: int = 24) -> Lines:
    """So many short pieces of the paragraphs."""
    pieces = [piece for line in told for piece in _CLAUSE.split(line) if 3 <= len(piece) <= longest]
    return [rng.choice(pieces) for _ in range(count)] if pieces else ["活动安排"] * count


def _closing(rng: random.Random, told: Sequence[str]) -> Lines:
    """What closes a notice: attachments, whom to ask, who signs it, when."""
    out: Lines = []
    if rng.random() < 0.5:
        names = [
            f"{piece}{rng.choice(['申请表', '汇总表', '名单', '登记表', '实施方案'])}"
            for piece in _clauses(rng, told, 3, 8)
        ]
        out += [f"附件：1.{names[0]}", *[f"{i}.{name}" for i, name in enumerate(names[1 : rng.randint(1, 3)], 2)]]
    if rng.random() < 0.5:
        out.append(f"联系人：{_name(rng)}，联系电话：{rng.randint(10000, 99999999)}")
    if rng.random() < 0.3:
        out.insert(0, rng.choice(["特此通知。", "特此公告。", "现予公示。"]))
    out += [_office(rng) for _ in range(rng.choice([1, 1, 2]))]
    if rng.random() < 0.9:
        out.append(_day(rng))
    return out


def _notice(rng: random.Random, told: Lines) -> Lines:
    """A notice with an addressee, numbered sections and what closes it."""
    office = rng.choice(
        ["各镇人民政府，各街道办事处：", "各有关单位：", "各社会工作服务机构：", "各县（市、区）民政局：", ""]
    )
    out = [office, told[0]] if office else [told[0]]
    numbers = iter(_NUMERALS)
    for line in told[1 : rng.randint(2, 8)]:
        if rng.random() < 0.6 and (number := next(numbers, None)):
            style = rng.choice(["{}、{}", "（{}）{}"])
            out.append(style.format(number, rng.choice([rng.choice(_HEADINGS), *_clauses(rng, told, 1, 12)])))
        out.append(line)
        if rng.random() < 0.3:
            style = rng.choice(["{}.{}。", "{}、{}；", "（{}）{}。", "{}．{}"])
            out += [style.format(n, piece) for n, piece in enumerate(_clauses(rng, told, rng.randint(2, 6)), 1)]
    return out + _closing(rng, told)


def _names(rng: random.Random, told: Lines) -> Lines:
    """A paragraph, a list of people or bodies that a colon announces, and what closes it."""
    rows = rng.randint(3, 30)
    way = rng.randint(0, 3)
    listed = [
        (
            f"{n}、{_name(rng)}",
            _office(rng),
            f"{n}.{_office(rng)}",
            f"{_name(rng)}　{rng.choice('男女')}　{_office(rng)}",
        )[way]
        for n in range(1, rows + 1)
    ]
    lead = told[0].rstrip("。；！") + rng.choice(["，名单如下：", "。现将名单公布如下：", "，结果如下：", "："])
    return [*told[1 : rng.randint(1, 2)], lead, *listed, *(_closing(rng, told) if rng.random() < 0.7 else [])]


def _labelled(rng: random.Random, told: Lines) -> Lines:
    """Labels with their values, below a paragraph or none."""
    labels = rng.sample(_LABELS, rng.randint(4, 9))
    values = _clauses(rng, told, len(labels))
    lead = told[: rng.choice([0, 1, 1, 2])]
    number = rng.choice(["", "", "一、"])
    out = [
        f"{_NUMERALS[i] + '、' if number else ''}{label}：{value}"
        for i, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    return [*lead, *out, *told[2 : rng.choice([2, 3])], *(_closing(rng, told) if rng.random() < 0.4 else [])]


def _agenda(rng: random.Random, told: Lines) -> Lines:
    """Times with what happens then, between paragraphs."""
    hour, rows = rng.randint(8, 14), []
    for piece in _clauses(rng, told, rng.randint(4, 12)):
        minute = rng.choice(["00", "15", "30", "45"])
        style = rng.choice([f"{hour}:{minute}", f"{hour:02d}:{minute}-{hour + 1:02d}:{minute}", f"{hour}：{minute}"])
        rows.append(f"{style}{rng.choice([' ', '　', ''])}{piece}")
        hour = min(22, hour + rng.choice([0, 1]))
    return [
        *told[: rng.randint(1, 2)],
        rng.choice(["活动议程", "活动流程：", "日程安排"]),
        *rows,
        *told[2 : rng.randint(2, 3)],
    ]


def _answers(rng: random.Random, told: Lines) -> Lines:
    """Questions and answers."""
    ask, reply = rng.choice([("问：", "答："), ("Q：", "A："), ("记者：", f"{_name(rng)}："), ("", "")])
    out = told[: rng.randint(0, 2)]
    for i, line in enumerate(told[2:12], 1):
        question = f"{_clauses(rng, told, 1)[0]}{rng.choice(['是什么', '怎么办', '如何理解', '有哪些'])}？"
        out += [f"{ask or f'{i}.'}{question}", f"{reply}{line}"]
    return out or told


def _verse(rng: random.Random, told: Lines) -> Lines:
    """Short lines without marks, as accounts post them, with headings between."""
    out: Lines = []
    for line in told[: rng.randint(3, 12)]:
        out += [piece for piece in _CLAUSE.split(line) if len(piece) > 1]
        if rng.random() < 0.15:
            out.append(rng.choice(["01", "02", "活动现场", "写在最后", "▼"]))
    return out


def _poem(rng: random.Random, told: Lines) -> Lines:
    """Verse in closed lines of one length, with notes and what it is about below now and then."""
    size = rng.choice([5, 7])
    chars = re.sub(r"[^\u4e00-\u9fff]", "", "".join(told))
    halves = [
        chars[i : i + size] for i in range(0, min(len(chars), size * rng.choice([4, 8, 16, 24])) - size + 1, size)
    ]
    out = [f"{a}，{b}。" for a, b in zip(halves[::2], halves[1::2], strict=False)]
    if rng.random() < 0.5:
        notes = [
            f"{mark}{piece}：{other}。"
            for mark, piece, other in zip("①②③④", _clauses(rng, told, 4, 4), told, strict=False)
        ]
        out += ["注释", *(note[:40] for note in notes)]
    if rng.random() < 0.5:
        out += [rng.choice(["译文", "赏析", "创作背景", "简析"]), *told[:2]]
    return out or told


def _captions(rng: random.Random, told: Lines) -> Lines:
    """Paragraphs with the captions of pictures between."""
    out: Lines = []
    for line in told:
        out.append(line)
        if rng.random() < 0.4:
            out.append(
                rng.choice(["图为{}", "▲{}", "{}现场", "（{}）", "{}。通讯员供图"]).format(_clauses(rng, told, 1)[0])
            )
    return out


def _table(rng: random.Random, told: Lines) -> Lines:
    """A table inside a notice, a row or a cell a line."""
    heads = rng.sample(["序号", "单位", "岗位", "人数", "金额（万元）", "姓名", "备注", "得分"], rng.randint(3, 5))
    rows = [
        [str(n), *(rng.choice([_office(rng), _name(rng), str(rng.randint(1, 500))]) for _ in heads[1:])]
        for n in range(1, rng.randint(4, 15))
    ]
    by_cell = rng.random() < 0.4
    lines = [cell for row in (heads, *rows) for cell in row] if by_cell else ["\t".join(row) for row in (heads, *rows)]
    return [*told[: rng.randint(1, 3)], *lines, *told[3 : rng.randint(3, 5)], *_closing(rng, told)]


def _tips(rng: random.Random, told: Lines) -> Lines:
    """Paragraphs with a box of advice, questions or facts below, a mark in front of each."""
    mark = rng.choice(["★", "●", "■", "◆", "·", "- ", "①", "▲", "※"])
    ends = rng.choice(["", "", "。", "；"])
    rows = [f"{mark}{piece}{ends}" for piece in _clauses(rng, told, rng.randint(3, 8))]
    if rng.random() < 0.4:
        rows = [f"{mark}{line[: rng.randint(20, 60)]}" for line in told[:6]]
    head = [rng.choice(["温馨提示", "小贴士", "注意事项", "相关链接", "大事记", "新闻背景", "专家建议"])]
    return [*told[: rng.randint(2, 5)], *(head if rng.random() < 0.8 else []), *rows]


def _hotlines(rng: random.Random, told: Lines) -> Lines:
    """Numbers to call, below a paragraph."""
    rows = [
        f"{_office(rng)}：{rng.randint(100, 999)}-{rng.randint(1000000, 9999999)}" for _ in range(rng.randint(4, 15))
    ]
    return [*told[: rng.randint(1, 2)], *rows]


def _plain(rng: random.Random, told: Lines) -> Lines:
    """Few paragraphs and nothing else."""
    return told[: rng.randint(1, 5)]


_SHAPES: dict[str, Callable[[random.Random, Lines], Lines]] = {
    one.__name__.strip("_"): one
    for one in (
        *(_notice, _names, _labelled, _agenda, _answers, _verse, _poem, _captions, _tips, _table, _hotlines, _plain),
    )
}
