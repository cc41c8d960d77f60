"""The command `shegong`. Each subcommand imports what it needs when it runs, so that --help answers at once."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from flows.cli.canary import add_canary
from flows.cli.check import add_check_command
from flows.cli.collect import add_collect_command
from flows.cli.distribution import add_commands, takes_key, use_key
from flows.cli.operate import add_operator_commands
from flows.cli.review import add_review_commands
from flows.cli.score import add_score_command
from flows.cli.stopping import Terminated, terminable
from flows.cli.takedown import add_takedown
from flows.cli.trial import add_trial_commands
from flows.errors import ShegongError
from flows.state import PROJECT

DONE, FAILED, USAGE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143

OUT_OF_OUR_HANDS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system may refuse anywhere: no room, no permission. Said in a sentence; any other error shows its trace."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Gives 0 when it is done, 1 when a gate failed, 2 on bad usage or unreadable input."""
    options = _parser().parse_args(arguments)
    with terminable():
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        status = run(options)
        sys.stdout.flush()
        return status
    except ShegongError as error:
        print(f"shegong: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if error.errno not in OUT_OF_OUR_HANDS:
            raise
        print(
            f"shegong: {error.filename or 'a file'}: {error.strerror}. Nothing was released; mend that and run again.",
            file=sys.stderr,
        )
        return USAGE
    except KeyboardInterrupt:
        print("shegong: interrupted; what was finished is kept, and the next run goes on from there.", file=sys.stderr)
        return INTERRUPTED
    except Terminated:
        print("shegong: stopped; finished shards are kept, and the next run goes on from there.", file=sys.stderr)
        return TERMINATED


def _release(options: argparse.Namespace) -> int:
    from flows.cli.make import make_release
    from flows.run.places import place

    use_key(options)
    raw, releases = place(options.raw), place(options.releases)
    print(make_release(raw, releases, options.workers, options.runner, options.dask_address, options.dask_security))
    return DONE


def _validate(options: argparse.Namespace) -> int:
    from flows.state import configure

    configure()
    from flows.terminal.safe import safe
    from flows.validate.loading import load
    from flows.validate.release import validate_release

    load()
    report = validate_release(options.release)
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
    from flows.compare.diff import as_markdown
    from flows.terminal.safe import safe

    found = changes_between(options.old, options.new)
    for line in as_markdown(found.tables, options.old.name, options.new.name, found.schema, found.taken).splitlines():
        print(safe(line))
    if options.rows:
        from flows.compare.changed_rows import write_between

        for path in write_between(options.old, options.new, options.rows):
            print(path)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shegong",
        description="Chinese social-work news, from raw pages to a validated and traceable dataset.",
        epilog="exit status: 0 done, also when nothing is new; 1 a gate failed, nothing was released;\n"
        "2 bad usage or unreadable input",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    release = _command(
        commands,
        "release",
        "builds a release of the raw documents; prints its path last",
        "shegong release\nshegong release --raw pages --releases /srv/releases --workers 8\n"
        "shegong release --raw s3://bucket/raw --releases s3://bucket/releases --runner dask "
        "--dask-address tls://scheduler:8786 --dask-security tls.yaml",
    )
    takes_run(release)
    takes_key(release)
    release.set_defaults(run=_release)

    validate = _command(
        commands,
        "validate",
        "checks a release again, from its files alone",
        "shegong validate releases/v2026.11.22",
    )
    _takes_release(validate, "release")
    validate.set_defaults(run=_validate)

    explain = _command(
        commands,
        "explain",
        "shows an article or a document: what was kept, what was removed by which rule, and the evidence of its facts",
        "shegong explain releases/v2026.11.22 873400fda6ec8ba8\n"
        "shegong explain releases/v2026.11.22 873400fda6ec8ba8-01 | less -R",
    )
    _takes_release(explain, "release")
    explain.add_argument("id", metavar="ID", help="a document or article id, or the start of one")
    explain.set_defaults(run=_explain)

    diff = _command(
        commands,
        "diff",
        "shows the rows that were added, changed or removed, by table",
        "shegong diff releases/v2026.11.21 releases/v2026.11.22\n"
        "shegong diff releases/v2026.11.21 releases/v2026.11.22 --rows changed",
    )
    _takes_release(diff, "old")
    _takes_release(diff, "new")
    diff.add_argument("--rows", type=Path, metavar="DIR", help="write the rows that differ there, as Parquet")
    diff.set_defaults(run=_diff)

    def add(name: str, does: str, examples: str) -> argparse.ArgumentParser:
        command = _command(commands, name, does, examples)
        _takes_release(command, "release")
        return command

    add_commands(add, _takes_workers)
    add_review_commands(lambda name, does, examples: _command(commands, name, does, examples))
    add_operator_commands(lambda name, does, examples: _command(commands, name, does, examples), takes_run)
    add_collect_command(lambda name, does, examples: _command(commands, name, does, examples))
    add_trial_commands(lambda name, does, examples: _command(commands, name, does, examples), _takes_workers)
    add_score_command(lambda name, does, examples: _command(commands, name, does, examples))
    add_check_command(lambda name, does, examples: _command(commands, name, does, examples))
    add_canary(lambda name, does, examples: _command(commands, name, does, examples))
    add_takedown(lambda name, does, examples: _command(commands, name, does, examples))
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str, examples: str
) -> argparse.ArgumentParser:
    indented = "".join(f"\n  {example}" for example in examples.splitlines())
    return commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"examples:{indented}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def takes_run(parser: argparse.ArgumentParser) -> None:
    """Adds what a release run takes: where it reads and writes, and what cleans its shards."""
    raw, releases = str(PROJECT / "raw"), str(PROJECT / "releases")
    parser.add_argument("--raw", default=raw, metavar="DIR", help="raw documents, a folder or s3:// URL (raw/)")
    parser.add_argument(
        "--releases", default=releases, metavar="DIR", help="where releases stand, a folder or s3:// URL (releases/)"
    )
    parser.add_argument("--runner", choices=("local", "dask"), default="local", help="what cleans the shards (local)")
    parser.add_argument("--dask-address", metavar="URL", help="a scheduler's, tls://host:port; else one is started")
    parser.add_argument("--dask-security", type=Path, metavar="FILE", help="names the certificates for tls://")
    _takes_workers(parser)


def _takes_release(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(name, type=Path, metavar=name.upper(), help="a release's folder")


def _takes_workers(parser: argparse.ArgumentParser) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    parser.add_argument("--workers", type=_positive, default=cores, metavar="N", help=f"processes ({cores} here)")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
