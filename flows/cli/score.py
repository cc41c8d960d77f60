"""The subcommand `score`: what the pipeline gets right on pages whose answers are known."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.commands import DONE, FAILED, Command, names_release, takes_json

if TYPE_CHECKING:
    from flows.score.gold import GoldSet


def add_score_command(command: Command) -> None:
    """Adds it to the command line."""
    score = command(
        "score",
        "measures each field on pages whose answers were fixed by hand: precision, recall, and what was missed",
        "shegong score\n"
        "shegong score --misses | grep region\n"
        "shegong score --gold answers --raw pages --json\n"
        "shegong score --gold answers --raw pages --release releases/v2026.11.22",
    )
    score.add_argument("--gold", type=Path, metavar="DIR", help="a folder of answers (the sets of tests/gold)")
    score.add_argument("--raw", type=Path, metavar="DIR", help="the raw documents of --gold (raw/ beside it)")
    score.add_argument("--release", type=Path, metavar="RELEASE", help="measure this release, not what is cleaned now")
    takes_json(score)
    names_release(score, "release")
    score.add_argument("--misses", action="store_true", help="each answer that is not right, a line each")
    score.add_argument(
        "--compare", action="store_true", help="end with 1 when a field is worse than tests/gold/baseline.json allows"
    )
    score.add_argument(
        "--accept", action="store_true", help="make these figures the baseline, and those of quality.json"
    )
    score.set_defaults(run=lambda options: _score(options, score))


def _score(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.clock import today
    from flows.score.baseline import REMEDY, accept, falls, quality, write_quality
    from flows.score.gold import gold_set, project_sets
    from flows.score.measure import cleaned, measure, rows_in
    from flows.score.table import as_json, as_lines, misses_as_lines
    from flows.terminal.safe import safe

    if (options.compare or options.accept) and (options.gold or options.release):
        parser.error("--compare and --accept are for the sets of tests/gold, cleaned now")
    sets: list[GoldSet] = [gold_set(options.gold, options.raw)] if options.gold else project_sets()
    rows_of = rows_in(options.release) if options.release else cleaned
    tallies = {one.name: measure(one, rows_of) for one in sets}
    pages = {one.name: len(one.pages) for one in sets}
    if options.json:
        found = {
            name: {
                "pages": pages[name],
                "fields": as_json(tally.counts),
                "misses": [miss._asdict() for miss in tally.misses],
            }
            for name, tally in tallies.items()
        }
        print(json.dumps(found, ensure_ascii=False, indent=1))
    for name, tally in tallies.items() if not options.json else ():
        print(f"{name}: {pages[name]} pages")
        for line in misses_as_lines(tally) if options.misses else as_lines(tally):
            print(safe(line))
        print()
    if options.accept:
        accept(tallies)
        write_quality(quality(tallies, pages), str(today()))
    if options.compare and (worse := falls(tallies)):
        for fall in worse:
            print(safe(str(fall)))
        print(REMEDY)
        return FAILED
    return DONE
