"""Long patterns in YAML are one text, whatever pieces they are written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import SchemaError
from flows.yaml_files import read_yaml

PATTERN = """
line: !pattern
  opens: '[·\\s]*'
  any:
  - 甲乙|丙
  - {who: 丁, what: [戊, 己]}
  times: '+'
"""


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (PATTERN, r"[·\s]*(?:甲乙|丙|丁(?:戊|己))+"),
        ("line: !pattern [甲, 乙丙]", "甲|乙丙"),
        ("line: !pattern 甲", "甲"),
    ],
)
def test_pieces_stand_behind_each_other_and_lists_are_alternatives(tmp_path: Path, text: str, pattern: str) -> None:
    assert read(tmp_path, text) == {"line": pattern}


def test_a_missing_piece_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="a piece of a pattern is missing") as refused:
        read(tmp_path, "line: !pattern\n  opens: 甲\n  ends:\n")
    assert "rules.yaml:3" in str(refused.value)
