"""A release looked at before it is passed on or read: whole, unchanged, and what its own metadata says."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import ReleaseError
from flows.folder.files import read_json, sha256
from flows.folder.stage import VERSION
from flows.folder.sums import NAME, damaged_files, read_sums
from flows.schema import ARROW_TYPES

FETCH = "Fetch the release again."


class Inspected(NamedTuple):
    """A release that is what it says it is."""

    path: Path
    version: str
    tier: str
    digest: str
    """sha256 of SHA256SUMS: the content of the release in one number."""


def inspect(release: Path) -> Inspected:
    """Sums, then the metadata against the files: so that neither a damaged file nor a changed one with its sum
    mended passes. The gates were asked when the release was made; report/validation.json must say that they passed.

    Raises:
        ReleaseError: it is damaged, is no release, or its gates did not pass; names the first file concerned.
    """
    if not release.is_dir():
        problem = "there is no such folder."
        raise ReleaseError("release", problem, "Give the folder of a release, such as releases/v2026.11.22.", release)
    if wrong := damaged_files(release):
        (name, what), count = next(iter(wrong.items())), len(wrong)
        others = f" (and {count - 1} other files)" if count > 1 else ""
        raise ReleaseError("damaged", f"it is {what}{others}.", FETCH, release / name)
    package = read_json(release, "datapackage.json")
    version = str(package.get("version"))
    if not VERSION.fullmatch(version):
        raise ReleaseError("release", f"its version {version!r} is none.", FETCH, release / "datapackage.json")
    if read_json(release, "report/validation.json").get("passed") is not True:
        path = release / "report" / "validation.json"
        raise ReleaseError("gates", "its gates did not pass.", "Only validated releases are passed on.", path)
    _compare(release, package)
    return Inspected(release, version, str(package.get("tier", "full")), sha256(release / NAME))


def _compare(release: Path, package: dict[str, Any]) -> None:
    """The files against the datapackage: hashes, rows, columns."""
    sums = read_sums(release)
    resources = {resource["name"]: resource for resource in package.get("resources", ())}
    for name, resource in resources.items():
        paths, hashes = _files(resource)
        for path, hashed in zip(paths, hashes, strict=True):
            if not (release / path).is_file():
                raise ReleaseError("damaged", "datapackage.json names it, and it is missing.", FETCH, release / path)
            if f"sha256:{sums.get(path)}" != hashed:
                problem = "it is not the file that datapackage.json describes."
                raise ReleaseError("damaged", problem, FETCH, release / path)
        if resource["format"] == "parquet":
            table = resources[str(resource.get("sameRowsAs", name.removesuffix("-parquet")))]
            _compare_parquet([release / path for path in paths], table)


def _files(resource: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The paths of a resource and their hashes: of a table in parts several."""
    if isinstance(resource["path"], str):
        return [resource["path"]], [resource["hash"]]
    return resource["path"], resource["hashes"]


def _compare_parquet(paths: list[Path], table: dict[str, Any]) -> None:
    """The Parquet files of a table against what is declared of it."""
    fields, rows = table["schema"]["fields"], 0
    declared = {one["name"]: ARROW_TYPES["flags"] if "items" in one else ARROW_TYPES.get(one["type"]) for one in fields}
    for path in paths:
        try:
            found = pq.ParquetFile(path)
        except (OSError, pa.ArrowException) as error:
            raise ReleaseError("damaged", f"it cannot be read: {error}.", FETCH, path) from error
        rows += found.metadata.num_rows
        columns = {field.name: field.type for field in found.schema_arrow}
        if columns != declared or list(columns) != list(declared):
            strange = [name for name in columns | declared if columns.get(name) != declared.get(name)]
            problem = f"its columns are not those declared: {', '.join(strange) or 'another order'}."
            raise ReleaseError("schema", problem, FETCH, path)
    if rows != table["rows"]:
        problem = f"it has {rows:,} rows, and {table['rows']:,} are declared."
        raise ReleaseError("damaged", problem, FETCH, paths[0])
