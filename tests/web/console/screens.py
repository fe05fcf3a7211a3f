"""Pictures of the console for `docs/screens`, from the demo's database, taken back to the days of work.

`microblog demo --out DIR`, then `python -m tests.web.console.screens DIR/run/microblog.db`; to be looked at when the
looks change.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from microblog.demo import people
from microblog.demo.texts import load_texts
from microblog.domain.interview import InterviewState
from microblog.domain.people import Role
from microblog.service.draft import submit, write
from microblog.service.review import reject
from microblog.store.sql import open_store
from tests.shared import Scene, china, scene_of
from tests.web.conftest import CHROMIUM
from tests.web.console.test_live_browser import comes_in
from tests.web.real import PHONE, served, window
from tests.web.site import made

FOLDER = Path(__file__).parents[3] / "docs" / "screens"
PLACES = {"desk": (1280, 720), "phone": PHONE}
CLOSED = china(4, 15, 10)
LATER = ("selections", "left_out", "scripts", "rejections", "seals")


def taken_back(database: Path, folder: Path) -> Scene:
    """The demo's office on the morning after the question channel closed."""
    copy = folder / "microblog.db"
    shutil.copy(database, copy)
    with sqlite3.connect(copy) as connection:
        for table in LATER:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names of ours
        connection.execute("DELETE FROM posts WHERE kind != 'preview'")
        connection.execute("DELETE FROM comments WHERE created_at > '2024-04-15 00:00'")
        connection.execute("DELETE FROM entries WHERE at > '2024-04-15 01:00'")
    scene = scene_of(open_store(f"sqlite:///{copy}"), start=CLOSED, files=folder)
    scene.store.interviews.save(scene.interview.evolve(state=InterviewState.COLLECTED, ended_at=None))
    made(scene, "小周", [Role.ANALYST, Role.LEAD_UNIT])
    return scene


def to_the_second_version(scene: Scene) -> None:
    """Questions chosen, the script written, sent back, corrected and handed in again."""
    texts = load_texts("fire-safety")
    for number, step in enumerate((people._select, people._draft, people._submit)):
        scene.at(CLOSED + timedelta(days=number + 1))
        step(scene.office, scene.interview, texts)
    script = reject(scene.office, scene.interview, body="media-centre", by="李审核", note=people.NOTE)
    scene.later(timedelta(hours=1))
    sections = [
        replace(one, answer=one.answer + people.PROMISE) if one.slot in ("closing", "question 2") else one
        for one in script.sections
    ]
    write(scene.office, scene.interview, sections, by=people.LEAD)
    submit(scene.office, scene.interview, by=people.LEAD)


def pictures(chromium: Browser, address: str, **pages: str) -> None:
    """One picture of each page at each width, as high as the window."""
    for place, size in PLACES.items():
        with window(chromium, address, size=size) as seen:
            comes_in(seen, "小周")
            for name, path in pages.items():
                seen.open(path)
                seen.page.locator("#desk:has(.panes), main:not(:has(#desk))").first.wait_for(timeout=60_000)
                seen.page.screenshot(path=FOLDER / f"console-{name}-{place}.png")


def main(database: Path) -> None:
    """All of them, in the order of the work."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.chdir(folder)
        scene = taken_back(database, Path(folder))
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(scene) as address:
            pictures(
                chromium,
                address,
                today="/console/today",
                calendar="/console/calendar?year=2024",
                clusters="/console/clusters/1",
                questions="/console/questions/1",
            )
            to_the_second_version(scene)
            pictures(
                chromium,
                address,
                script="/console/script/1",
                versions="/console/script/1/diff?before=1&after=2",
                review="/console/review/1",
            )
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
