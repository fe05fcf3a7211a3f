"""Pictures of the portal for `docs/screens`: `python -m tests.web.screens`, to be looked at when its looks change."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from microblog.service.change_requests import approve_change, request_topic
from microblog.service.roundup import Wanted, add_material
from tests.shared import (
    CLOSES,
    DAY,
    END,
    HOUR,
    LEAD,
    MINUTE,
    OFFICE,
    OPERATOR,
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
    third = scene.store.interviews.get(3)
    asked = request_topic(scene.office, third, "校园消防安全", reason="配合开学季重点工作", by=LEAD)
    approve_change(scene.office, asked.id, by=OFFICE)


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
        for wanted in (
            Wanted("policy", "区消防安全责任制实施办法", "https://www.example.gov.cn/1", "区消防大队", "2024-04-18"),
            Wanted("press", "楼道充电怎么管？消防大队在线答复", "https://news.example.cn/3"),
        ):
            add_material(scene.office, scene.interview, wanted, by=OPERATOR)
        play(scene, END + HOUR)
        pictures(chromium, address, transcript="/interviews/1/transcript", roundup="/interviews/1/roundup")
        chromium.close()


if __name__ == "__main__":
    main()
