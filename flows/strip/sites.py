"""Where a site's name stands in a page's title."""

from __future__ import annotations

import re

BOUND = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+|[-–—]{1,2}(?=[^-–—]{2,12}$)|\s+[-–—]|[-–—]\s+")
"""What parts a site's name from a headline."""
_SITE_ENDS = re.compile("(?:网站?|报|频道|平台|客户端|中心|[局厅委会部社台]|政府|门户|在线|学院|大学|公司|新闻|首页)$")
_SITE_FIRST = re.compile(r"[^|_,。!?:]{2,24}(?:网站?|官网|门户|平台|频道|客户端)\s*[|_]\s*(?=[^|_]{8,}$)")


def site_suffix(form: str) -> int:
    """Where in a page's title the site's name begins, with its separator; the length if there is none."""
    found = BOUND.search(form)
    while found is not None:
        rest = form[found.end() :]
        # 民生观察｜村口的茶摊: a column in front of its headline
        of_column = "|" in found[0] and len(rest) > found.start() and not _SITE_ENDS.search(rest)
        if found.start() >= 4 and len(rest) <= 30 and not of_column and not re.search(r"[,。!?:;]", rest):
            return found.start()
        found = BOUND.search(form, found.end())
    return len(form)


def site_prefix(form: str) -> int:
    """Where in a page's title the headline begins behind the site's name and its separator; 0 if it stands first."""
    found = _SITE_FIRST.match(form)
    return found.end() if found is not None else 0
