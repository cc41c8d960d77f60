"""Telling an operator that a scheduled run failed: a hook of the flows, which sends nothing unless told where to.

SHEGONG_NOTIFY names an http(s) address, which gets the message as a JSON POST, or a command line, which gets it as JSON
on its standard input:

    SHEGONG_NOTIFY=https://chat.example.org/hooks/abc
    SHEGONG_NOTIFY='mail -s "shegong failed" operator@example.org'
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import urllib.request
from typing import Any

SECONDS = 20.0
"""How long telling may take; a run does not hang on it."""


def notify(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook for a run that failed, crashed or was cancelled. Never raises: a message that gets lost is said on standard
    error, and the state of the run stays what it is."""
    target = os.environ.get("SHEGONG_NOTIFY", "").strip()
    if not target:
        return
    message = {
        "flow": str(flow.name),
        "run": str(flow_run.name),
        "run_id": str(flow_run.id),
        "state": str(state.name),
        "message": str(state.message or ""),
        "parameters": {name: str(value) for name, value in (flow_run.parameters or {}).items()},
    }
    try:
        tell(target, message)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"shegong: the notification was not taken: {error}", file=sys.stderr)


def tell(target: str, message: dict[str, Any]) -> None:
    """Sends a message to an address or a command.

    Raises:
        OSError, ValueError, subprocess.SubprocessError: it was not taken.
    """
    content = json.dumps(message, ensure_ascii=False).encode()
    if target.startswith(("http://", "https://")):
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(target, content, headers)
        with urllib.request.urlopen(request, timeout=SECONDS):
            return
    subprocess.run(shlex.split(target), input=content, timeout=SECONDS, check=True, stdout=subprocess.DEVNULL)
