"""Pages in HTML, made up for tests: the story of `tests.pages` in the markup of four kinds of sites."""

from __future__ import annotations

from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE

LINKS = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(MENU))
RELATED = "".join(f'<li><a href="/r{i}">{name}</a></li>' for i, name in enumerate(TAIL[3:]))


def framed(body: str, head: str = "") -> str:
    """A whole page around the part with the story."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}_青禾网</title>{head}"
        "<script>var menu = '假的菜单';</script><style>p { color: red }</style></head><body>"
        f'<div class="topnav"><ul>{LINKS}</ul></div>{body}'
        f'<div class="related"><h3>{TAIL[2]}</h3><ul>{RELATED}</ul></div>'
        f'<div class="footer"><p>{"</p><p>".join(FOOT)}</p></div></body></html>'
    )


def news_site() -> str:
    """Paragraphs in an element of their own, the source line between headline and text."""
    story = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in STORY)
    return framed(
        f'<div class="main"><h1>{TITLE}</h1><p class="info">{SOURCE}</p><div class="content">{story}</div></div>'
    )


def broken_lines() -> str:
    """One element, its lines broken by <br>, tags not closed, as editors of old sites leave them."""
    story = "<br><br>\n&nbsp;&nbsp;".join(STORY)
    return framed(
        f"<center><font size=5><b>{TITLE}</b></font><br>{SOURCE}</center><div id=zoom>&nbsp;&nbsp;{story}<br>"
    )


def layout_table() -> str:
    """Tables for layout, as e-papers and government sites of the 2000s have them."""
    rows = "".join(f"<tr><td><p>{paragraph}</p></td></tr>" for paragraph in STORY)
    menu = "".join(f"<tr><td><a href=#>{name}</a></td></tr>" for name in MENU)
    return framed(
        f"<table><tr><td width=160><table>{menu}</table></td><td><table><tr><td class=title>{TITLE}</td></tr>"
        f"<tr><td>{SOURCE}</td></tr></table><table>{rows}</table></td></tr></table>"
    )


def landmarks() -> str:
    """HTML5 elements, each paragraph in a div, inline markup inside words."""
    story = "".join(f"<div>{p[:9]}<strong>{p[9:15]}</strong><a href=/x>{p[15:18]}</a>{p[18:]}</div>" for p in STORY)
    return framed(
        f"<header><nav>{LINKS}</nav></header><main><article><header><h1>{TITLE}</h1><span>{SOURCE}</span></header>"
        f"<section>{story}</section><footer>责任编辑：林某某</footer></article></main>"
        f"<aside><h4>热门</h4><p>{STORY[1][:30]}……</p></aside>"
    )


SITES = (news_site, broken_lines, layout_table, landmarks)
