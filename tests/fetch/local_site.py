"""A web site on this machine that answers as told, down to the single byte."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Answer = bytes | Iterable[bytes]
"""What goes over the wire."""


@dataclass
class Asked:
    """A request that came."""

    path: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A well-formed answer; `_` in a header's name is a hyphen."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return answer(status=status, Location=to)


def packed(body: bytes, **headers: str) -> bytes:
    """A gzipped answer."""
    return answer(gzip.compress(body, mtime=0), Content_Encoding="gzip", **headers)


class Site:
    """Answers on every address of this machine. `pages` maps a path to its answer, or to a function that makes it."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[Asked], Answer]] = {"/robots.txt": answer(status="404 Not Found")}
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        site = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                site.handle(self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("0.0.0.0", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def wrap(self, context: ssl.SSLContext) -> None:
        """Speaks TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def handle(self, request: socketserver.StreamRequestHandler) -> None:
        line = request.rfile.readline().decode("latin-1")
        headers: Mapping[str, str] = dict(
            text.strip().split(": ", 1) for text in iter(lambda: request.rfile.readline().decode("latin-1").strip(), "")
        )
        if len(line.split()) < 2:  # not our language
            return
        asked = Asked(line.split()[1], {name.lower(): value for name, value in headers.items()})
        with self._lock:
            self.asked.append(asked)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        page = self.pages.get(asked.path, answer(status="404 Not Found"))
        try:
            told = page(asked) if callable(page) else page
        finally:  # who has the answer may ask again before we are done with sending it
            with self._lock:
                self.at_once -= 1
        try:
            for part in [told] if isinstance(told, bytes) else told:
                request.wfile.write(part)
                request.wfile.flush()
            request.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other side has seen enough


def changing(body: Callable[[], bytes], with_etag: bool = True, with_date: bool = False) -> Callable[[Asked], Answer]:
    """A page that answers 304 to who holds its present state."""

    def page(asked: Asked) -> Answer:
        now = body()
        etag, date = f'"{hash(now) & 0xFFFF:x}"', f"Sun, 22 Nov 2026 10:00:{len(now) % 60:02} GMT"
        if (with_etag and asked.headers.get("if-none-match") == etag) or (
            with_date and not with_etag and asked.headers.get("if-modified-since") == date
        ):
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return answer(now, **({"ETag": etag} if with_etag else {}), **({"Last_Modified": date} if with_date else {}))

    return page
