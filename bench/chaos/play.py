"""One scenario from the sealed preview to the healed end, in true time, by the product's own services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.chaos.fate import Fate, Killed
from bench.chaos.judge import Verdict, judge
from bench.chaos.people import People
from bench.chaos.record import Record, asks
from bench.chaos.scenario import Event, Scenario, draw
from bench.chaos.stage import MachineClock, Stage, fate_of, let_go, set_up
from bench.chaos.times import DAY, END, HOUR, MINUTE, PREVIEW, SECOND, START
from microblog.domain.errors import MicroblogError
from microblog.domain.interview import InterviewState
from microblog.domain.post import PostState
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import UID
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.office import Office
from microblog.service.read_back import reconcile


def step(office: Office) -> None:
    """Advance, but for the papers that come after the closing post."""
    if any(interview.state is not InterviewState.ENDED for interview in office.store.interviews.all()):
        advance(office)


JOBS: tuple[Callable[[Office], object], ...] = (reconcile, step, dispatch)
MOST_ROUNDS = 3000
SENDABLE = (PostState.SEALED, PostState.DUE)
QUESTIONS = (
    "楼道里总有人给电动车充电，到底归谁管？",
    "小区消防通道天天被私家车堵住怎么办？",
    "楼里的灭火器过期了找谁更换？",
    "独居老人家里能不能免费安装烟感报警器？",
    "燃气管道老化，什么时候统一更换？",
)


class NoEnd(Exception):
    """The scenario did not come to rest within its rounds: a defect of the product or of the play."""


@dataclass
class Worker:
    """One process: killed, it is started anew a while later, knowing only what is stored."""

    stage: Stage
    name: str
    clock: MachineClock
    fate: Fate
    office: Office
    starts_at: float = 0.0
    busy: bool = False

    def run(self) -> None:
        """One round of its jobs; an error in one of them does not stop the others."""
        if self.busy or self.stage.world.now() < self.starts_at or self.stage.gone("machines"):
            return
        self.busy = True
        try:
            for job in JOBS:
                self._do(job)
        except Killed:
            self.starts_at = self.stage.world.now() + self.fate.random.uniform(2, 120)
            self.office = self.stage.office(self.clock, self.name, self.fate)
        finally:
            self.busy = False

    def _do(self, job: Callable[[Office], object]) -> None:
        try:
            job(self.office)
        except MicroblogError:
            return  # the scheduler logs it and runs the job again


class Play:
    """The loop of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.stage = set_up(scenario)
        self.record = Record(self.stage)
        self.people = People(self.stage, self.record, scenario.patience)
        self.workers = [self._worker(number) for number in range(scenario.workers)]
        self.events = list(scenario.events)
        self.rounds = 0
        self.healed = False
        self._pause = scenario.random("pauses")

    def run(self) -> Verdict:
        """Play it to its end and judge it."""
        self._prologue()
        self._until(lambda: self.stage.now() >= self._horizon())
        self._heal()
        self._until(self._at_rest)
        return judge(self.stage, self.record, self.people.impossible)

    def _worker(self, number: int) -> Worker:
        name = f"worker {number}"
        clock, fate = MachineClock(self.stage.world), fate_of(self.stage, name)
        worker = Worker(self.stage, name, clock, fate, self.stage.office(clock, name, fate))
        fate.stand_still = lambda: self._stall(worker)
        return worker

    def _prologue(self) -> None:
        """Up to the morning of the preview nothing goes wrong."""
        advance(self.people.office)
        self.people.act()
        self._move_to((PREVIEW - MINUTE).timestamp())
        let_go(self.stage)

    def _until(self, over: Callable[[], bool]) -> None:
        while not over():
            self.rounds += 1
            if self.rounds > MOST_ROUNDS:
                states = {post.key: post.state.value for post in self.stage.store.outbox.posts()}
                raise NoEnd(f"{self.stage.now()} {states}")
            self._happen()
            for worker in self.workers:
                worker.run()
            self._netizens()
            self.people.act()
            self._move_to(self._next_moment())

    def _horizon(self) -> datetime:
        off = self.stage.back.get("machines", 0.0)
        return max(END + 3 * HOUR, datetime.fromtimestamp(off, END.tzinfo) + 2 * HOUR)

    def _at_rest(self) -> bool:
        """Nothing is on its way and nobody is asked any more."""
        posts = self.stage.store.outbox.posts()
        done = all(post.state in (PostState.POSTED, PostState.CANCELLED) for post in posts)
        [interview] = self.stage.store.interviews.all()
        keys = {post.key for post in posts}
        return done and f"{interview.name} · closing" in keys

    def _heal(self) -> None:
        """The world is in order again, and people act at once."""
        stage, self.healed = self.stage, True
        stage.line.heal()
        stage.back.clear()
        stage.world.set_options(OPEN.changed({"calls_per_day": 0, "comments_per_hour": 0, "posts_per_hour": 0}))
        stage.sandbox.cast.clear_account(UID)
        stage.world.change(stage.world.accounts[UID], refuses=0)
        self.people.patience = timedelta(0)
        self.events.clear()
        for worker in self.workers:
            worker.clock.by = timedelta(0)
            worker.fate.kill = worker.fate.stall = worker.fate.forgets = 0.0

    def _netizens(self) -> None:
        """Ask under the preview as soon as it is out."""
        preview = self.stage.store.outbox.find("interview 1 · preview")
        if preview is None or preview.platform_id is None:
            return
        status = int(preview.platform_id)
        if status in self.stage.world.statuses and not self.stage.world.comments_under(status):
            for number, question in enumerate(QUESTIONS[: len(self.scenario.parts) + 1]):
                self.stage.sandbox.cast.add_comment(status, f"网友{number}", question)

    def _stall(self, worker: Worker) -> None:
        """The worker stands still in the middle of a step while time passes and the other works."""
        self._move_to(self.stage.world.now() + worker.fate.random.choice((1, 20, 90, 130, 400)))
        for other in self.workers:
            if other is not worker:
                other.run()

    def _happen(self) -> None:
        while self.events and self.events[0].at <= self.stage.now():
            event = self.events.pop(0)
            HAPPENINGS[event.what](self, event)

    def _move_to(self, moment: float) -> None:
        """Let time pass; what the platform left lying is taken at its own moment."""
        world, line = self.stage.world, self.stage.line
        for at in sorted(entry[0] for entry in line.waiting if entry[0] <= moment):
            if at > world.now():
                world.clock.set(at)
            line.tick()
        if moment > world.now():
            world.clock.set(moment)

    def _next_moment(self) -> float:
        """When something will next be due; never more than a day, and minutes at most while something may happen."""
        now = self.stage.world.now()
        ahead = [moment for moment in self._moments() if moment > now]
        live = START - HOUR < self.stage.now() < END + HOUR or self.stage.now() < PREVIEW + HOUR or self.healed
        most = self._pause.choice((60, 240, 600)) if live or self._on_its_way() else DAY.total_seconds()
        return max(min([*ahead, now + most]), now + 1) + self._pause.choice((0.0, 0.0, 0.7, 4.0))

    def _on_its_way(self) -> bool:
        """Whether a worker that is there has a post to send: it would not wait a day for its next round."""
        due = [post for post in self.stage.store.outbox.posts(states=SENDABLE) if post.due_at <= self.stage.now()]
        return bool(due) and not self.stage.gone("machines")

    def _moments(self) -> Iterator[float]:
        store, now = self.stage.store, self.stage.now()
        for post in store.outbox.posts():
            for at in (post.due_at, post.latest_at + SECOND, post.not_before, post.lease_until):
                if at is not None and post.state is not PostState.POSTED and not asks(post):
                    yield at.timestamp()
        for pause in store.journal.pauses(now):
            yield pause.until.timestamp()
        for interview in store.interviews.all():
            if interview.closes_at is not None:
                yield interview.closes_at.timestamp()
        last = store.outbox.last_sent_at()
        if last is not None:
            yield (last + MINUTE).timestamp()
        yield from (event.at.timestamp() for event in self.events[:1])
        yield from (worker.starts_at for worker in self.workers)
        yield from self.stage.back.values()
        yield from self.people.next_moment()
        yield from (START.timestamp(), END.timestamp())


