"""Proxies of the environment: a run's own servers are never reached through one, and none breaks a client."""

from __future__ import annotations

import os

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.proxies import PROXIES, reach_this_machine_directly

LOCAL = ("http://127.0.0.1:4321/api", "http://localhost:8333/", "http://[::1]:8786/")
"""No variable may lead these through a proxy."""


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name in (*PROXIES, "no_proxy"):  # what a test sets is taken back, whoever set it
        for spelled in (name, name.upper()):
            monkeypatch.setenv(spelled, "")
            monkeypatch.delenv(spelled)


def proxied(url: str) -> bool:
    """Whether a client that trusts its environment, as Prefect's do, would go through a proxy."""
    with httpx.Client(verify=False) as client:  # reading certificates takes most of the time
        return client._transport_for_url(httpx.URL(url)) is not client._transport


@pytest.mark.parametrize("name", [spelled for name in PROXIES for spelled in (name, name.upper())])
def test_what_is_for_this_machine_goes_directly_and_the_rest_as_it_did(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "http://proxy.example.org:3128")
    before = {url: proxied(url) for url in ("http://s3.example.org/", "https://s3.example.org/")}
    reach_this_machine_directly()
    assert not any(map(proxied, LOCAL))
    assert before == {url: proxied(url) for url in before}
    assert any(before.values())


def test_what_the_operator_excepted_stays_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.org:3128")
    monkeypatch.setenv("NO_PROXY", "ignored.example.org")
    monkeypatch.setenv("no_proxy", " .example.org, 10.0.0.7 ")  # small letters come first
    reach_this_machine_directly()
    reach_this_machine_directly()
    assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == ".example.org,10.0.0.7,localhost,127.0.0.1,::1"
    assert not proxied("http://10.0.0.7/")
    assert proxied("http://example.com/")
    monkeypatch.setenv("no_proxy", "*")
    reach_this_machine_directly()
    assert not proxied("http://example.com/")


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://op:hunter2@127.0.0.1:1080", "socks5h://127.0.0.1:1080", "socks://127.0.0.1:1080",
        "http://127.0.0.1:port", "http://op:hunter2@[::1", "http://", "http://op:hunter#2@127.0.0.1:1", "http://a\x7f:1",
    ],
)  # fmt: skip
def test_a_proxy_that_no_client_can_use_breaks_nothing_and_is_told_without_its_password(
    proxy: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    reach_this_machine_directly()
    assert not any(map(proxied, LOCAL))
    said = capsys.readouterr().err
    assert "ALL_PROXY is not used" in said
    assert "hunter" not in said
    reach_this_machine_directly()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("entry", ["[::1]:80", "::1/128", "x:y", "http://x", "a b", "代理"])
def test_an_exception_that_clients_stop_at_is_told_and_left_out(
    entry: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.org:3128")
    monkeypatch.setenv("NO_PROXY", f"{entry},kept.example.org")
    reach_this_machine_directly()
    assert not any(map(proxied, (*LOCAL, "http://kept.example.org/")))
    assert "NO_PROXY" in capsys.readouterr().err


WRITTEN = st.text(st.sampled_from("ab10.:/[]@#%*, -_?é"), max_size=20)


@given(st.sampled_from(PROXIES), st.sampled_from(["", "http://", "https://", "socks5://"]), WRITTEN, WRITTEN)
def test_nothing_in_these_variables_stops_a_client_or_leads_it_astray(
    name: str, scheme: str, proxy: str, excepted: str
) -> None:
    for other in PROXIES:
        os.environ.pop(other, None)
    os.environ.update({name: scheme + proxy, "no_proxy": excepted})
    reach_this_machine_directly()
    assert not any(map(proxied, LOCAL))
