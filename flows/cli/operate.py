"""The subcommands of operators: serve, deploy, status, cache. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

DONE = 0

Command = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a subcommand by name, what it does, examples."""


def add_operator_commands(command: Command, takes_run: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds them to the command line; `takes_run` adds the options of a release run."""
    serve = command(
        "serve",
        "collects and releases on schedules until it is stopped; with PREFECT_API_URL by that server, else by its own",
        "shegong serve\nshegong serve --release-at '30 3 * * *' --releases /srv/releases\n"
        "SHEGONG_NOTIFY=https://chat.example.org/hooks/abc shegong serve",
    )
    _takes_schedules(serve)
    takes_run(serve)
    serve.set_defaults(run=_serve)

    deploy = command(
        "deploy",
        "writes prefect.yaml with the paths of this machine, for `prefect deploy --all` and a process work pool",
        "shegong deploy\nshegong deploy --release-at '30 3 * * *' --pool shegong",
    )
    _takes_schedules(deploy)
    deploy.add_argument("--pool", default="shegong", metavar="NAME", help="the work pool (shegong)")
    takes_run(deploy)
    deploy.set_defaults(run=_deploy)

    status = command(
        "status",
        "shows the last runs: when, how they ended, what they cleaned, where the time went; and the cache",
        "shegong status\nshegong status --runs 30",
    )
    status.add_argument("--runs", type=int, default=10, metavar="N", help="how many (10)")
    status.set_defaults(run=_status)

    cache = command(
        "cache",
        "shows what the next run can use of earlier ones, or removes what no run used for some days",
        "shegong cache\nshegong cache --prune 30",
    )
    cache.add_argument("--prune", type=float, metavar="DAYS", help="remove what was not used for so many days; 0: all")
    cache.set_defaults(run=_cache)


def _takes_schedules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--collect-at", default="0 2 * * *", metavar="CRON", help="when to collect (0 2 * * *)")
    parser.add_argument("--release-at", default="0 3 * * *", metavar="CRON", help="when to release (0 3 * * *)")


def _serve(options: argparse.Namespace) -> int:
    from flows.run.server import PrefectServer

    with PrefectServer(schedules=True) as server:
        server.wait()
        from flows.serve import serve

        serve(_scheduled(options))
    return DONE


def _deploy(options: argparse.Namespace) -> int:
    from flows.state import configure

    configure()
    from flows.run.notify import HOOKS
    from flows.serve import write_deployments

    print(write_deployments(_scheduled(options), pool=options.pool))
    for name in HOOKS:
        if os.environ.get(name):
            print(f"{name} is not written to it: start the worker with it.", file=sys.stderr)
    return DONE


def _scheduled(options: argparse.Namespace) -> list[Any]:
    from flows.run.places import place
    from flows.serve import table

    raw, releases = str(place(options.raw)), str(place(options.releases))
    how = {"workers": options.workers, "runner": options.runner, "dask_address": options.dask_address}
    if options.dask_security:
        how["dask_security"] = str(options.dask_security.absolute())
    return table(options.collect_at, options.release_at, raw, releases, **how)


def _status(options: argparse.Namespace) -> int:
    from flows.run.log import past_runs
    from flows.terminal.safe import safe

    for run in past_runs(options.runs):
        said = run.about.get("verdict") or run.about.get("message") or ""
        version, documents = run.about.get("version", "-"), run.about.get("documents")
        count = "" if documents is None else f"{documents:,} documents, "
        print(f"{run.began}  {run.outcome:<11} {version:<14} {count}{run.shards:,} shards ({run.reused:,} reused)")
        if run.steps:
            print("    " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in run.steps.items()))
        if said:
            print(f"    {safe(said)}")
    return _cache(argparse.Namespace(prune=None))


def _cache(options: argparse.Namespace) -> int:
    import time

    from flows.run.cache import DAY, KINDS, cached, prune

    if options.prune is not None:
        gone = prune(options.prune)
        print(f"{len(gone):,} results removed, {sum(one.size for one in gone) / 1e6:,.1f} MB")
    there = list(cached())
    for kind in KINDS:
        for current, what in ((True, "of this code"), (False, "of other code")):
            mine = [one for one in there if one.current == current and one.path.parent.parent.name == kind]
            size = sum(one.size for one in mine) / 1e6
            days = max(((time.time() - one.used) / DAY for one in mine), default=0.0)
            print(f"{len(mine):,} {kind} {what}, {size:,.1f} MB; the oldest was used {days:,.1f} days ago")
    return DONE
