"""The demo's worker, a process of its own that may be killed at any moment and started again.

It runs the verbs of `schedules/jobs.toml` at every moment at which something is due, on the sandbox's clock, and
lets the people act in between. All it knows is in the database and the sandbox. It reports a line of JSON an event.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from microblog.bootstrap import open_office
from microblog.demo.moments import next_moment, next_sweep
from microblog.demo.people import APPOINTMENTS, act
from microblog.demo.texts import Texts, load_texts
from microblog.demo.world import World
from microblog.domain.interview import InterviewState
from microblog.domain.period import shanghai_day
from microblog.domain.plan import Plan
from microblog.domain.post import PostKind, PostState
from microblog.plans.schedule import load_schedule
from microblog.service.collect import ledger
from microblog.service.jobs import verbs
from microblog.service.office import Office
from microblog.settings import load_settings

TOPIC = "fire-safety"
FRAME = 0.1
"""Real seconds between two looks at a running clock in a live demo."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line for the progress display. at: ISO 8601; counts: totals at that moment; no `what` on a new day."""

    at: str
    who: str
    what: str
    counts: dict[str, int]


@dataclass(slots=True)
class Play:
    """One run of the demo's worker. speed: simulated seconds a real second, 0 for as fast as it goes."""

    office: Office
    world: World
    plan: Plan
    texts: Texts
    seed: int
    speed: float
    say: Callable[[Event], None]
    gathered: bool = False
    said: int = 0

    def run(self) -> None:
        """Until the interview is filed."""
        started = self.office.clock.now()
        jobs = verbs(started, lambda: True)
        last = started - timedelta(days=1)
        self._people()
        while not self._filed():
            self._jobs(jobs, last)
            called = self._wanted(last)
            last = self.office.clock.now()
            if not (called and self._people()):
                self._wait_until(next_moment(self.office))

    def _wanted(self, last: datetime) -> bool:
        """Whether a person has reason to look: an appointment since `last`, or words waiting for seals."""
        now = self.office.clock.now()
        drafts = self.office.store.outbox.posts(states=[PostState.DRAFT])
        return bool(drafts) or any(last < moment <= now for moment in APPOINTMENTS)

    def _people(self) -> bool:
        """Everyone does what waits for them; True when someone did something, which may make more due at once."""
        done = list(act(self.office, self.plan, self.texts))
        for deed in done:
            self._report(deed.who, deed.what)
        return bool(done)

    def _jobs(self, jobs: Mapping[str, Callable[[Office], object]], last: datetime) -> None:
        """Every verb once, in the order a post needs them; the sweep only when its hour has passed."""
        self._gather()
        for name in ("reconcile", "dispatch", "poll", "group"):
            jobs[name](self.office)
        if next_sweep(last) <= self.office.clock.now():
            jobs["heartbeat"](self.office)
            jobs["sweep"](self.office)
        jobs["advance"](self.office)
        self._report_journal()
        if shanghai_day(last) != shanghai_day(self.office.clock.now()):
            self._report("", "")

    def _gather(self) -> None:
        """The netizens of the sandbox find the preview as soon as it is out."""
        preview = self.office.store.outbox.find("interview 1 · preview")
        if self.gathered or preview is None or preview.platform_id is None:
            return
        interview = self.office.store.interviews.get(1)
        self.world.gather(interview, preview.platform_id, TOPIC, self.seed)
        self.world.forget_one_answer()
        self.gathered = True

    def _filed(self) -> bool:
        return self.office.store.interviews.get(1).state is InterviewState.FILED

    def _wait_until(self, moment: datetime) -> None:
        while self.speed and (left := moment - self.office.clock.now()) > timedelta(seconds=self.speed * FRAME):
            time.sleep(FRAME)
            self.world.move_to(self.office.clock.now() + min(left, timedelta(seconds=self.speed * FRAME)))
        self.world.move_to(moment)

    def _report_journal(self) -> None:
        """Turn what the services wrote into the journal since the last look into lines for the display."""
        entries = self.office.store.journal.entries()
        for entry in entries[self.said :]:
            if entry.verb in SPOKEN:
                self._report("系统", f"{SPOKEN[entry.verb]}：{entry.subject}")
        self.said = len(entries)

    def _report(self, who: str, what: str) -> None:
        self.say(Event(self.office.clock.now().isoformat(), who, what, counts(self.office)))


SPOKEN = {
    "announced": "预告已发布，提问通道开启",
    "collected": "提问通道关闭，完成全量回查",
    "sealed": "访谈稿两家审核单位已全部盖章",
    "live": "访谈开始",
    "ended": "访谈结束",
    "filed": "实录、汇总与备案材料已归档",
    "look": "结果不明，回查平台",
    "postponed": "平台暂不可用，稍后再试",
}


def counts(office: Office) -> dict[str, int]:
    """Totals for the display."""
    interviews = office.store.interviews.all()
    if not interviews:
        return {}
    interview = interviews[0]
    posts = office.store.outbox.posts(interview=interview.id)
    held = ledger(office, interview)
    return {
        "comments": held.stored,
        "on_platform": held.total,
        "questions": len(office.store.questions.selections(interview.id)),
        "posts": sum(post.state is PostState.POSTED for post in posts),
        "answers": sum(post.state is PostState.POSTED and post.kind is PostKind.ANSWER for post in posts),
    }


def main(arguments: list[str]) -> int:
    """`python -m microblog.demo.worker BASE_URL SEED SPEED`; settings come from the environment."""
    base_url, seed, speed = arguments
    world = World(base_url)
    settings = load_settings()
    office = open_office(settings, clock=world.clock)
    plan = load_schedule(settings.home / "schedules" / "pukou-2024.yaml")
    play = Play(office, world, plan, load_texts(TOPIC), int(seed), float(speed), _print)
    play.run()
    return 0


def _print(event: Event) -> None:
    print(json.dumps(asdict(event), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
