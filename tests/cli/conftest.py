"""A real office in a temporary folder: SQLite, the memory platform, a clock set by hand; the command runs on it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from microblog.bootstrap import open_office
from microblog.cli.main import main
from microblog.clocks import SetClock
from microblog.domain.interview import Interview
from microblog.domain.period import SHANGHAI
from microblog.platforms.memory import MemoryPlatform
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.office import Office
from microblog.text.segment import Segmenter, load_segmenter

ISSUED = datetime(2024, 3, 23, 10, tzinfo=SHANGHAI)

PLAN = """\
title: 2024年澜溪区在线访谈计划
year: 2024
issuer: 澜溪区政府办公室
issued: 2024-03-23
rules: pukou
rows:
  - {no: 1, when: 4月, topic: 居民楼消防安全, units: [区消防大队, 江岸街道], lead: 区消防大队}
  - {no: 2, when: 5月, topic: 老旧小区改造, units: [区住建局]}
"""

QUESTIONS = (
    ("2001", "小区楼道里停满电动车，消防通道被堵了怎么办？"),
    ("2002", "楼道停电动车堵了消防通道，怎么投诉？"),
    ("2003", "电动车在楼道充电很危险，有没有规定不准停？"),
    ("2004", "老旧小区没有消防栓，什么时候能补装？"),
    ("2005", "我们老小区消防栓里没有水，谁来维修？"),
    ("2006", "家里的灭火器多久要换一次？"),
    ("2007", "灭火器过期了到哪里去换？"),
    ("2008", "支持支持，访谈办得好"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office folder laid out by `microblog init`; nothing in it points outside the machine."""
    folder = tmp_path / "office"
    assert main(["init", str(folder)]) == 0
    monkeypatch.setenv("MICROBLOG_HOME", str(folder))
    monkeypatch.setenv("MICROBLOG_WEIBO__API_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("MICROBLOG_POSTING__PACE_SECONDS", "0")
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process; a failure shows what it printed."""

    def run(*arguments: object, code: int = 0) -> Result:
        capsys.readouterr()
        given = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert given == code, captured.out + captured.err
        return Result(given, captured.out, captured.err)

    return run


class Scene:
    """An office at work: time passes, posts go out, netizens ask; commands act on the same database."""

    def __init__(self, run: Run, folder: Path, clock: SetClock, platform: MemoryPlatform) -> None:
        self.run = run
        self.folder = folder
        self.clock = clock
        self.platform = platform

    @property
    def office(self) -> Office:
        """The office as the worker sees it, on the database of the commands."""
        return open_office()

    @property
    def interview(self) -> Interview:
        """The first interview as it is stored now."""
        return self.office.store.interviews.get(1)

    def at(self, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        """Let time pass until a moment of 2024, in China."""
        self.clock.set(datetime(2024, month, day, hour, minute, tzinfo=SHANGHAI))

    def work(self) -> None:
        """What the worker does in a few rounds."""
        office = self.office
        for _ in range(3):
            dispatch(office)
            advance(office)
            self.clock.set(self.clock.now() + timedelta(minutes=1))

    def plan(self) -> None:
        """A plan imported, submitted and approved."""
        file = self.folder / "plan.yaml"
        file.write_text(PLAN, encoding="utf-8")
        self.run("plan", "import", file, "--save", "--by", "办公室")
        self.run("plan", "submit", 1)
        self.run("plan", "approve", 1)

    def prepare(self) -> None:
        """The first interview dated, its papers handed in."""
        self.plan()
        self.run("interview", "date", 1, "2024-04-25", "15:00", "17:00", "--confirmed")
        guest = "区消防大队|大队长|周安"
        self.run("interview", "prepare", 1, "--introduction", "谈楼道和充电", "--guest", guest, "--host", "林晓")

    def seal(self) -> None:
        """Both bodies seal everything that waits."""
        for role, person in (("data-centre", "甲审核"), ("media-centre", "乙审核")):
            self.run("review", 1, "--as", role, "--by", person, "--approve")

    def announce(self) -> str:
        """The preview is out; returns its id."""
        self.prepare()
        self.run("interview", "announce", 1, "--by", "联络员")
        self.seal()
        self.at(3, 25, 9)
        self.work()
        post = self.office.store.outbox.get("interview 1 · preview")
        assert post.platform_id
        return post.platform_id

    def ask(self, questions: Sequence[tuple[str, str]] = QUESTIONS) -> None:
        """Netizens ask under the preview."""
        status = self.announce()
        for user, text in questions:
            self.platform.netizen(status, text, user_id=user, name=f"网友{user}")

    def collect(self) -> None:
        """The channel has closed; everything is read and grouped."""
        self.ask()
        self.at(4, 15)
        self.work()

    def draft(self) -> int:
        """Questions chosen, a script drafted; returns how many questions it has."""
        self.collect()
        chosen = self.run("select", 1, "--by", "分析员", "--json").json
        self.run("script", "build", 1, "--by", "撰稿人")
        return len(chosen)

    def answer(self) -> None:
        """Every section of the script answered."""
        questions = self.draft()
        for slot in ("opening", *(f"question {n}" for n in range(1, questions + 1)), "closing"):
            words = f"这是“{slot}”的答复：依照消防法，占用通道的由街道和消防大队当场清理。"
            given = ("--text", words, "--unit", "区消防大队", "--speaker", "周安", "--by", "撰稿人")
            self.run("script", "answer", 1, slot, *given)

    def submit(self) -> None:
        """The script handed in, below the minimum with a reason."""
        self.answer()
        self.run("script", "submit", 1, "--override", "演练用短稿", "--by", "撰稿人")


@cache
def segmenter(user_words: frozenset[str]) -> Segmenter:
    """Built once for all tests: each command would load the dictionary anew, which takes a second."""
    return load_segmenter(user_words)


@pytest.fixture
def scene(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The office on the day its plan was issued."""
    clock = SetClock(ISSUED)
    platform = MemoryPlatform(clock)
    monkeypatch.setattr("microblog.bootstrap.SystemClock", lambda: clock)
    monkeypatch.setattr("microblog.bootstrap.open_platform", lambda settings, clock: platform)
    monkeypatch.setattr("microblog.bootstrap.load_segmenter", lambda words: segmenter(frozenset(words)))
    return Scene(run, tmp_path, clock, platform)
