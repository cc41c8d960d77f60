"""A Prefect server of our own for the length of one run, when no other is named by PREFECT_API_URL.

Prefect can start a temporary server itself, but imports the whole server into the flow's process to do so, gives up
after 20 seconds (a cold start takes longer on a busy machine) and leaves the server behind when the flow is killed.
This one starts while the flow's process still imports, and ends with it, however that ends.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO

from flows.errors import ShegongError
from flows.installed import PACKAGE
from flows.run.doors import Doors, Key, authorization, key_file
from flows.state import configure, state_folder

SECRET = "PREFECT_SERVER_API_AUTH_STRING"
"""The setting of Prefect's server that asks for a secret; in the environment of its process alone."""

START_SECONDS = 180.0
"""How long a server may take to answer. A new database is 20 s of migrations on an idle machine."""

LOG_BYTES = 5_000_000
"""Of server.log: what is longer makes place."""

STOP_SECONDS = 10.0
"""How long it may take to write its last events once it is told to stop."""


SERVER = f"{PACKAGE}.run.server"
"""This module, as `python -m` wants it; run as such, its own name is another."""


class ServerError(ShegongError):
    """The Prefect server did not start."""


def starting() -> str:
    """What to say before a server is started."""
    known = (state_folder() / "prefect" / "prefect.db").exists()
    return "starting Prefect" if known else "starting Prefect for the first time, which takes longer"


class PrefectServer:
    """Starts on entering, without waiting; `wait` returns once it answers. Does nothing if PREFECT_API_URL is set.

    With `schedules` it has all of Prefect's services, of which a single run needs none.
    """

    def __init__(self, schedules: bool = False) -> None:
        self.schedules = schedules
        self.process: subprocess.Popen[bytes] | None = None
        self.key: Key | None = None
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> PrefectServer:
        configure()
        if os.environ.get("PREFECT_API_URL"):
            return self
        log = state_folder() / "prefect" / "server.log"
        # The socket is bound here and handed over, so no other process can take the port in between.
        with socket.create_server(("127.0.0.1", 0)) as listener, _log(log) as output:
            self.key = Key(listener.getsockname()[1])
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    SERVER,
                    str(listener.fileno()),
                    *["schedules"] * self.schedules,
                ],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=os.environ | {SECRET: self.key.secret},
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C is for the flow, which still has to report how it ended
            )
        self._before = {name: os.environ.get(name) for name in self.key.settings()}
        os.environ.update(self.key.settings())
        return self

    def wait(self) -> None:
        """Returns when the server answers.

        Raises:
            ServerError: it ended, or did not answer within START_SECONDS.
        """
        deadline = time.monotonic() + START_SECONDS
        while self.process and self.key and not _answers(self.key):
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = state_folder() / "prefect" / "server.log"
                remedy = "Read that log; deleting the folder it is in gives Prefect a fresh start."
                raise ServerError("prefect_server", "Prefect's server did not start.", remedy, log)
            time.sleep(0.05)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process is None or self.key is None:
            return
        for name, setting in self._before.items():
            os.environ.pop(name, None)
            if setting is not None:
                os.environ[name] = setting
        self.key.withdraw()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _log(path: Path) -> IO[bytes]:
    """The log of the servers, whose end tells what became of the last one; the one before it is kept once it is long.
    Other runs may be writing to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    output = path.open("ab")
    output.write(f"{dt.datetime.now(dt.UTC).isoformat(timespec='seconds')} started by process {os.getpid()}\n".encode())
    return output


def _answers(key: Key) -> bool:
    connection = http.client.HTTPConnection(key.host, timeout=5)
    try:
        connection.request("GET", "/api/health", headers={"Authorization": authorization(key.secret)})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def serve(file_descriptor: int, schedules: bool) -> None:
    """The server's process: answers on a socket that listens already, until told to stop or its parent is gone."""
    listener = socket.socket(fileno=file_descriptor)
    host, port = listener.getsockname()
    threading.Thread(target=_end_with_parent, args=(key_file(port),), daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    class Server(uvicorn.Server):
        """Makes or migrates the database alone: of two first runs on one state folder the second waits."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            with (state_folder() / "prefect" / "migrating").open("w") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)
                await super().startup(sockets)

    app = Doors(create_app(ephemeral=not schedules, final=True), f"{host}:{port}", os.environ[SECRET])
    config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=2)
    Server(config).run(sockets=[listener])


def _end_with_parent(key: Path) -> None:
    """The parent never writes; reading ends when its end of the pipe closes, which even SIGKILL does."""
    sys.stdin.buffer.read()
    key.unlink(missing_ok=True)
    os._exit(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]), "schedules" in sys.argv[2:])
