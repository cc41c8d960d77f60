"""provenance.json: what a release was made of, as an in-toto statement with SLSA's provenance for its predicate, which
tools of others can read (in-toto Statement v1, SLSA Provenance v1).

Subjects are the files of the release; resolved dependencies are the raw documents, the commit and the lock file. It
holds the time of the build, so SHA256SUMS does not cover it: a signature does (flows/publish/signing.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.folder.files import read_json, sha256
from flows.folder.stage import read_build
from flows.folder.sums import NAME as SUMS
from flows.folder.sums import STATEMENT, read_sums
from flows.folder.tables import read_table

Statement = dict[str, Any]


def statement_of(release: Path) -> Statement:
    """The statement about a finished release, from its files alone.

    Raises:
        ReleaseError: a file of it is not there or cannot be read.
    """
    build, package = read_build(release), read_json(release, "datapackage.json")
    told = ("fingerprint", "code_version", "changed_since_commit", "python", "packages")
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [_file(SUMS, sha256(release / SUMS)), *(_file(*line) for line in read_sums(release).items())],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:shegong:release:1",
                "externalParameters": {"version": package["version"], "tier": package.get("tier", "full")},
                "internalParameters": {name: build[name] for name in told if build.get(name) is not None},
                "resolvedDependencies": [*_code(build), *raw_documents(release)],
            },
            "runDetails": {
                "builder": {"id": "urn:shegong:command:release"},
                "metadata": {"finishedOn": build["built_at"]} if "built_at" in build else {},
            },
        },
    }


def write_statement(release: Path, folder: Path) -> Path:
    """The statement about a release as a file of `folder`, which it gives."""
    path = folder / STATEMENT
    path.write_text(json.dumps(statement_of(release), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def contradictions(release: Path) -> list[str]:
    """What provenance.json says otherwise than the release itself: the files, the raw documents, the version.

    Raises:
        ReleaseError: it is not there or cannot be read.
    """
    said, found = read_json(release, STATEMENT), statement_of(release)
    of = ("subject", "predicateType", "_type")
    wrong = [name for name in of if said.get(name) != found[name]]
    stated = said.get("predicate", {}).get("buildDefinition", {})
    wrong += [name for name, value in found["predicate"]["buildDefinition"].items() if stated.get(name) != value]
    return wrong


def raw_documents(release: Path) -> list[dict[str, Any]]:
    """The raw documents of a release by path, with the hash of each; what could not be read has none."""
    rows = read_table(release, "documents", ["path", "sha256"])
    paths, hashes = rows["path"].to_pylist(), rows["sha256"].to_pylist()
    return [_file(f"raw/{path}", digest) for path, digest in zip(paths, hashes, strict=True) if digest is not None]


def _code(build: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if build.get("commit"):
        found.append({"name": "code", "digest": {"gitCommit": build["commit"]}})
    if build.get("lock"):
        found.append(_file("requirements.txt", build["lock"]))
    return found


def _file(name: str, digest: str) -> dict[str, Any]:
    return {"name": name, "digest": {"sha256": digest}}
