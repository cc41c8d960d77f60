"""The edit server: who may ask, what is proposed, and that nothing is written but what was shown."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows.decisions import read_decisions
from flows.review.proposals import Desk
from flows.review.server import EditServer
from flows.yaml_files import read_yaml
from tests.review.desks import desk_of


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EditServer]:
    with EditServer(desk_of(tmp_path)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(server: EditServer, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    """One request as it is given; Host and Origin are right unless they are said."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    given = {"Host": server.host} | ({"Origin": f"http://{server.host}"} if body is not None else {})
    given |= {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    text = json.dumps(body) if body is not None else None
    connection.request("POST" if body is not None else "GET", path, text, given)
    answer = connection.getresponse()
    return answer.status, answer.read()


def proposed(server: EditServer, **fields: str) -> dict[str, Any]:
    _, answer = ask(server, f"/{server.token}/propose", {"why": "misprint", "who": "Li", **fields})
    found: dict[str, Any] = json.loads(answer)
    return found


def saved(server: EditServer, proposal: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(server, f"/{server.token}/save", {"proposal": proposal})[1])
    return found


def first(desk: Desk) -> str:
    """The id of the page of the new station."""
    pages = sorted((desk.release / "report" / "documents").glob("*.html"))
    return next(path.stem for path in pages if "<h1>青禾社工站启用" in path.read_text(encoding="utf-8"))


def test_it_listens_to_this_machine_alone(server: EditServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_report_is_served_with_its_buttons(server: EditServer) -> None:
    status, page = ask(server, f"/{server.token}/report/index.html")
    assert status == 200
    assert b"edit.js" in page
    assert b"connect-src &#x27;self&#x27;" in page
    assert ask(server, f"/{server.token}/report/report.css")[0] == 200
    assert ask(server, f"/{server.token}/CHANGES.md")[0] == 200
    assert ask(server, f"/{server.token}/edit.js")[0] == 200


@pytest.mark.parametrize("token", ["", "0" * 43, "report", "é"])
def test_nothing_is_served_without_the_token(server: EditServer, token: str) -> None:
    from urllib.parse import quote

    assert ask(server, f"/{quote(token)}/report/index.html")[0] == 403
    assert ask(server, f"/{quote(token)}/propose", {})[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "evil.example:80"])
def test_a_name_bent_to_this_machine_gets_nothing(server: EditServer, host: str) -> None:
    assert ask(server, f"/{server.token}/report/index.html", Host=host)[0] == 421
    assert ask(server, f"/{server.token}/propose", {}, Host=host)[0] == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_another_origin_writes_nothing(server: EditServer, origin: str) -> None:
    subject = first(server.desk)
    asked = {"action": "take_down", "subject": subject, "why": "x", "who": "y"}
    assert ask(server, f"/{server.token}/propose", asked, Origin=origin)[0] == 403
    assert ask(server, f"/{server.token}/report/index.html", Origin=origin)[0] == 403
    assert ask(server, f"/{server.token}/report/index.html", Sec_Fetch_Site="cross-site")[0] == 403
    assert not (server.desk.raw / "tombstones.yaml").exists()


def test_a_form_of_another_site_cannot_pose_as_the_script(server: EditServer) -> None:
    assert ask(server, f"/{server.token}/propose", {}, Content_Type="text/plain")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["../secret.html", "report/../../secret.html", "%2e%2e/secret.html", "report/..%2f..%2fsecret.html",
     "/etc/passwd", "build.json", "data/documents.csv", "report/%00.html", "report/link.html"],
)  # fmt: skip
def test_nothing_but_the_report_is_served(server: EditServer, path: str) -> None:
    (server.desk.release.parent / "secret.html").write_text("secret", encoding="utf-8")
    os.symlink(server.desk.release.parent / "secret.html", server.desk.release / "report" / "link.html")
    status, answer = ask(server, f"/{server.token}/{path}")
    assert status in (403, 404)
    assert b"secret" not in answer


def test_a_correction_is_shown_and_then_saved(server: EditServer) -> None:
    subject = first(server.desk)
    found = proposed(server, action="correct", subject=subject, expect="青禾社工站", replace="青禾社工总站")
    assert "+  replace: 青禾社工总站" in found["difference"]
    assert not (server.desk.raw / "corrections.yaml").exists()
    assert saved(server, found["proposal"]) == {"saved": "corrections.yaml"}
    entry = read_decisions(server.desk.raw).corrections[0]
    assert (entry.document, entry.expect, entry.who) == (subject, "青禾社工站", "Li")
    assert "error" in saved(server, found["proposal"])  # once


def test_a_correction_that_does_not_fit_is_refused(server: EditServer) -> None:
    found = proposed(server, action="correct", subject=first(server.desk), expect="不在页面上", replace="x")
    assert "stands 0 times" in found["error"]
    assert "why is empty" in proposed(server, action="correct", subject=first(server.desk), why=" ")["error"]
    assert "no document" in proposed(server, action="take_down", subject="0123456789abcdef")["error"]
    assert "no action" in proposed(server, action="rm")["error"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(server: EditServer) -> None:
    found = proposed(server, action="take_down", subject=first(server.desk))
    other = "- document: 0123456789abcdef\n  date: 2026-11-22\n"
    (server.desk.raw / "tombstones.yaml").write_text(other, encoding="utf-8")
    assert "meanwhile" in saved(server, found["proposal"])["error"]
    assert (server.desk.raw / "tombstones.yaml").read_text(encoding="utf-8") == other


def test_an_example_is_added_and_all_else_stays(server: EditServer) -> None:
    file = server.desk.rules / "share.yaml"
    before = file.read_text(encoding="utf-8")
    found = proposed(server, action="example", rule="share_back", sort="leave", text="返回后，社工'小林'整理了材料。")
    saved(server, found["proposal"])
    after = read_yaml(file)
    rule = next(entry for entry in after if entry["id"] == "share_back")
    assert rule["leave"][-1] == "返回后，社工'小林'整理了材料。"
    added = [line for line in found["difference"].splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert len(added) == 1
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(before.splitlines())


def test_an_example_goes_to_the_end_of_a_list_in_lines(server: EditServer) -> None:
    found = proposed(server, action="example", rule="share_tools", sort="take", text="分享到：微信 微博 QQ空间")
    saved(server, found["proposal"])
    rule = next(entry for entry in read_yaml(server.desk.rules / "share.yaml") if entry["id"] == "share_tools")
    assert rule["take"][-1] == "分享到：微信 微博 QQ空间"
    assert "error" in proposed(server, action="example", rule="no_such", sort="take", text="x")
    assert "error" in proposed(server, action="example", rule="share_tools", sort="drop", text="x")


def test_too_large_a_body_is_refused(server: EditServer) -> None:
    status, _ = ask(server, f"/{server.token}/propose", {"why": "x" * 100_000})
    assert status == 400
