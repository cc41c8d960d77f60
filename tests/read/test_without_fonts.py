"""PDF pages are read alike whatever fonts the machine has. `python -m tests.read.without_fonts` compares releases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.read.without_fonts import hidden, make_font, make_pages, sum_of_rows, why_not


@pytest.mark.slow
def test_pages_are_read_alike_with_fonts_and_without(tmp_path: Path) -> None:
    if reason := why_not():
        pytest.skip(reason)
    make_pages(tmp_path / "raw", count=12)
    make_font(tmp_path / "fonts")
    command = [sys.executable, "-m", "tests.read.without_fonts", "--rows", str(tmp_path / "raw")]
    as_they_are = sum_of_rows(tmp_path / "raw")
    for fonts in (tmp_path / "fonts", None):
        found = subprocess.run(hidden(command, fonts), capture_output=True, text=True, check=True)
        assert found.stdout.strip() == as_they_are
