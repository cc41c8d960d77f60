"""What a process of a test does instead of listing an archive. Apart, since such a process loads it when it starts."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from unittest.mock import patch

from flows.read.archives import Contents, list_records


def misbehave() -> None:
    """Files whose names say so kill the process that lists them, or hold it up."""
    patch("flows.raw.containers.list_records", _list_records).start()


def _list_records(raw: Path, file: str) -> Contents:
    if file.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if file.startswith("hang"):
        time.sleep(600)
    return list_records(raw, file)
