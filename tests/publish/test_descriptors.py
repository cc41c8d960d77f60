"""The metadata of a release under each format's own validator, offline.

cffconvert itself cannot be installed beside Prefect (it wants jsonschema below 4). What it does is to hold
CITATION.cff against the schema of the Citation File Format, so the tests do that with the same schema, which stands
here word for word: cff-1.2.0.schema.json, by the CFF project, CC BY 4.0.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from flows.schema import TABLES
from tests.publish.releases import build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


def cff_errors(text: str) -> list[str]:
    schema = json.loads(Path(__file__).with_name("cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    # dates are texts there, as they are for cffconvert
    citation = yaml.load(text, Loader=yaml.BaseLoader)
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(citation)]


def test_the_citation_file_is_valid(release: Path) -> None:
    text = (release / "CITATION.cff").read_text(encoding="utf-8")
    assert cff_errors(text) == []
    assert cff_errors(text.replace("authors:", "writers:"))
    assert cff_errors(text.replace("CC-BY-4.0", "CC-BY-9"))


CROISSANT = """
import itertools, os, sys
import mlcroissant as mlc
dataset = mlc.Dataset(sys.argv[1])
assert not dataset.metadata.ctx.issues.errors, dataset.metadata.ctx.issues.report()
print(len(dataset.metadata.record_sets))
for table in sys.argv[2:]:
    print(table, sum(1 for _ in itertools.islice(dataset.records(table), 1000)))
sys.stdout.flush()
os._exit(0)  # a thread of its readers may still run, and the interpreter would abort at exit because of it
"""


@pytest.mark.slow
def test_croissant_is_valid_and_its_records_can_be_read(release: Path) -> None:
    command = [sys.executable, "-c", CROISSANT, "croissant.json", *TABLES]
    run = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    count, *tables = run.stdout.splitlines()
    assert int(count) == len(TABLES)
    rows = {
        entry["name"]: entry.get("rows")
        for entry in json.loads((release / "datapackage.json").read_text())["resources"]
    }
    assert tables == [f"{table} {rows[table]}" for table in TABLES]
    assert "Found the following" not in run.stderr, run.stderr
