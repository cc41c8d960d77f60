"""`shegong review --edit`: the report of a release on 127.0.0.1, with buttons that write decisions.

Who may ask: a browser that was given the address, in which the token stands. Every request must carry it in its path
and name this server in `Host`, so that a name that was bent to this machine (DNS rebinding) gets nothing; one that
writes must come from the page itself (`Origin`), so that no other site can. Nothing is written but what was shown.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.errors import ShegongError
from flows.report.frame import POLICY
from flows.report.markup import html
from flows.review.proposals import Desk, Proposal, propose, save

ADDRESS = "127.0.0.1"

EDIT_POLICY = f"{POLICY}; connect-src 'self'; frame-ancestors 'none'"
"""The report's own policy, and that its script may ask this server."""

ASSETS = Path(__file__).with_name("assets")

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".xml": "text/plain; charset=utf-8",
}
"""What is served, by the ending of its name."""

LARGEST_BODY = 64 * 1024
OPEN_AT_ONCE = 100
"""Proposals that wait to be saved; the oldest goes."""


class EditServer(ThreadingHTTPServer):
    """A server of one release. `address` is where to open it."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        super().__init__((ADDRESS, port), Handler)
        self.desk, self.token = desk, secrets.token_urlsafe(32)
        self._proposals: dict[str, Proposal] = {}
        self._lock = Lock()

    @property
    def host(self) -> str:
        """What `Host` must say."""
        return f"{ADDRESS}:{self.server_port}"

    @property
    def address(self) -> str:
        """With the token: who has it may write."""
        return f"http://{self.host}/{self.token}/report/index.html"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def propose(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Keeps a proposal, and gives its difference."""
        fields = {name: value for name, value in asked.items() if isinstance(value, str)}
        found, name = propose(self.desk, fields.get("action", ""), fields), secrets.token_urlsafe(12)
        with self._lock:
            self._proposals[name] = found
            while len(self._proposals) > OPEN_AT_ONCE:
                self._proposals.pop(next(iter(self._proposals)))
        return {"proposal": name, "file": found.file.name, "difference": found.difference}

    def save(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Writes a proposal that was shown, once."""
        with self._lock:
            found = self._proposals.pop(str(asked.get("proposal", "")), None)
            if found is None:
                raise ShegongError("proposal", "there is no such proposal.", "Look at the difference again.")
            save(found)
        return {"saved": found.file.name}


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: EditServer
    server_version, sys_version = "shegong", ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """A file of the report."""
        path = self._asked()
        if path is None:
            return
        if path == "edit.js":
            self._answer(HTTPStatus.OK, (ASSETS / "edit.js").read_bytes(), TYPES[".js"])
            return
        file = self._file(path)
        if file is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        if file.suffix == ".html":
            content = self._editable(content)
        self._answer(HTTPStatus.OK, content, TYPES[file.suffix])

    def do_POST(self) -> None:
        """A proposal, or the word to save one."""
        path = self._asked()
        if path is None:
            return
        acts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "propose": self.server.propose,
            "save": self.server.save,
        }
        own = self.headers.get_all("Origin") == [f"http://{self.server.host}"]
        plain = self.headers.get_content_type() == "application/json"
        if not own or not plain or path not in acts:
            self._refuse(HTTPStatus.FORBIDDEN if not own or not plain else HTTPStatus.NOT_FOUND)
            return
        try:
            asked = json.loads(self._body())
            answer = acts[path](asked if isinstance(asked, dict) else {})
            self._tell(HTTPStatus.OK, answer)
        except ShegongError as error:
            self._tell(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": f"{error.problem} {error.remedy}"})
        except (OSError, ValueError) as error:
            self._tell(HTTPStatus.BAD_REQUEST, {"error": type(error).__name__})

    def _asked(self) -> str | None:
        """The path behind the token; None where the request is refused, and was answered."""
        if self.headers.get_all("Host") != [self.server.host]:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        origins = self.headers.get_all("Origin") or []
        if any(origin != f"http://{self.server.host}" for origin in origins) or self.headers.get(
            "Sec-Fetch-Site", "none"
        ) not in ("none", "same-origin"):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        token, _, path = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        return path

    def _file(self, path: str) -> Path | None:
        """The file of the release that a path names: of its report, or what it says of its changes."""
        root = self.server.desk.release.resolve()
        try:
            file = (root / path).resolve()
        except (OSError, ValueError):  # a NUL in it, a loop of links
            return None
        shown = file.is_relative_to(root / "report") or (file.parent == root and file.name.startswith("CHANGES."))
        return file if shown and file.suffix in TYPES and file.is_file() else None

    def _editable(self, page: bytes) -> bytes:
        """A page of the report with the script of the buttons, and a policy that lets it ask."""
        policy = EDIT_POLICY.partition("; frame-ancestors")[0]  # which only a header may say
        text = page.decode("utf-8").replace(f'content="{html(POLICY)}"', f'content="{html(policy)}"', 1)
        script = f'<script src="/{self.server.token}/edit.js" defer></script>'
        return text.replace("</head>", f"{script}\n</head>", 1).encode()

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length", "0"))
        if not 0 <= length <= LARGEST_BODY:
            raise ValueError("too large")
        return self.rfile.read(length)

    def _tell(self, status: HTTPStatus, answer: dict[str, Any]) -> None:
        self._answer(status, json.dumps(answer, ensure_ascii=False).encode(), TYPES[".json"])

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._answer(status, status.phrase.encode(), "text/plain; charset=utf-8")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": EDIT_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: an address holds the token."""
