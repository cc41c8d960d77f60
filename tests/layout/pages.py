"""Pages with reference answers: their lines, as the rules judge them, and the share of each that is story."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.clean import STEPS
from flows.document import Block, Page
from flows.read.reader import read_bytes
from flows.strip import strip_boilerplate
from flows.strip.foreign import take_foreign
from flows.strip.judge import Judged, judge_lines
from flows.strip.lines import Places, rule_form, split_lines
from flows.strip.rules import rule_book
from flows.text import Text
from tests.layout.folded import fold

SURE = 0.9
"""The share of the reference that a page's text form must hold to teach."""

SMALLEST = 6
"""Characters of a match with the reference; a shorter one counts where it is a whole line."""


THREADS = "-forum"
"""How the name of a group of threads ends."""

APART, LEAST_POST = 3, 40
"""Lines that part the posts of a thread at least, and characters of one that is no mere line above it."""


@dataclass
class Sheet:
    """A page for training: its text, lines, and for each line the share that is story (`told`) and how much it counts
    (`weight`). `sites` are those whose lines are on it; `story` is False for a page that holds none."""

    name: str
    sites: frozenset[str]
    text: str
    judged: list[Judged]
    told: NDArray[np.float64]
    weight: NDArray[np.float64]
    story: bool = True
    group: str = ""
    stated: str | None = None
    page: Page | None = None
    reference: str = ""
    titles: tuple[str, ...] = ()
    origin: str = "page"
    places: dict[str, Any] = field(default_factory=dict)


def read_pages(folder: Path, form: str) -> list[Sheet]:
    """The pages of a folder: `truth.json` names each one's files by form, its group, kind and reference."""
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [sheet for row in rows if row.get(form) for sheet in _sheet(folder, row, form)]


def sources_of(folder: Path, form: str) -> str:
    """The SHA-256 of the pages and the references that training reads."""
    digest = hashlib.sha256((folder / "truth.json").read_bytes())
    for row in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        if row.get(form):
            digest.update((folder / row[form]).read_bytes())
    return digest.hexdigest()


def _sheet(folder: Path, row: dict[str, Any], form: str) -> Iterator[Sheet]:
    truth = row.get("truth") or {}
    if row["kind"] == "unlabelled":
        return
    partly = form == "text" and float(row.get("truth_share_in_text", 1)) < SURE
    path = folder / row[form]
    page = until_strip(read_bytes(path.read_bytes(), path.name))
    shape = rule_form(page.text.chars)
    judged = judge_lines(split_lines(page.text, page.raw.blocks), shape, rule_book().with_first(page.rules))
    if not judged:
        return
    take_foreign(judged, page.text.chars)
    story = row["kind"] != "negative"
    told = np.zeros(len(judged))
    if truth.get("content"):
        told = shares_told([fold(one.chars) for one in judged], fold(truth["content"]))
    elif story:
        told = np.array([one.kind is None for one in judged], dtype=float)  # a transcript, but for what rules take
    taught = weights(judged, told, whole=bool(truth.get("content")) or not story)
    if row["group"].endswith(THREADS):
        taught[told >= 0.5] *= in_first_post(judged, told)
    yield Sheet(
        name=path.stem,
        sites=frozenset([site_of(folder, row)]),
        text=page.text.chars,
        judged=judged,
        told=told,
        weight=np.zeros(len(judged)) if partly else taught,
        story=story,
        group=row["group"],
        stated=page.raw.stated.title,
        page=page,
        reference=fold(truth.get("content") or ""),
        titles=tuple(fold(title) for title in [truth.get("title"), *truth.get("headlines", ())] if title),
    )


