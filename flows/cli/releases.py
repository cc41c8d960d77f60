"""The subcommands about releases: release, validate, explain, diff. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from flows.cli.commands import (
    DONE,
    FAILED,
    Command,
    takes_json,
    takes_raw,
    takes_release,
    takes_releases,
    takes_workers,
)
from flows.cli.signing import takes_key, use_key


def add_release_commands(command: Command) -> None:
    """Adds them to the command line."""
    release = command(
        "release",
        "builds a release of the raw documents; prints its path last",
        "shegong release\nshegong release --raw pages --releases /srv/releases --workers 8\n"
        "shegong release --raw s3://bucket/raw --releases s3://bucket/releases --runner dask "
        "--dask-address tls://scheduler:8786 --dask-security tls.yaml",
    )
    takes_run(release)
    takes_key(release)
    release.add_argument("--verify", action="store_true", help="read every raw file again, whatever its time says")
    release.set_defaults(run=_release)

    validate = command(
        "validate",
        "checks a release again, from its files alone",
        "shegong validate latest\nshegong validate releases/v2026.11.22 --json",
    )
    takes_release(validate)
    takes_json(validate)
    validate.set_defaults(run=_validate)

    explain = command(
        "explain",
        "shows an article or a document: what was kept, what was removed by which rule, and the evidence of its facts",
        "shegong explain latest 873400fda6ec8ba8\nshegong explain releases/v2026.11.22 873400fda6ec8ba8-01 | less -R",
    )
    takes_release(explain)
    explain.add_argument("id", metavar="ID", help="a document or article id, or the start of one")
    explain.set_defaults(run=_explain)

    diff = command(
        "diff",
        "shows the rows that were added, changed or removed, by table",
        "shegong diff v2026.11.21 latest\nshegong diff releases/v2026.11.21 releases/v2026.11.22 --rows changed",
    )
    takes_release(diff, "old")
    takes_release(diff, "new")
    diff.add_argument("--rows", type=Path, metavar="DIR", help="write the rows that differ there, as Parquet")
    takes_json(diff)
    diff.set_defaults(run=_diff)


def takes_run(parser: argparse.ArgumentParser) -> None:
    """Adds what a release run takes: where it reads and writes, and what cleans its shards."""
    takes_raw(parser, stores=True)
    takes_releases(parser, stores=True)
    parser.add_argument("--runner", choices=("local", "dask"), default="local", help="what cleans the shards (local)")
    parser.add_argument("--dask-address", metavar="URL", help="a scheduler's, tls://host:port; else one is started")
    parser.add_argument("--dask-security", type=Path, metavar="FILE", help="names the certificates for tls://")
    takes_workers(parser)


def _release(options: argparse.Namespace) -> int:
    from flows.cli.make import make_release
    from flows.raw.marks import forget_marks
    from flows.raw.store import forget_copies
    from flows.run.places import place

    use_key(options)
    raw, releases = place(options.raw), place(options.releases)
    if options.verify:
        forget_marks()
        forget_copies()
    made = make_release(raw, releases, options.workers, options.runner, options.dask_address, options.dask_security)
    if sys.stdout.isatty() and not options.quiet:  # somebody looks at it
        for line in next_steps(str(made)):
            print(line, file=sys.stderr)
    print(made)
    return DONE


def next_steps(made: str) -> list[str]:
    """What people do with a release once it is made."""
    if "://" in made:
        return []
    return [
        f"next: shegong review {made}      what was stripped and why, in a browser",
        "      shegong quarantine            what was left out of it, if anything",
        f"      shegong publish {made} STORE",
    ]


def _validate(options: argparse.Namespace) -> int:
    from flows.state import configure

    configure()
    from flows.terminal.safe import safe
    from flows.validate.loading import load
    from flows.validate.release import validate_release

    load()
    report = validate_release(options.release)
    if options.json:
        print(json.dumps({"release": str(options.release), **report.as_json()}, ensure_ascii=False, indent=1))
        return DONE if report.passed else FAILED
    for gate in report.failed:
        print(safe(f"{gate.severity}: {gate.name}: {gate.failing:,} rows fail. {gate.error or gate.detail}"))
    print(f"{options.release}: {safe(report.sentence())}")
    return DONE if report.passed else FAILED


def _explain(options: argparse.Namespace) -> int:
    from flows.report.explain import explain
    from flows.terminal.safe import Paint

    for line in explain(options.release, options.id, Paint()):
        print(line)
    return DONE


def _diff(options: argparse.Namespace) -> int:
    from flows.compare.changes import changes_between
    from flows.compare.markdown import as_markdown
    from flows.compare.told import as_json
    from flows.terminal.safe import safe

    found = changes_between(options.old, options.new)
    if options.json:
        print(json.dumps(as_json(found, options.new.name), ensure_ascii=False, indent=1, default=str))
    else:
        for line in as_markdown(found, options.new.name).splitlines():
            print(safe(line))
    if options.rows:
        from flows.compare.changed_rows import write_between

        for path in write_between(options.old, options.new, options.rows):
            print(path, file=sys.stderr if options.json else sys.stdout)
    return DONE
