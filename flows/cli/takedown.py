"""The subcommand `takedown`: writes a takedown down, looks for what is left of all of them, removes what is ours."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from flows.cli.commands import DONE, FAILED, Command, takes_raw, takes_releases

if TYPE_CHECKING:
    from flows.takedown.check import Checked

SHOWN = 40
"""Files of one place that are named."""


def add_takedown(command: Command) -> None:
    """Adds it to the command line."""
    takedown = command(
        "takedown",
        "takes a document down, or looks for what is left of all that were, and removes it",
        "shegong takedown 873400fda6ec8ba8 --why 'asked by the person named' --who Li\n"
        "shegong takedown https://news.example.org/2024/7.html --why 'asked by the publisher' --who Li\n"
        "shegong takedown --check /srv/shegong s3://bucket/shegong\n"
        "shegong takedown --purge /srv/shegong --remove-versions",
    )
    takedown.add_argument(
        "names",
        nargs="*",
        metavar="ID|URL|PLACE",
        help="an id of a document or article, a sha256, an address or a path in the raw folder; "
        "for --check and --purge: further releases, stores (s3:// too) or copies",
    )
    takedown.add_argument("--why", metavar="TEXT", help="the reason, kept in raw/tombstones.yaml")
    takedown.add_argument("--who", metavar="NAME", help="who decides")
    takedown.add_argument("--not-here", action="store_true", help="write it although nothing here bears that name")
    takedown.add_argument(
        "--check", action="store_true", help="look through releases, quarantine, failed builds, caches, logs and stores"
    )
    takedown.add_argument("--purge", action="store_true", help="remove what is found, as far as it is ours to remove")
    takedown.add_argument(
        "--remove-versions", action="store_true", help="with --purge: remove whole releases too, but for the newest"
    )
    takes_raw(takedown, stores=True)
    takes_releases(takedown, stores=True)
    takedown.set_defaults(run=lambda options: _takedown(options, takedown))


def _takedown(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.check or options.purge:
        return _check(options)
    if len(options.names) != 1:
        parser.error("name one document: by its id, its address or its path")
    if not (options.why and options.who):
        parser.error("a takedown needs --why and --who")
    from flows.run.places import place
    from flows.takedown.entry import write_tombstone
    from flows.terminal.safe import safe

    raw, releases = place(options.raw), place(options.releases)
    written = write_tombstone(raw, releases, options.names[0], options.why, options.who, options.not_here)
    print(safe(f"{written.place}: {', '.join(f'{name} {value}' for name, value in written.entry.items())}"))
    for document, path in dict.fromkeys(known[:2] for known in written.documents):
        print(safe(f"takes down {document}, all articles of it: {path}"))
    print(
        "Next: `shegong release` makes a release without it; `shegong takedown --check` finds what is left elsewhere."
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    """Looks for what is left; removes it if that is wanted, and looks again."""
    from contextlib import nullcontext

    from flows.run.places import place, releases_folder
    from flows.takedown.check import check, what_to_look_for
    from flows.takedown.purge import purge
    from flows.terminal.progress import Progress
    from flows.terminal.safe import safe
    from flows.turn import only_run

    releases, named = place(options.releases), [place(name) for name in options.names]
    with only_run(releases_folder(releases)) if options.purge else nullcontext():
        wanted = what_to_look_for(place(options.raw), releases, named)
        checked = check(wanted, releases, named, Progress().count)
        if options.purge and checked.survivors:
            for purged in purge(checked.survivors, wanted.search, options.remove_versions):
                print(safe(f"{purged.copy.place}: {purged.done or f'left: {purged.why_not}'}"))
            checked = check(wanted, releases, named)
    return _report(checked)


def _report(checked: Checked) -> int:
    """Says what was found; gives the exit status."""
    from flows.takedown.places import REMEDIES
    from flows.terminal.safe import safe

    for note in checked.wanted.notes:
        print(safe(note))
    for copy in dict.fromkeys(survivor.copy for survivor in checked.survivors):
        print(safe(f"{copy.place}: {REMEDIES[copy.kind]}"))
        mine = [survivor for survivor in checked.survivors if survivor.copy == copy]
        for survivor in mine[:SHOWN]:
            print(safe(f"  {survivor.file}: {'; '.join(found.sentence() for found in survivor.found)}"))
        if len(mine) > SHOWN:
            print(f"  and {len(mine) - SHOWN} more files")
    count = len(checked.survivors)
    said = f"documents taken down: {checked.wanted.documents:,}; files searched: {checked.files:,}; "
    print(said + (f"something is left in {count:,} of them" if count else "nothing is left"))
    return FAILED if count else DONE