def in_first_post(judged: Sequence[Judged], told: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of the lines told: which stand in the first stretch of a thread that is long enough for a post, or above it?

    References of threads hold the replies too, which are no story by contract (`comments`): they teach nothing.
    """
    places = np.flatnonzero(told >= 0.5)
    length = np.array([len(one.form) for one in judged])[places]
    post = np.concatenate([[0], np.cumsum(np.diff(places) > APART)]) if len(places) else places
    long = [number for number in range(post[-1] + 1) if length[post == number].sum() >= LEAST_POST] if len(post) else []
    return post <= (long[0] if long else 0)


def until_strip(raw: Any) -> Page:
    """The page as stripping gets it."""
    page = Page(raw, Text.of(raw.text), reason=raw.reason)
    for step in STEPS[: STEPS.index(strip_boilerplate)]:
        page = step(page)
    return page


def weights(judged: Sequence[Judged], told: NDArray[np.float64], whole: bool) -> NDArray[np.float64]:
    """How much each line counts: the square root of its length, together 1 a page; what rules decide does not.

    `whole` says that the reference covers the page; else only what is told counts.
    """
    weight = np.array([float(len(one.form)) for one in judged]) ** 0.5
    legal = {"copyright", "contact", "share", "site_prompt"}
    for i, one in enumerate(judged):
        placed = told[i] >= 0.5 and any(rule.kind in legal for rule in one.placed)
        if one.kind is not None or placed or (not whole and told[i] < 0.5):
            weight[i] = 0.0
    total = weight.sum()
    return weight / total if total else weight


def shares_told(lines: Sequence[str], reference: str) -> NDArray[np.float64]:
    """The share of each folded line that aligns, in order, with the folded reference."""
    text = "".join(lines)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    hit = np.zeros(len(text))
    matcher = difflib.SequenceMatcher(None, text, reference, autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        lines_hit = owner[start : start + size]
        if size >= SMALLEST or (size and (lines_hit == lines_hit[0]).all() and len(lines[lines_hit[0]]) == size):
            hit[start : start + size] = 1
    sums = np.bincount(owner, weights=hit, minlength=len(lines))
    return sums / np.maximum(1, [len(line) for line in lines])


_HOST = re.compile(rb"https?://([a-z0-9.-]+\.(?:com|cn|net|org|hk|tw|tv|cc|info|gov|edu|me|la))\b", re.I)
_SECOND = frozenset({"com", "net", "org", "gov", "edu"})
_SHARED = frozenset({"w3.org", "baidu.com", "google.com", "googletagmanager.com", "google-analytics.com", "cnzz.com"})


_ALIASES = {
    "ifengimg.com": "ifeng.com",
    "pstatp.com": "toutiao.com",
    "netease.com": "163.com",
    "gtimg.com": "qq.com",
    "bdimg.com": "bdstatic.com",
    "news.cn": "xinhuanet.com",
    "sina.cn": "sina.com.cn",
    "sinaimg.cn": "sina.com.cn",
}


def site_of(folder: Path, row: dict[str, Any]) -> str:
    """The site of a page: the host that its markup names most; without markup its group."""
    if not row.get("html"):
        return str(row["group"])
    hosts = Counter(_registered(found.decode().lower()) for found in _HOST.findall((folder / row["html"]).read_bytes()))
    for shared in _SHARED:
        hosts.pop(shared, None)
    return max(hosts, key=lambda host: (hosts[host], host), default=str(row["html"]))


def _registered(host: str) -> str:
    parts = host.split(".")
    site = ".".join(parts[-3:] if len(parts) > 2 and parts[-2] in _SECOND else parts[-2:])
    return _ALIASES.get(site, site)


def places_of(lines: Sequence[tuple[str, int, int, Block | None]]) -> tuple[str, Places]:
    """The text and places of lines, each with the line ends above it and the white space in front of it."""
    text, places = "", Places([], [], [], [])
    parts: list[str] = []
    at = 0
    for i, (chars, blank, indent, block) in enumerate(lines):
        parts.append("\n" * (max(1, blank) if i else 0) + " " * indent)
        at += len(parts[-1])
        parts.append(chars)
        places.starts.append(at)
        at += len(chars)
        places.ends.append(at)
        places.chars.append(chars)
        places.blocks.append(block)
    text = "".join(parts)
    return text, places
