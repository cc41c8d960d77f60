"""The canary: publishers whose newest pages no longer fit their profile, so that somebody looks before data is lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from flows.canary.released import Released
from flows.document import Row
from flows.extract.dates.stamps import CHINA
from flows.flags import code_of, details_of
from flows.publishers.loading import Publishers
from flows.publishers.profile import Profile

SHORTEST = 6
"""Characters of a line that says enough to be the same line on two pages."""
REPEATS = 3
"""Articles that must hold a line before it counts as repeated, however few there are."""


class Misfit(NamedTuple):
    """One way in which the newest pages do not fit: what, in numbers, with a line of a page where one shows it."""

    what: str
    sentence: str
    sample: str | None = None


class Health(NamedTuple):
    """How one publisher's newest pages fit. Without a verdict (`judged` is False) there were too few of them."""

    profile: Profile
    pages: int
    newest: int
    misfits: tuple[Misfit, ...] = ()
    judged: bool = True


def ask(released: Released, known: Publishers) -> Iterator[Health]:
    """The health of every publisher that has pages, by id.

    A page is a publisher's by its address, by the name in `publisher`, or by the flag `publisher_mismatch`. The newest
    are those fetched last, where that is not known those published last; a page without any day counts as new.
    """
    pages = _by_publisher(released.rows("documents", DOCUMENT), known)
    ids = {row["document_id"] for rows in pages.values() for row in rows}
    articles = _grouped(released.rows("articles", ARTICLE, "document_id", ids))
    for name in sorted(pages):
        yield _health(known.profiles[name], pages[name], articles, released)


DOCUMENT = ("document_id", "url", "publisher", "fetched_at", "status", "flags")
ARTICLE = ("article_id", "document_id", "title", "published_date", "source", "duplicate_of")
Articles = dict[str, list[Row]]


def _by_publisher(documents: Sequence[Row], known: Publishers) -> dict[str, list[Row]]:
    pages: dict[str, list[Row]] = defaultdict(list)
    for row in documents:
        marks = (flag for flag in row["flags"] if code_of(flag) == "publisher_mismatch")
        mark = next(map(details_of, marks), None)
        profile = known.of_url(row["url"]) or known.of_name(row["publisher"]) or known.profiles.get(mark or "")
        if profile is not None and row["status"] != "duplicate":
            pages[profile.id].append(row)
    return pages


def _grouped(articles: Sequence[Row]) -> Articles:
    groups: Articles = defaultdict(list)
    for row in articles:
        if row["duplicate_of"] is None:
            groups[row["document_id"]].append(row)
    return groups


def _health(profile: Profile, pages: list[Row], articles: Articles, released: Released) -> Health:
    limits = profile.limits
    pages = sorted(pages, key=lambda row: (_age(row, articles), row["document_id"]), reverse=True)
    newest, older = pages[: limits.newest], pages[limits.newest :]
    if len(newest) < limits.pages:
        return Health(profile, len(pages), len(newest), judged=False)
    found = [*_shares(profile, newest, older, articles), *_repeated(profile, newest, articles, released)]
    found += _quiet(profile, newest, older, articles, released)
    return Health(profile, len(pages), len(newest), tuple(found))


def _age(row: Row, articles: Articles) -> date:
    return _fetched(row) or _published(row, articles) or date.max


def _fetched(row: Row) -> date | None:
    fetched: datetime | None = row["fetched_at"]
    return fetched.astimezone(CHINA).date() if fetched is not None else None


def _published(row: Row, articles: Articles) -> date | None:
    days = [article["published_date"] for article in articles.get(row["document_id"], ())]
    return max((day for day in days if day is not None), default=None)


def _shares(profile: Profile, newest: Sequence[Row], older: Sequence[Row], articles: Articles) -> Iterator[Misfit]:
    now, before = _measured(newest, articles), _measured(older, articles)
    for what, (share, of) in now.items():
        least: float = getattr(profile.limits, what)
        if share is None or share >= least:
            continue
        was = before[what][0]
        past = f"; it was {was:.0%} on the {len(older)} pages before" if was is not None else ""
        yield Misfit(what, f"{WHAT[what]} {share:.0%} of {of}, expected at least {least:.0%}{past}.")


WHAT = {
    "published": "published are",
    "named": "the publisher is not contradicted on",
    "title": "there is a title on",
    "date": "there is a date on",
    "source": "there is a source on",
}


def _measured(pages: Sequence[Row], articles: Articles) -> dict[str, tuple[float | None, str]]:
    """For each share its value, None of nothing, and what it is a share of."""
    stories = [article for row in pages for article in articles.get(row["document_id"], ())]
    published = [row for row in pages if row["status"] == "published"]
    mismatched = [row for row in published if any(code_of(flag) == "publisher_mismatch" for flag in row["flags"])]
    of = f"{len(stories)} articles"
    return {
        "published": (_share(len(published), len(pages)), f"{len(pages)} pages"),
        "named": (_share(len(published) - len(mismatched), len(published)), f"{len(published)} published pages"),
        **{
            what: (_share(sum(row[column] is not None for row in stories), len(stories)), of)
            for what, column in (("title", "title"), ("date", "published_date"), ("source", "source"))
        },
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _repeated(profile: Profile, newest: Sequence[Row], articles: Articles, released: Released) -> Iterator[Misfit]:
    """Lines that stand in several stories: no story repeats another's sentence, so they are the site's."""
    ids = {row["document_id"] for row in newest}
    stories = {article["article_id"] for name in ids for article in articles.get(name, ())}
    texts = [row["text"] for row in released.rows("articles", ("article_id", "text"), "document_id", ids)
             if row["article_id"] in stories and row["text"] is not None]  # fmt: skip
    count = Counter(line for text in texts for line in set(text.split("\n")) if len(line) >= SHORTEST)
    for line, times in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        if times >= REPEATS and times / len(texts) > profile.limits.repeated:
            yield Misfit("repeated", f"the same line stands in {times} of {len(texts)} articles:", line)


def _quiet(
    profile: Profile, newest: Sequence[Row], older: Sequence[Row], articles: Articles, released: Released
) -> Iterator[Misfit]:
    """Rules that took nothing on the newest pages that they hold for."""
    ids = [dated.rule.id for dated in profile.rules]
    taken: dict[str, set[str]] = defaultdict(set)
    for row in released.rows("removals", ("document_id", "rule"), "rule", ids) if ids else ():
        taken[row["rule"]].add(row["document_id"])
    for dated in profile.rules:
        subject = {row["document_id"] for row in newest if row["status"] == "published"
                   and dated.holds_on(_published(row, articles) or _fetched(row))}  # fmt: skip
        if len(subject) < profile.limits.quiet or subject & taken[dated.rule.id]:
            continue
        before = len(taken[dated.rule.id] & {row["document_id"] for row in older})
        yield Misfit(
            "quiet",
            f"the rule {dated.rule.id} took nothing on the {len(subject)} newest pages that it holds for"
            f" ({before} of the {len(older)} pages before): give it an `until`, or mend it.",
        )