def _jump(play: Play, event: Event) -> None:
    number, by = event.given
    play.workers[number % len(play.workers)].clock.by = by


def _gone(what: str) -> Callable[[Play, Event], None]:
    def gone(play: Play, event: Event) -> None:
        [seconds] = event.given
        length = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        play.stage.back[what] = play.stage.world.now() + length

    return gone


def _by_hand(play: Play, event: Event) -> None:
    for number in range(event.given[0]):
        play.stage.sandbox.cast.add_status(UID, f"【便民提示】值班人员手动发布的第{number + 1}条。")


def _question_deleted(play: Play, event: Event) -> None:
    asked = [row for row in play.stage.world.comments.values() if row.uid != UID]
    if asked:
        play.stage.sandbox.cast.change_comment(asked[event.given[0] % len(asked)].id, deleted=True)


HAPPENINGS: dict[str, Callable[[Play, Event], None]] = {
    "jump": _jump,
    "database_gone": _gone("database"),
    "network_gone": _gone("network"),
    "everything_off": _gone("machines"),
    "posts_by_hand": _by_hand,
    "question_deleted": _question_deleted,
    "edits": lambda play, event: play.people.edit_something(event.given[0]),
    "cancels": lambda play, event: play.people.cancel_something(event.given[0]),
}


def play_one(seed: int, index: int) -> Verdict:
    """Draw a scenario and play it."""
    return Play(draw(seed, index)).run()
