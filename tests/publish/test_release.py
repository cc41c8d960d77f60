"""A release: whole or not at all, the same bytes for the same rows, and readable by other tools."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package, system

from flows.compare.changes import changes_between
from flows.errors import GateError, ReleaseError, TargetError
from flows.folder.files import files_of
from flows.folder.stage import commit, date_of, open_staging, recover, write_build
from flows.folder.sums import damaged_files
from flows.publish import latest, next_version, read_build
from flows.publish.release import build_release, write_staging
from flows.report.markup import html
from flows.schema import TABLES
from flows.validate import ValidationReport, validate_release
from tests.synthetic import VERSION, documents_read, tables_of


def build(folder: Path, count: int = 3, version: str = VERSION, **build_facts: str) -> Path:
    """A release that no gate was asked about: what the gates say is another test's business."""
    report = ValidationReport(version, documents_read(count), ())
    staging = write_staging(tables_of(count), report, folder / "releases", version)
    write_build(staging, build_facts)
    return commit(staging, folder / "releases", version)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"), time="now")


def test_the_sums_check_with_the_usual_tool(release: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=release, check=True)


def test_the_same_rows_give_the_same_sums(release: Path, tmp_path: Path) -> None:
    again = build(tmp_path, time="later")
    assert (again / "SHA256SUMS").read_text() == (release / "SHA256SUMS").read_text()
    assert read_build(again)["time"] == "later"


def test_latest_names_the_release_and_nothing_is_left_beside_it(release: Path) -> None:
    assert json.loads((release.parent / "latest.json").read_text()) == {"version": VERSION}
    assert {path.name for path in release.parent.iterdir()} == {VERSION, "latest.json", ".versions.json"}


def test_the_datapackage_is_valid_and_its_rows_fit_it(release: Path) -> None:
    package = Package(str(release / "datapackage.json"))
    report = package.validate(parallel=False)
    assert report.valid, report.flatten(["title", "message"])
    assert sum(resource.type == "table" for resource in package.resources) == len(TABLES)


def test_the_datapackage_refuses_a_broken_key(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "copy")
    people = tmp_path / "copy" / "data" / "people.csv"
    people.write_text(people.read_text(encoding="utf-8").replace('-01",', '-99",', 1), encoding="utf-8", newline="")
    with system.use_context(trusted=True):
        found = Package(str(tmp_path / "copy" / "datapackage.json")).validate()
    assert "foreign-key" in {kind for (kind,) in found.flatten(["type"])}


def test_the_card_names_a_parquet_file_for_each_table(release: Path) -> None:
    import yaml

    head = yaml.safe_load((release / "README.md").read_text(encoding="utf-8").split("---")[1])
    assert all((release / config["data_files"]).exists() for config in head["configs"])
    rows = json.loads((release / "CHANGES.json").read_text(encoding="utf-8"))["tables"]
    assert [one["config_name"] for one in head["configs"]] == [name for name in TABLES if rows[name]["after"]]


def test_the_dictionary_has_every_column(release: Path) -> None:
    from flows.schema import schemas

    text = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    assert all(text.count(f"| `{column.name}` ") for table in schemas().values() for column in table.columns)


def test_the_release_is_valid_from_its_files_alone(release: Path) -> None:
    assert validate_release(release).failed == ()
    assert damaged_files(release) == {}


def test_the_gates_are_asked_before_anything_is_released(tmp_path: Path) -> None:
    release = build_release(
        tables_of(1), tmp_path / "releases", VERSION, documents_read(1), {"time": "now"}, tmp_path / "state"
    )
    found = json.loads((release / "report" / "validation.json").read_text(encoding="utf-8"))
    assert found["passed"]
    assert len(found["gates"]) > 150


def flip_byte(release: Path) -> None:
    path = release / "data" / "articles.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def change_cell(release: Path) -> None:
    path = release / "data" / "people.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("张三", "赵六", 1), encoding="utf-8")


