"""Rule sets from `config/rules/*.toml`: read, checked field by field, refused with the file and field named."""

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Form
from microblog.domain.offset import Offset
from microblog.domain.rules import CountKind, MilestoneRule, Role, Roll, RuleSet, Slot

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

_WRONG = {
    "missing": "缺少此项",
    "extra_forbidden": "不认识的字段，请检查拼写",
    "string_type": "须是文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "只能用小写字母、数字和连字符",
    "int_type": "须是整数",
    "bool_type": "须是 true 或 false",
    "tuple_type": "须是列表",
    "dict_type": "须是表",
    "model_type": "须是表",
    "too_short": "不能为空",
}


def _offset(value: object) -> Offset:
    try:
        return Offset.parse(str(value))
    except InvalidInput as wrong:
        raise PydanticCustomError("offset", "{why}", {"why": str(wrong)}) from wrong


def _clock(value: object) -> time | None:
    """`HH:MM`; `24:00` is the end of the day and stands for None."""
    if value == "24:00":
        return None
    if isinstance(value, str) and _HOUR.fullmatch(value):
        return time.fromisoformat(value)
    raise PydanticCustomError("clock", "「{value}」不是时刻，请写成 09:00", {"value": str(value)})


_Words = Annotated[str, Field(min_length=1)]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
_Distance = Annotated[Offset, BeforeValidator(_offset)]
_Clock = Annotated[time | None, BeforeValidator(_clock)]
_Hour = Annotated[time, BeforeValidator(_clock)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class _MilestoneEntry(_Entry):
    id: _Name
    title: _Words
    owner: Role
    anchor: _Name
    offset: _Distance
    start: _Clock = None
    end: _Clock = None
    roll: Roll | None = None
    hard: Annotated[bool, Field(strict=True)]
    forms: tuple[Form, ...] = ()

    def rule(self) -> MilestoneRule:
        return MilestoneRule(**{name: getattr(self, name) for name in type(self).model_fields})


class _SlotEntry(_Entry):
    nth: Literal[1, 2, 3, 4]
    weekday: Literal[1, 2, 3, 4, 5, 6, 7]
    start: _Hour
    end: _Hour

    def slot(self) -> Slot:
        return Slot(self.nth, self.weekday, self.start, self.end)


class _RuleSetFile(_Entry):
    title: _Words
    source: _Words
    forms: tuple[Form, ...]
    roles: dict[Role, _Words]
    reviewers: tuple[Role, ...]
    script_min_count: Annotated[int, Field(ge=0, strict=True)]
    script_count_kind: CountKind = CountKind.WORD
    minutes: Annotated[int, Field(gt=0, strict=True)] | None = None
    slot: _SlotEntry | None = None
    change_notice: _Distance | None = None
    milestones: tuple[_MilestoneEntry, ...]

    def rule_set(self, name: str) -> RuleSet:
        return RuleSet(
            name=name,
            title=self.title,
            source=self.source,
            forms=self.forms,
            roles=self.roles,
            reviewers=self.reviewers,
            script_min_count=self.script_min_count,
            script_count_kind=self.script_count_kind,
            minutes=self.minutes,
            slot=self.slot.slot() if self.slot else None,
            change_notice=self.change_notice,
            milestones=tuple(entry.rule() for entry in self.milestones),
        )


def load_rule_sets(folder: Path) -> dict[str, RuleSet]:
    """Every rule set of a folder by name, in the order of the names. Raises InvalidInput, NotFound."""
    return {path.stem: load_rule_set(path) for path in sorted(folder.glob("*.toml"))}


def load_rule_set(path: Path) -> RuleSet:
    """The rule set of one TOML file, named for the file.

    Raises NotFound when there is no such file; InvalidInput naming file and field when its content is wrong.
    """
    try:
        return _RuleSetFile.model_validate(_tables(path)).rule_set(path.stem)
    except ValidationError as wrong:
        fields = "；".join(_line(error) for error in wrong.errors())
        raise InvalidInput(f"规则文件 {path}：{fields}") from wrong
    except InvalidInput as wrong:
        raise InvalidInput(f"规则文件 {path}：{wrong}") from wrong


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as wrong:
        raise NotFound(f"没有规则文件 {path}，请检查名称或运行 microblog init") from wrong
    except OSError as wrong:
        raise InvalidInput(f"无法读取（{wrong.strerror}），请检查权限") from wrong
    except UnicodeDecodeError as wrong:
        raise InvalidInput("不是 UTF-8 编码，请另存为 UTF-8") from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise InvalidInput(f"不是有效的 TOML（{wrong}），请改正该行") from wrong


def _line(error: ErrorDetails) -> str:
    """`milestones[2].offset：…`, counted from 1 as people count."""
    field = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return f"{field.lstrip('.')}：{_why(error)}"


def _why(error: ErrorDetails) -> str:
    kind, bounds = error["type"], error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f"「{error['input']}」不可用，只能是 {bounds['expected'].replace(' or ', '、').replace(', ', '、')}"
    if kind in ("greater_than_equal", "greater_than"):
        return f"「{error['input']}」太小"
    if kind in ("offset", "clock"):
        return error["msg"]
    return _WRONG.get(kind, f"「{error['input']}」不合要求")
