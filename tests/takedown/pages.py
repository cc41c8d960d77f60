"""Pages made up for takedowns: one that is taken down, and two that stay."""

from __future__ import annotations

ADDRESS = "https://news.example.org/news/2024-05/老人.html"
TITLE = "青杨镇社工站教会老人用手机预约服务"
VICTIM = "青杨.html"
COMMON = "活动由镇政府主办，各村社工站协办，社工与志愿者共三十人参加了当天的全部环节。"
"""A sentence that all three pages share."""

_STORY = (
    "4月2日，青杨镇社工站在镇文化广场教老人使用手机，三位老人当场学会了用手机预约理发与助浴服务。",
    COMMON,
    "站长高春梅说，下一步将把课堂搬到村口的小卖部，让走不远的老人也能学到。",
)


def _plain(title: str, *story: str) -> str:
    return "\n".join(
        ["首页 > 新闻 > 正文", "", title, "2024-04-03 09:30 来源：示例日报", "", *(f"　　{line}" for line in story)]
    )


PAGES = {
    VICTIM: f'<html><head><meta property="og:url" content="{ADDRESS}"><title>{TITLE}</title></head><body>'
    f"<h1>{TITLE}</h1>{''.join(f'<p>{line}</p>' for line in _STORY)}</body></html>",
    "other.txt": _plain(
        "白河镇社工站开设儿童阅读角",
        "4月1日，白河镇社工站的儿童阅读角开放，首日有四十名孩子来借书，志愿者教他们办理借书卡。",
        COMMON,
        "社工刘敏介绍，阅读角每周三和周六下午开放，书由县图书馆每季度更换一次。",
    ),
    "other2.txt": _plain(
        "红石镇为残疾人家庭改造厨房",
        "3月30日，红石镇社工站完成了十二户残疾人家庭的厨房改造，台面降低，灶具换成了带熄火保护的。",
        COMMON,
        "项目负责人陈立说，改造的钱来自县慈善会，明年还将改造二十户人家的卫生间。",
    ),
}
"""Name to page; the first is the one that is taken down."""
