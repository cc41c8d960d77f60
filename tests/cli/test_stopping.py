"""A command that is told to stop ends, whatever it was at."""

from __future__ import annotations

import signal
import subprocess
import sys

from flows.state import PROJECT

HANGING = """
import threading
from flows.cli import stopping
stopping.PATIENCE = 1
with stopping.terminable():
    try:
        print("ready", flush=True)
        threading.Event().wait()
    except stopping.Terminated:
        threading.Event().wait()  # clearing up that never ends
"""


def test_clearing_up_that_never_ends_is_cut_short() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        run.send_signal(signal.SIGTERM)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 143
    assert said.count("finished shards are kept") == 1
