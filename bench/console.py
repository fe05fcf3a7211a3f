"""How fast the analyst's desk answers: `python -m bench.console`; 10,000 varied comments, a real store and server.

Wall time is what a person waits; processor time of this process, client included, is what does not depend on what
else the machine does.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.comments import comments as invented
from microblog.domain.people import Role
from microblog.domain.question import WEIBO, Comment
from microblog.store.sql import open_store
from microblog.web.app import create_app
from tests.shared import Scene, beside, collected, scene_of
from tests.web.site import Browser, options, signed_in, token_in

COMMENTS = 10_000
TIMES = 20
DESK = "/console/clusters/1"


@dataclass(frozen=True)
class Took:
    """Milliseconds of several calls, sorted."""

    wall: list[float]
    processor: list[float]

    def line(self, title: str) -> str:
        """A row of the table in `docs/benchmarks.md`."""
        middle = statistics.median
        return f"| {title} | {middle(self.wall):.0f} | {self.wall[-1]:.0f} | {middle(self.processor):.0f} |"


def measured(call: Callable[[], object], times: int = TIMES) -> Took:
    """Run a call several times."""
    wall, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        call()
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return Took(sorted(wall), sorted(processor))


def crowded(folder: Path, count: int) -> Scene:
    """A closed channel with so many comments, in a SQLite file."""
    scene = scene_of(open_store(f"sqlite:///{folder / 'microblog.db'}"), files=folder)
    collected(scene)
    under = str(scene.post("preview").platform_id)
    many = list(_stored(under, count))
    scene.store.comments.upsert(many, [{"id": one.platform_id} for one in many])
    return beside(scene)


def _stored(under: str, count: int) -> Iterator[Comment]:
    for number, row in enumerate(invented(count)):
        at = datetime.fromisoformat(row["time"])
        name, text = row["user"], row["text"]
        yield Comment(1, WEIBO, f"59{number:014d}", name, name, text, at, at, at, under, row["likes"])


def deeds(browser: Browser) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything an analyst does, as htmx asks for it."""
    page = browser.get(f"{DESK}").text
    headers = {"HX-Request": "true", "X-Form-Token": token_in(page)}
    topics = _ids(page, 'name="topics" value="')
    second = browser.get(f"{DESK}?topic={topics[1]}").text
    questions, remarks = _ids(second, 'name="questions" value="'), _ids(second, 'name="remarks" value="')
    grains = iter(range(1000))

    def post(path: str, **data: object) -> Callable[[], object]:
        return lambda: _good(browser.post(f"{DESK}/{path}?topic={topics[1]}", data=data, headers=headers))

    def get(path: str) -> Callable[[], object]:
        return lambda: _good(browser.get(f"{DESK}{path}", headers=headers))

    def cut() -> object:
        grain = -5 + next(grains) % 11
        return _good(browser.post(f"{DESK}/grain", data={"grain": grain or 1}, headers=headers))

    yield "open a topic", get(f"?topic={topics[0]}")
    yield "open a question", get(f"?topic={topics[1]}&question={questions[-1]}")
    yield "list 500 more topics", get("?shown=500")
    yield "search", get("?find=电动车")
    yield "why together", get("/why?" + "&".join(f"remarks={name}" for name in remarks[:2]))
    yield "targets by a word", get("/targets?level=question&sought=电梯")
    yield "finer, coarser", cut
    yield "merge two topics, undo", _both(post("deeds", deed="merge-topics", topics=topics[1:3]), post("undo"))
    yield "split off a comment, undo", _both(post("deeds", deed="split-remarks", remarks=remarks[:1]), post("undo"))
    yield "rename, undo", _both(post("deeds", deed="rename-topic", topics=topics[1], name="名称"), post("undo"))


def _both(first: Callable[[], object], second: Callable[[], object]) -> Callable[[], object]:
    return lambda: (first(), second())


def _good(answer: object) -> object:
    status = getattr(answer, "status_code", 0)
    if status != 200:
        raise SystemExit(f"answered {status}: {getattr(answer, 'text', '')[:300]}")
    return answer


def _ids(page: str, before: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split(before)[1:]]


def main(count: int = COMMENTS) -> None:
    """The table of the section «Console»."""
    with tempfile.TemporaryDirectory() as folder:
        scene = crowded(Path(folder), count)
        scene.clock.set(scene.clock.now() + timedelta(hours=1))
        browser = signed_in(scene, Role.ANALYST, browser=Browser(create_app(scene.office, options())))
        print("| what | median ms | slowest ms | processor ms |\n| --- | --- | --- | --- |")
        print(
            measured(lambda: _good(browser.get(DESK)), 1).line("first page of a new process (the tree still grows)")
        )
        print(measured(lambda: scene.office.trees.wait(1, 300), 1).line("until the groups stand on it"))
        print(measured(lambda: _good(browser.get(DESK))).line("first page afterwards"))
        for title, call in deeds(browser):
            call()
            print(measured(call).line(title), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
