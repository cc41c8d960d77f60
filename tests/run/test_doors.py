"""Nobody but the operator speaks to the Prefect server of a run: no other user of the machine, no page in a browser."""

from __future__ import annotations

import asyncio
import os
import stat
from collections import Counter
from pathlib import Path

import pytest

from flows.run.doors import Doors, Key, Message, Receive, Send, authorization
from tests.browsers import chromium
from tests.others import Call, as_nobody, ask, every_call

OURS = "127.0.0.1:4321"
RIGHT = b"Basic c2hlZ29uZzpz"  # shegong:s


async def inside(scope: Message, receive: Receive, send: Send) -> None:
    """An application that answers everybody."""
    await send({"type": "inside"})


def answers(kind: str, *headers: tuple[bytes, bytes]) -> list[Message]:
    """What comes back through the doors."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("nothing is read of what is refused")

    scope = {"type": kind, "headers": list(headers)}
    asyncio.run(Doors(inside, OURS, "shegong:s")(scope, receive, send))
    return sent


HOST, KEY = (b"host", OURS.encode()), (b"authorization", RIGHT)


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_operator_comes_in(kind: str) -> None:
    assert answers(kind, HOST, KEY) == [{"type": "inside"}]
    assert answers(kind, HOST, KEY, (b"origin", b"http://" + OURS.encode())) == [{"type": "inside"}]


REFUSED = {
    "no secret": [HOST],
    "an empty secret": [HOST, (b"authorization", b"")],
    "another secret": [HOST, (b"authorization", b"Basic c2hlZ29uZzp0")],
    "the secret as another scheme": [HOST, (b"authorization", b"Bearer shegong:s")],
    "a secret too many": [HOST, KEY, (b"authorization", b"Basic eA==")],
    "no host": [KEY],
    "two hosts": [HOST, HOST, KEY],
    "a name that leads here": [(b"host", b"rebound.example:4321"), KEY],
    "another port": [(b"host", b"127.0.0.1:80"), KEY],
    "localhost": [(b"host", b"localhost:4321"), KEY],
    "a page of another port": [HOST, KEY, (b"origin", b"http://127.0.0.1:8000")],
    "a page from disk or a sandbox": [HOST, KEY, (b"origin", b"null")],
    "an empty origin": [HOST, KEY, (b"origin", b"")],
}


@pytest.mark.parametrize("headers", REFUSED.values(), ids=REFUSED)
def test_everybody_else_is_refused_without_a_word(headers: list[tuple[bytes, bytes]]) -> None:
    start, body = answers("http", *headers)
    assert start["status"] in (401, 403)
    assert (start["headers"], body) == ([(b"content-length", b"0")], {"type": "http.response.body"})
    assert answers("websocket", *headers) == [{"type": "websocket.close"}]


def test_the_key_of_a_server_is_its_own_and_readable_by_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    first, second = Key(1111), Key(2222)
    assert first.secret != second.secret
    assert len(first.secret) > 40
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert first.path.read_text() == (
        f"PREFECT_API_URL=http://127.0.0.1:1111/api\nPREFECT_API_AUTH_STRING={first.secret}\n"
    )
    first.withdraw()
    assert not first.path.exists()


@pytest.fixture(scope="module")
def server(prefect_server: None) -> str:
    """host:port of the server of this session."""
    return os.environ["PREFECT_API_URL"].removeprefix("http://").removesuffix("/api")


@pytest.fixture(scope="module")
def key(server: str) -> str:
    """The value of the header that opens it."""
    return authorization(os.environ["PREFECT_API_AUTH_STRING"])


@pytest.fixture(scope="module")
def calls(server: str, key: str) -> list[Call]:
    """All calls that the API has."""
    return every_call(server, key)


@pytest.mark.slow
def test_another_user_gets_no_answer_to_any_call(server: str, key: str, calls: list[Call]) -> None:
    assert sum(call.writes for call in calls) > 100
    assert set(as_nobody(lambda: [ask(server, *call)[0] for call in calls])) == {401}
    assert ask(server, "POST", "/api/flows/filter", Authorization=key)[0] == 200  # the owner does


OLDER_BROWSER = "--disable-features=LocalNetworkAccessChecks"
"""Newer ones keep pages from this machine's ports themselves; not everybody has one."""

REBOUND = "--host-resolver-rules=MAP rebound.example 127.0.0.1"

ATTACK = """
([api, calls]) => {
    const sent = ([method, path], mode, type) =>
        fetch(api + path, {method, mode, body: "{}", headers: {"Content-Type": type}})
            .then(answer => answer.type + answer.status, error => "failed")
    const opened = path => new Promise(resolve => {
        const socket = new WebSocket(api.replace("http", "ws") + path, ["prefect"])
        socket.onopen = () => resolve("opened")
        socket.onerror = () => resolve("failed")
    })
    return Promise.all([
        ...calls.map(call => sent(call, "no-cors", "text/plain")),
        ...calls.map(call => sent(call, "cors", "application/json")),
        ...["/api/events/in", "/api/logs/out"].map(opened),
    ])
}
"""


@pytest.mark.slow
def test_a_page_of_another_origin_gets_no_answer_in_a_real_browser(server: str, calls: list[Call]) -> None:
    writing = [call for call in calls if call.writes]
    posts = [call for call in writing if call.method == "POST"]
    rebound = f"http://rebound.example:{server.rpartition(':')[2]}"  # a name of the attacker's that now leads here
    statuses: Counter[int] = Counter()
    with chromium(OLDER_BROWSER, REBOUND) as browser:
        page = browser.new_page()
        page.on("response", lambda answer: statuses.update([answer.status] * ("/api/" in answer.url)))
        for origin, api in (("http://127.0.0.1:8", f"http://{server}"), (rebound, rebound)):
            page.route(f"{origin}/", lambda route: route.fulfill(body="<p>a page</p>", content_type="text/html"))
            page.goto(f"{origin}/")
            assert set(page.evaluate(ATTACK, [api, writing])) <= {"failed", "opaque0", "basic403"}
    assert statuses.keys() == {403}
    assert statuses.total() == 2 * len(posts) + len(writing)  # the browser keeps the others, for want of permission
