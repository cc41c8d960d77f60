"""The loader: what it finds, what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from flows import load
from flows.errors import ReleaseError
from flows.folder.sums import write_sums
from flows.publish.channel import publish
from tests.publish.releases import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built")
    publish(build(place, 2, "v2026.11.20"), str(place / "store"), "stable")
    build(place, 3, "v2026.11.21")
    return place


@pytest.mark.parametrize("wanted", ["latest", "v2026.11.21"])
def test_a_release_is_found_by_name(folder: Path, wanted: str) -> None:
    assert load(wanted, folder / "releases").version == "v2026.11.21"


def test_a_release_is_found_by_path_and_by_channel(folder: Path) -> None:
    assert load(folder / "releases" / "v2026.11.20").tier == "full"
    found = load("stable", folder / "store")
    assert (found.version, found.tier) == ("v2026.11.20", "open")


def test_tables_come_as_pandas_and_as_arrow(folder: Path) -> None:
    release = load("latest", folder / "releases")
    articles = release["articles"]
    assert len(articles) == release.arrow("articles").num_rows == 3
    assert articles["published_date"].dt.year.tolist() == [2024] * 3
    assert str(articles["published_at"].dt.tz) == "Asia/Shanghai"
    assert release["events"]["attendance"].dtype == pd.Int64Dtype()  # a null does not make it a float
    assert articles["themes"].iloc[0].tolist() == ["awareness_campaign"]
    assert set(release.tables) >= {"articles", "statistics"}


def test_explain_leads_back_to_the_raw_document(folder: Path) -> None:
    release = load("latest", folder / "releases")
    said = release.explain(release["articles"]["article_id"].iloc[0])
    assert "navigation.breadcrumb" in said
    assert "\x1b" not in said


def test_what_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    for wanted, said in (("v2026.12.31", r"v2026\.12\.31"), ("sometimes", "sometimes")):
        with pytest.raises(ReleaseError, match=said):
            load(wanted, folder / "releases")
    with pytest.raises(ReleaseError, match="no release yet"):
        load("latest", tmp_path)
    with pytest.raises(ReleaseError, match="no table 'peoples'"):
        load("latest", folder / "releases")["peoples"]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_release_is_refused_by_file(folder: Path, tmp_path: Path) -> None:
    for name, spoil in (("data/events.parquet", flip), ("data/people.csv", Path.unlink), ("extra", Path.touch)):
        copy = Path(shutil.copytree(folder / "releases" / "v2026.11.21", tmp_path / name.replace("/", "-")))
        spoil(copy / name)
        with pytest.raises(ReleaseError, match=name.replace(".", r"\.")):
            load(copy)


def test_a_column_of_another_type_is_refused_though_its_sums_are_mended(folder: Path, tmp_path: Path) -> None:
    import hashlib

    import pyarrow as pa
    import pyarrow.parquet as pq

    copy = Path(shutil.copytree(folder / "releases" / "v2026.11.21", tmp_path / "copy"))
    path, package = copy / "data" / "events.parquet", copy / "datapackage.json"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    table = pq.read_table(path)
    place = table.schema.get_field_index("attendance")
    pq.write_table(table.set_column(place, "attendance", table["attendance"].cast(pa.float64())), path)
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    package.write_text(package.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    write_sums(copy)
    with pytest.raises(ReleaseError, match=r"events\.parquet.*attendance"):
        load(copy)
