"""The subcommands of maintainers: quarantine, review. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import contextlib
import json
import webbrowser
from pathlib import Path

from flows.cli.commands import DONE, Command, takes_json, takes_raw, takes_release, takes_releases


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
    takes_raw(quarantine)
    takes_releases(quarantine)
    takes_json(quarantine)
    quarantine.set_defaults(run=lambda options: _quarantine(options, quarantine))

    review = command(
        "review",
        "opens the report of a release in a browser, and prints its path; with --edit it serves the report to this "
        "machine alone, with buttons that write decisions",
        "shegong review\nshegong review releases/v2026.11.22 --print\nshegong review --edit latest",
    )
    takes_release(review, optional=True)
    review.set_defaults(release=Path("latest"))
    review.add_argument("--print", action="store_true", help="only print the path, or the address")
    review.add_argument(
        "--edit", action="store_true", help="serve it on 127.0.0.1, to write raw/*.yaml and examples of rules from it"
    )
    review.add_argument("--port", type=int, default=0, metavar="N", help="with --edit: the port (any free one)")
    takes_raw(review)
    review.set_defaults(run=_review)


def _quarantine(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.decisions.accepting import accept
    from flows.decisions.quarantine import left_out, newest, show, waiting

    if options.action != "list" and not options.id:
        parser.error(f"{options.action} needs an ID")
    if options.action == "accept":
        if not (options.why and options.who):
            parser.error("accept needs --why and --who")
        print(accept(options.releases, options.raw, options.id, options.why, options.who))
        return DONE
    if options.json:
        asked = options.id or [None]
        rows = [row for one in asked for row in left_out(options.releases, options.raw, one)]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return DONE
    if options.action == "show":
        lines = [line for one in options.id for line in show(options.releases, one)]
    else:
        lines = list(waiting(options.releases, options.raw))
        lines = lines or [f"{newest(options.releases)}: nothing is in quarantine"]
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
    with EditServer(Desk(release, options.raw.absolute(), options.releases.absolute()), options.port) as server:
        print(server.address, flush=True)
        if not options.print:
            webbrowser.open(server.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return DONE
