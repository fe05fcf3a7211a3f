"""Every test of the web works in a folder of its own: an interview that ends writes its papers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
"""Debian's browser; `tests/install_browser.sh` installs it where it may."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a window; skips where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: run tests/install_browser.sh as root")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it where nobody can overlook it."""
    if not CHROMIUM:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line("No Chromium on this machine: run tests/install_browser.sh as root, then test again.")


# A loaded machine may take longer than Playwright's five seconds to follow a link; what is expected stays the same.
expect.set_options(timeout=20_000)
