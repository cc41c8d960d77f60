"""A real browser for tests: Chromium as the system has it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium(*arguments: str) -> Iterator[Any]:
    """The browser. .ci/run installs it where it can; elsewhere the tests that need it are skipped."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("there is no Chromium; apt-get install chromium")
    from playwright.sync_api import Error, sync_playwright  # keeps an event loop running, which later flows would see

    with sync_playwright() as playwright:
        # without a sandbox, which root has not; without /dev/shm, which a container may not have
        options = ["--no-sandbox", "--disable-dev-shm-usage", *arguments]
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=options)
        except Error as error:
            pytest.skip(f"{executable} does not start: {error.message.splitlines()[0]}")
        yield browser
        browser.close()
