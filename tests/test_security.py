"""SECURITY.md says what is there."""

from __future__ import annotations

import re

from flows.state import PROJECT

PAGE = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")


def test_it_is_linked_and_says_how_to_report_and_who_is_trusted() -> None:
    assert "[SECURITY.md](SECURITY.md)" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert {"How to report a weakness", "Who may do what"} <= set(re.findall(r"^## (.+)$", PAGE, re.MULTILINE))


def test_the_variables_and_files_that_it_names_are_in_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "flows").rglob("*.py"))
    named = set(re.findall(r"`((?:SHEGONG|PREFECT|AWS)_[A-Z_]+|[a-z]+\.yaml|--[a-z-]+)`", PAGE))
    assert len(named) > 5
    assert not {name for name in named if name not in code}
