"""Sums over many verdicts, and the table that is printed of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.chaos.judge import PROMISES, Verdict

LEFT_AT_MOST = 0.01
"""Share of posts whose fate may be left to a person."""


@dataclass
class Tally:
    """What many scenarios came to.

    kills: real ones; struck: scenarios with at least one. failing: names of those that broke a promise or did not
    end, with their cases.
    """

    scenarios: int = 0
    intended: int = 0
    posts: int = 0
    impossible: int = 0
    kills: int = 0
    struck: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    failing: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, verdict: Verdict, kills: int = 0) -> None:
        """Count one scenario."""
        self.scenarios += 1
        self.kills += kills
        self.struck += kills > 0
        self.intended += verdict.intended
        self.posts += verdict.posts
        self.impossible += verdict.impossible
        self.asked.update(verdict.asked)
        for promise, cases in verdict.broken.items():
            self.broken[promise] += len(cases)
            self.failing.setdefault(name, []).extend(f"{promise}: {case}" for case in cases)

    def fail(self, name: str, why: str) -> None:
        """Count a scenario that could not be played to its end."""
        self.scenarios += 1
        self.broken["crashed"] += 1
        self.failing.setdefault(name, []).append(f"crashed: {why}")

    def add(self, other: "Tally") -> None:
        """Count everything another tally counted."""
        for name in ("scenarios", "intended", "posts", "impossible", "kills", "struck"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.broken.update(other.broken)
        self.asked.update(other.asked)
        self.failing.update(other.failing)

    @property
    def left(self) -> float:
        """Share of posts of unknown fate that were left to a person."""
        return sum(self.asked.values()) / self.intended if self.intended else 0.0

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not self.failing and self.left <= LEFT_AT_MOST

    def lines(self, title: str) -> Iterator[str]:
        """The table."""
        struck = f", {self.struck} of them with a real SIGKILL, {self.kills} in all" if self.kills else ""
        yield f"{title}: {self.scenarios} scenarios{struck}"
        yield f"  {'posts intended':26}{self.intended:>9}"
        yield f"  {'accepted by the platform':26}{self.posts:>9}"
        yield f"  {'given up by a person':26}{self.impossible:>9}"
        for promise in (*(name for name in PROMISES if name != "decidable"), "crashed"):
            yield f"  {promise.replace('_', ' '):26}{self.broken[promise]:>9}"
        yield f"  {'unknown, left to people':26}{sum(self.asked.values()):>9}   {self.left:.2%} of the posts"
        for why, number in sorted(self.asked.items()):
            yield f"    {why:24}{number:>9}"
        yield f"  {'of these decidable':26}{self.broken['decidable']:>9}"
        for name, cases in sorted(self.failing.items()):
            yield f"FAILED {name} (replay with --replay {name})"
            yield from (f"    {case}" for case in cases)
