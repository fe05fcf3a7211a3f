"""What collecting costs: calls against the fewest that could have fetched the same, over a channel of 20 days.

A real client reads a sandbox over HTTP, on a simulated clock, by the very functions the worker calls. The sandbox
counts the calls too, so the ledger is held against it. `python -m bench.collect` prints a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from microblog.clocks import SetClock
from microblog.demo.moments import next_sweep
from microblog.domain.interview import InterviewState
from microblog.domain.question import Sweep
from microblog.domain.tier import OPEN, Tier
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_errors import load_table
from microblog.platforms.weibo_http import Http
from microblog.sandbox.options import PROFILES, Options
from microblog.sandbox.server import SECURE_DOMAIN, Sandbox
from microblog.service.agenda import advance
from microblog.service.collect import ledger
from microblog.service.polling import next_poll, poll, sweep
from microblog.text.count import weibo_length, weibo_length_undiscounted
from tests.shared import CONFIG, PLAN_DAY, PREVIEW, Scene, announced, scene_of

VOICES = Path(__file__).parents[1] / "microblog" / "sandbox" / "voices" / "fire-safety.toml"
TARGET = 1.1
PAID = Tier("commercial", 1_200_000, 120, 240, 50_000)


@dataclass(frozen=True, slots=True)
class Stream:
    """What is collected. name: for the table; count: comments in all; options: of the sandbox."""

    name: str
    count: int
    tier: Tier = OPEN
    options: Options = PROFILES["open"]
    days: int = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What it came to. calls: by the ledger; judged: by the sandbox; fewest: what the same could have been had for.

    busiest: most calls of a day. delay: median minutes from a comment's writing (or late approval) to our holding it.
    """

    polls: int
    sweeps: int
    calls: int
    judged: int
    fewest: int
    busiest: int
    held: int
    unseen: int
    delay: float

    @property
    def ratio(self) -> float:
        """Calls made for each that was needed."""
        return self.calls / self.fewest


class SandboxClock(SetClock):
    """Moves the sandbox's time with ours."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.admin.now())
        self._sandbox = sandbox

    def set(self, moment: datetime) -> None:
        """Move both."""
        super().set(moment)
        self._sandbox.admin.clock(at=moment)


def measure(stream: Stream) -> Cost:
    """Collect a whole stream and count."""
    with _office(stream) as (scene, sandbox):
        interview = announced(scene)
        preview = str(scene.post("preview").platform_id)
        sandbox.cast.netizens(int(preview), VOICES, seed=1, count=stream.count, days=stream.days)
        _run(scene, PREVIEW + timedelta(days=stream.days))
        readings = [one for one in scene.store.comments.sweeps(interview.id) if one.at > PREVIEW]
        page = scene.office.practice.page
        journal = scene.store.journal
        calls = sum(journal.spent(PREVIEW + timedelta(seconds=1)).values())
        held = scene.store.comments.of(interview.id)
        visible = {str(one.id): one.visible for one in sandbox.world.comments.values()}
        waits = [one.first_seen_at.timestamp() - visible[one.platform_id] for one in held]
        return Cost(
            polls=sum(not one.full for one in readings),
            sweeps=sum(one.full for one in readings),
            calls=calls,
            judged=sum(call.counted and call.at > PREVIEW.timestamp() for call in sandbox.world.calls),
            fewest=sum(_fewest(one, page) for one in readings),
            busiest=max(_by_day(readings).values()),
            held=len(held),
            unseen=ledger(scene.office, interview).unseen,
            delay=median(waits) / 60,
        )


def _fewest(reading: Sweep, page: int) -> int:
    """The fewest calls for it: full pages of what was new, of the whole list for a sweep; one to learn of nothing."""
    return max(1, -(-(reading.total if reading.full else reading.new) // page))


def _by_day(readings: list[Sweep]) -> dict[int, int]:
    days: dict[int, int] = {}
    for one in readings:
        day = int((one.at.timestamp() + 8 * 3600) // 86_400)
        days[day] = days.get(day, 0) + one.calls
    return days


def _run(scene: Scene, until: datetime) -> None:
    """The worker's reading verbs at every moment at which one is due, up to the sweep at the channel's closing."""
    office = scene.office
    last_sweep = office.clock.now()
    while scene.interview.state is InterviewState.ANNOUNCED and office.clock.now() < until + timedelta(days=2):
        poll(office)
        if next_sweep(last_sweep) <= office.clock.now():
            sweep(office)
            last_sweep = office.clock.now()
        advance(office)
        closes = scene.interview.closes_at or until
        later = [
            at
            for at in (next_poll(office, scene.interview), next_sweep(last_sweep), closes)
            if at > office.clock.now()
        ]
        scene.at(min(later) if later else office.clock.now() + timedelta(minutes=1))


@contextmanager
def _office(stream: Stream) -> Iterator[tuple[Scene, Sandbox]]:
    with Sandbox(start=PLAN_DAY, options=stream.options) as sandbox:
        clock = SandboxClock(sandbox)
        base = scene_of(tier=stream.tier)
        client = WeiboClient(Http(sandbox.base_url), lambda: sandbox.token, rip="127.0.0.1")
        limits = Limits(weibo_length, weibo_length_undiscounted, (SECURE_DOMAIN,))
        platform = WeiboPlatform(client, load_table(CONFIG / "weibo_errors.toml"), limits, clock)
        office = replace(base.office, clock=clock, platform=platform)
        yield Scene(office, clock, base.platform), sandbox


STREAMS = (
    Stream("1,500 comments, open tier", 1_500),
    Stream("12,000, open tier, a tenth served again", 12_000, options=replace(PROFILES["open"], reserved_share=0.1)),
    Stream("12,000, paid tier", 12_000, PAID, PROFILES["commercial"]),
)


def main() -> None:
    """Measure every stream and print a Markdown table; exit 1 where the target is missed."""
    heads = ("stream", "polls", "sweeps", "calls", "platform's count", "fewest", "ratio", "busiest day", "held")
    print("| " + " | ".join(heads) + " | unseen | delay |")
    print("| --- " * 11 + "|")
    worst = 0.0
    for stream in STREAMS:
        cost = measure(stream)
        worst = max(worst, cost.ratio)
        counts = (cost.polls, cost.sweeps, cost.calls, cost.judged, cost.fewest)
        row = (stream.name, *counts, f"{cost.ratio:.3f}", cost.busiest, cost.held)
        print("| " + " | ".join(map(str, row)) + f" | {cost.unseen} | {cost.delay:.0f} min |")
    raise SystemExit(worst > TARGET)


if __name__ == "__main__":
    main()
