"""Which browser the tests drive: Debian's Chromium, or the one that the surroundings name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

MISSING = "there is no Chromium: `tools/chromium.sh` installs it, or CONCORD_TEST_CHROMIUM names one"


def path() -> str | None:
    """The program, if there is one."""
    named = os.environ.get("CONCORD_TEST_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def needed() -> str:
    """The program. Without one the tests are skipped, and fail where continuous integration runs them."""
    program = path()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return program


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser without a window."""
    program = needed()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()
