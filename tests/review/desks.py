"""A release of a few pages, with its raw folder and a copy of the rules, to act on."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from flows.folder.stage import commit, latest, write_build
from flows.publish.release import check, write_staging
from flows.review.proposals import Desk
from flows.state import PROJECT
from flows.validate import GateResult
from tests.report.folders import cleaned

PAGES = {
    "one.txt": "青禾社工站启用\n\n3月2日，位于白石社区的新站启用，站长林小满介绍了服务内容。居民们纷纷前来咨询。\n"
    "分享到：微信 微博\n",
    "two.txt": "志愿者培训开班\n\n4月1日，志愿者培训班在云溪街道开班，三十名志愿者参加学习，社工讲授了服务技巧。\n",
    "three.txt": "苏州社工队伍不断壮大\n\n近日，苏州市民政局通报了本市社会工作发展情况。\n"
    "2018年，苏州市共有持证社工9200人，建成社区社工室三百个，服务居民十余万人次。\n",
}

ROSE = GateResult(
    "rows_rose", "drift", "warning", False, 9, 1, ({"subject": "people", "before": 1, "now": 9},), detail="past 50%"
)
"""A drift that waits for a decision."""


def desk_of(folder: Path, again: bool = False) -> Desk:
    """A desk with a release of PAGES; its rules may be written to. `again`: with a second one, in which a figure is
    another, and a table that grew."""
    raw, releases, rules = folder / "raw", folder / "releases", folder / "rules"
    raw.mkdir()
    for name, text in PAGES.items():
        (raw / name).write_text(text, encoding="utf-8")
    shutil.copytree(PROJECT / "schemas" / "rules", rules)
    release = released(raw, releases, "v2026.11.22")
    if again:
        (raw / "three.txt").write_text(PAGES["three.txt"].replace("9200", "9250"), encoding="utf-8")
        release = released(raw, releases, "v2026.11.23", ROSE)
    return Desk(release, raw, releases, rules)


def released(raw: Path, releases: Path, version: str, *more: GateResult) -> Path:
    """A release of the pages of a folder, with further gates in its report."""
    before = latest(releases) if releases.exists() else None
    report, kept, _ = check(cleaned(raw), version, len(PAGES), before)
    report = dataclasses.replace(report, gates=(*report.gates, *more))
    staging = write_staging(kept, report, releases, version, raw)
    write_build(staging, {})
    return commit(staging, releases, version)
