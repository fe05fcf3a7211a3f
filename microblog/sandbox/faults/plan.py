"""Which fault strikes which call: by request header, by rule, and at random with a seed."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from typing import Any

from microblog.sandbox.asks import Ask
from microblog.sandbox.faults.fault import Fault, Params
from microblog.sandbox.faults.registry import FAULTS
from microblog.sandbox.moments import moment_of

HEADER = "X-Sandbox-Fault"

Strike = tuple[Fault, Params]


@dataclass(frozen=True, slots=True)
class Rule:
    """When to strike, and with what.

    fault: names, of which one is drawn each time. endpoint: shell pattern, e.g. `comments/*`.
    nth: which of the matching calls, from 1; empty for every one. probability: of striking, drawn with `seed`.
    times: most strikes, 0 for no limit. since, until: sandbox moments between which the rule is in force.
    """

    fault: tuple[str, ...]
    endpoint: str = "*"
    nth: tuple[int, ...] = ()
    probability: float = 1.0
    seed: int = 0
    times: int = 0
    since: float = float("-inf")
    until: float = float("inf")
    params: Params = field(default_factory=dict)


@dataclass(slots=True)
class _Watch:
    rule: Rule
    random: Random
    seen: int = 0
    struck: int = 0


class FaultPlan:
    """The rules in force, and how often each has matched and struck. Not safe without the world's lock."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._watches: list[_Watch] = []
        self.add(rules)

    def add(self, rules: Iterable[Rule]) -> None:
        """Put more rules in force."""
        self._watches += [_Watch(rule, Random(rule.seed)) for rule in rules]  # noqa: S311 - a seeded rehearsal

    def clear(self) -> None:
        """Lift every rule."""
        self._watches.clear()

    def listing(self) -> list[dict[str, Any]]:
        """The rules with their counts, for people and JSON."""
        return [
            {
                "fault": list(watch.rule.fault),
                "endpoint": watch.rule.endpoint,
                "params": dict(watch.rule.params),
                "seen": watch.seen,
                "struck": watch.struck,
            }
            for watch in self._watches
        ]

    def strikes(self, ask: Ask, header: str = "") -> list[Strike]:
        """What strikes this call: the header's faults first, then the rules' in their order."""
        drawn = (_draw(watch, ask) for watch in self._watches)
        return [*parse_header(header), *(strike for strike in drawn if strike is not None)]


def _draw(watch: _Watch, ask: Ask) -> Strike | None:
    rule = watch.rule
    if not fnmatchcase(ask.endpoint, rule.endpoint) or not rule.since <= ask.now < rule.until:
        return None
    watch.seen += 1
    chance = watch.random.random()  # drawn for every matching call, so that one rule's luck is its own
    name = watch.random.choice(rule.fault)
    spent = rule.times and watch.struck >= rule.times
    if spent or chance >= rule.probability or (rule.nth and watch.seen not in rule.nth):
        return None
    watch.struck += 1
    return strike(name, rule.params)


def strike(name: str, params: Params) -> Strike:
    """A fault with its parameters filled in. Raises ValueError for an unknown name or parameter."""
    fault = FAULTS.get(name)
    if fault is None:
        raise ValueError(f"没有名为“{name}”的故障，GET /_sandbox/faults 列出全部名称")
    unknown = sorted(set(params) - set(fault.params))
    if unknown:
        raise ValueError(f"故障“{name}”没有参数“{unknown[0]}”，可用的有：{'、'.join(fault.params) or '无'}")
    return fault, {**fault.params, **params}


def parse_header(text: str) -> list[Strike]:
    """Faults of a request header: `name; key=value; key=value, name`. Raises ValueError."""
    strikes = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, *pairs = (piece.strip() for piece in part.split(";"))
        values = (pair.partition("=") for pair in pairs if pair)
        strikes.append(strike(name, {key.strip(): _value(value.strip()) for key, _, value in values}))
    return strikes


def _value(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def parse_rule(values: Mapping[str, Any]) -> Rule:
    """A rule from TOML or JSON; keys that are no rule's are parameters of the fault. Raises ValueError."""
    known = {f.name for f in fields(Rule)} - {"params"}
    names = _several(values.get("fault", ()))
    if not names:
        raise ValueError('故障规则缺少 fault，应写故障名称，如 fault = "drop-after-commit"')
    params = {**values.get("params", {}), **{k: v for k, v in values.items() if k not in known | {"params"}}}
    for name in names:
        strike(name, params)
    return Rule(
        fault=names,
        endpoint=values.get("endpoint", "*"),
        nth=tuple(int(n) for n in _several(values.get("nth", ()))),
        probability=float(values.get("probability", 1.0)),
        seed=int(values.get("seed", 0)),
        times=int(values.get("times", 0)),
        since=_moment(values.get("since"), float("-inf")),
        until=_moment(values.get("until"), float("inf")),
        params=params,
    )


def read_rules(path: Path) -> list[Rule]:
    """The `[[rule]]` tables of a scenario file. Raises ValueError or OSError."""
    return [parse_rule(values) for values in tomllib.loads(path.read_text("utf-8")).get("rule", [])]


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _moment(value: Any, default: float) -> float:
    if value is None:
        return default
    if isinstance(value, int | float):
        return float(value)
    return moment_of(value if isinstance(value, datetime) else datetime.fromisoformat(value))
