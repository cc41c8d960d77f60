"""documents.html: every document of the release, searched and filtered in the browser from paged data files."""

from __future__ import annotations

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.corpus import Arrow, Corpus
from flows.figures import UNNAMED
from flows.flags import Flag, code_of
from flows.report import words as say
from flows.report.frame import page
from flows.report.markup import Markup, data_script, data_text, element, visible, words
from flows.schema import load_list
from flows.suspicion.score import signs
from flows.vocabulary import load_vocabulary

FACETS = (
    ("status", "状态", "status"),
    ("publisher", "发布者", "publisher"),
    ("kind", "移除类别", "kind removed"),
    ("rule", "规则", "rule"),
    ("flag", "标记", "flag"),
)
"""What the list can be filtered by: name, and its words."""


def write_listing(folder: Path, tables: Arrow, pages: Collection[str]) -> None:
    """documents.html, and documents/list.js with list-1.js, list-2.js, …, which it loads as it needs them.

    A file of the list holds `documents_a_file` entries; 100,000 documents make 100 files of about 300 KB.
    """
    size = load_list("report")["documents_a_file"]
    corpus = Corpus.of(tables)
    found: dict[str, set[str]] = {name: set() for name, _, _ in FACETS}
    count = 0
    for listed in corpus.each(facets):
        count += listed.documents
        for name, values in found.items():
            values.update(listed.values[name])
    vocabulary = {name: sorted(values) for name, values in found.items()}
    place = {name: {value: n for n, value in enumerate(values)} for name, values in vocabulary.items()}
    index: dict[str, Any] = {
        "count": count,
        "files": -(-count // size),
        "facets": {n: [*map(visible, v)] for n, v in vocabulary.items()},
    }
    index["labels"] = {"kind": say.KINDS, "status": say.STATUSES}
    index["reasons"] = load_vocabulary("code_names")["reasons"]
    index["signs"] = {name: [sign.words.zh, sign.words.en] for name, sign in signs().items()}
    (folder / "list.js").write_text(data_script("index", index), encoding="ascii")
    with tempfile.TemporaryFile(dir=folder) as lines:
        order = _write_lines(lines, corpus, pages, place)
        for number in range(1, index["files"] + 1):
            rows = b",".join(map(lines_at(lines), order[(number - 1) * size : number * size]))
            (folder / f"list-{number}.js").write_bytes(b"report.documents([" + rows + b"]);\n")
    scripts = ["documents/list.js"]
    html = page("Documents · Shegong", words("文档", "Documents"), _controls(), scripts=scripts)
    (folder.parent / "documents.html").write_text(html, encoding="utf-8")


def _write_lines(
    out: BinaryIO, corpus: Corpus, pages: Collection[str], place: dict[str, dict[str, int]]
) -> NDArray[np.int64]:
    """Writes the entries as lines, some 300 bytes each; gives where each begins and ends, the most suspect first."""
    suspicion, ends = array("d"), array("q", [0])
    for entry in chain.from_iterable(corpus.each(entries)):
        suspicion.append(-(entry.suspicion or 0.0))
        ends.append(ends[-1] + out.write(_written(entry, pages, place).encode("ascii")))
    places = np.array(ends)
    return np.column_stack([places[:-1], places[1:]])[np.argsort(suspicion, kind="stable")]


def lines_at(file: BinaryIO) -> Callable[[NDArray[np.int64]], bytes]:
    """What reads a piece of a file, given where it begins and ends."""

    def read(span: NDArray[np.int64]) -> bytes:
        file.seek(int(span[0]))
        return file.read(int(span[1] - span[0]))

    return read


def _written(entry: Entry, pages: Collection[str], place: dict[str, dict[str, int]]) -> str:
    """An entry as JSON: id, path, title, date, whether it has a page, facets, suspicion, signs, reason, address."""
    row = [
        *map(visible, entry[:4]),
        int(entry.id in pages),
        *([place[name][value] for value in getattr(entry, name)] for name, _, _ in FACETS),
        entry.suspicion,
        entry.signs,
        *map(visible, (entry.reason, entry.url)),
    ]
    return data_text(row)


def _controls() -> Iterator[Markup]:
    search = element("input", type="search", id="search", autocomplete="off")
    fields = [element("label", words("标题、路径或编号", "Title, path or id"), search)]
    for name, zh, en in FACETS:
        every = element("option", "—", value="")
        fields.append(element("label", words(zh, en), element("select", every, id=f"by-{name}", data_facet=name)))
    yield element("form", *fields, class_="filters", role="search")
    yield element(
        "p",
        words("请启用脚本以搜索；概览页列有链接。", "Searching needs scripts; the overview lists links."),
        id="found",
        role="status",
    )
    yield element("section", id="card", class_="card", hidden=True, aria_label="文档 Document", tabindex="-1")
    yield element("ol", id="results")
    yield element("button", words("更多", "More"), type="button", id="more", hidden=True)


class Entry(NamedTuple):
    """One row of documents in the list: what is shown, and its values of each of FACETS."""

    id: str
    path: str
    title: str
    date: str
    status: list[str]
    publisher: list[str]
    kind: list[str]
    rule: list[str]
    flag: list[str]
    suspicion: float | None = None
    signs: tuple[str, ...] = ()
    reason: str = ""
    url: str = ""


class Facets(NamedTuple):
    """What the entries of one part can be filtered by."""

    documents: int
    values: dict[str, set[str]]


def facets(tables: Arrow) -> Facets:
    """The facets of one part."""
    listed = entries(tables)
    return Facets(len(listed), {name: {v for one in listed for v in getattr(one, name)} for name, _, _ in FACETS})


def entries(tables: Arrow) -> list[Entry]:
    """The entries of one part, in the order of its table."""
    removals, articles = tables["removals"], tables["articles"]
    kinds, rules = _by_document(removals, "kind"), _by_document(removals, "rule")
    stories: dict[str, list[tuple[str | None, Any, list[Flag]]]] = defaultdict(list)
    columns = (articles[name].to_pylist() for name in ("document_id", "title", "published_date", "flags"))
    for owner, title, date, flags in zip(*columns, strict=True):
        stories[owner].append((title, date, flags))
    wanted = ("document_id", "path", "status", "publisher", "flags", "suspicion", "suspicions", "reason", "url")
    found = []
    for owner, path, status, publisher, flags, suspicion, codes_, reason, url in zip(
        *(tables["documents"][n].to_pylist() for n in wanted), strict=True
    ):
        mine = stories[owner] if status == "published" else []
        codes = {code_of(flag) for flag in [*flags, *(f for _, _, own in mine for f in own)]}
        title = " / ".join(title for title, _, _ in mine[:5] if title)
        date = next((str(date) for _, date, _ in mine if date), "")
        removed = () if status == "duplicate" else (kinds.get(owner, ()), rules.get(owner, ()))
        kind, rule = map(sorted, removed or ((), ()))
        facets_ = [status], [publisher or UNNAMED], kind, rule, sorted(codes)
        about = suspicion, tuple(codes_ or ()), reason or "", url or ""
        found.append(Entry(owner, path, title, date, *facets_, *about))
    return found


def _by_document(table: pa.Table, column: str) -> dict[str, set[str]]:
    """The values of a column by document."""
    pairs = table.group_by(["document_id", column]).aggregate([])
    found: dict[str, set[str]] = defaultdict(set)
    for owner, value in zip(pairs["document_id"].to_pylist(), pairs[column].to_pylist(), strict=True):
        found[owner].add(str(value))
    return found
