"""The subcommand `completion`: what a shell needs to complete commands, options and files."""

from __future__ import annotations

import argparse

from flows.cli.commands import DONE, Command

SHELLS = ("bash", "zsh", "tcsh")


def add_completion(command: Command) -> None:
    """Adds it to the command line."""
    completion = command(
        "completion",
        "prints what a shell needs to complete commands and options",
        "shegong completion bash > ~/.local/share/bash-completion/completions/shegong\n"
        "shegong completion zsh > ~/.zfunc/_shegong",
    )
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    completion.set_defaults(run=_completion)


def _completion(options: argparse.Namespace) -> int:
    import shtab

    from flows.cli import command_line

    print(shtab.complete(command_line(), options.shell))
    return DONE
