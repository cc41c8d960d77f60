"""The subcommands of operators: serve, deploy, status, cache. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from flows.cli.commands import DONE, Command, days, positive, takes_json
from flows.cli.releases import takes_run


def add_operator_commands(command: Command) -> None:
    """Adds them to the command line."""
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
        "shows the last runs: when, how they ended, what they cleaned, where the time went; cache and settings",
        "shegong status\nshegong status --runs 30",
    )
    status.add_argument("--runs", type=positive, default=10, metavar="N", help="how many (10)")
    takes_json(status)
    status.set_defaults(run=_status)

    cache = command(
        "cache",
        "shows what the next run can use of earlier ones, or removes what no run used for some days",
        "shegong cache\nshegong cache --prune 30",
    )
    cache.add_argument("--prune", type=days, metavar="DAYS", help="remove what was not used for so many days; 0: all")
    takes_json(cache)
    cache.set_defaults(run=_cache)


def _takes_schedules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--collect-at", default="0 2 * * *", metavar="CRON", help="when to collect (0 2 * * *)")
    parser.add_argument("--release-at", default="0 3 * * *", metavar="CRON", help="when to release (0 3 * * *)")


def _serve(options: argparse.Namespace) -> int:
    from flows.run.schedules import check_cron
    from flows.run.server import PrefectServer

    for cron in (options.collect_at, options.release_at):  # before any server starts
        check_cron(cron)
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
    from flows.settings import told
    from flows.terminal.safe import safe

    runs, settings = past_runs(options.runs), list(told())
    if options.json:
        said = {one.setting.name: {"value": one.value, "from": one.source} for one in settings}
        print(_as_json({"runs": [run._asdict() for run in runs], "cache": _kept(), "settings": said}))
        return DONE
    for run in runs:
        verdict = run.about.get("verdict") or run.about.get("message") or ""
        version, documents = run.about.get("version", "-"), run.about.get("documents")
        count = "" if documents is None else f"{documents:,} documents, "
        print(f"{run.began}  {run.outcome:<11} {version:<14} {count}{run.shards:,} shards ({run.reused:,} reused)")
        if run.steps:
            print("    " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in run.steps.items()))
        if verdict:
            print(f"    {safe(verdict)}")
    if not runs:
        print("no run yet")
    _show_cache()
    print("settings")
    for one in settings:
        print(safe(f"  {one.setting.name:<12} {one.value}  ({one.source}; {one.setting.variable})"))
    return DONE


def _cache(options: argparse.Namespace) -> int:
    from flows.run.cache import prune

    gone = prune(options.prune) if options.prune is not None else None
    if options.json:
        removed = {} if gone is None else {"removed": len(gone), "removed_bytes": sum(one.size for one in gone)}
        print(_as_json({**removed, "kept": _kept()}))
        return DONE
    if gone is not None:
        print(f"{len(gone):,} results removed, {sum(one.size for one in gone) / 1e6:,.1f} MB")
    _show_cache()
    return DONE


def _kept() -> list[dict[str, Any]]:
    """What is kept for the next run, by kind and by whether this code made it."""
    import time

    from flows.run.cache import DAY, KINDS, cached

    there, found = list(cached()), []
    for kind in KINDS:
        for current in (True, False):
            mine = [one for one in there if one.current == current and one.path.parent.parent.name == kind]
            oldest = max(((time.time() - one.used) / DAY for one in mine), default=None)
            about = {"results": len(mine), "bytes": sum(one.size for one in mine), "oldest_used_days_ago": oldest}
            found.append({"kind": kind, "of_this_code": current, **about})
    return found


def _show_cache() -> None:
    for one in _kept():
        what = "of this code" if one["of_this_code"] else "of other code"
        used = one["oldest_used_days_ago"]
        said = "" if used is None else f"; the oldest was used {used:,.1f} days ago"
        print(f"{one['results']:,} {one['kind']} {what}, {one['bytes'] / 1e6:,.1f} MB{said}")


def _as_json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1, default=str)
