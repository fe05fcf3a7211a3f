"""The year's plan as a document states it: rows of its table, interviews named only in prose, and what was repaired.

Nothing here is guessed: a month stays a month, a row without a mark has no lead until a person names one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from microblog.domain.interview import Form
from microblog.domain.period import Period

RuleValue = int | tuple[str, ...]
"""A number the prose prescribes, or the bodies it names (`reviewers`)."""


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """What a time cell says.

    year: only when the cell prints one. months: as listed; empty when no month is named.
    part: 上旬, 中旬 or 下旬. detail: a narrowing that is neither a part nor a day («月底前», «第二周的周四»).
    day: only when one is printed and the year is known. understood: False where no word was recognised.
    """

    printed: str
    year: int | None = None
    months: tuple[int, ...] = ()
    part: str | None = None
    detail: str | None = None
    day: date | None = None
    start: time | None = None
    end: time | None = None
    understood: bool = True

    @property
    def month(self) -> int | None:
        """The month, where the cell names exactly one."""
        return self.months[0] if len(self.months) == 1 else None

    def period(self, year: int) -> Period:
        """The same as a period; `year` counts where the cell prints none (A22)."""
        return Period(self.year or year, self.months, self.part, self.day, self.start, self.end)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One interview of the plan's table.

    no: as printed, or counted where `no_printed` is False. units: in printed order, marks removed.
    leads_marked: every unit that carries ★ or stands in the lead column.
    topic_as_printed, units_as_printed: the cells before any cleaning.
    """

    no: int
    time: PlannedTime
    topic: str
    units: tuple[str, ...]
    leads_marked: tuple[str, ...] = ()
    no_printed: bool = True
    note: str = ""
    guest: str = ""
    topic_as_printed: str = ""
    units_as_printed: str = ""

    @property
    def lead_marked(self) -> str | None:
        """The unit marked as lead; None where none or more than one is (A13)."""
        return self.leads_marked[0] if len(self.leads_marked) == 1 else None

    @property
    def lead(self) -> str | None:
        """The unit that leads: the marked one, or the only one (A11)."""
        if self.leads_marked:
            return self.lead_marked
        return self.units[0] if len(self.units) == 1 else None

    @property
    def lead_proposed(self) -> str | None:
        """The unit offered to a person where no lead is settled: the first (A12)."""
        return self.lead or next(iter(self.leads_marked or self.units), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An interview found only in prose: a draft without date. form: None where the prose does not say."""

    form: Form | None
    theme: str
    unit: str


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A number the document states beside what was found (A21). what: the thing counted, in Chinese."""

    what: str
    stated: int
    found: int

    @property
    def agrees(self) -> bool:
        """Whether both numbers are the same."""
        return self.stated == self.found


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage met in the text. examples: printed places, at most five. repaired: on the copy."""

    kind: str
    count: int
    examples: tuple[str, ...]
    repaired: bool


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often interviews are to be held. per: `week`, `month`, `quarter` or `year`. part: of the month."""

    printed: str
    count: int
    at_least: bool
    per: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document, read.

    year: None where the document names none. rules: numbers the prose prescribes, under the names of
    `config/lexicon/plan.toml`. rule_set: name of a rule set in `config/rules`, where a person chose one.
    months: first and last (year, month) the plan covers, where it says so. original: the text before cleaning.
    warnings: Chinese sentences for people.
    """

    year: int | None
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    layout: str = ""
    rows: tuple[PlanRow, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    rules: Mapping[str, RuleValue] = field(default_factory=dict)
    rule_set: str | None = None
    counts: tuple[StatedCount, ...] = ()
    months: tuple[tuple[int, int], tuple[int, int]] | None = None
    frequency: Frequency | None = None
    damage: tuple[Damage, ...] = ()
    warnings: tuple[str, ...] = ()
    original: str = ""
