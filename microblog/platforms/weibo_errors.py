"""The table of Weibo's error codes, `config/weibo_errors.toml`, as data with its meaning checked."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from microblog.domain.errors import InvalidInput

PLATFORM_TIME = timezone(timedelta(hours=8))
"""The platform's day turns at midnight here."""

CLOCK_SLACK = timedelta(seconds=10)
"""Added to the turn of an hour or day, since the platform's clock is not ours."""

Wait = Annotated[int, Field(gt=0)] | Literal["hour", "day"]


class Reaction(StrEnum):
    """What to do about a code."""

    RETRY = "retry"
    WAIT = "wait"
    REAUTH = "reauth"
    FIX = "fix"
    LANDED = "landed"
    MAYBE = "maybe"
    GONE = "gone"
    STOP = "stop"


TIMED = frozenset({Reaction.RETRY, Reaction.WAIT, Reaction.LANDED, Reaction.MAYBE})


class Rule(BaseModel):
    """One entry of the table; the head of the file explains the fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    codes: tuple[int, ...] = Field(min_length=1)
    read: Reaction
    write: Reaction
    message: str = Field(min_length=4, pattern=r"^[^\r\n]+$")
    contains: str = ""
    after_unknown: Reaction | None = None
    then: Reaction | None = None
    scope: Literal["account", "endpoint", "ip"] = "endpoint"
    waits: tuple[Wait, ...] = ()
    source: str = ""

    @field_validator("codes", mode="before")
    @classmethod
    def _ranges(cls, given: object) -> tuple[int, ...]:
        if not isinstance(given, list):
            raise ValueError("应为错误码的列表")  # pydantic reports ValueError by field
        return tuple(code for entry in given for code in _expand(entry))

    @model_validator(mode="after")
    def _timed_reactions_name_their_times(self) -> Self:
        timed = TIMED & {self.read, self.write, self.after_unknown}
        if timed and not self.waits:
            raise ValueError(f"{min(timed)} 需要 waits")
        return self

    def wait(self, used: int, now: datetime) -> datetime:
        """When to act next, `used` waits having passed already."""
        wait = self.waits[min(used, len(self.waits) - 1)]
        if isinstance(wait, int):
            return now + timedelta(seconds=wait)
        local = now.astimezone(PLATFORM_TIME).replace(minute=0, second=0, microsecond=0)
        turn = local + timedelta(hours=1) if wait == "hour" else local.replace(hour=0) + timedelta(days=1)
        return turn.astimezone(now.tzinfo) + CLOCK_SLACK


class ErrorTable(BaseModel):
    """Every known code and what to do about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=1)
    recorded: date
    rule: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_rule_hides_another(self) -> Self:
        plain: set[int] = set()
        for rule in self.rule:
            if twice := plain & set(rule.codes):
                raise ValueError(f"错误码 {min(twice)} 写了两次（带 contains 的要放在前面）")
            if not rule.contains:
                plain |= set(rule.codes)
        return self

    @cached_property
    def _by_code(self) -> dict[int, tuple[Rule, ...]]:
        found: dict[int, tuple[Rule, ...]] = {}
        for rule in self.rule:
            for code in rule.codes:
                found[code] = (*found.get(code, ()), rule)
        return found

    def find(self, code: int, text: str) -> Rule | None:
        """The rule for a code and the text it came with; None where the code is not listed."""
        return next((rule for rule in self._by_code.get(code, ()) if rule.contains in text), None)


def load_table(path: Path) -> ErrorTable:
    """Read the table. Raises InvalidInput naming file, rule and field."""
    try:
        with path.open("rb") as file:
            return ErrorTable.model_validate(tomllib.load(file))
    except OSError as error:
        raise InvalidInput(f"{path}：读不到错误码表（{error.strerror}），请检查文件") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}：不是有效的 TOML（{error}），请改正") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise InvalidInput(
            f"{path}：{where or '整表'}：{first['msg'].removeprefix('Value error, ')}，请改正"
        ) from error


def _expand(entry: object) -> Iterator[int]:
    """A code, or `from-to` with both ends."""
    first, _, last = str(entry).partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise ValueError(f"{entry!r} 不是错误码，也不是“起-止”")
    yield from range(int(first), int(last or first) + 1)
