"""The command `shegong`. Each subcommand imports what it needs when it runs, so that --help answers at once."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from flows.cli.canary import add_canary
from flows.cli.check import add_check_command
from flows.cli.clean import add_clean
from flows.cli.collect import add_collect_command
from flows.cli.commands import DONE, INTERRUPTED, TERMINATED, USAGE, Parser
from flows.cli.completion import add_completion
from flows.cli.distribution import add_distribution_commands
from flows.cli.extras import extra_for
from flows.cli.operate import add_operator_commands
from flows.cli.releases import add_release_commands
from flows.cli.review import add_review_commands
from flows.cli.score import add_score_command
from flows.cli.stopping import STOPPED, Terminated, terminable
from flows.cli.takedown import add_takedown
from flows.cli.trial import add_trial_commands
from flows.errors import ShegongError
from flows.terminal import progress

OUT_OF_OUR_HANDS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system may refuse anywhere: no room, no permission. Said in a sentence; any other error shows its trace."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Gives 0 when it is done, 1 when a gate failed, 2 on bad usage or unreadable input."""
    try:
        use_settings()
    except ShegongError as error:
        print(f"shegong: {error}", file=sys.stderr)
        return error.exit_status
    options = command_line().parse_args(arguments)
    if options.quiet:
        progress.be_quiet()
    if options.verbose:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    with terminable():
        return _run(options)


def use_settings() -> None:
    """Makes what shegong.toml says hold for this command and what it starts."""
    from flows.installed import home
    from flows.settings import FILE

    if (home() / FILE).exists():
        from flows.settings import use_file

        use_file()


def _run(options: argparse.Namespace) -> int:
    try:
        for name in getattr(options, "named_releases", ()):
            _find_release(options, name)
        run: Callable[[argparse.Namespace], int] = options.run
        status = run(options)
        sys.stdout.flush()
        return status
    except ShegongError as error:
        if options.verbose:
            traceback.print_exc()
        print(f"shegong: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except ModuleNotFoundError as error:
        if (extra := extra_for(error)) is None:
            raise
        needs = f"shegong: this needs {error.name}, which is not installed. Install it: pip install 'shegong[{extra}]'"
        print(needs, file=sys.stderr)
        return USAGE
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
        print(STOPPED, file=sys.stderr)
        return TERMINATED


def _find_release(options: argparse.Namespace, name: str) -> None:
    """Puts the folder of a release in the place of its name, where `latest` or a version was said."""
    wanted = getattr(options, name)
    if wanted is None or wanted.exists():
        return
    from flows.publish.find import find_release

    setattr(options, name, find_release(str(wanted), getattr(options, "releases", None)))


def command_line() -> Parser:
    """The parser of everything; what adds a command says which function runs it."""
    parser = Parser(
        prog="shegong",
        description="Chinese social-work news, from raw pages to a validated and traceable dataset.",
        epilog="RELEASE is a folder, a version, or latest.\n"
        "exit status: 0 done, also when nothing is new; 1 a gate failed, nothing was released;\n"
        "2 bad usage or unreadable input",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    parser.commands = commands.choices  # type: ignore[assignment]

    def command(name: str, does: str, examples: str) -> argparse.ArgumentParser:
        return _add(commands, name, does, examples)

    add_clean(command)
    add_release_commands(command)
    add_distribution_commands(command)
    add_review_commands(command)
    add_operator_commands(command)
    add_collect_command(command)
    add_trial_commands(command)
    add_score_command(command)
    add_check_command(command)
    add_canary(command)
    add_takedown(command)
    add_completion(command, parser)
    return parser


def _add(commands: argparse._SubParsersAction[Parser], name: str, does: str, examples: str) -> argparse.ArgumentParser:
    indented = "".join(f"\n  {example}" for example in examples.splitlines())
    added = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"examples:{indented}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    loudness = added.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="say nothing of how far it is")
    loudness.add_argument("-v", "--verbose", action="store_true", help="say more: traces of errors, Prefect's own log")
    return added


class _Version(argparse.Action):
    """Looks the version up when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from flows.run.about import about_installation

        print(about_installation())
        parser.exit(DONE)


if __name__ == "__main__":
    sys.exit(main())
