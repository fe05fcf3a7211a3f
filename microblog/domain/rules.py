"""A rule set: the milestones and limits one plan prescribes. Every number is data (`config/rules/*.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Form
from microblog.domain.offset import Offset, Unit

REQUIRED = ("preview", "channel-close", "interview")
"""Milestones the services look up by name; every rule set dates them in every form it knows."""


class Anchor(StrEnum):
    """Days a milestone may be counted from, besides the milestones listed above it."""

    INTERVIEW = "interview"  # the day of recording or of the Weibo session
    PLAN = "plan"  # the day the plan was issued
    OPENING = "opening"  # the day the question channel really opened, until then the preview's due day (A2)


class Role(StrEnum):
    """Who may own a milestone or seal words."""

    LEAD_UNIT = "lead-unit"
    DATA_CENTRE = "data-centre"
    MEDIA_CENTRE = "media-centre"
    ORGANISER = "organiser"
    OPERATOR = "operator"


class Roll(StrEnum):
    """What happens when a due day is no working day (A3, A4)."""

    KEEP = "keep"  # it stays, nothing is proposed
    NEXT = "next"  # it moves to the next working day; only for days after their anchor
    PROPOSE = "propose"  # it stays, the working day before is proposed


class CountKind(StrEnum):
    """How the characters of a script are counted (domain reference section 6)."""

    WORD = "word"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class MilestoneRule:
    """How one milestone is dated. anchor: an Anchor or the id of a milestone above it.

    start, end: wall clock in China on the due day; without `end` it is due by 24:00.
    roll: None follows A4: after the anchor rolls to the next working day, else the one before is proposed.
    forms: the forms it belongs to, empty for all.
    """

    id: str
    title: str
    owner: Role
    anchor: str
    offset: Offset
    start: time | None = None
    end: time | None = None
    roll: Roll | None = None
    hard: bool = True
    forms: tuple[Form, ...] = ()

    @property
    def rolling(self) -> Roll:
        """What happens when the due day is no working day."""
        return self.roll or (Roll.NEXT if self.offset.forward else Roll.PROPOSE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A standing time such as «second Thursday of the month, 15:00 to 17:00». weekday: 1 is Monday."""

    nth: int
    weekday: int
    start: time
    end: time

    def day_in(self, year: int, month: int) -> date:
        """The day of the slot in a month; nth is at most 4, so there always is one."""
        first = date(year, month, 1)
        return first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one plan. name: the file's; source: the document they come from.

    forms: the first is the usual one. roles: what the plan calls each body.
    reviewers: bodies that must seal every published word. script_min_count: 0 where the plan sets no minimum.
    minutes: length of a session where the plan states one. change_notice: last day to ask for another date.
    Raises InvalidInput naming the milestone and field that contradict the rest.
    """

    name: str
    title: str
    source: str
    forms: tuple[Form, ...]
    roles: Mapping[Role, str]
    reviewers: tuple[Role, ...]
    script_min_count: int
    script_count_kind: CountKind
    milestones: tuple[MilestoneRule, ...]
    minutes: int | None = None
    slot: Slot | None = None
    change_notice: Offset | None = None

    def __post_init__(self) -> None:
        if not self.forms:
            raise InvalidInput("forms 为空，请至少写一种访谈形式")
        if not self.reviewers:
            raise InvalidInput("reviewers 为空，请写明审核单位：未经审核的内容不得发布")
        for role in self.reviewers:
            _check_role(self, role, "reviewers")
        for rule in self.milestones:
            _check_rule(self, rule)
        for form in self.forms:
            _check_order(self, form)

    def milestones_of(self, form: Form) -> tuple[MilestoneRule, ...]:
        """The milestones of one form in the order of the file. Raises InvalidInput for a form without rules."""
        if form not in self.forms:
            raise InvalidInput(f"规则「{self.title}」没有{form.chinese}的规定，请改用其他形式或补充规则")
        return tuple(rule for rule in self.milestones if not rule.forms or form in rule.forms)

    @property
    def channel_days(self) -> int | None:
        """Full days the question channel stays open; None where its end is not counted from its opening."""
        close = next(rule for rule in self.milestones if rule.id == "channel-close")
        counted = close.anchor == Anchor.OPENING and close.offset.unit is Unit.DAY
        return close.offset.count if counted else None

    @property
    def unanswered_workdays(self) -> int | None:
        """Working days for answering what the interview left open; None where no such rule is set."""
        rule = next((rule for rule in self.milestones if rule.id == "unanswered"), None)
        return rule.offset.count if rule is not None and rule.offset.unit is Unit.WORKING_DAY else None


def _check_role(rules: RuleSet, role: Role, where: str) -> None:
    if role not in rules.roles:
        raise InvalidInput(f"{where}：角色 {role} 未在 roles 中写明单位名称，请补充")


def _check_rule(rules: RuleSet, rule: MilestoneRule) -> None:
    where = f"milestones 的 {rule.id}"
    _check_role(rules, rule.owner, f"{where}.owner")
    if rule.id in (Anchor.PLAN, Anchor.OPENING):
        raise InvalidInput(f"{where}.id：{rule.id} 是保留名称，请改名")
    if rule.id == Anchor.INTERVIEW and (rule.anchor, rule.offset.count) != (Anchor.INTERVIEW, 0):
        raise InvalidInput(f'{where}：访谈当日须写 anchor = "interview"、offset = "same day"')
    if rule.roll is Roll.NEXT and not rule.offset.forward:
        raise InvalidInput(f"{where}.roll：向前倒推的期限不得顺延，请改为 propose 或 keep")
    if rule.start and rule.end and rule.end <= rule.start:
        raise InvalidInput(f"{where}.end：截止时间不晚于开始时间，请核对")
    if not set(rule.forms) <= set(rules.forms):
        raise InvalidInput(f"{where}.forms：含有本规则 forms 之外的形式，请核对")


def _check_order(rules: RuleSet, form: Form) -> None:
    """Each milestone once, counted from one above it: so no circle is possible."""
    anchors = {Anchor.INTERVIEW.value, Anchor.PLAN.value}
    seen: set[str] = set()
    for rule in rules.milestones_of(form):
        if rule.id in seen:
            raise InvalidInput(f"milestones 的 {rule.id}.id：{form.chinese}中重复出现，请删去一个")
        if rule.anchor not in anchors:
            raise InvalidInput(f"milestones 的 {rule.id}.anchor：「{rule.anchor}」须是写在它前面的里程碑")
        seen.add(rule.id)
        anchors |= {rule.id, Anchor.OPENING.value} if rule.id == "preview" else {rule.id}
    missing = [name for name in REQUIRED if name not in seen]
    if missing:
        raise InvalidInput(f"milestones：{form.chinese}缺少 {'、'.join(missing)}，请补充")
