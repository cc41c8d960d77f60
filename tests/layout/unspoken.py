"""Stories with hardly a sentence: programmes, days with what happens on them, prizes, people, numbers to call, gifts,
the contents of a journal, what people said, pictures, verse, an account's post.

What stands in them are pieces of the sentences of a page; the rest is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Lines = list[str]
Pieces = Callable[[int, int], Lines]
"""Gives so many short pieces of a story, of so many characters at most."""
Words = Callable[[], str]
"""Gives the name of a person, or of a body."""

_NUMERALS = "一二三四五六七八九十"
_PARTS = ("上午", "下午", "晚上", "第一天", "第二天")
_PAUSES = ("▼", "······", "· · ·", "——", "◆", "～～～", "❤", "|")


def _day(rng: random.Random, number: int) -> str:
    day, week = min(28, rng.randint(1, 6) + 3 * number), "一二三四五六日"[number % 7]
    return rng.choice([f"{rng.randint(1, 12)}月{day}日", f"3月{day}日（星期{week}）", f"星期{week}", f"周{week}"])


def _clock(rng: random.Random) -> str:
    hour, dash = rng.randint(7, 20), rng.choice(["-", "—", "～", "至"])
    start, end = f"{hour}:{rng.choice(['00', '15', '30'])}", f"{hour + 1}:{rng.choice(['00', '20', '45'])}"
    return rng.choice([start, f"{start}{dash}{end}", f"0{start}"[-5:]])


def _days(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Days, each with times, places and what happens."""
    out: Lines = [f"主办单位：{body()}", f"地点：{body()}"][: rng.randint(0, 2)]
    timed, placed = rng.random() < 0.6, rng.random() < 0.4
    for number in range(rng.randint(1, 6)):
        out.append(_day(rng, number) if rng.random() < 0.8 else rng.choice(_PARTS))
        for piece in pieces(rng.randint(1, 5), 20):
            out.append(f"{_clock(rng)}{rng.choice([' ', '  ', '　'])}{piece}" if timed else piece)
            if rng.random() < 0.2:
                out.append(rng.choice([f"{body()}  {name()}", f"主持人：{name()}", f"主讲：{name()}"]))
        if placed:
            out.append(f"地点：{body()}")
    return out


