"""The subcommand that fetches sources. It imports what it needs when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from flows.state import PROJECT

DONE = 0


def add_collect_command(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Adds it to the command line."""
    collect = command(
        "collect",
        "fetches what is new at the sources of sources.yaml into the raw folder, politely and once",
        "shegong collect --dry-run\n"
        "shegong collect\n"
        "shegong collect --only some-city-news --only another\n"
        "shegong collect --raw pages --sources conf/sources.yaml",
    )
    collect.add_argument("--raw", type=Path, default=PROJECT / "raw", metavar="DIR", help="the raw folder (raw/)")
    collect.add_argument("--sources", type=Path, metavar="FILE", help="the list of sources (sources.yaml in DIR)")
    collect.add_argument("--only", action="append", default=[], metavar="NAME", help="this source only; repeatable")
    collect.add_argument("--dry-run", action="store_true", help="read feeds and lists, say which pages are due, end")
    collect.set_defaults(run=_collect)


def _collect(options: argparse.Namespace) -> int:
    from flows.cli.collecting import make_collection, show_due

    run = show_due if options.dry_run else make_collection
    run(options.raw, options.sources or options.raw / "sources.yaml", tuple(options.only))
    return DONE
