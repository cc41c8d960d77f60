"""Cleaning a shard on a pool so that a document that hangs or kills its process costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

from flows.raw.listed import Listed
from flows.run.away import clean_away, clean_listed_away, keep, outgrows_ceiling_away
from flows.run.shard import Lost, Shard, clean_listed, clean_shard, outgrows_ceiling
from flows.work.memory import past_ceiling
from flows.work.pool import Pool, WorkerLostError


def clean_isolated(pool: Pool, shard: Shard) -> Path:
    """Makes the folder with the shard's cleaned tables, unless it is there already; gives it.

    When the worker is lost, the documents are tried one by one; those that lose their worker again are quarantined,
    and the shard is cleaned without them.

    Raises:
        WorkerLostError: the worker is lost once more, although each document alone went well.
    """
    folder = Path(shard.folder)
    if folder.is_dir():
        return folder
    try:
        _clean(pool, shard)
    except WorkerLostError:
        _clean(pool, shard, _find_lost(pool, shard))
    return folder


def _clean(pool: Pool, shard: Shard, lost: tuple[Lost, ...] = ()) -> None:
    """Makes the shard's folder, wherever the pool's processes are."""
    if pool.away:
        keep(shard, pool.run(clean_away, shard, lost))
    else:
        pool.run(clean_shard, shard, lost)


def _find_lost(pool: Pool, shard: Shard) -> tuple[Lost, ...]:
    lost = []
    for document in shard.documents:
        if document.copy_of is not None:
            continue
        try:
            pool.run(clean_listed_away if pool.away else clean_listed, shard, document)
        except WorkerLostError as error:
            late = error.seconds >= shard.seconds
            timeout = f"timeout: cleaning it took more than {shard.seconds:g} seconds"
            lost.append(Lost(document, timeout if late else _why_it_ended(pool, shard, document)))
    return tuple(lost)


def _why_it_ended(pool: Pool, shard: Shard, document: Listed) -> str:
    """Why a document ended its process before its time was over."""
    try:
        if pool.run(outgrows_ceiling_away if pool.away else outgrows_ceiling, shard, document):
            return past_ceiling("cleaning", shard.megabytes)
    except WorkerLostError:
        pass
    return "crash: the process that cleaned it ended"