def _week(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """A week's courses or meals, a line or two a day."""
    meal = rng.random() < 0.4
    out: Lines = []
    for number in range(rng.randint(4, 7)):
        day = rng.choice(["星期", "周"]) + "一二三四五六日"[number]
        row = " ".join(pieces(3, 6)) if meal else f"{pieces(1, 10)[0]} {_clock(rng)} {name()}老师"
        out += [day, row] if meal else [f"{day} {row}"]
    return out + ([f"咨询电话：{rng.randint(1000000, 9999999)}"] if rng.random() < 0.5 else [])


def _programme(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Numbered items with those who perform or present them."""
    style = rng.choice(["{}.", "{}、", "（{}）", "{} ", "No.{} "])
    said = rng.choice(["表演：", "表演者：", "演唱：", "主讲：", "", "——"])
    return [
        f"{style.format(n)}{piece} {said}{rng.choice([name(), body()])}"
        for n, piece in enumerate(pieces(rng.randint(5, 16), 16), 1)
    ]


def _prizes(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Prizes with what or who won them."""
    out: Lines = []
    with_body = rng.random() < 0.6
    for prize in rng.choice(
        [("一等奖", "二等奖", "三等奖"), ("金奖", "银奖", "铜奖"), ("优秀案例", "优秀组织奖"), ("特等奖", "入围奖")]
    ):
        out.append(rng.choice(["{}", "{}（3名）", "【{}】", "{}："]).format(prize))
        for piece in pieces(rng.randint(1, 6), 22):
            out.append(f"{rng.choice(['《', '“', ''])}{piece}{' ' + body() if with_body else ''}")
    return out


def _roll(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """People with where they work, one a line; or several a line below an office."""
    if rng.random() < 0.3:
        offices = ("会长：", "副会长：", "秘书长：", "理事：", "监事：", "组长：", "成员：")
        gap = rng.choice(["、", " ", "  "])
        return [office + gap.join(name() for _ in range(rng.randint(1, 9))) for office in offices[: rng.randint(3, 7)]]
    mark = rng.choice(["", "", "{}.", "{}、", "{} "])
    way = rng.choice(["{name} {body}", "{body} {name}", "{name}　{body}社工", "{body}"])
    return [mark.format(n) + way.format(name=name(), body=body()) for n in range(1, rng.randint(6, 30))]


def _calls(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Bodies with their numbers to call and their addresses."""
    apart, gap = rng.random() < 0.4, rng.choice([" ", "：", "  ", "\t"])
    out: Lines = []
    for _ in range(rng.randint(4, 16)):
        number = rng.choice(
            [f"0{rng.randint(311, 999)}-{rng.randint(2000000, 8999999)}", f"{rng.randint(12310, 12399)}"]
        )
        street = f"{pieces(1, 4)[0]}路{rng.randint(1, 300)}号"
        out += [body(), f"地址：{street}", f"电话：{number}"] if apart else [f"{body()}{gap}{number}"]
    return out


def _gifts(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Who gave how much."""
    gap = rng.choice([" ", "  ", "：", "捐款"])
    givers = (name, body, lambda: name()[0] + rng.choice(["先生", "女士"]), lambda: "爱心人士")
    rows = [f"{rng.choice(givers)()}{gap}{rng.randint(5, 5000)}元" for _ in range(rng.randint(6, 25))]
    return [*rows, *([f"合计{gap}{rng.randint(5000, 99999)}元"] if rng.random() < 0.5 else [])]


def _contents(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """A journal's contents: columns, headlines, writers."""
    out: Lines = []
    for heading in pieces(rng.randint(2, 5), 8):
        out.append(heading)
        for piece in pieces(rng.randint(1, 5), 24):
            writers = "；".join(name() for _ in range(rng.randint(1, 3)))
            out += [f"{piece} {writers}（{rng.randint(1, 120)}）"] if rng.random() < 0.3 else [piece, writers]
    return out


def _voices(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """What people said, and who they are."""
    below = rng.random() < 0.6
    out: Lines = []
    for piece in pieces(rng.randint(3, 10), 24):
        who = f"{name()}{rng.choice(['，社工三年', '', '（' + body() + '）', ' 督导'])}"
        out += [f"“{piece}”", f"——{who}"] if below else [f"{who}：{piece}"]
    return out


def _pictures(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Pictures with what is on them, and hardly anything else."""
    mark = rng.choice(["图{}：", "{}.", "", "▲", "【图{}】"])
    by = rng.choice(["", f" {name()}/摄", f"（{body()}供图）"])
    return [mark.format(n) + piece + by for n, piece in enumerate(pieces(rng.randint(3, 12), 22), 1)]


def _stanzas(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """Verse without marks, in stanzas, with a pause between now and then."""
    out: Lines = []
    for _ in range(rng.randint(2, 6)):
        out += pieces(rng.randint(2, 5), rng.choice([7, 10, 14]))
        if rng.random() < 0.2:
            out.append(rng.choice(_PAUSES))
    return out + ([f"作者：{name()}", f"（{body()}）"][: rng.randint(0, 2)])


def _post(rng: random.Random, pieces: Pieces, name: Words, body: Words) -> Lines:
    """An account's post: short lines without marks, a pause of its own again and again, headings, a sentence."""
    pause = rng.choice([*_PAUSES, ""])
    out: Lines = []
    for number in range(rng.randint(3, 9)):
        out += pieces(rng.randint(1, 6), rng.choice([12, 16, 20]))
        if rng.random() < 0.5:
            out.append("，".join(pieces(rng.randint(2, 4), 24)) + rng.choice(["。", "！", "～", "！！"]))
        if pause and rng.random() < 0.7:
            out.append(pause)
        if rng.random() < 0.3:
            out.append(rng.choice([f"0{number + 1}", f"PART {number + 1}", f"▲{pieces(1, 12)[0]}", *pieces(1, 6)]))
    return out


SHAPES: dict[str, Callable[[random.Random, Pieces, Words, Words], Lines]] = {
    one.__name__.strip("_"): one
    for one in (
        _days,
        _week,
        _programme,
        _prizes,
        _roll,
        _calls,
        _gifts,
        _contents,
        _voices,
        _pictures,
        _stanzas,
        _post,
    )
}


def unspoken(rng: random.Random, said: Sequence[str], name: Words, body: Words) -> tuple[str, Lines]:
    """The name of a shape and the lines of a story in it; `said` are short pieces of a story."""
    chosen = rng.choice([*SHAPES, "post", "stanzas"])
    deck: list[str] = []

    def pieces(count: int, longest: int) -> Lines:
        """The next ones; all again once each was had."""
        out: Lines = []
        while len(out) < count:
            if not deck:
                deck.extend(rng.sample(said, len(said)) if said else ["活动安排", "报名须知", "注意事项"])
            out.append(deck.pop()[:longest])
        return out

    return chosen, SHAPES[chosen](rng, pieces, name, body)
