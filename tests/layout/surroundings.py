"""What sites put around their stories, invented: menus, tools, source lines, lists of links, comments, notices."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_PLACES = ("青禾", "白石", "云溪", "南港", "清河", "东岭", "阳山", "临江")
_SITES = ("新闻网", "社工网", "政府网", "民政局", "在线", "日报", "信息网", "晚报", "公益网", "客户端")
_MENU = (
    *(
        "首页",
        "网站首页",
        "新闻中心",
        "政务公开",
        "政务服务",
        "互动交流",
        "走进社工",
        "机构概况",
        "党建引领",
        "通知公告",
    ),
    *(
        "工作动态",
        "政策法规",
        "下载中心",
        "联系我们",
        "视频",
        "图片",
        "专题专栏",
        "数据",
        "教育培训",
        "志愿服务",
        "慈善",
    ),
    *(
        "县区",
        "时政",
        "民生",
        "评论",
        "文化",
        "健康",
        "English",
        "登录",
        "注册",
        "简体",
        "繁体",
        "无障碍",
        "手机版",
        "数字报",
    ),
)
_TOOLS = (
    *(
        "字号：大 中 小",
        "【字体：大 中 小】",
        "打印本页",
        "【打印】 【关闭】",
        "分享到：",
        "分享到微信",
        "收藏 举报",
        "扫一扫在手机打开",
    ),
    *("浏览次数：{n}次", "阅读：{n}", "点击数：{n}", "保存为PDF", "语音播报", "我要纠错", "A- A A+", "关闭窗口"),
)
_RELATED = (
    "相关新闻",
    "相关阅读",
    "热门推荐",
    "推荐阅读",
    "最新文章",
    "延伸阅读",
    "猜你喜欢",
    "热点排行",
    "图片新闻",
    "更多>>",
)
_NOTICES = (
    "本网站部分内容由相关信息主体自行发布，其真实性、准确性及合法性由发布主体负责，{site}对此不作任何保证。",
    "凡本网注明来源为{site}的所有作品，版权均属于{site}，未经授权不得转载、摘编。",
    "本网转载的文章、图片如涉及版权问题，请权利人及时与本网取得联系，我们将在第一时间处理。",
    "免责声明：本文仅代表作者个人观点，与{site}无关，请读者仅作参考。",
    "声明：文章来源于网络，目的在于传递更多信息，如有侵权请联系删除。",
    "任何单位或个人认为本网页内容可能涉嫌侵犯其权益，应及时提出书面通知，本网将依法移除相关内容。",
    "{site}所有文字、图片和音视频资料，版权均属{site}所有，任何媒体、网站或个人不得转载。",
)
_FEET = (
    *(
        "关于我们 | 联系我们 | 网站地图 | 友情链接",
        "版权所有：{site}",
        "主办单位：{place}市人民政府办公室 承办：{place}市大数据中心",
    ),
    *(
        "{site} {place}.example.cn 版权所有。",
        "地址：{place}市人民路{n}号 邮编：{n}00",
        "技术支持：{place}信息科技有限公司",
    ),
    *(
        "某ICP备{n}{n}号-1",
        "某公网安备 {n}{n}{n}号",
        "联系电话：0{n}-{n}{n} 传真：0{n}-{n}{n}",
        "互联网新闻信息服务许可证：{n}{n}",
    ),
    *("违法和不良信息举报电话：0{n}-{n}{n} 举报邮箱：jubao@example.com", "网站标识码：{n}{n}{n}", "您是第{n}{n}位访客"),
    *(
        "第一办公区：{place}市滨江区友谊路{n}号万源大厦{n}层；第二办公区：{place}市高新区科创园{n}座",
        "建议使用1024×768分辨率浏览",
    ),
    *(
        "{place}网络科技有限公司主办 | {site}运营",
        "广告热线：0{n}-{n}{n} 新闻热线：0{n}-{n}{n}",
        "Copyright © 20{n} {site} All Rights Reserved",
    ),
)
_PROMPTS = (
    *(
        "点击上方蓝字关注我们",
        "长按二维码关注",
        "点击“阅读原文”查看更多",
        "点亮“在看”，让更多人看见",
        "觉得不错，点个赞再走吧",
        "喜欢此内容的人还喜欢",
    ),
    *(
        "微信扫一扫关注该公众号",
        "欢迎转发朋友圈",
        "扫码下载客户端",
        "往期推荐",
        "投稿邮箱：tougao@example.com",
        "编辑：林某 审核：周某",
    ),
)
_COMMENTERS = ("山里人", "阿朵", "小林同学", "风轻云淡", "一路向北", "青禾网友", "匿名用户", "老周")

Lines = list[str]
Pieces = Callable[[int], Lines]
"""Gives so many short pieces of other pages: headlines for lists."""


def surroundings(rng: random.Random, title: str, pieces: Pieces, talk: Pieces) -> tuple[Lines, Lines]:
    """What stands before and behind a story of that title; `talk` gives sentences for comments and blurbs."""
    place = rng.choice(_PLACES)
    site = place + rng.choice(_SITES)

    def filled(forms: Sequence[str]) -> Lines:
        return [form.format(site=site, place=place, n=rng.randint(10, 9999)) for form in forms]

    account = rng.random() < 0.25
    before = _account_head(rng, title, site) if account else _head(rng, title, site, filled)
    behind: Lines = []
    if account:
        behind += filled(rng.sample(_PROMPTS, rng.randint(0, 5)))
    elif rng.random() < 0.6:
        behind += filled(rng.sample(_TOOLS, rng.randint(0, 3)))
    if rng.random() < 0.35:
        behind += _pages(rng, pieces)
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        behind += _list(rng, pieces, talk)
    if rng.random() < (0.4 if account else 0.15):
        behind += _comments(rng, talk)
    notices = filled(rng.sample(_NOTICES, rng.choice([0, 1, 1, 2])))
    feet = filled(rng.sample(_FEET, rng.randint(0, 8)))
    if rng.random() < 0.3:
        rng.shuffle(feet := [*notices, *feet])
        notices = []
    if rng.random() < 0.25:  # a page cut out of its frame: only what stands at its foot
        before, behind = before[-rng.randint(0, 2) :] if rng.random() < 0.5 else [], []
    return before, [*behind, *notices, *feet]


def _head(rng: random.Random, title: str, site: str, filled: Callable[[Sequence[str]], Lines]) -> Lines:
    out: Lines = []
    if rng.random() < 0.7:
        out.append(title + rng.choice(["_", "-", " - ", "|", "——"]) + site)
    menu = rng.sample(_MENU, rng.randint(0, 24))
    if menu:
        out += [" | ".join(menu)] if rng.random() < 0.3 else menu
    if rng.random() < 0.5:
        out.append(
            rng.choice(["当前位置：", "您的位置：", "您现在的位置：", ""])
            + " > ".join(["首页", *rng.sample(_MENU, 2), "正文"])
        )
    if rng.random() < 0.9:
        out.append(title)
    out += rng.sample(_stated(rng, site), rng.randint(0, 2)) + filled(rng.sample(_TOOLS, rng.randint(0, 2)))
    return out


def _account_head(rng: random.Random, title: str, site: str) -> Lines:
    out = [
        title,
        rng.choice([f"原创 {site}", site, f"{site} {site}"]),
        _day(rng),
        "收录于合集",
        *rng.sample(_PROMPTS, 1),
    ]
    return [line for i, line in enumerate(out) if i == 0 or rng.random() < 0.6]


def _stated(rng: random.Random, site: str) -> Lines:
    """Forms of the line that states time and source."""
    day = _day(rng)
    return [
        f"{day} 来源：{site} 作者：林某某",
        f"发布时间：{day} {rng.randint(8, 20)}:{rng.randint(10, 59)} 来源：{site} 浏览次数：{rng.randint(3, 9000)}",
        f"来源：{site}",
        f"{day} {rng.randint(8, 20)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}",
        f"【信息时间：{day} 阅读次数：{rng.randint(3, 900)}】",
        "本报记者 林某某 通讯员 周某",
    ]


def _day(rng: random.Random) -> str:
    form = rng.choice(["{}-{:02d}-{:02d}", "{}年{}月{}日", "{}/{:02d}/{:02d}", "{}.{}.{}"])
    return form.format(rng.randint(2008, 2025), rng.randint(1, 12), rng.randint(1, 28))


def _pages(rng: random.Random, pieces: Pieces) -> Lines:
    above, below = pieces(2)
    words = rng.choice([("上一篇：", "下一篇："), ("上一条：", "下一条："), ("上一篇 ", "下一篇 ")])
    return [words[0] + above, words[1] + rng.choice([below, "没有了"])]


def _list(rng: random.Random, pieces: Pieces, talk: Pieces) -> Lines:
    """Links to other stories under a heading, or without one; with days, or blurbs."""
    head = [rng.choice(_RELATED)] if rng.random() < 0.75 else []
    dated, blurbs, mark = rng.random() < 0.35, rng.random() < 0.15, rng.choice(["", "", "· ", "{}. "])
    out: Lines = []
    for i, piece in enumerate(pieces(rng.randint(3, 12)), 1):
        out.append(mark.format(i) + piece + (f" {_day(rng)}" if dated else ""))
        if blurbs:
            out.append(talk(1)[0][: rng.randint(40, 120)] + rng.choice(["...", "", "[详细]"]))
    return head + out


def _comments(rng: random.Random, talk: Pieces) -> Lines:
    out = [rng.choice(["精选留言", "网友评论", "全部评论", "留言 {}", "最新评论"]).format(rng.randint(2, 99))]
    for line in talk(rng.randint(2, 8)):
        name, line = rng.choice(_COMMENTERS), line[: rng.randint(8, 90)]
        out += (
            [f"{name}：{line}"]
            if rng.random() < 0.5
            else [name, line, f"{rng.randint(1, 23)}小时前 回复 {rng.randint(0, 99)}"]
        )
    return out
