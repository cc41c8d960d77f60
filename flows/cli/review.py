"""The subcommands of maintainers: quarantine, review. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
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
        "shegong quarantine accept drift.rows_fell:people --why 'a source was closed' --who 'Li'",
    )
    quarantine.add_argument("action", nargs="?", choices=("list", "show", "accept"), default="list")
    quarantine.add_argument("id", nargs="?", metavar="ID", help="a document id or the start of one; drift.GATE:SUBJECT")
    quarantine.add_argument("--why", metavar="TEXT", help="the reason, kept in raw/exceptions.yaml")
    quarantine.add_argument("--who", metavar="NAME", help="who decides")
    takes_raw(quarantine)
    takes_releases(quarantine)
    takes_json(quarantine)
    quarantine.set_defaults(run=lambda options: _quarantine(options, quarantine))

    review = command(
        "review",
        "opens the report of a release in a browser, and prints its path",
        "shegong review\nshegong review releases/v2026.11.22 --print",
    )
    takes_release(review, optional=True)
    review.set_defaults(release=Path("latest"))
    review.add_argument("--print", action="store_true", help="only print the path")
    review.set_defaults(run=_review)


def _quarantine(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.decisions.quarantine import accept, left_out, newest, show, waiting

    if options.action != "list" and not options.id:
        parser.error(f"{options.action} needs an ID")
    if options.action == "accept":
        if not (options.why and options.who):
            parser.error("accept needs --why and --who")
        print(accept(options.releases, options.raw, options.id, options.why, options.who))
        return DONE
    if options.json:
        print(json.dumps(list(left_out(options.releases, options.raw, options.id)), ensure_ascii=False, indent=1))
        return DONE
    if options.action == "show":
        lines = list(show(options.releases, options.id))
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
    if not options.print:
        webbrowser.open(page.as_uri())
    print(page)
    return DONE
