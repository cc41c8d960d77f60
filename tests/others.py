"""Another user of this machine, as the tests see one: uid 65534, who knows the port and nothing else."""

from __future__ import annotations

import http.client
import json
import os
import socket
import traceback
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import psutil
import pytest

NOBODY = 65534


class Call(NamedTuple):
    """One call of an API."""

    method: str
    path: str

    @property
    def writes(self) -> bool:
        """Whether it is of the kind that changes something."""
        return self.method in ("POST", "PUT", "PATCH", "DELETE")


def as_nobody(function: Callable[[], Any]) -> Any:
    """What a function gives in a process of that user; the test is skipped where we may not start one."""
    if os.geteuid() != 0:
        pytest.skip("only root can start a process of another user")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            os.write(writing, json.dumps(function()).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        found = answer.read()
    os.waitpid(child, 0)
    return json.loads(found)


def ask(host: str, method: str, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of the answer to a call, which has a body that all calls take for JSON."""
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request(method, path, "{}", {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def every_call(host: str, authorization: str) -> list[Call]:
    """Every call that the API has, from its own list, with something in the place of each parameter."""
    paths = json.loads(ask(host, "GET", "/openapi.json", Authorization=authorization)[1])["paths"]
    return [Call(method.upper(), _filled(path)) for path, methods in paths.items() for method in methods]


def _filled(path: str) -> str:
    parts = ["00000000-0000-4000-8000-000000000000" if part.startswith("{") else part for part in path.split("/")]
    return "/api" + "/".join(parts)


def listening(process: int, known: Collection[int] = ()) -> set[int]:
    """The ports of a process and its descendants beside those that are known; all are of this machine only."""
    family = {process, *(child.pid for child in psutil.Process(process).children(recursive=True))}
    listens = [one.laddr for one in psutil.net_connections("tcp") if one.pid in family and one.status == "LISTEN"]
    found = [address for address in listens if address.port not in known]
    assert {address.ip for address in found} <= {"127.0.0.1"}
    return {address.port for address in found}


def spoken(port: int) -> bytes:
    """What a port says to a stranger that speaks Dask's protocol without TLS, and what it tells of itself by HTTP."""
    said = b""
    for opening in (b"", b"GET /info/main/workers.html HTTP/1.0\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=0.5) as connection:
            connection.sendall(opening)
            try:
                answer = connection.recv(1 << 16)
            except OSError:
                continue
            said += b"" if b" 404 " in answer.partition(b"\r\n")[0] else answer
    return said
