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
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from microblog.demo import people
from microblog.demo.texts import load_texts
from microblog.domain.interview import InterviewState
from microblog.domain.outbox import Change
from microblog.domain.people import Role, Unit
from microblog.domain.post import PostState
from microblog.service.cards import cards_of
from microblog.service.change_requests import moment_of, request_date
from microblog.service.draft import submit, write
from microblog.service.live import hold
from microblog.service.people import save_unit
from microblog.service.review import approve, reject
from microblog.service.roundup import Wanted, add_material
from microblog.store.sql import open_store
from tests.shared import MINUTE, REVIEWERS, START, Scene, china, scene_of, work
from tests.web.conftest import CHROMIUM
from tests.web.console.test_days import comes_in_with_code
from tests.web.console.test_live_browser import comes_in
from tests.web.real import PHONE, Window, served, window
from tests.web.site import made

FOLDER = Path(__file__).parents[3] / "docs" / "screens"
PLACES = {"desk": (1280, 720), "phone": PHONE}
CLOSED = china(4, 15, 10)
LATER = ("selections", "left_out", "scripts", "rejections", "seals")
ANALYST, OPERATOR, ORGANISER = "小周", "周值班", "周主办"


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
        connection.execute("DELETE FROM calls WHERE at > '2024-04-15 01:00'")
    scene = scene_of(open_store(f"sqlite:///{copy}"), start=CLOSED, files=folder)
    scene.store.interviews.save(scene.interview.evolve(state=InterviewState.COLLECTED, ended_at=None))
    seal_all(scene)
    made(scene, ANALYST, [Role.ANALYST, Role.LEAD_UNIT])
    made(scene, OPERATOR, [Role.OPERATOR])
    save_unit(scene.office, Unit("江浦街道", ("江浦街道办事处",), "王主任", "应急管理办公室"), by=ORGANISER)
    day, start, end = moment_of("2024-04-26", "15:00", "17:00")
    request_date(scene.office, scene.interview, day, start, end, reason="演播室设备检修", by=people.LEAD)
    return scene


def seal_all(scene: Scene) -> None:
    """Both bodies seal everything that waits for them."""
    for body, reviewer in REVIEWERS.items():
        approve(scene.office, scene.interview, body=body, by=reviewer)


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


def to_the_event(scene: Scene) -> None:
    """On air: the first answers are out, one is held, one needs a person, one is a card; the roundup is begun."""
    gathered = (
        Wanted("policy", "区消防安全责任制实施办法", "https://www.example.gov.cn/1", "区消防大队", "2024-04-18"),
        Wanted("update", "区消防大队开展老旧小区集中排查", "https://www.example.gov.cn/2"),
        Wanted("press", "楼道充电怎么管？消防大队在线答复", "https://news.example.cn/3"),
    )
    for wanted in gathered:
        seal_all(scene)
        add_material(scene.office, scene.interview, wanted, by=OPERATOR)
    work(scene)
    scene.at(START)
    for _ in range(6):
        work(scene)
        scene.later(MINUTE)
    hold(scene.office, scene.interview, f"{scene.interview.name} · answer 4", by=OPERATOR, reason="等核对数字")
    lost, *_, last = (post for post in scene.store.outbox.posts(interview=1) if post.state is PostState.SEALED)
    cards_of(scene.office, [last], by=OPERATOR)
    change = Change(PostState.UNKNOWN, reason="没有收到平台回答，请人工核实")
    scene.store.outbox.move(lost.key, change, expect=[PostState.SEALED])


def pictures(chromium: Browser, address: str, name: str = ANALYST, **pages: str) -> None:
    """One picture of each page at each width, as high as the window."""
    for place, size in PLACES.items():
        with window(chromium, address, size=size) as seen:
            comes_in(seen, name)
            take(seen, place, pages)


def take(seen: Window, place: str, pages: dict[str, str]) -> None:
    """The pictures of one window."""
    for name, path in pages.items():
        seen.open(path)
        seen.page.locator("#desk:has(.panes), main:not(:has(#desk))").first.wait_for(timeout=60_000)
        seen.page.screenshot(path=FOLDER / f"console-{name}-{place}.png")


def of_the_organiser(chromium: Browser, scene: Scene, address: str) -> None:
    """The pages that need a one-time code, and the one that asks for it."""
    secret = made(scene, ORGANISER, [Role.ORGANISER])
    pages = {name: f"/console/{name}" for name in ("changes", "people", "units", "records", "account")}
    pages["code"] = "/console/account/code"
    for place, size in PLACES.items():
        with window(chromium, address, size=size) as seen:
            take(seen, place, {"sign-in": "/console/sign-in"})
            comes_in_with_code(seen, scene, ORGANISER, secret)
            take(seen, place, pages)


def main(database: Path) -> None:
    """All of them, in the order of the work."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.chdir(folder)
        scene = taken_back(database, Path(folder))
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        with served(scene) as address:
            pictures(
                chromium,
                address,
                today="/console/today",
                choose="/console/clusters",
                calendar="/console/calendar?year=2024",
                preview="/console/preview/1",
                clusters="/console/clusters/1",
                questions="/console/questions/1",
            )
            of_the_organiser(chromium, scene, address)
            to_the_second_version(scene)
            pictures(
                chromium,
                address,
                script="/console/script/1",
                versions="/console/script/1/diff?before=1&after=2",
                review="/console/review/1",
            )
            to_the_event(scene)
            pictures(
                chromium,
                address,
                OPERATOR,
                live="/console/live/1",
                rehearsal="/console/live/1/rehearsal",
                cards="/console/live/1/cards",
                outbox="/console/outbox",
                post=f"/console/outbox/post?key={quote('interview 1 · opening')}",
                roundup="/console/roundup/1",
            )
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