def forget_file(release: Path) -> None:
    """Gone from the folder and from the sums."""
    (release / "CHANGES.md").unlink()
    sums = (release / "SHA256SUMS").read_text().splitlines(keepends=True)
    (release / "SHA256SUMS").write_text("".join(line for line in sums if "CHANGES.md" not in line))


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a flipped byte": ("data/articles.parquet", flip_byte),
    "a changed cell": ("data/people.csv", change_cell),
    "a missing file": ("data/themes.parquet", lambda release: (release / "data" / "themes.parquet").unlink()),
    "an extra file": ("data/extra.txt", lambda release: (release / "data" / "extra.txt").write_text("x")),
    "a truncated file": ("README.md", lambda release: (release / "README.md").write_text("---")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(damage: str, release: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release, tmp_path / VERSION))
    name, spoil = DAMAGES[damage]
    spoil(copy)
    assert list(damaged_files(copy)) == [name]


@pytest.mark.parametrize("spoil", [flip_byte, forget_file])
def test_a_damaged_release_does_not_validate(spoil: Callable[[Path], None], release: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release, tmp_path / VERSION))
    for name in ("events", "statistics"):  # fewer gates to ask
        (copy / "data" / f"{name}.parquet").unlink()
    spoil(copy)
    blocking = {gate.name: gate for gate in validate_release(copy).blocking}
    assert {"files.sums", "files.readable"} == blocking.keys()
    assert blocking["files.sums"].failing == 3


def test_what_is_no_release_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="SHA256SUMS"):
        validate_release(tmp_path)
    with pytest.raises(ReleaseError, match="no such folder"):
        validate_release(tmp_path / "nowhere")


def test_a_failed_gate_leaves_nothing_visible_and_keeps_the_staging_aside(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"run\.documents_accounted") as error:
        build_release(tables_of(1), tmp_path / "releases", VERSION, 99, {}, tmp_path / "state")
    assert error.value.exit_status == 1
    assert list((tmp_path / "releases").iterdir()) == []
    kept = Path(str(error.value.path))
    assert kept == tmp_path / "state" / "failed" / VERSION
    assert "未通过" in (kept / "report" / "index.html").read_text(encoding="utf-8")


def test_a_changed_release_lists_its_changes_and_the_first_says_so(release: Path, tmp_path: Path) -> None:
    first, second = build(tmp_path, 2), build(tmp_path, 3, f"{VERSION}.1")
    assert json.loads((first / "CHANGES.json").read_text())["first_release"]
    changes = json.loads((second / "CHANGES.json").read_text(encoding="utf-8"))
    assert (changes["from"], changes["to"], changes["schema"]) == (VERSION, f"{VERSION}.1", "compatible")
    assert changes["tables"]["articles"]["added"] == 1
    assert all(found.empty for found in changes_between(second, release).tables)
    assert latest(tmp_path / "releases") == second


def test_versions_count_up_within_a_day(tmp_path: Path) -> None:
    day = date_of(VERSION)
    assert next_version(tmp_path, day) == VERSION
    for name in (VERSION, f"{VERSION}.1", f"{VERSION}.10", "v2026.11.21.44", "notes"):
        (tmp_path / name).mkdir()
    assert next_version(tmp_path, day) == f"{VERSION}.11"
    assert latest(tmp_path) == tmp_path / f"{VERSION}.10"


def test_a_killed_run_is_cleared_up(tmp_path: Path) -> None:
    """Killed while staging, and killed between the rename and latest.json."""
    (tmp_path / ".staging-v2026.11.22-1").mkdir()
    (tmp_path / VERSION).mkdir()
    recover(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {VERSION, "latest.json"}
    with pytest.raises(TargetError, match="immutable"):
        open_staging(tmp_path, VERSION)


def test_a_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("")
    with pytest.raises(TargetError, match="--releases"):
        open_staging(tmp_path / "releases", VERSION)


def test_the_report_loads_nothing_but_its_own_files(release: Path) -> None:
    for path in files_of(release / "report"):
        if path.suffix == ".html":
            page = path.read_text(encoding="utf-8")
            assert "default-src 'none'" in page.replace("&#x27;", "'")
            assert "<script>" not in page
            assert "http" not in page.replace("http-equiv", "")
    kinds = {path.suffix for path in files_of(release / "report")}
    assert kinds == {".html", ".js", ".css", ".json", ".xml"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('" onload="x', "&quot; onload=&quot;x"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2028\x00b", "a\\u2028\\x00b"),
        (1234, "1234"),
    ],
)
def test_what_a_raw_page_says_is_shown_and_never_obeyed(value: object, shown: str) -> None:
    assert html(value) == shown
