"""How fast the web answers: `python -m bench.web`; 10,000 comments, a real store and server."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx2

from microblog.domain.question import Comment
from microblog.service.ask import PORTAL
from microblog.store.sql import open_store
from microblog.web.app import create_app
from microblog.web.options import WebOptions
from microblog.web.server import WebServer
from tests.shared import END, HOUR, START, Scene, play, scene_of, sealed

COMMENTS = 10_000
PAGES = (
    "/",
    "/interviews/1",
    "/interviews/1/questions",
    "/interviews/1/live",
    "/interviews/1/transcript",
    "/feed.xml",
)
TIMES = 30


def held(folder: Path, comments: int) -> Scene:
    """An interview that is over, with so many comments, in a SQLite file."""
    scene = scene_of(open_store(f"sqlite:///{folder / 'microblog.db'}"), files=folder)
    sealed(scene)
    scene.at(START)
    play(scene, END + HOUR)
    now = scene.clock.now()
    many = [
        Comment(
            1, PORTAL, f"bench-{number}", f"u{number}", "网友", f"第{number}个问题：楼道充电归谁管？", now, now, now
        )
        for number in range(comments)
    ]
    scene.store.comments.upsert(many, [{}] * comments)
    return scene


def milliseconds(call: Callable[[], object]) -> list[float]:
    """How long each of several calls took, in order."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def report(title: str, took: list[float]) -> None:
    """Median and worst."""
    print(f"{title:44} median {statistics.median(took):7.1f} ms   worst {took[-1]:7.1f} ms")


def main(comments: int = COMMENTS) -> None:
    """Every page with and without the shelf."""
    with tempfile.TemporaryDirectory() as folder:
        scene = held(Path(folder), comments)
        for shelf in (timedelta(0), timedelta(seconds=2)):
            app = create_app(scene.office, WebOptions(secret=b"x" * 32, shelf=shelf, plain_http=True))
            with (
                WebServer(app, host="127.0.0.1", port=0) as server,
                httpx2.Client(base_url=f"http://127.0.0.1:{server.port}/ft") as client,
            ):
                for page in PAGES:
                    client.get(page).raise_for_status()
                    kept = "from the shelf" if shelf else "made each time"
                    report(f"{page} ({kept})", milliseconds(lambda page=page: client.get(page)))  # type: ignore[misc]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
