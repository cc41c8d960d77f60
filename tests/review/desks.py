"""A release of a few pages, with its raw folder and a copy of the rules, to act on."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.folder.stage import commit, write_build
from flows.publish.release import check, keep_quarantined, write_staging
from flows.review.proposals import Desk
from flows.state import PROJECT
from tests.report.folders import cleaned

PAGES = {
    "one.txt": "青禾社工站启用\n\n3月2日，位于白石社区的新站启用，站长林小满介绍了服务内容。居民们纷纷前来咨询。\n"
    "分享到：微信 微博\n",
    "two.txt": "志愿者培训开班\n\n4月1日，志愿者培训班在云溪街道开班，三十名志愿者参加学习，社工讲授了服务技巧。\n",
}


def desk_of(folder: Path) -> Desk:
    """A desk with a release of PAGES; its rules may be written to."""
    raw, releases, rules = folder / "raw", folder / "releases", folder / "rules"
    raw.mkdir()
    for name, text in PAGES.items():
        (raw / name).write_text(text, encoding="utf-8")
    shutil.copytree(PROJECT / "schemas" / "rules", rules)
    report, kept, taken = check(cleaned(raw), "v2026.11.22", len(PAGES))
    staging = write_staging(kept, report, releases, "v2026.11.22", raw)
    write_build(staging, {})
    if report.quarantined or report.misfits:
        keep_quarantined(taken, report, releases, "v2026.11.22")
    return Desk(commit(staging, releases, "v2026.11.22"), raw, releases, rules)
