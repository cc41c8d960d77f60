"""The index of a store: what it has, for programs and people."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from flows.publish.channel import CHANNELS, publish
from flows.publish.index import page, write_index
from flows.stores.opening import open_store


def index(store: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((store / "index.json").read_text(encoding="utf-8"))
    return found


def test_it_names_channels_and_versions_newest_first(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path), "stable")
    publish(releases[1], str(tmp_path))
    found = index(tmp_path)
    assert [one["version"] for one in found["versions"]] == [releases[1].name, releases[0].name]
    assert {name: pointer["version"] for name, pointer in found["channels"].items()} == {
        "nightly": releases[1].name, "stable": releases[0].name,
    }  # fmt: skip
    sums = json.loads((tmp_path / "versions" / f"{releases[1].name}.json").read_text())["sha256sums"]
    assert found["versions"][0]["sha256sums"] == sums
    assert found["versions"][0]["rows"]["articles"] > 0


def test_every_link_of_the_page_leads_to_a_file_and_its_lines_work(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path), "stable")
    shown = (tmp_path / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', shown)
    assert len(links) >= 7
    assert not [link for link in links if not (tmp_path / link).is_file()]
    path = re.findall(r"read_parquet\(&quot;(.*?)&quot;\)", shown)[0]
    assert len(pd.read_parquet(path)) == index(tmp_path)["versions"][0]["rows"]["articles"]
    assert "<script" not in shown


def test_publishing_again_mends_it_and_changes_nothing_that_is_whole(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path))
    whole = (tmp_path / "index.json").read_bytes()
    for spoilt in (b"not an index", b'{"versions": [7]}', whole):
        (tmp_path / "index.json").write_bytes(spoilt)
        publish(releases[0], str(tmp_path))
        assert (tmp_path / "index.json").read_bytes() == whole


def test_a_version_that_was_removed_falls_out(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path))
    publish(releases[1], str(tmp_path))
    shutil.rmtree(tmp_path / releases[0].name)
    write_index(open_store(str(tmp_path)), CHANNELS)
    assert [one["version"] for one in index(tmp_path)["versions"]] == [releases[1].name]


@pytest.mark.parametrize("hostile", ['"><script>', "</title><b>"])
def test_nothing_in_the_store_becomes_markup(hostile: str) -> None:
    pointer = {"version": hostile, "tier": hostile, "changes": hostile}
    one = {"version": hostile, "sha256sums": hostile, "rows": {}, "parquet_bytes": {}}
    shown = "\n".join(page({"channels": {hostile: pointer}, "versions": [one]}, hostile))
    assert hostile not in shown
