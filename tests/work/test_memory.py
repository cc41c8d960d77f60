"""The ceiling on the memory that one document may take."""

from __future__ import annotations

import os
import resource
import signal

import numpy as np
import pyarrow as pa
import pytest

from flows.errors import InputError
from flows.work.memory import MEGABYTES, SETTING, ceiling, in_memory, outgrows

MB = 2**20


def eat(megabytes: int) -> int:
    return len([bytes(MB) + b"x" for _ in range(megabytes)])


def test_what_stays_below_returns_and_what_does_not_raises() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    assert in_memory(lambda: eat(20), 60) == 20
    with pytest.raises(MemoryError):
        in_memory(lambda: eat(200), 60)
    assert in_memory(lambda: eat(20), 60) == 20
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


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
