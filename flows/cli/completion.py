"""The subcommand `completion`: what a shell needs to complete commands, options and files."""

from __future__ import annotations

import argparse

from flows.cli.commands import DONE, Command

SHELLS = ("bash", "zsh", "tcsh")


def add_completion(command: Command, whole: argparse.ArgumentParser) -> None:
    """Adds it to the command line, which is the `whole` that is completed."""
    completion = command(
        "completion",
        "prints what a shell needs to complete commands and options",
        "shegong completion bash > ~/.local/share/bash-completion/completions/shegong\n"
        "shegong completion zsh > ~/.zfunc/_shegong",
    )
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    completion.set_defaults(run=lambda options: _completion(options, whole))


def _completion(options: argparse.Namespace, whole: argparse.ArgumentParser) -> int:
    import shtab

    print(shtab.complete(whole, options.shell))
    return DONE
