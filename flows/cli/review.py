"""The subcommands of maintainers: quarantine, review. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import contextlib
import webbrowser
from collections.abc import Callable
from pathlib import Path

from flows.state import PROJECT

DONE = 0

Command = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a subcommand by name, what it does, examples."""


def add_review_commands(command: Command) -> None:
    """Adds them to the command line."""
    quarantine = command(
        "quarantine",
        "lists the documents that the newest release left out, shows why, or accepts one for the next run",
        "shegong quarantine\n"
        "shegong quarantine show 873400fda6ec8ba8\n"
        "shegong quarantine accept 873400fda6ec8ba8 --why 'the page does give two dates' --who 'Li'\n"
        "shegong quarantine accept 873400fda6ec8ba8 02f1c6a3bb50d2e7 --why 'looked at' --who 'Li'\n"
        "shegong quarantine accept drift.rows_fell:people --why 'a source was closed' --who 'Li'",
    )
    quarantine.add_argument("action", nargs="?", choices=("list", "show", "accept"), default="list")
    quarantine.add_argument(
        "id", nargs="*", metavar="ID", help="a document id or the start of one; drift.GATE:SUBJECT; several to accept"
    )
    quarantine.add_argument("--why", metavar="TEXT", help="the reason, kept in raw/exceptions.yaml")
    quarantine.add_argument("--who", metavar="NAME", help="who decides")
    quarantine.add_argument("--raw", type=Path, default=PROJECT / "raw", metavar="DIR", help="raw documents (raw/)")
    quarantine.add_argument(
        "--releases", type=Path, default=PROJECT / "releases", metavar="DIR", help="where releases stand (releases/)"
    )
    quarantine.set_defaults(run=lambda options: _quarantine(options, quarantine))

    review = command(
        "review",
        "opens the report of a release in a browser, and prints its path; with --edit it serves the report to this "
        "machine alone, with buttons that write decisions",
        "shegong review releases/v2026.11.22\nshegong review releases/v2026.11.22 --print\n"
        "shegong review --edit releases/v2026.11.22",
    )
    review.add_argument("release", type=Path, metavar="RELEASE", help="a release's folder")
    review.add_argument("--print", action="store_true", help="only print the path, or the address")
    review.add_argument(
        "--edit", action="store_true", help="serve it on 127.0.0.1, to write raw/*.yaml and examples of rules from it"
    )
    review.add_argument("--releases", type=Path, metavar="DIR", help="with --edit: where releases stand (beside it)")
    review.add_argument("--port", type=int, default=0, metavar="N", help="with --edit: the port (any free one)")
    review.add_argument("--raw", type=Path, default=PROJECT / "raw", metavar="DIR", help="raw documents (raw/)")
    review.set_defaults(run=_review)


def _quarantine(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.decisions.accepting import accept
    from flows.decisions.quarantine import show, waiting

    if options.action != "list" and not options.id:
        parser.error(f"{options.action} needs an ID")
    if options.action == "accept":
        if not (options.why and options.who):
            parser.error("accept needs --why and --who")
        print(accept(options.releases, options.raw, options.id, options.why, options.who))
        return DONE
    if options.action == "show":
        lines = [line for one in options.id for line in show(options.releases, one)]
    else:
        lines = list(waiting(options.releases, options.raw))
    for line in lines:
        print(line)
    return DONE


def _review(options: argparse.Namespace) -> int:
    from flows.errors import ReleaseError

    page = (options.release / "report" / "index.html").absolute()
    if not page.is_file():
        raise ReleaseError("report", "there is no report in it.", "Name a release's folder.", options.release)
    if options.edit:
        return _edit(options)
    if not options.print:
        webbrowser.open(page.as_uri())
    print(page)
    return DONE


def _edit(options: argparse.Namespace) -> int:
    """Serves until it is interrupted."""
    from flows.review.proposals import Desk
    from flows.review.server import EditServer

    release = options.release.absolute()
    releases = (options.releases or release.parent).absolute()
    with EditServer(Desk(release, options.raw.absolute(), releases), options.port) as server:
        print(server.address, flush=True)
        if not options.print:
            webbrowser.open(server.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return DONE
