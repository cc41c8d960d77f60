"""The subcommand that fetches sources. It imports what it needs when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli.commands import DONE, Command, takes_json, takes_raw


def add_collect_command(command: Command) -> None:
    """Adds it to the command line."""
    collect = command(
        "collect",
        "fetches what is new at the sources of sources.yaml into the raw folder, politely and once",
        "shegong collect --dry-run\n"
        "shegong collect --check --sources raw/sources.example.yaml\n"
        "shegong collect\n"
        "shegong collect --only some-city-news --only another\n"
        "shegong collect --raw pages --sources conf/sources.yaml",
    )
    takes_raw(collect)
    collect.add_argument("--sources", type=Path, metavar="FILE", help="the list of sources (sources.yaml in DIR)")
    collect.add_argument("--only", action="append", default=[], metavar="NAME", help="this source only; repeatable")
    collect.add_argument("--dry-run", action="store_true", help="read feeds and lists, say which pages are due, end")
    collect.add_argument(
        "--check", action="store_true",
        help="read what each source lists and a few of its pages, say whether they still fit, and store nothing",
    )  # fmt: skip
    takes_json(collect)
    collect.set_defaults(run=lambda options: _collect(options, collect))


def _collect(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.cli.collecting import check_sources, make_collection, show_due

    if options.json and not options.check:
        parser.error("--json goes with --check")
    path, only = options.sources or options.raw / "sources.yaml", tuple(options.only)
    if options.check:
        return check_sources(options.raw, path, only, options.json)
    run = show_due if options.dry_run else make_collection
    run(options.raw, path, only)
    return DONE
