"""The release flow: raw documents in, a validated, immutable release out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
from prefect import flow
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State
from prefect.runtime import deployment
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import opaque
from pydantic import PositiveInt

from flows.clock import today
from flows.compare.changes import new_takedowns
from flows.corpus import PART_DOCUMENTS, Corpus, Edited, corpus_of_shards, starts
from flows.decisions import Decisions
from flows.decisions.corrections import check_corrections
from flows.decisions.tombstones import wanted_documents, whole_documents
from flows.duplicates import find_duplicates, marked
from flows.entities.whole import with_whole
from flows.folder.stage import commit, date_of, latest, write_build
from flows.folder.tables import corpus_of_release
from flows.publish import next_version
from flows.publish.release import check, keep_quarantined, known_entities, refuse, row_counts, write_staging
from flows.publish.signing import sign_release
from flows.raw.listed import Listed
from flows.raw.listing import cut, fingerprint
from flows.run.cache import shards_folder, throw_out_damaged, use, why_new
from flows.run.cluster import DaskPool, open_pool
from flows.run.ground import running
from flows.run.isolation import clean_isolated
from flows.run.log import RunLog
from flows.run.notify import TOLD
from flows.run.parts import processes_for
from flows.run.places import Place, check_target, fetch_latest, given_elsewhere, raw_folder, releases_folder, send
from flows.run.provenance import build_facts
from flows.run.runs import take_over
from flows.run.shard import Planned, ShardTexts, plan_shard, read_shard_table
from flows.run.steps import retried_step, step, submitted
from flows.run.withdrawing import clean_standing, forget
from flows.state import state_folder
from flows.terminal.progress import EVERY, Progress
from flows.turn import BusyError, made_already, only_run
from flows.validate import ValidationReport
from flows.validate.quarantine import Taken
from flows.work.pool import LocalPool, Pool, Runner

RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=(os.cpu_count() or 1) + 2)
"""Threads that hand shards to the pool. A few more than it has processes, so that none waits for Prefect."""

AHEAD = 4  # shards for each worker that Prefect knows of and that are not done


@flow(name="release", task_runner=RUNNER, **TOLD)
def release(
    raw: Place, releases: Place, workers: PositiveInt = 1, runner: Runner = "local",
    dask_address: str | None = None, dask_security: Path | None = None,
) -> Place | State[None]:  # fmt: skip
    """Makes a release of the documents in `raw` and gives its place, or that of the release that holds them already.

    A scheduled run that comes while another is at it stands back: it ends as completed, named AlreadyRunning.

    Args:
        raw: a folder or s3://bucket/prefix of raw documents.
        releases: where it goes, a folder or s3://bucket/prefix.
        workers: processes of this machine; a cluster at `dask_address` has its own.
        runner: local, or dask: shards go to a Dask cluster.
        dask_address: of the cluster's scheduler, tls://host:port; without it one is started on this machine.
        dask_security: names the certificates for it, see `flows.run.encryption`.

    Raises:
        InputError: no documents.
        DecisionError: a correction does not fit its document any more, or an entry cannot be used.
        TargetError, StoreError, BusyError: `releases` cannot be written, or another run is writing to it.
        ClusterError: the cluster cannot be used, or went away.
        GateError: a gate failed; nothing was released, and what was made stands aside for inspection.
    """
    folder = releases_folder(releases)
    try:
        with only_run(folder), running(folder):
            take_over(folder)
            log = RunLog(raw=str(raw), releases=str(releases), runner=runner, workers=workers)
            with log.run():
                return make(raw, releases, partial(open_pool, runner, workers, dask_address, dask_security), log)
    except BusyError as error:
        if deployment.id is None:  # somebody waits for an answer
            raise
        return Completed(name="AlreadyRunning", message=str(error))


def make(raw: Place, releases: Place, start: Callable[[], LocalPool | DaskPool], log: RunLog) -> Place:
    """The run itself, once it has the releases folder to itself; `start` gives what cleans the shards."""
    progress, folder = Progress(), releases_folder(releases)
    with log.step("list"):
        fetch_latest(releases)
        source = raw_folder(raw)
        documents, decisions = list_raw(source, folder)
    for sentence in whole_documents(decisions):
        progress.step(sentence)
    made_from = fingerprint(documents, decisions.fingerprint)
    if current := made_already(folder, made_from):
        progress.step(f"nothing new: {current.name} already holds these {len(documents):,} documents")
        log.end("nothing new", version=current.name, documents=len(documents))
        return send(current, releases)
    check_target(releases)
    version, day = next_version(folder, today(), given_elsewhere(releases)), today()
    progress.step(f"{version}: {len(documents):,} documents")
    if date_of(version) > day:
        progress.step(f"the clock says {day}, and a newer version was given already: versions never go back")
    if new := new_takedowns(decisions.taken, latest(folder)):
        forget({row.document_id for row in new})
    with start() as pool, processes_for(cut(documents, PART_DOCUMENTS), pool, log) as work:
        with log.step("clean"):
            progress.step(f"{pool.workers} workers")
            clean = partial(clean_all, raw if pool.away else source, decisions, pool, progress, log)
            documents, decisions, parts = clean_standing(source, documents, decisions, PART_DOCUMENTS, clean)
        progress.step("merging")
        with log.step("merge"):
            corpus, misfits = merge(parts)
        progress.step("telling entities and figures")
        with log.step("whole"):
            corpus = tell_whole(corpus.at_work(work), folder)
        progress.step("asking the gates")
        with log.step("gates"):
            kept, verdict, taken = ask_gates(corpus, misfits, version, len(documents), folder, decisions)
        progress.step(verdict.sentence())
        with log.step("write"):
            staging = stage_release(kept, verdict, folder, source, build_facts(made_from))
            rows = row_counts(staging)
        with log.step("publish"):
            made = publish(staging, verdict, taken, folder)
            kept.same_as(corpus_of_release(made, starts(kept)))
            place = send(made, releases)
    link = place if isinstance(place, str) else place.as_uri()
    create_link_artifact(f"{link}/report/index.html", "report", key="report", description=f"Report of {version}")
    log.end("released", version=version, documents=len(documents), rows=rows, verdict=verdict.sentence(),
            quarantined_by_gates=len(verdict.quarantined))  # fmt: skip
    return place


@retried_step
def list_raw(raw: Path, releases: Path) -> tuple[Sequence[Listed], Decisions]:
    """All documents of the raw folder that may be released, in the order of their ids; and what was decided of them,
    of which each correction is tried before any work is done."""
    documents, decisions = wanted_documents(raw, releases)
    check_corrections(raw, documents, decisions.standing_corrections)
    return documents, decisions


def clean_all(
    raw: Place, decisions: Decisions, pool: Pool, progress: Progress, log: RunLog, parts: Sequence[Sequence[Listed]]
) -> list[Path]:
    """Cleans the shards, as many at a time as there are workers; gives the folders of their tables, in order."""
    if changed := why_new():
        progress.step(f"all documents are cleaned anew: {', '.join(changed[:3])} changed")
    results = shards_folder()
    plan = partial(plan_shard, raw, results=results, corrections=decisions.corrections)
    folders = [Path(plan(part).folder) for part in parts]  # of all shards at a time only their names are held
    throw_out_damaged(folders)
    new = [part for part, folder in zip(parts, folders, strict=True) if not folder.is_dir()]
    documents = sum(map(len, new))
    progress.step(f"{len(new):,} of {len(folders):,} shards to clean, {documents:,} documents")
    for folder in folders:
        if folder.is_dir():
            use(folder)
            log.shard(folder, reused=True)
    shown: Any = create_progress_artifact(0.0, key="shards", description="Shards cleaned")
    said = time.monotonic()
    # opaque keeps Prefect from walking through every document of a shard in search of futures
    calls = ((pool, cast(Planned, opaque(partial(plan, part))), log) for part in new)
    for done in submitted(clean_shard, calls, AHEAD * pool.workers):
        progress.count("shards cleaned", done, len(new))
        if done == len(new) or time.monotonic() - said >= EVERY:
            said = time.monotonic()
            update_progress_artifact(shown, 100 * done / len(new), description=f"{done:,} of {len(new):,}")
    return folders


@retried_step
def clean_shard(pool: Pool, planned: Planned, log: RunLog) -> None:
    """One shard on the pool; documents that lose their worker are quarantined."""
    started, shard = time.monotonic(), planned()
    clean_isolated(pool, shard)
    log.shard(Path(shard.folder), reused=False, seconds=round(time.monotonic() - started, 3))


@step
def merge(parts: list[list[Path]]) -> tuple[Corpus, pa.Table]:
    """The tables of all shards, given by part, as one corpus, articles of the same text marked; and the rows that did
    not fit their table (flows/misfits.py)."""
    shards = list(chain.from_iterable(parts))
    copies = find_duplicates((read_shard_table(folder, "signatures") for folder in shards), ShardTexts(shards))
    corpus = corpus_of_shards(parts, read_shard_table)
    by_part = ({name: copies[name] for name in names} for names in corpus.by_part(copies))
    edited = [Edited(part, partial(marked, mine)) for part, mine in zip(corpus.sources(), by_part, strict=True)]
    return Corpus(edited), pa.concat_tables([read_shard_table(folder, "misfits") for folder in shards])


@retried_step
def tell_whole(corpus: Corpus, releases: Path) -> Corpus:
    """The corpus with entities, figures and code books, and one id for each event that several articles tell of."""
    return with_whole(corpus, known_entities(latest(releases)), shards_folder())


@retried_step
def ask_gates(
    tables: Corpus, misfits: pa.Table, version: str, documents_read: int, releases: Path, decisions: Decisions
) -> tuple[Corpus, ValidationReport, Taken]:
    """The tables without the pages and rows that failed a gate, the verdict on them, and what was taken out."""
    again = partial(tell_whole.fn, releases=releases)
    verdict, kept, taken = check(tables, version, documents_read, latest(releases), decisions, misfits, again)
    create_markdown_artifact(verdict.as_markdown(), key="verdict", description=f"Gates of {version}")
    gates = [{"gate": gate.name, "severity": gate.severity, "failing": gate.failing} for gate in verdict.failed]
    create_table_artifact(gates, key="failed-gates", description=f"Gates of {version} that failed")
    return kept, verdict, taken


@retried_step
def stage_release(tables: Corpus, verdict: ValidationReport, releases: Path, raw: Path, build: dict[str, Any]) -> Path:
    """The whole release, out of sight: its files, what describes them, the report, the sums."""
    staging = write_staging(tables, verdict, releases, verdict.version, raw)
    write_build(staging, build)
    return staging


@step
def publish(staging: Path, verdict: ValidationReport, taken: Taken, releases: Path) -> Path:
    """Makes the staged release visible, signed if there is a key, if its gates passed; sets it aside if not."""
    if not verdict.passed:
        refuse(staging, verdict, state_folder(), verdict.version)
    if verdict.quarantined or verdict.misfits:
        keep_quarantined(taken, verdict, releases, verdict.version)
    sign_release(staging)
    return commit(staging, releases, verdict.version)
