"""The release flow: raw documents in, a validated, immutable release out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import pyarrow as pa
from prefect import Task, flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import opaque

from flows.cli.progress import Progress
from flows.decisions import Correction, Decisions, wanted_documents
from flows.decisions.corrections import check_corrections
from flows.decisions.tombstones import named, take_down
from flows.duplicates import mark_duplicates
from flows.publish import concat, next_version
from flows.publish.release import check, keep_quarantined, refuse, write_staging
from flows.publish.stage import commit, latest, write_build
from flows.run.cluster import DaskPool
from flows.run.isolation import clean_isolated
from flows.run.listing import Listed, cut, fingerprint
from flows.run.places import Place, fetch_latest, raw_folder, releases_folder, send
from flows.run.pool import LocalPool, Pool, Runner, WorkerLostError
from flows.run.provenance import build_facts
from flows.run.shard import Shard, plan_shard, read_shard
from flows.run.turn import made_already, only_run, today
from flows.state import state_folder
from flows.validate import ValidationReport

P = ParamSpec("P")
R = TypeVar("R")

Arrow = dict[str, pa.Table]
"""All tables by name."""


def may_pass(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: it can with a disk or a lost worker, and with nothing else."""
    return isinstance(state.data, OSError | WorkerLostError)


def step(function: Callable[P, R]) -> Task[P, R]:
    """A task of the flow. Its result goes on to the next in memory; what outlives a run is in the shards' files."""
    return Task(function, cache_policy=NO_CACHE, persist_result=False)


def retried_step(function: Callable[P, R]) -> Task[P, R]:
    """A step that reads or writes files, tried again after 1 and 10 seconds."""
    return step(function).with_options(retries=2, retry_delay_seconds=[1, 10], retry_condition_fn=may_pass)


RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=(os.cpu_count() or 1) + 2)
"""Threads that hand shards to the pool. A few more than it has processes, so that none waits for Prefect."""


@flow(name="release", task_runner=RUNNER)
def release(
    raw: Place, releases: Place, workers: int = 1, runner: Runner = "local", dask_address: str | None = None
) -> Place:
    """Makes a release of the documents in `raw` and gives its place, or that of the release that holds them already.

    Args:
        raw: a folder or s3://bucket/prefix of raw documents.
        releases: where it goes, a folder or s3://bucket/prefix.
        workers: processes of this machine; a cluster at `dask_address` has its own.
        runner: local, or dask: shards go to a Dask cluster.
        dask_address: of the cluster's scheduler, tcp://host:port; without it one is started on this machine.

    Raises:
        InputError: no documents.
        DecisionError: a correction does not fit its document any more, or an entry cannot be used.
        TargetError, StoreError, BusyError: `releases` cannot be written, or another run is writing to it.
        ClusterError: the cluster cannot be used, or went away.
        GateError: a gate failed; nothing was released, and what was made stands aside for inspection.
    """
    progress, folder = Progress(), releases_folder(releases)
    with only_run(folder):
        fetch_latest(releases)
        source = raw_folder(raw)
        documents, decisions = list_raw(source)
        if current := made_already(folder, documents, decisions.fingerprint):
            progress.step(f"nothing new: {current.name} already holds these {len(documents):,} documents")
            return send(current, releases)
        version = next_version(folder, today())
        progress.step(f"{version}: {len(documents):,} documents")
        pool = LocalPool(workers) if runner == "local" else DaskPool(dask_address, workers)
        with pool:
            progress.step(f"{pool.workers} workers")
            shared = raw if pool.away else source
            tables = merge(clean_all(shared, cut(documents), decisions.corrections, pool, progress))
        progress.step(f"{tables['articles'].num_rows:,} articles; asking the gates")
        tables, verdict, taken = ask_gates(tables, version, len(documents), folder, decisions)
        progress.step(verdict.sentence())
        build = build_facts(fingerprint(documents, decisions.fingerprint))
        staging = stage_release(tables, verdict, folder, source, build)
        return send(publish(staging, verdict, taken, folder), releases)


@retried_step
def list_raw(raw: Path) -> tuple[list[Listed], Decisions]:
    """All documents of the raw folder that may be released, in the order of their ids; and what was decided of them,
    of which each correction is tried before any work is done."""
    documents, decisions = wanted_documents(raw)
    check_corrections(raw, documents, decisions.corrections)
    return documents, decisions


def clean_all(
    raw: Place, parts: Sequence[Sequence[Listed]], corrections: Sequence[Correction], pool: Pool, progress: Progress
) -> list[Path]:
    """Cleans the shards, as many at a time as there are workers; gives the folders of their tables, in order."""
    results = state_folder() / "shards"
    shards = [plan_shard(raw, part, results, corrections) for part in parts]
    # opaque keeps Prefect from walking through every document of a shard in search of futures
    running = [clean_shard.submit(pool, cast(Shard, opaque(shard))) for shard in shards]
    for done, future in enumerate(as_completed(running), 1):
        future.result()
        progress.count("shards cleaned", done, len(running))
    return [future.result() for future in running]


@retried_step
def clean_shard(pool: Pool, shard: Shard) -> Path:
    """One shard on the pool; documents that lose their worker are quarantined."""
    return clean_isolated(pool, shard)


@step
def merge(shards: list[Path]) -> Arrow:
    """The tables of all shards as one set in the order of their keys, with articles of the same text marked."""
    tables = concat(map(read_shard, shards))
    return tables | {"articles": mark_duplicates(tables["articles"])}


@step
def ask_gates(
    tables: Arrow, version: str, documents_read: int, releases: Path, decisions: Decisions
) -> tuple[Arrow, ValidationReport, Arrow]:
    """The tables without the documents that failed a gate or were taken down by their address, the verdict on them, and
    the rows taken out."""
    left = take_down(tables, named(tables["documents"], decisions.tombstones))
    documents_read -= tables["documents"].num_rows - left["documents"].num_rows
    verdict, kept, taken = check(left, version, documents_read, latest(releases), decisions)
    create_markdown_artifact(verdict.as_markdown(), key="verdict", description=f"Gates of {version}")
    gates = [{"gate": gate.name, "severity": gate.severity, "failing": gate.failing} for gate in verdict.failed]
    create_table_artifact(gates, key="failed-gates", description=f"Gates of {version} that failed")
    return kept, verdict, taken


@retried_step
def stage_release(tables: Arrow, verdict: ValidationReport, releases: Path, raw: Path, build: dict[str, Any]) -> Path:
    """The whole release, out of sight: its files, what describes them, the report, the sums."""
    staging = write_staging(tables, verdict, releases, verdict.version, raw)
    write_build(staging, build)
    return staging


@step
def publish(staging: Path, verdict: ValidationReport, taken: Arrow, releases: Path) -> Path:
    """Makes the staged release visible if its gates passed, and sets it aside if not."""
    if not verdict.passed:
        refuse(staging, verdict, state_folder(), verdict.version)
    if verdict.quarantined:
        keep_quarantined(taken, verdict, releases, verdict.version)
    return commit(staging, releases, verdict.version)
