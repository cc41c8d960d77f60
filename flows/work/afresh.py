"""A call made in a new process of Python, where a process that lives long cannot say what the call takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_CODE = "from flows.work.afresh import answer; answer()"

_is_new = False
"""Whether this process is one of those."""


def afresh(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """What a function of a module returns, or raises, in a new process. Starting it takes a second.

    Ends this process where the other one ends on the way: whoever waits for this one sees the same then.

    Raises:
        MemoryError: this is such a process.
    """
    if _is_new:
        raise MemoryError
    call = bytes(ForkingPickler.dumps((function, args, kwargs)))
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    other = subprocess.run([sys.executable, "-c", _CODE], input=call, stdout=subprocess.PIPE, env=surroundings)
    if other.returncode:
        os._exit(1)
    done, found = ForkingPickler.loads(other.stdout)
    if not done:
        raise found
    return cast(R, found)


def answer() -> None:
    """In the new process: makes the call that comes in, and sends out what came of it."""
    global _is_new
    _is_new = True
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what libraries print is no answer
        function, args, kwargs = ForkingPickler.loads(sys.stdin.buffer.read())
        try:
            said = (True, function(*args, **kwargs))
        except Exception as error:
            said = (False, error)
        out.write(ForkingPickler.dumps(said))
