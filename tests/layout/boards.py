"""Pages that hold no story, invented: boards, archives, calendars, downloads, people, galleries, digests of days."""

from __future__ import annotations

import random
from collections.abc import Callable

Lines = list[str]
Pieces = Callable[[int], Lines]
"""Gives so many headlines, or sentences, of other pages."""


def board(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """The entries of a page of some kind."""
    return rng.choice(_KINDS)(rng, heads, talk)


def _day(rng: random.Random) -> str:
    form = rng.choice(["{}-{:02d}-{:02d}", "{}年{}月{}日", "{}/{:02d}/{:02d}", "{}.{}.{}"])
    return form.format(rng.randint(2008, 2025), rng.randint(1, 12), rng.randint(1, 28))


def _blurb(rng: random.Random, talk: Pieces) -> str:
    """The beginning of a story, cut off or whole sentences."""
    line = talk(1)[0]
    if rng.random() < 0.5:
        return line[: rng.randint(30, 140)] + rng.choice(["...", "……", "…", "[详细]", ""])
    return line


def _threads(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """A forum's threads with who wrote and answered when."""
    out = ["标题 作者 回复/查看 最后发表"] if rng.random() < 0.5 else ["版块主题", "发新帖"]
    for head in heads(rng.randint(8, 30)):
        name = rng.choice(["阿朵", "山里人", "social_w", "小林同学", "版主"])
        row = [head, name, f"{rng.randint(0, 99)}/{rng.randint(100, 9999)}", _day(rng)]
        out += [" ".join(row)] if rng.random() < 0.4 else row
    return out


def _archive(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Months with their entries, with or without a paragraph each."""
    blurbs, out = rng.random() < 0.6, []
    for month in range(rng.randint(1, 5), 0, -1):
        out.append(f"{rng.randint(2010, 2025)}年{month}月")
        for head in heads(rng.randint(2, 8)):
            out += [f"{head} {_day(rng)}" if rng.random() < 0.5 else head, *([_blurb(rng, talk)] if blurbs else [])]
            if rng.random() < 0.3:
                out.append(rng.choice(["阅读全文", "继续阅读 →", "0 条评论", f"浏览 {rng.randint(3, 999)}"]))
    return out


def _calendar(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Days with what happens on them."""
    out = ["日 一 二 三 四 五 六", *(" ".join(map(str, range(n, n + 7))) for n in (1, 8, 15, 22))]
    for head in heads(rng.randint(5, 16)):
        out += [
            f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日 {head}",
            *([_blurb(rng, talk)] if rng.random() < 0.4 else []),
        ]
    return out


def _downloads(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    out: Lines = []
    for head in heads(rng.randint(6, 20)):
        size = f"{rng.randint(10, 900)}KB"
        out += [
            f"{head}.{rng.choice(['doc', 'pdf', 'xls'])}",
            f"大小：{size} 下载次数：{rng.randint(1, 999)} {_day(rng)}",
        ]
        if rng.random() < 0.3:
            out.append(_blurb(rng, talk))
    return out


def _people(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Somebody's page: a few words on them, and what they wrote."""
    out = [
        rng.choice(["专栏作者", "社工站简介", "机构主页", "博主"]),
        talk(1)[0],
        f"文章 {rng.randint(3, 99)} 粉丝 {rng.randint(3, 999)}",
    ]
    for head in heads(rng.randint(5, 15)):
        out += [head, *([_blurb(rng, talk)] if rng.random() < 0.6 else []), _day(rng)]
    return out


def _gallery(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    return [
        line for head in heads(rng.randint(6, 30)) for line in (head, f"{rng.randint(3, 30)}张")[: rng.randint(1, 2)]
    ]


def _digest(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Teasers of several days, each with a sentence or two."""
    out: Lines = []
    for _ in range(rng.randint(3, 9)):
        out.append(_day(rng))
        for head in heads(rng.randint(1, 3)):
            out += [head, *[_blurb(rng, talk) for _ in range(rng.randint(1, 2))]]
            out += [rng.choice(["全文", "查看全文>>", "[阅读更多]", "详细"])] if rng.random() < 0.6 else []
    return out


def _directory(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Names of sites or bodies with a few words each."""
    out: Lines = []
    for head in heads(rng.randint(8, 40)):
        name = head[: rng.randint(4, 10)]
        out += [f"{name} {_blurb(rng, talk)[:20]}"] if rng.random() < 0.3 else [name]
    return out


def _questions(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Questions put to an office, with their state."""
    out: Lines = []
    for head in heads(rng.randint(6, 20)):
        state = rng.choice(["已答复", "办理中", "已采纳", f"{rng.randint(0, 20)}个回答"])
        out += [f"[{rng.choice(['咨询', '建议', '投诉'])}] {head}？", f"{state} {_day(rng)}"]
        out += [_blurb(rng, talk)] if rng.random() < 0.3 else []
    return out


def _results(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """What a search found."""
    word = heads(1)[0][:4]
    out = [f"关键词 {word}", "全部 标题 正文 按时间 按相关度", f"共找到 {rng.randint(10, 9999)} 条结果"]
    for head in heads(rng.randint(5, 15)):
        out += [head, _blurb(rng, talk), f"www.example.cn/{rng.randint(100, 999)}.html {_day(rng)} 快照"]
    return out


def _tagged(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """What stands under a tag, with counters."""
    out = [f"标签：{heads(1)[0][:4]}，共{rng.randint(5, 99)}篇"]
    for head in heads(rng.randint(4, 12)):
        out += [head, _blurb(rng, talk), f"{_day(rng)} 阅读({rng.randint(3, 999)}) 评论({rng.randint(0, 20)})"]
    return out


def _columns(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """Headlines by who said or wrote them, or by their number, and where to find more."""
    mark = rng.choice(["{name}：", "{n} ", "{n}.", "[{name}] ", "{name} | "])
    out: Lines = []
    for n, head in enumerate(heads(rng.randint(4, 14)), 1):
        name = rng.choice("王李张刘陈杨赵黄周吴") + rng.choice(["教授", "主任", "老师", "记者", "律师", "某某"])
        out.append(mark.format(name=name, n=n) + head)
    return [*out, rng.choice(["更多", "换一批", "查看更多", "加载更多", "上一页 下一页", "返回顶部"])]


def _lost(rng: random.Random, heads: Pieces, talk: Pieces) -> Lines:
    """A page that cannot be had, asks to log in, or is empty, and where else to go."""
    said = [
        *(
            "您访问的页面不存在",
            "该栏目暂无内容",
            "正在加载，请稍候",
            "请登录后查看",
            "链接已失效",
            "系统繁忙，请稍后再试",
        ),
        *(
            "返回首页",
            "返回上一页",
            "联系管理员",
            "用户名",
            "密码",
            "验证码",
            "登录",
            "注册",
            "忘记密码？",
            "5秒后自动跳转",
        ),
    ]
    return [*rng.sample(said, rng.randint(3, 9)), *(heads(rng.randint(0, 4)) if rng.random() < 0.4 else [])]


_KINDS = (
    _threads,
    _archive,
    _calendar,
    _downloads,
    _people,
    _gallery,
    _digest,
    _directory,
    _questions,
    _results,
    _tagged,
    _columns,
    _lost,
)
