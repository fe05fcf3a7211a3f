"""The people of an office: who may do what, and when a name is locked out. `docs/roles.md` prints the table."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from microblog.domain.errors import InvalidInput


class Role(StrEnum):
    """What a person is in an interview. The reviewers' values are the bodies that seal."""

    ORGANISER = "organiser"
    DATA_CENTRE = "data-centre"
    MEDIA_CENTRE = "media-centre"
    LEAD_UNIT = "lead-unit"
    OPERATOR = "operator"
    ANALYST = "analyst"
    AUDITOR = "auditor"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return _TITLES[self.value]


_TITLES = {
    "organiser": "主办单位",
    "data-centre": "审核员（数据中心）",
    "media-centre": "审核员（融媒体中心）",
    "lead-unit": "第一责任单位",
    "operator": "值班员",
    "analyst": "分析员",
    "auditor": "审计员（只读）",
}

EVERYONE = frozenset(Role)
REVIEWING = frozenset({Role.DATA_CENTRE, Role.MEDIA_CENTRE})
"""Roles that do nothing but seal."""

SEALING = REVIEWING | {Role.ORGANISER, Role.OPERATOR}
"""Roles that a rule set may name as a reviewing body; a person seals only where theirs is named."""


class Act(StrEnum):
    """What can be done at the console."""

    LOOK = "look"
    ACCOUNT = "account"
    PLAN = "plan"
    PREPARE = "prepare"
    CLUSTER = "cluster"
    SELECT = "select"
    DRAFT = "draft"
    SEAL = "seal"
    SEND = "send"
    FILE = "file"
    PEOPLE = "people"
    AUDIT = "audit"

    @property
    def chinese(self) -> str:
        """What it covers, in Chinese."""
        return _ACTS[self.value]


_ACTS = {
    "look": "查看工作台",
    "account": "修改自己的密码和动态口令",
    "plan": "导入、报送、批准年度计划，确定日期，提出变更",
    "prepare": "提交简介、嘉宾、主持人，发起预告",
    "cluster": "合并、拆分、移动、改名、排除、固定问题组",
    "select": "选定代表性问题",
    "draft": "起草、修改、提交访谈稿",
    "seal": "盖章或退回（限规则指定的审核单位，不得审核本人撰写的文字）",
    "send": "演练、发送、暂缓、核实、改写、取消微博",
    "file": "填写汇总的政策文件、工作动态、媒体报道，生成备案材料",
    "people": "管理用户和单位",
    "audit": "查看操作记录",
}

MAY: Mapping[Act, frozenset[Role]] = {
    Act.LOOK: EVERYONE,
    Act.ACCOUNT: EVERYONE,
    Act.PLAN: frozenset({Role.ORGANISER}),
    Act.PREPARE: frozenset({Role.LEAD_UNIT, Role.OPERATOR, Role.ORGANISER}),
    Act.CLUSTER: frozenset({Role.ANALYST}),
    Act.SELECT: frozenset({Role.ANALYST}),
    Act.DRAFT: frozenset({Role.LEAD_UNIT, Role.ANALYST}),
    Act.SEAL: SEALING,
    Act.SEND: frozenset({Role.OPERATOR}),
    Act.FILE: frozenset({Role.OPERATOR, Role.ORGANISER}),
    Act.PEOPLE: frozenset({Role.ORGANISER}),
    Act.AUDIT: frozenset({Role.AUDITOR, Role.ORGANISER}),
}
"""Who may do what: the one table. Everything not named here is forbidden."""

SECOND_FACTOR = REVIEWING | {Role.ORGANISER}
"""Roles that need a one-time code to come in: those that only seal, and the one that can make a person a sealer.

Every seal needs a fresh code, whoever gives it.
"""

_SEVERAL = re.compile("[、，,；;/\n]")

FAILURES = 5
LOCK = timedelta(minutes=15)


def may(roles: Collection[Role], act: Act) -> bool:
    """Whether any of the roles is allowed the act."""
    return not MAY[act].isdisjoint(roles)


def check_roles(roles: Collection[Role]) -> None:
    """Raises InvalidInput when the roles may not be held by one person.

    Two seals must be two people's, and whoever audits must not have acted.
    """
    held = frozenset(roles)
    if not held:
        raise InvalidInput("请至少给一个角色")
    if held >= REVIEWING:
        raise InvalidInput("一个人不能同时代表两个审核单位，请分给两个人")
    if Role.AUDITOR in held and len(held) > 1:
        raise InvalidInput("审计员只读，不能兼任其他角色")


@dataclass(frozen=True, slots=True)
class User:
    """One person. name: how they sign in and how they are named in every record; unique.

    password: an Argon2 hash. totp: the encrypted secret of the code generator, empty before it is set up.
    totp_step: the last time step a code was accepted of, so that no code works twice.
    must_change: somebody else chose the password. failures: wrong tries since the last good one.
    """

    name: str
    roles: tuple[Role, ...]
    unit: str = ""
    password: str = ""
    totp: str = ""
    totp_step: int = 0
    must_change: bool = False
    active: bool = True
    failures: int = 0
    locked_until: datetime | None = None
    created_at: datetime | None = None
    revision: int = 0

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names

    def may(self, act: Act) -> bool:
        """Whether one of their roles allows the act."""
        return may(self.roles, act)

    @property
    def needs_code(self) -> bool:
        """Whether they sign in with a one-time code: their role asks for it, or they set one up."""
        return bool(self.totp) or not SECOND_FACTOR.isdisjoint(self.roles)

    def body_among(self, bodies: Iterable[str]) -> str | None:
        """The first of these reviewing bodies that one of their roles is, or None."""
        return next((body for body in bodies if body in self.roles), None)

    def locked(self, now: datetime) -> bool:
        """Whether signing in is refused for the time being."""
        return self.locked_until is not None and now < self.locked_until

    def failed(self, now: datetime) -> Self:
        """After one more wrong try; the fifth locks the name for a while."""
        failures = self.failures + 1
        if failures < FAILURES:
            return self.evolve(failures=failures)
        return self.evolve(failures=0, locked_until=now + LOCK)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. id: hash of the cookie's value. proven: the one-time code was given."""

    id: str
    user: str
    opened_at: datetime
    seen_at: datetime
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of government. leader: the one leader in charge; section: the one responsible section (P24)."""

    name: str
    aliases: tuple[str, ...] = ()
    leader: str = ""
    section: str = ""

    def missing(self) -> tuple[str, ...]:
        """What P24 asks for and is not there, as Chinese names: exactly one of each, so a list is none."""
        needed = (("1 名分管领导", self.leader), ("1 个责任科室", self.section))
        return tuple(title for title, value in needed if not value.strip() or _SEVERAL.search(value))


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the append-only record of writes: who did what to which subject, and what it was before and after.

    verb: English, as in the journal. outcome: empty when done, else why it was refused. address: the client's.
    """

    at: datetime
    who: str
    verb: str
    subject: str
    outcome: str = ""
    address: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
