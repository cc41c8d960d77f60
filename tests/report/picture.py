"""Makes docs/evidence.png: the evidence of a figure in the report of a release of invented pages, as Chromium shows it.

python -m tests.report.picture [PAGE]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from flows.cli import main
from flows.state import PROJECT
from tests.browsers import chromium

PAGE = PROJECT / "tests" / "gold" / "twins" / "raw" / "a08.txt"
WIDE, TALL = 1180, 620


def picture(page: Path, target: Path) -> None:
    """Releases the page alone, and takes the picture of its own page with one figure chosen."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        raw, releases = Path(folder, "raw"), Path(folder, "releases")
        raw.mkdir()
        shutil.copy(page, raw)
        assert main(["release", "--raw", str(raw), "--releases", str(releases), "--workers", "1"]) == 0
        (shown,) = releases.glob("v*/report/documents/*.html")
        window = browser.new_page(viewport={"width": WIDE, "height": TALL}, locale="en")
        window.goto(shown.as_uri())
        facts = window.locator("[data-fact]")
        chosen = window.locator("tr", has_text="exam_passers").locator("[data-fact]")
        (chosen if chosen.count() else facts).first.click()
        window.wait_for_timeout(300)
        window.screenshot(path=str(target))


if __name__ == "__main__":
    picture(Path(sys.argv[1]) if sys.argv[1:] else PAGE, PROJECT / "docs" / "evidence.png")
