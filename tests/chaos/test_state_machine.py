"""Hypothesis drives outbox and sandbox: it invents the order of calls, faults, kills, clocks and people's decisions.

Whatever it invents, the ledger shows each post at most once, sealed, in time and in order; and once the world has
healed and people have answered, every post is out.
"""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bench.chaos.fate import Fate, Killed
from bench.chaos.judge import judge
from bench.chaos.killing import a_stage, event_posts, put_sealed
from bench.chaos.people import People
from bench.chaos.record import Record
from bench.chaos.scenario import LOST, WIRE
from bench.chaos.stage import MachineClock, adopt_interview
from bench.chaos.times import DAY, HOUR, MINUTE, START
from microblog.domain.errors import MicroblogError, NotAllowed
from microblog.domain.post import PostState
from microblog.sandbox.faults.plan import FaultPlan, parse_rule
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import UID, Sandbox
from microblog.service.dispatch import dispatch
from microblog.service.outbox import cancel, settle_absent
from microblog.service.read_back import reconcile
from microblog.store.memory import MemoryStore

ENDPOINTS = ("statuses/share", "comments/create", "comments/reply", "comments/by_me", "statuses/user_timeline", "*")
QUIET = [name for name in (*LOST, *WIRE) if name != "slow-answer"]
REFUSING = ("illegal-content", "captcha", "too-fast", "user-limit", "token-revoked", "misplaced", "door-closed")
JOBS = (reconcile, dispatch)


class DyingAt(Fate):
    """Killed at a chosen step."""

    steps = 0
    last = 0

    def step(self) -> None:
        self.steps += 1
        if self.last and self.steps >= self.last:
            raise Killed


class Event(RuleBasedStateMachine):
    """One event's posts on their way."""

    @initialize(window=st.sampled_from([0.0, 60.0, 3600.0]), threads=st.lists(st.integers(1, 4), max_size=3))
    def begin(self, window: float, threads: list[int]) -> None:
        self.plan = FaultPlan()
        options = OPEN.changed({"repeat_window": window, "calls_per_day": 0})
        sandbox = Sandbox(start=START - MINUTE, options=options, plan=self.plan)
        self.stage = a_stage(0, 0, sandbox, self.plan, MemoryStore())
        put_sealed(self.stage.store, event_posts(threads))
        self.clock = MachineClock(self.stage.world)
        adopt_interview(self.stage.office(self.clock, "people"))
        self.people = People(self.stage, Record(self.stage), timedelta(0))
        self.people.record.look(people=True)

    @rule(job=st.sampled_from(JOBS))
    def work(self, job: object) -> None:
        self._work(job, DyingAt(self.stage.scenario.random("worker")))

    @rule(job=st.sampled_from(JOBS), step=st.integers(1, 60))
    def die_working(self, job: object, step: int) -> None:
        fate = DyingAt(self.stage.scenario.random("worker"))
        fate.last = step
        self._work(job, fate)

    @rule(seconds=st.sampled_from([1, 10, 60, 61, 130, 210, 1800, 7200]))
    def time_passes(self, seconds: int) -> None:
        self.stage.world.clock.advance(seconds)
        self.stage.line.tick()

    @rule(name=st.sampled_from(QUIET), endpoint=st.sampled_from(ENDPOINTS))
    def an_answer_will_be_lost(self, name: str, endpoint: str) -> None:
        self.plan.add([parse_rule({"fault": name, "endpoint": endpoint, "times": 1})])

    @rule(name=st.sampled_from(REFUSING), endpoint=st.sampled_from(ENDPOINTS))
    def the_platform_will_refuse(self, name: str, endpoint: str) -> None:
        self.plan.add([parse_rule({"fault": name, "endpoint": endpoint, "times": 1})])

    @rule(late=st.booleans())
    def the_line_goes_bad(self, late: bool) -> None:
        """Until the next time: nobody listens, or what is sent is taken long after its sender gave up."""
        self.stage.line.late, self.stage.line.refused = (0.5, 0.0) if late else (0.0, 0.5)

    @rule()
    def the_line_is_good(self) -> None:
        self.stage.line.late = self.stage.line.refused = 0.0

    @rule(by=st.sampled_from([0 * HOUR, HOUR, -HOUR, DAY, -DAY]))
    def the_clock_jumps(self, by: timedelta) -> None:
        self.clock.by = by

    @rule(number=st.integers(1, 5))
    def a_colleague_posts(self, number: int) -> None:
        for _ in range(number):
            self.stage.sandbox.cast.add_status(UID, "【便民提示】今日提示。")

    @rule(luck=st.integers(0, 20))
    def somebody_edits(self, luck: int) -> None:
        self.people.edit_something(luck)
        self.people.record.look(people=True)

    @rule()
    def people_act(self) -> None:
        self.people.act()

    @rule(luck=st.integers(0, 20))
    def a_person_in_a_hurry_says_it_is_not_there(self, luck: int) -> None:
        """Wrongly, perhaps: nobody sees what is under review."""
        posts = self.stage.store.outbox.posts(states=[PostState.UNKNOWN])
        waiting = [post for post in posts if self._unseen(post.text)]
        if waiting:
            settle_absent(self.people.office, waiting[luck % len(waiting)].key, by="值班员")

    @precondition(lambda self: len(self.stage.store.outbox.posts(states=[PostState.SEALED])) > 3)
    @rule()
    def the_last_answer_is_given_up(self) -> None:
        last = self.stage.store.outbox.posts(states=[PostState.SEALED])[-2]
        try:
            cancel(self.people.office, last.key, by="值班员", reason="不发了")
        except NotAllowed:
            return
        self.people.impossible[last.key] = "不发了"

    @invariant()
    def nothing_is_out_twice_unsealed_late_or_alone(self) -> None:
        verdict = judge(self.stage, self.people.record, {})
        verdict.lost.clear()  # on its way is not lost yet
        assert verdict.broken == {}

    def teardown(self) -> None:
        """The world heals, people answer at once; then everything is out that nobody gave up."""
        if not hasattr(self, "stage"):
            return
        self.stage.line.heal()
        self.clock.by = timedelta(0)
        for _ in range(400):
            self.people.act()
            for job in JOBS:
                self._work(job, DyingAt(self.stage.scenario.random("worker")))
            self.stage.world.clock.advance(45)
            self.stage.line.tick()
            posts = self.stage.store.outbox.posts()
            if all(post.state in (PostState.POSTED, PostState.CANCELLED) for post in posts):
                break
        assert judge(self.stage, self.people.record, self.people.impossible).broken == {}

    def _work(self, job: object, fate: DyingAt) -> None:
        office = self.stage.office(self.clock, "worker", fate)
        self.people.record.look(people=False)
        try:
            job(office)  # type: ignore[operator]  # one of JOBS
        except (Killed, MicroblogError):
            return

    def _unseen(self, text: str) -> bool:
        world = self.stage.world
        statuses = any(row.sent == text and row.visible <= world.now() for row in world.statuses.values())
        comments = any(row.sent == text and row.visible <= world.now() for row in world.comments.values())
        return not statuses and not comments


Event.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEvent = Event.TestCase
