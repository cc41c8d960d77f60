"""No key of a store comes into an error, whatever the endpoint or the address of the store holds."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from flows.errors import ShegongError
from flows.run.places import place
from flows.stores.opening import open_store
from flows.stores.s3 import S3Store
from flows.stores.store import StoreError

SECRETS = ("AKIAEXAMPLE", "hunter2", "s3cr3t", "T0K3N")


class Refusing(BaseHTTPRequestHandler):
    """A store that refuses everybody, and quotes the key that it was shown, as S3 does."""

    seen: tuple[str, ...] = ()

    def do_GET(self) -> None:
        type(self).seen += (str(self.headers["Authorization"]),)
        body = b"<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIAEXAMPLE</AWSAccessKeyId></Error>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """host:port of such a store, with keys for it in the environment, and a proxy that leads nowhere."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    keys = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s3cr3t", "AWS_SESSION_TOKEN": "T0K3N"}
    for name, value in keys.items() | {("AWS_REGION", "us-east-1"), ("HTTP_PROXY", "http://192.0.2.1:3128")}:
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("flows.stores.s3.RETRIES", {"max_retries": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def shown(does: Callable[[], object]) -> str:
    """What a person sees of the error, at its longest: the whole trace with every cause."""
    with pytest.raises(ShegongError) as caught:
        does()
    text = "".join(traceback.format_exception(caught.value, limit=0)) + repr(caught.value)
    assert not [secret for secret in SECRETS if secret in text], text
    return text


def test_user_and_password_of_an_endpoint_are_not_quoted(refusing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):  # each beats the ones before
        monkeypatch.setenv(name, f"http://AKIAEXAMPLE:hunter2@{refusing}")
        assert "SignatureDoesNotMatch" in shown(lambda: S3Store("s3://bucket/prefix").read("latest.json"))
        monkeypatch.setenv(name, "http://AKIAEXAMPLE:hunter2@127.0.0.1:9")
        assert "http://127.0.0.1:9/bucket" in shown(lambda: S3Store("s3://bucket/prefix").read("latest.json"))
    assert all("Credential=AKIAEXAMPLE" in header for header in Refusing.seen)  # signed as ever


@pytest.mark.parametrize(
    "endpoint",
    [
        "AKIAEXAMPLE:hunter2@127.0.0.1:9",
        "https://AKIAEXAMPLE:hunter2@[::1",
        "https://AKIAEXAMPLE:hunter2@127.0.0.1:port",
        "https://AKIAEXAMPLE:hunter2@",
        "https://127.0.0.1:9/?key=hunter2",
        "https://127.0.0.1:9/#hunter2",
        "ftp://AKIAEXAMPLE:hunter2@127.0.0.1",
    ],
)
def test_an_endpoint_that_is_no_address_is_refused_by_its_variable(
    refusing: str, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    assert "AWS_ENDPOINT_URL" in shown(lambda: S3Store("s3://bucket/prefix"))


@pytest.mark.parametrize("url", ["s3://AKIAEXAMPLE:hunter2@bucket/prefix", "s3://hunter2@bucket", "s3://hunter2@["])
def test_an_address_of_a_store_with_a_key_in_it_is_refused(url: str) -> None:
    for does in (lambda: S3Store(url), lambda: place(url), lambda: open_store(url)):
        assert "AWS_ACCESS_KEY_ID" in shown(does)


def test_a_place_of_another_kind_is_not_quoted_either() -> None:
    for does in (place, open_store):
        assert "https://" in shown(partial(does, "https://AKIAEXAMPLE:hunter2@store.example.org/b"))


def test_an_error_names_the_store(refusing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{refusing}")
    with pytest.raises(StoreError, match=r"s3://bucket/prefix/latest\.json"):
        S3Store("s3://bucket/prefix").read("latest.json")
