"""The ceiling on the memory that one document may take."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from functools import partial

import numpy as np
import pyarrow as pa
import pytest

from flows.errors import InputError
from flows.work.afresh import afresh
from flows.work.memory import MEGABYTES, SETTING, ceiling, in_memory, outgrows

MB = 2**20


def eat(megabytes: int) -> int:
    return len([bytes(MB) + b"x" for _ in range(megabytes)])


def said(call: Callable[[], object]) -> object:
    try:
        return call()
    except MemoryError as error:
        return type(error)


def three_calls() -> list[object]:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    calls = [said(partial(in_memory, partial(eat, megabytes), 60)) for megabytes in (20, 200, 20)]
    return [*calls, resource.getrlimit(resource.RLIMIT_DATA) == before]


def test_what_stays_below_returns_and_what_does_not_raises() -> None:
    """In a process of its own: what tests before this one left free in theirs may be any number of megabytes."""
    assert afresh(three_calls) == [20, MemoryError, 20, True]


def torn() -> list[object]:
    """After a document of 170 MB, of which one piece at the end of the heap is kept."""
    large = bytearray(31 * MB)  # from now on the C library takes pieces of up to 31 MB from the heap
    del large
    pieces = in_memory(lambda: [bytes(MB) + b"x" for _ in range(170)], 200)
    kept = pieces.pop()
    pieces.clear()
    calls = [said(partial(in_memory, partial(eat, megabytes), 200)) for megabytes in (170, 250, 170)]
    return [*calls, kept[-1:]]


def test_a_process_does_not_grow_by_the_ceiling_with_each_document_that_leaves_its_heap_torn() -> None:
    below, above, again, kept = afresh(torn)
    assert (below, again, kept) == (170, 170, b"x")
    assert isinstance(above, type)
    assert issubclass(above, MemoryError)  # a TornError where what is kept lies at the end of the heap


def leave() -> None:
    os._exit(3)


def ends_with_it() -> int:
    copy = os.fork()
    if copy == 0:
        afresh(leave)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])


def fail() -> None:
    print("no answer")
    raise ValueError("bad luck")


def again() -> int:
    return afresh(os.getpid)


def test_a_call_made_afresh_gives_what_it_gives_here_and_ends_the_process_that_it_ends() -> None:
    assert afresh(eat, megabytes=2) == 2
    assert afresh(os.getpid) != os.getpid()
    with pytest.raises(ValueError, match="bad luck"):
        afresh(fail)
    with pytest.raises(MemoryError):
        afresh(again)
    assert ends_with_it() == 1


def test_arrays_and_tables_count() -> None:
    with pytest.raises(MemoryError):
        in_memory(lambda: np.ones(200 * MB, np.uint8), 60)
    with pytest.raises(MemoryError):
        in_memory(lambda: pa.array([0]).buffers()[1] and pa.allocate_buffer(2000 * MB), 60)  # more than a pool keeps


def test_addresses_that_nobody_uses_do_not_count() -> None:
    import mmap

    reserved = in_memory(lambda: mmap.mmap(-1, 1000 * MB, prot=0, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS), 60)
    reserved.close()


def test_an_error_of_the_call_comes_through() -> None:
    with pytest.raises(ValueError, match="own"):
        in_memory(lambda: int("own"), 60)


def test_whether_a_call_that_ended_its_process_takes_too_much_is_seen_from_outside() -> None:
    def dies() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def raises() -> None:
        raise ValueError

    assert outgrows(lambda: eat(400), 120)
    assert not any(outgrows(call, 120) for call in (dies, raises, lambda: eat(10)))


def test_an_operator_may_set_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert ceiling() == MEGABYTES
    monkeypatch.setenv(SETTING, "1200")
    assert ceiling() == 1200
    for wrong in ("0", "-1", "1e3", "٣", "much", "99999999999"):
        monkeypatch.setenv(SETTING, wrong)
        with pytest.raises(InputError, match=SETTING):
            ceiling()
