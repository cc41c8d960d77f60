"""index.json and index.html of a store: which versions and channels it has, for programs and for people.

Written after a pointer has moved, from what stands in the store: they repeat, and never decide. Where several publish
at once, whoever writes last has read all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from flows.folder.files import read_json
from flows.folder.layout import parts_of, table_files
from flows.folder.stage import VERSION, order_of
from flows.folder.sums import NAME
from flows.publish.inspect import Inspected
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import schemas
from flows.stores.store import Store, Stored

PROGRAMS, PEOPLE = "index.json", "index.html"

TRIES = 5
"""Times that a file is written anew when another publisher was faster."""


def write_index(store: Store, channels: Sequence[str], release: Inspected | None = None) -> None:
    """Both files, with `release` among the versions; versions that are not there any more fall out."""
    for _ in range(TRIES):
        before = store.read(PROGRAMS)
        found = _index(store, channels, before, release)
        content = (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
        if (before and before.content == content) or store.swap(PROGRAMS, content, before.mark if before else None):
            _write_page(store, found)
            return


def _write_page(store: Store, found: dict[str, Any]) -> None:
    content = "\n".join(page(found, store.url)).encode()
    for _ in range(TRIES):
        before = store.read(PEOPLE)
        if (before and before.content == content) or store.swap(PEOPLE, content, before.mark if before else None):
            return


def _index(store: Store, channels: Sequence[str], before: Stored | None, release: Inspected | None) -> dict[str, Any]:
    versions = {one["version"]: one for one in _listed(before)}
    versions = {name: one for name, one in versions.items() if store.read(f"{name}/{NAME}")}
    if release is not None:
        versions[release.version] = about(release)
    pointers = {}
    for channel in channels:
        if stored := store.read(f"channels/{channel}.json"):
            pointers[channel] = json.loads(stored.content)
    newest_first = sorted(versions, key=order_of, reverse=True)
    return {
        "title": TITLE.en,
        "license": LICENSE["name"],
        "channels": pointers,
        "versions": [versions[name] for name in newest_first],
    }


def _listed(before: Stored | None) -> list[dict[str, Any]]:
    """The versions that the file names; one that is no index is written anew."""
    try:
        told = json.loads(before.content)["versions"] if before else []
        return [one for one in told if VERSION.fullmatch(one["version"]) and one["rows"]]
    except (ValueError, KeyError, TypeError):
        return []


def about(release: Inspected) -> dict[str, Any]:
    """What the index says of a version."""
    resources = read_json(release.path, "datapackage.json")["resources"]
    rows = {one["name"]: one["rows"] for one in resources if "rows" in one}
    parquet = {name: sum(path.stat().st_size for path in table_files(release.path, name)) for name in schemas()}
    return {
        "version": release.version,
        "tier": release.tier,
        "sha256sums": release.digest,
        "rows": rows,
        "parquet_bytes": parquet,
        "in_parts": bool(parts_of(release.path)),
    }


def page(found: dict[str, Any], address: str) -> Iterator[str]:
    """The lines of index.html. It loads nothing and runs nothing."""
    yield '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(TITLE.zh)} {escape(TITLE.en)}</title>"
    yield "<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    yield "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ccc}"
    yield "pre{background:#f4f4f4;padding:1em;"
    yield "overflow:auto}code{font-size:90%}</style></head><body>"
    yield f"<h1>{escape(TITLE.zh)} {escape(TITLE.en)}</h1>"
    yield f"<p>{escape(DESCRIPTION.zh)}</p><p>{escape(DESCRIPTION.en)}</p>"
    yield "<h2>渠道 Channels</h2><table><tr><th>channel</th><th>version</th><th>tier</th><th></th></tr>"
    for name, pointer in found["channels"].items():
        version, changes = escape(str(pointer.get("version"))), pointer.get("changes")
        link = f'<a href="{escape(str(changes)).removesuffix(".json")}.md">changes</a>' if changes else ""
        yield f'<tr><td>{escape(name)}</td><td><a href="{version}/README.md">{version}</a></td>'
        yield f"<td>{escape(str(pointer.get('tier')))}</td><td>{link}</td></tr>"
    yield "</table><h2>版本 Versions</h2><table>"
    yield "<tr><th>version</th><th>articles</th><th>Parquet</th><th>SHA256SUMS</th><th></th></tr>"
    for one in found["versions"]:
        version, size = escape(one["version"]), sum(one["parquet_bytes"].values()) / 1e6
        links = " ".join(
            f'<a href="{version}/{path}">{name}</a>'
            for path, name in (("README.md", "card"), ("DICTIONARY.md", "dictionary"), ("CHANGES.md", "changes"),
                               ("report/index.html", "report"), ("SHA256SUMS", "sums"))
        )  # fmt: skip
        yield f"<tr><td>{version}</td><td>{one['rows'].get('articles', 0):,}</td><td>{size:,.1f} MB</td>"
        yield f"<td><code>{escape(one['sha256sums'][:16])}…</code></td><td>{links}</td></tr>"
    yield "</table>"
    if found["versions"]:
        newest = found["versions"][0]
        yield from _snippets(f"{address.rstrip('/')}/{newest['version']}", newest.get("in_parts", False))
    yield f'<p>{escape(LICENSE["title"])}. <a href="{PROGRAMS}">{PROGRAMS}</a></p></body></html>\n'


def _snippets(release: str, in_parts: bool) -> Iterator[str]:
    table, files = f"{release}/data/articles", f"{release}/data/articles/*.parquet"
    if not in_parts:
        table = files = f"{table}.parquet"
    lines = f'import pandas as pd\narticles = pd.read_parquet("{table}")', f"SELECT title FROM '{files}';  -- DuckDB"
    yield "<h2>读取 Read it</h2>"
    yield from (f"<pre>{escape(line)}</pre>" for line in lines)
