"""The sandbox, the store and the offices of one scenario, taken as far as a preview that waits for its seals."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bench.chaos.fate import Fate
from bench.chaos.scenario import Scenario
from bench.chaos.times import END, PLAN, START
from bench.chaos.wire import Line, LineHttp
from microblog.domain.interview import Form, Guest
from microblog.domain.plan import Plan, PlannedTime, PlanRow
from microblog.domain.rules import RuleSet
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_errors import ErrorTable, load_table
from microblog.platforms.weibo_http import Http
from microblog.sandbox.faults.plan import FaultPlan, parse_rule
from microblog.sandbox.moments import aware
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import SECURE_DOMAIN, Sandbox
from microblog.sandbox.world import World
from microblog.service.announce import prepare, set_date
from microblog.service.office import Office, Practice
from microblog.service.plan import adopt, advance_plan
from microblog.service.ports import Clock, Store
from microblog.service.rulesets import load_rule_sets
from microblog.service.wording import Wording, load_wording
from microblog.service.workdays import Workdays
from microblog.store.memory import MemoryStore
from microblog.text.count import weibo_length, weibo_length_undiscounted
from microblog.text.lexicon import Lexicon, load_lexicon
from microblog.text.segment import Segmenter, load_segmenter

CONFIG = Path(__file__).parents[2] / "config"
BY = "区政府办"


@dataclass
class MachineClock:
    """A machine's clock: the sandbox's, off by so much. by: changed when it jumps."""

    world: World
    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The moment this machine believes in."""
        return aware(self.world.now()) + self.by


@dataclass
class Stage:
    """Everything one scenario has in common.

    token: the one the office knows; a person brings a new one. back: from when on the database, the network and the
    machines are there again.
    """

    scenario: Scenario
    sandbox: Sandbox
    plan: FaultPlan
    line: Line
    store: Store
    token: str
    back: dict[str, float] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The platform's true state."""
        return self.sandbox.world

    def now(self) -> datetime:
        """The true time."""
        return aware(self.world.now())

    def gone(self, what: str) -> bool:
        """Whether the database, the network or everything is away now."""
        return self.world.now() < self.back.get(what, 0.0)

    def office(self, clock: MachineClock, name: str, fate: Fate | None = None) -> Office:
        """An office of one machine, started anew: it knows nothing but the store."""
        office = office_over(LineHttp(self.line), clock, self.store, lambda: self.token)
        strategy, answers = self.scenario.strategy, len(self.scenario.parts)
        practice = replace(office.practice, strategy=strategy, shortlist_count=answers, worker=name)
        if fate is None:
            return replace(office, practice=practice)
        store, platform = fate.store(office.store), fate.platform(office.platform)
        return replace(office, practice=practice, store=store, platform=platform)


def office_over(http: Http, clock: Clock, store: Store, token: Callable[[], str]) -> Office:
    """An office that speaks to its platform this way."""
    client = WeiboClient(http, token, rip="211.156.0.1")
    limits = Limits(weibo_length, weibo_length_undiscounted, (SECURE_DOMAIN,))
    return Office(
        store=store,
        platform=WeiboPlatform(client, _table(), limits, clock),
        clock=clock,
        practice=Practice("示例区发布", f"https://www.{SECURE_DOMAIN}/ft"),
        rule_sets=_rule_sets(),
        workdays=_workdays(),
        wording=_wording(),
        lexicon=_lexicon(),
        load_segmenter=_segmenter,
    )


def set_up(scenario: Scenario, store: Store | None = None) -> Stage:
    """An approved plan of one interview whose preview can be written; no fault is in force yet. store: empty."""
    plan = FaultPlan()
    sandbox = Sandbox(start=PLAN, options=OPEN.changed(scenario.options), plan=plan)
    line = Line(sandbox, plan, scenario.random("line"))
    stage = Stage(scenario, sandbox, plan, line, store or MemoryStore(), sandbox.token)
    line.down = lambda: stage.gone("network")
    adopt_interview(stage.office(MachineClock(stage.world), "people"))
    return stage


def let_go(stage: Stage) -> None:
    """From now on everything may go wrong."""
    scenario = stage.scenario
    stage.plan.add(parse_rule(rule) for rule in scenario.rules)
    stage.line.refused, stage.line.late = scenario.refused, scenario.late


def adopt_interview(office: Office) -> None:
    """Import a plan of one interview, give it its day, and hand in what the preview needs."""
    row = PlanRow(1, PlannedTime("4月", months=(4,)), "消防安全进社区", ("消防大队",), ("消防大队",))
    plan = Plan(2024, title="2024年在线访谈计划", issuer=BY, issued=date(2024, 3, 23), rows=(row,))
    stored = adopt(office, plan, rule_set="pukou", form=Form.WEIBO, by=BY)
    for _ in range(3):
        advance_plan(office, stored.id, by=BY)
    set_date(office, 1, day=START.date(), start=START.time(), end=END.time(), confirmed=True, by=BY)
    guests = (Guest("张三", "大队长", "消防大队"),)
    prepare(office, 1, by=BY, introduction="消防安全关系千家万户。", guests=guests, host="小浦")


def fate_of(stage: Stage, name: str) -> Fate:
    """The luck of a worker of this scenario."""
    scenario = stage.scenario
    return Fate(
        scenario.random(name),
        scenario.kill,
        scenario.stall,
        scenario.forgets,
        out=lambda: stage.gone("database"),
    )


@cache
def _table() -> ErrorTable:
    return load_table(CONFIG / "weibo_errors.toml")


@cache
def _rule_sets() -> dict[str, RuleSet]:
    return load_rule_sets(CONFIG / "rules")


@cache
def _workdays() -> Workdays:
    return Workdays()


@cache
def _wording() -> Wording:
    return load_wording(CONFIG / "templates")


@cache
def _lexicon() -> Lexicon:
    return load_lexicon(CONFIG / "lexicon")


@cache
def _segmenter() -> Segmenter:
    return load_segmenter(_lexicon().segmenter_words())
