"""Parts of a corpus worked on by other processes, and not twice."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from flows.corpus import Corpus
from flows.run.parts import PartWork
from flows.work.pool import LocalPool
from tests.synthetic import tables_of


def nothing() -> None:
    """A worker that needs no cleaning code starts sooner."""


def rows_in(part: Mapping[str, pa.Table], calls: Path) -> tuple[int, str]:
    """Leaves a file behind for each call."""
    (calls / f"{os.getpid()}-{len(list(calls.iterdir()))}").touch()
    return part["removals"].num_rows, str(part["documents"]["document_id"][0])


def test_what_was_found_of_a_part_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    calls = tmp_path / "calls"
    calls.mkdir()
    sources = [partial(tables_of, count) for count in (1, 2, 3)]
    here = list(Corpus(sources).each(rows_in, [calls] * 3))
    with LocalPool(2, prepare=nothing) as pool:
        for parts, asked in ((sources[:2], 5), (sources, 6), (sources[1:], 6)):
            found = list(Corpus(parts, PartWork(pool)).each(rows_in, [calls] * len(parts)))
            assert found == [here[sources.index(part)] for part in parts]
            assert len(list(calls.iterdir())) == asked
    assert len({path.name.partition("-")[0] for path in calls.iterdir()} - {str(os.getpid())}) in (1, 2)


def test_a_digest_is_of_the_rows_and_not_of_how_they_are_held() -> None:
    tables = tables_of(3)
    chunked = {name: pa.concat_tables([table.slice(0, 1), table.slice(1)]) for name, table in tables.items()}
    assert Corpus([lambda: tables]).digests() == Corpus([lambda: chunked]).digests()
    less = tables | {"people": tables["people"].slice(1)}
    assert Corpus([lambda: tables]).digests() != Corpus([lambda: less]).digests()
