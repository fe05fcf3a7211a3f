"""`microblog demo`: serves the sandbox, keeps the demo's worker alive, shows what happens, and judges the outcome."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Timer

from rich.console import Console

from microblog.bootstrap import open_office
from microblog.demo.display import Display, summary_table
from microblog.demo.summary import summarise
from microblog.domain.errors import MicroblogError
from microblog.domain.period import SHANGHAI
from microblog.sandbox.options import PROFILES
from microblog.sandbox.server import ACCOUNT_NAME, SECURE_DOMAIN, Sandbox
from microblog.settings import home, load_settings

START = datetime(2024, 3, 23, 10, tzinfo=SHANGHAI)
"""The day the plan was issued."""

MOST_RESTARTS = 20
KILL_WITHIN = (0.5, 6.0)
"""Real seconds after its start between which the worker is killed on request."""


class DemoFailed(MicroblogError):
    """The demo's worker ended with an error, or was killed too often."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One run. speed: simulated seconds a real second, 0 for time-lapse; kills: how often the worker is SIGKILLed."""

    out: Path
    seed: int = 1
    speed: float = 0.0
    kills: int = 0
    browser: bool = False

    @property
    def backstage(self) -> Path:
        """Database and sandbox state; what a demo that was cut off goes on from."""
        return self.out / "run"

    @property
    def summary(self) -> Path:
        """Written last: its presence says the run is complete."""
        return self.out / "summary.json"


def run_demo(
    out: Path,
    *,
    seed: int = 1,
    live: bool = False,
    speed: float = 3600.0,
    kills: int = 0,
    console: Console | None = None,
) -> int:
    """Run a whole interview into `out`; 0 when nothing was posted twice and nothing was lost, else 1.

    live: hold the time to `speed` simulated seconds a real second and open the sandbox in a browser.
    """
    stage = Stage(out.resolve(), seed, speed if live else 0.0, kills, browser=live)
    console = console or Console()
    display = Display(console)
    _set_up(stage, display)
    with Sandbox(start=START, options=PROFILES["demo"], state_file=stage.backstage / "sandbox.jsonl") as sandbox:
        if stage.browser:
            display.say(f"浏览器查看微博沙箱：{sandbox.base_url}/")
            webbrowser.open(f"{sandbox.base_url}/")
        with display.running(), _environment(stage, sandbox):
            restarts = _keep_alive(stage, sandbox.base_url, display)
        with _environment(stage, sandbox):
            summary = summarise(open_office(load_settings()), sandbox.admin.state(), restarts=restarts)
    stage.summary.write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    console.print(summary_table({**summary, "files": {**summary["files"], "summary": stage.summary}}))
    console.print(f"从这里看起：{summary['files']['transcript']}", soft_wrap=True)
    return 0 if summary["duplicates"] == summary["lost"] == 0 else 1


def _set_up(stage: Stage, display: Display) -> None:
    """A fresh folder, or the one of a run that was cut off."""
    if stage.backstage.exists() and not stage.summary.exists():
        display.say("上次演示没有走完，从中断处继续")
        return
    shutil.rmtree(stage.backstage, ignore_errors=True)
    stage.summary.unlink(missing_ok=True)
    stage.backstage.mkdir(parents=True)


@contextmanager
def _environment(stage: Stage, sandbox: Sandbox) -> Iterator[None]:
    """The settings of the demo, as any office would give them: by environment."""
    given = {
        "MICROBLOG_HOME": str(home()),
        "MICROBLOG_DATABASE_URL": f"sqlite:///{stage.backstage / 'microblog.db'}",
        "MICROBLOG_FILING": str(stage.out),
        "MICROBLOG_WORKER": "demo",
        "MICROBLOG_QUESTIONS__SHORTLIST": "40",
        "MICROBLOG_QUESTIONS__POLL_MINUTES": "120",
        "MICROBLOG_WEIBO__API_BASE": sandbox.base_url,
        "MICROBLOG_WEIBO__ACCESS_TOKEN": sandbox.token,
        "MICROBLOG_WEIBO__ACCOUNT": ACCOUNT_NAME,
        "MICROBLOG_WEIBO__SAFE_DOMAIN": SECURE_DOMAIN,
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _keep_alive(stage: Stage, base_url: str, display: Display) -> int:
    """Run the worker to the end, starting it again whenever it was killed; returns how often.

    Raises DemoFailed when it ends with an error of its own.
    """
    luck = random.Random(stage.seed)  # noqa: S311 - when to kill in a rehearsal
    for restarts in range(MOST_RESTARTS):
        code = _one_life(stage, base_url, display, luck.uniform(*KILL_WITHIN) if restarts < stage.kills else None)
        if code == 0:
            return restarts
        if code > 0:
            raise DemoFailed(f"演示进程出错退出，详见 {stage.backstage / 'worker.log'}")
        display.say(f"值守进程被强制结束（信号 {-code}），重新启动，从数据库中的状态继续")
    raise DemoFailed(f"值守进程被结束了 {MOST_RESTARTS} 次，演示中止；再次运行会从中断处继续")


def _one_life(stage: Stage, base_url: str, display: Display, kill_after: float | None) -> int:
    """Start the worker and follow it to its end; returns its exit code, negative for a signal."""
    command = [sys.executable, "-m", "microblog.demo.worker", base_url, str(stage.seed), str(stage.speed)]
    with (stage.backstage / "worker.log").open("a", encoding="utf-8") as log:
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8")  # noqa: S603
    timer = Timer(kill_after or 0, worker.send_signal, [signal.SIGKILL])
    if kill_after is not None:
        timer.start()
    with worker:
        try:
            for line in worker.stdout or ():
                if line.endswith("\n"):  # a killed worker may leave half a line
                    display.event(line)
            return worker.wait()
        finally:
            timer.cancel()
            if worker.poll() is None:
                worker.terminate()
