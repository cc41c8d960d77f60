"""What subcommands share: exit statuses, the parser that knows what was meant, options that several of them take."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from flows.installed import home

DONE, FAILED, USAGE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
"""Exit statuses: done, also when nothing is new; a gate failed, nothing was released; bad usage or unreadable input."""

Command = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a subcommand by name, what it does, examples."""


class Parser(argparse.ArgumentParser):
    """A parser whose refusals name what was probably meant, and where help stands."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.commands: dict[str, argparse.ArgumentParser] = {}

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Refuses here what this command does not know, and not at its caller, who does not know what it does."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            meant = _meant(unknown[0].partition("=")[0], list(self._option_string_actions))
            self.error(f"there is nothing to do with {' '.join(unknown)!r}{meant}")
        return found, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            said = f"there is no {'command ' if action.choices == self.commands else ''}{value!r}"
            meant = _meant(str(value), [str(choice) for choice in action.choices])
            meant = meant or f"; it is one of {', '.join(map(str, action.choices))}"
            raise argparse.ArgumentError(None if self.commands else action, said + meant)

    def error(self, message: str) -> NoReturn:
        """Ends with 2: how it is used, what is wrong, and where help stands."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}. `{self.prog} --help` shows examples.\n")


def _meant(said: str, known: Sequence[str]) -> str:
    found = difflib.get_close_matches(said, known, n=1)
    return f"; did you mean {found[0]}?" if found else ""


def takes_release(parser: argparse.ArgumentParser, name: str = "release", optional: bool = False) -> None:
    """Adds a release, by its folder, its version, or as `latest`."""
    parser.add_argument(
        name, type=Path, nargs="?" if optional else None, metavar=name.upper(),
        help="a release: its folder, its version, or latest" + (" (latest)" if optional else ""),
    )  # fmt: skip
    names_release(parser, name)


def names_release(parser: argparse.ArgumentParser, name: str) -> None:
    """Makes the value of an argument the folder of the release that it names, before the command runs."""
    parser.set_defaults(named_releases=(*(parser.get_default("named_releases") or ()), name))


def takes_workers(parser: argparse.ArgumentParser) -> None:
    """Adds the number of processes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    default = os.environ.get("SHEGONG_WORKERS") or str(cores)
    parser.add_argument("--workers", type=positive, default=default, metavar="N", help=f"processes ({default} here)")


def takes_raw(parser: argparse.ArgumentParser, stores: bool = False) -> None:
    """Adds the raw folder; with `stores` it may be an address of one in a store."""
    default, kind, what = _place("SHEGONG_RAW", "raw", stores)
    parser.add_argument("--raw", default=default, type=kind, metavar="DIR", help=f"raw documents{what} (raw/)")


def takes_releases(parser: argparse.ArgumentParser, stores: bool = False) -> None:
    """Adds the folder of releases; with `stores` it may be an address of one in a store."""
    default, kind, what = _place("SHEGONG_RELEASES", "releases", stores)
    parser.add_argument(
        "--releases", default=default, type=kind, metavar="DIR", help=f"where releases stand{what} (releases/)"
    )


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Adds the answer for programs."""
    parser.add_argument("--json", action="store_true", help="the answer for programs")


def _place(setting: str, name: str, stores: bool) -> tuple[str | Path, Callable[[str], Any], str]:
    default = os.environ.get(setting) or str(home() / name)
    return (default, str, ", a folder or s3:// URL") if stores else (Path(default), Path, "")


def positive(text: str) -> int:
    """A whole number of 1 or more.

    Raises:
        ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def days(text: str) -> float:
    """A number of days, 0 or more.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days: 0 or more")
    return found
