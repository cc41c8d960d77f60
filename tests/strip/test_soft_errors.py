"""Pages that a server sends in place of what was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from flows.strip.lines import rule_form
from flows.strip.soft_errors import find_statement
from flows.vocabulary import load_vocabulary
from tests.pages import cleaned

STATEMENTS = load_vocabulary("soft_errors")["statements"]


@pytest.mark.parametrize("one", STATEMENTS, ids=lambda one: one["id"])
def test_statement_takes_and_leaves_its_examples(one: dict[str, Any]) -> None:
    assert [example for example in one["take"] if find_statement(rule_form(example)) != one["id"]] == []
    assert [example for example in one["leave"] if find_statement(rule_form(example)) is not None] == []


ERRORS = {
    "not_found": [
        "404 Not Found\nnginx/1.18.0",
        "404_青禾新闻网\n首页 | 新闻 | 视频\n抱歉，您访问的页面不存在或已删除！\n请检查网址，或者返回首页。",
        "404\n您访问的页面找不回来了\n但我们可以一起寻找失踪宝贝\n姓名：王小某\n失踪时间：2010-03-04\n特征：额头有疤",
        "找不到網頁 - 青禾縣政府\n很抱歉，您所瀏覽的網頁不存在，可能已經移除或更換網址，請由首頁重新瀏覽。\n回首頁",
    ],
    "removed": [
        "微信公众平台\n该内容已被发布者删除",
        "此帐号已被屏蔽，内容无法查看\n该帐号因违反相关法律法规被屏蔽，查看对应规则",
        "该公众号已迁移\n该公众号已迁移至新的帐号，原帐号已回收。若需访问原文章链接，请点击下方按钮。\n访问文章",
    ],
    "denied": [
        "访问验证\n为了您的账号安全，请先完成验证。系统检测到您的网络环境存在异常，为保证您的正常访问，请在下方输入验证码。",
        "403 Forbidden\n您的请求已被网站防火墙拦截。如果您是网站管理员，请登录控制台查看详情。",
        "Just a moment...\nChecking your browser before accessing example.com.\nThis process is automatic.",
    ],
    "server_error": ["500 - 内部服务器错误。\n您查找的资源出错，因而无法显示。", "系统繁忙，请稍后再试\n返回首页"],
    "maintenance": ["网站维护中\n尊敬的用户：\n网站正在进行升级维护，暂时无法访问，给您带来的不便敬请谅解。"],
    "login": ["用户登录\n您还没有登录，请先登录后再访问。\n用户名\n密码\n记住密码 忘记密码？\n登录"],
    "cookies": ["请开启浏览器的Cookie功能\n您的浏览器已禁用 Cookie，本网站需要使用 Cookie 才能正常访问。"],
    "scripts": ["您的浏览器未启用 JavaScript，请启用后刷新页面。", "Loading...\n正在加载中，请稍候"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in ERRORS.items() for text in texts])
def test_an_error_is_no_article(kind: str, text: str) -> None:
    tables = cleaned(*text.split("\n"))
    assert tables["articles"] == []
    assert tables["documents"][0]["status"] == "rejected"
    assert tables["documents"][0]["reason"].startswith(f"soft_error: {kind}. ")


@pytest.mark.parametrize(
    "text",
    [
        "“页面不存在”背后：多家社工机构网站失联\n2024-05-06 来源：青禾日报\n记者近日逐一打开社工机构的官网，发现"
        "有三成显示“您访问的页面不存在”，还有的提示“网站维护中，请稍后再试”。\n业内人士说，机构人手少，没人管，过期后就打不开了。",
        "404页面变身寻人平台\n2024-05-06 来源：青禾日报\n看到的不再是“404 Not Found”，而是一张张照片。"
        "青禾区社工介绍，上线一年来，已帮助五个家庭团圆。\n404 Not Found\n这行字，如今成了希望，也成了很多人夜里的灯。",
        "关于网站系统升级维护的通知\n各位用户：\n因系统升级，社工考试报名网站将于5月6日22时至24时停机维护，期间无法"
        "访问，敬请谅解。请考生合理安排报名时间，并于5月10日前完成缴费。\n青禾市人事考试中心\n2024年5月5日",
        "短讯\n2024-05-06 青禾网\n青禾区首家医务社工站昨日在区人民医院揭牌，三名社工到岗。\n请先登录",
        "社工站启用\n2024-05-06 10:20 来源：青禾日报\n青禾区社工站昨日启用，首批八名社工到岗，设有活动室，每天开放。\n"
        "您需要登录后才可以回帖 登录 | 立即注册\n该评论已被删除",
    ],
)
def test_a_story_that_speaks_of_errors_stays(text: str) -> None:
    assert len(cleaned(*text.split("\n"))["articles"]) == 1


def test_a_list_of_links_is_no_error() -> None:
    headlines = [f"第{n}批社工站名单公布 引发各界关注" for n in "一二三四五六七八九十"]
    assert cleaned("登录 | 注册", *headlines)["documents"][0]["reason"].startswith("no_article: ")


@pytest.mark.parametrize("run", ["中", "您", "请", "404 ", "-", "网站", "正在", "页面", "cookie", "error "])
def test_no_statement_runs_away_on_a_long_line(run: str) -> None:
    for head in ("", "您访问的", "请", "“"):
        find_statement((head + run * 200)[:200])
