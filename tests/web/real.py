"""A real browser on a real server of an office whose clock is moved by hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from microblog.web.app import create_app
from microblog.web.server import WebServer
from tests.shared import Scene
from tests.web.site import ROOT, options

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESKTOP, PHONE = (1280, 900), (390, 844)


@dataclass
class Window:
    """One tab. faults: what the browser complained of: errors of script, blocked content, failed requests."""

    page: Page
    address: str
    faults: list[str]

    def open(self, path: str) -> None:
        """Go to a path of the site."""
        self.page.goto(self.address + path)

    def words(self) -> str:
        """What stands on the page."""
        return self.page.locator("body").inner_text()

    def serious(self) -> list[str]:
        """What axe-core finds serious or critical on the page, one line each."""
        # By the protocol, not by a script element: the page's own policy forbids those, and that is right.
        self.page.evaluate(AXE.read_text("utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
        )
        return [
            f"{one['id']}: {json.dumps([node['html'] for node in one['nodes']], ensure_ascii=False)[:300]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def too_wide(self) -> int:
        """How many pixels the page is wider than the window; 0 is right."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width


@contextmanager
def served(scene: Scene, **changes: Any) -> Iterator[str]:
    """The office on an address of this machine."""
    app = create_app(scene.office, options(plain_http=True, **changes))
    with WebServer(app, host="127.0.0.1", port=0) as server:
        yield f"http://127.0.0.1:{server.port}{ROOT}"


@contextmanager
def window(
    chromium: Browser, address: str, *, size: tuple[int, int] = DESKTOP, script: bool = True
) -> Iterator[Window]:
    """A new profile with one tab."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", java_script_enabled=script
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    opened = Window(page, address, [])
    page.on("console", lambda said: opened.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: opened.faults.append(str(error)))
    try:
        yield opened
    finally:
        context.close()
