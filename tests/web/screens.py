"""Pictures of the portal for `docs/screens`: `python -m tests.web.screens`, to be looked at when its looks change."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.shared import (
    CLOSES,
    DAY,
    END,
    HOUR,
    MINUTE,
    PREVIEW,
    START,
    Scene,
    adopted,
    dated,
    play,
    prepared,
    scene_of,
    seal_all,
    work,
)
from tests.web.conftest import CHROMIUM
from tests.web.real import DESKTOP, PHONE, served, window
from tests.web.test_netizen import to_the_event

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
PLACES = {"desk": DESKTOP, "phone": PHONE}


def pictures(chromium: Browser, address: str, **pages: str) -> None:
    """One picture of each page at each width."""
    for place, size in PLACES.items():
        with window(chromium, address, size=size) as seen:
            for name, path in pages.items():
                seen.open(path)
                seen.page.screenshot(path=FOLDER / f"portal-{name}-{place}.png", full_page=True)


def announced_among_others(scene: Scene) -> None:
    """A year of three, the first of them asking for questions."""
    adopted(scene, rows=3)
    dated(scene)
    prepared(scene)
    work(scene)
    seal_all(scene)
    scene.at(PREVIEW)
    work(scene)
    scene.at(CLOSES - 2 * DAY)


def main() -> None:
    """All of them, in the order of an interview's life."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.chdir(tempfile.mkdtemp())
    scene = scene_of()
    announced_among_others(scene)
    with sync_playwright() as playwright, served(scene) as address:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pictures(chromium, address, year="/", preview="/interviews/1", planned="/interviews/2")
        to_the_event(scene)
        pictures(chromium, address, questions="/interviews/1/questions")
        play(scene, START + 5 * MINUTE)
        pictures(chromium, address, live="/interviews/1/live")
        play(scene, END + HOUR)
        pictures(chromium, address, transcript="/interviews/1/transcript", roundup="/interviews/1/roundup")
        chromium.close()


if __name__ == "__main__":
    main()
