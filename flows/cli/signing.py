"""The option of commands that sign what they make."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def takes_key(parser: argparse.ArgumentParser) -> None:
    """Adds it."""
    parser.add_argument(
        "--signing-key", metavar="FILE", help="sign with this ssh key (also by SHEGONG_SIGNING_KEY); none: unsigned"
    )


def use_key(options: argparse.Namespace) -> None:
    """Puts the key that was named where all that signs looks for it."""
    from flows.publish.signing import KEY

    if options.signing_key:
        os.environ[KEY] = str(Path(options.signing_key).expanduser().absolute())
