"""The subcommand that looks at all that is kept. It imports what it needs when it runs."""

from __future__ import annotations

import argparse
import json

from flows.cli.commands import DONE, FAILED, Command, takes_json, takes_raw, takes_releases


def add_check_command(command: Command) -> None:
    """Adds it to the command line."""
    check = command(
        "check",
        "looks at all state and releases, says what is wrong (1), and mends it: what can be made again is thrown away",
        "shegong check\nshegong check --repair\nshegong check --releases s3://bucket/releases --json\n"
        "shegong check --releases /srv/releases --raw pages",
    )
    takes_releases(check, stores=True)
    takes_raw(check)
    check.add_argument("--repair", action="store_true", help="mend what can be mended; raw documents are not touched")
    takes_json(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from flows.check.all import check_all
    from flows.terminal.safe import safe

    answer = check_all(options.releases, options.raw, options.repair)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        for fault in answer["wrong"]:
            done = "" if fault["mended"] is None else "mended: " if fault["mended"] else "not mended: "
            print(safe(f"{fault['place']}: {fault['problem']}. {done}{fault['remedy']}"))
        counts = ", ".join(f"{count:,} {kind}" for kind, count in answer["looked_at"].items())
        print(f"looked at {counts or 'nothing'}: {len(answer['wrong']) or 'nothing'} wrong")
    return DONE if all(fault["mended"] for fault in answer["wrong"]) else FAILED
