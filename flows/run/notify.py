"""Telling an operator how runs end: hooks of the flows, which send nothing unless told where to.

SHEGONG_NOTIFY is told of a run that failed, crashed or was cancelled, SHEGONG_HEARTBEAT of one that ended well, also
when nothing was new: where a heartbeat is awaited, silence means failure. Each names an http(s) address, which gets
the message as a JSON POST, or a command line, which gets it as JSON on its standard input:

    SHEGONG_NOTIFY=https://chat.example.org/hooks/abc
    SHEGONG_HEARTBEAT='mail -s "shegong is well" operator@example.org'
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from flows.proxies import reach_this_machine_directly
from flows.terminal.safe import safe

FAILURE, SUCCESS = HOOKS = ("SHEGONG_NOTIFY", "SHEGONG_HEARTBEAT")

SECONDS = 20.0
"""How long telling may take, whatever the other side does; a run does not hang on it."""


class UndeliveredError(Exception):
    """A message was not taken. Says why, and never the address or command, which may hold a key."""


def notify(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook for a run that failed, crashed or was cancelled."""
    _announce(FAILURE, flow, flow_run, state)


def beat(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook for a run that completed. One that stood back did nothing, so it says nothing: else a run that hangs would
    look well for ever."""
    if state.name == "Completed":
        _announce(SUCCESS, flow, flow_run, state)


TOLD: dict[str, Any] = {
    "on_completion": [beat],
    "on_failure": [notify],
    "on_crashed": [notify],
    "on_cancellation": [notify],
}
"""What a flow is declared with."""


def beat_without_run(flow: str, message: str) -> None:
    """For a command that found nothing to do before it had a run."""
    _tell(SUCCESS, {"flow": flow, "state": "Completed", "message": message})


def _announce(hook: str, flow: Any, flow_run: Any, state: Any) -> None:
    parameters = flow_run.parameters or {}
    message = {
        "flow": str(flow.name),
        "run": str(flow_run.name),
        "run_id": str(flow_run.id),
        "state": str(state.name),
        "message": str(state.message or ""),
        "parameters": {name: str(value) for name, value in parameters.items()},
    }
    _tell(hook, message)


def _tell(hook: str, message: dict[str, Any]) -> None:
    """Never raises: what gets lost is said on standard error, and the state of the run stays what it is."""
    target = os.environ.get(hook, "").strip()
    if not target:
        return
    try:
        deliver(target, message)
    except Exception as error:
        why = str(error) if isinstance(error, UndeliveredError) else type(error).__name__
        lost = safe(json.dumps(message, ensure_ascii=False))
        with suppress(OSError, ValueError):  # standard error may be closed
            print(f"shegong: what {hook} names did not take the message: {why}. It was: {lost}", file=sys.stderr)


def deliver(target: str, message: dict[str, Any]) -> None:
    """Gives a message to an address or a command, within SECONDS.

    Raises:
        UndeliveredError: it was not taken.
    """
    content = json.dumps(message, ensure_ascii=False).encode("utf-8", "backslashreplace")
    if target.startswith(("http://", "https://")):
        _post(target, content)
    else:
        _run(target, content)


def _post(url: str, content: bytes) -> None:
    """In a thread of its own: timeouts of a client hold for single reads, so a server that drips outlasts them."""
    answers: list[str] = []
    thread = Thread(target=lambda: answers.append(_answer(url, content)), daemon=True)
    thread.start()
    thread.join(SECONDS)
    if (answer := answers[0] if answers else f"no answer within {SECONDS:g} s") != "taken":
        raise UndeliveredError(answer)


def _answer(url: str, content: bytes) -> str:
    import httpx

    reach_this_machine_directly()
    where = "the address"
    try:
        where = urlsplit(url).hostname or where
        headers = {"Content-Type": "application/json"}
        with httpx.stream("POST", url, content=content, headers=headers, timeout=SECONDS) as answer:
            # A redirect is no success: the message would have to be sent again, elsewhere.
            return "taken" if answer.is_success else f"{where} answers {answer.status_code}"
    except Exception as error:  # what it says may quote the address
        return f"{where} does not take it ({type(error).__name__})"


def _run(line: str, content: bytes) -> None:
    try:
        words = shlex.split(line)
        run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        raise UndeliveredError(f"the command does not start ({error.strerror})") from None
    except (ValueError, IndexError):
        raise UndeliveredError("it is no command line") from None
    name = Path(words[0]).name
    try:
        run.communicate(content, SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)  # what it started too
        with suppress(subprocess.TimeoutExpired):
            run.wait(1)
        raise UndeliveredError(f"{name} was not done within {SECONDS:g} s") from None
    if run.returncode != 0:
        raise UndeliveredError(f"{name} ended with {run.returncode}")
