"""Who may speak to the Prefect server of a run: whoever holds its secret, which its owner alone can read.

Any process of any user reaches a port of this machine, and so does any page in a browser here, by its address or by a
name of its own that leads here. A server that took their word would run their code as the operator.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flows.state import state_folder, write_private

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

UNAUTHORIZED, FORBIDDEN = 401, 403


def key_file(port: int) -> Path:
    """Where the key of the server at a port stands."""
    return state_folder() / "prefect" / f"server-{port}.env"


class Key:
    """Address and secret of one server, and the file in which its owner finds them for as long as it runs."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}/api"
        self.secret = f"shegong:{secrets.token_urlsafe(32)}"
        self.path = key_file(port)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_private(self.path, "".join(f"{name}={value}\n" for name, value in self.settings().items()))

    def settings(self) -> dict[str, str]:
        """What a client of Prefect's reads from the environment to speak to the server."""
        return {"PREFECT_API_URL": self.url, "PREFECT_API_AUTH_STRING": self.secret}

    def withdraw(self) -> None:
        """Removes the file, as the server does when its run was killed."""
        with suppress(OSError):
            self.path.unlink()


def authorization(secret: str) -> str:
    """The value of the header that carries a secret."""
    return "Basic " + base64.b64encode(secret.encode()).decode()


class Doors:
    """An ASGI application behind its doors: each request and each websocket must name `host`, carry `secret`, and not
    come from the page of another origin. Only the process's own start and end, `lifespan`, goes through unasked."""

    def __init__(self, app: App, host: str, secret: str) -> None:
        self.app = app
        self.host = host.encode()
        self.token = authorization(secret).encode()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        refused = None if scope["type"] == "lifespan" else self._refused(scope["headers"])
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # before it was accepted: the handshake is answered with 403
        else:
            await send({"type": "http.response.start", "status": refused, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})

    def _refused(self, headers: list[tuple[bytes, bytes]]) -> int | None:
        """The status of a refusal, or None. A header that is given twice is not believed."""

        def given(name: bytes) -> list[bytes]:
            return [value for other, value in headers if other == name]

        if given(b"host") != [self.host] or given(b"origin") not in ([], [b"http://" + self.host]):
            return FORBIDDEN
        tokens = given(b"authorization")
        return None if len(tokens) == 1 and hmac.compare_digest(tokens[0], self.token) else UNAUTHORIZED
