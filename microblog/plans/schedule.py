"""Plans as editable data: `schedules/*.yaml` in and out."""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Form
from microblog.domain.plan import Plan, PlanRow, Proposal, RuleValue
from microblog.plans.table import time_remarks, unit_remarks
from microblog.plans.when import parse_when
from microblog.plans.yaml_lines import YamlFile, dump_yaml, load_yaml

_UNREADABLE = "看不懂的时间“{when}”，请写成 4月、4月25日 15:00-17:00、第二季度 或 待定"
_Text = Annotated[str, Field(min_length=1, max_length=300)]


def _form(value: object) -> object:
    """Chinese names of forms are accepted beside the values."""
    return next((form for form in Form if form.chinese == value), value)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _Row(_Strict):
    no: int = Field(ge=1, le=999)
    when: _Text
    topic: str = Field(default="", max_length=300)
    units: tuple[_Text, ...] = Field(min_length=1, max_length=50)
    lead: _Text | tuple[_Text, ...] | None = None
    note: str = ""
    guest: str = ""

    @property
    def leads(self) -> tuple[str, ...]:
        return (self.lead,) if isinstance(self.lead, str) else self.lead or ()

    @field_validator("when")
    @classmethod
    def _is_a_time(cls, when: str) -> str:
        if not parse_when(when, 2000).understood:
            raise PydanticCustomError("when", _UNREADABLE, {"when": when})
        return when

    @field_validator("lead")
    @classmethod
    def _is_one_of_the_units(cls, lead: str | tuple[str, ...] | None, info: ValidationInfo) -> Any:
        named = (lead,) if isinstance(lead, str) else lead or ()
        for unit in named:
            if unit not in info.data.get("units", named):
                raise PydanticCustomError("lead", "“{unit}”不在本期 units 中", {"unit": unit})
        return lead


class _Proposed(_Strict):
    form: Annotated[Form | None, BeforeValidator(_form)] = None
    theme: str = ""
    units: tuple[_Text, ...] = Field(min_length=1)


class _Schedule(_Strict):
    title: str = ""
    year: int = Field(ge=2000, le=2100)
    issuer: str = ""
    issued: date | None = None
    rules: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9_-]{0,40}$")
    stated: dict[str, int | tuple[str, ...]] = Field(default_factory=dict)
    rows: tuple[_Row, ...] = ()
    proposed: tuple[_Proposed, ...] = ()

    @field_validator("rows")
    @classmethod
    def _numbers_differ(cls, rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
        numbers = [row.no for row in rows]
        for no in numbers:
            if numbers.count(no) > 1:
                raise PydanticCustomError("numbers", "期号 {no} 写了不止一次", {"no": no})
        return rows


def load_schedule(path: Path) -> Plan:
    """Read one schedule.

    Raises NotFound where the file is absent, InvalidInput naming file, line and field where it is wrong.
    """
    file, text = load_yaml(path)
    try:
        schedule = _Schedule.model_validate(file.data)
    except ValidationError as error:
        raise InvalidInput(_message(file, error)) from error
    rows = tuple(_row(row, schedule.year) for row in schedule.rows)
    return Plan(
        year=schedule.year,
        title=schedule.title,
        issuer=schedule.issuer,
        issued=schedule.issued,
        layout="schedule",
        rows=rows,
        proposed=tuple(Proposal(one.form, one.theme, unit) for one in schedule.proposed for unit in one.units),
        rules=dict(schedule.stated),
        rule_set=schedule.rules,
        warnings=tuple(
            f"第 {row.no} 期：{remark}"
            for row in rows
            for remark in (*unit_remarks(row), *time_remarks(row.time, schedule.year))
        ),
        original=text,
    )


def _row(row: _Row, year: int) -> PlanRow:
    return PlanRow(
        no=row.no,
        time=parse_when(row.when, year),
        topic=row.topic,
        units=row.units,
        leads_marked=row.leads,
        note=row.note,
        guest=row.guest,
        topic_as_printed=row.topic,
        units_as_printed="\n".join(f"{unit}★" if unit in row.leads else unit for unit in row.units),
    )


_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对拼写",
    "string_type": "应为文字，数字请加引号",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "too_short": "至少要有一项",
    "tuple_type": "应为列表，如 [甲局, 乙局]",
    "dict_type": "应为若干“名称: 值”",
    "model_type": "应为若干“名称: 值”",
    "date_from_datetime_parsing": "应为日期，如 2024-03-23",
    "date_parsing": "应为日期，如 2024-03-23",
    "date_type": "应为日期，如 2024-03-23",
    "enum": "应为 微博访谈、微视频访谈 或 视频访谈",
    "string_pattern_mismatch": "应为规则集的名称，如 pukou",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
}


def _message(file: YamlFile, error: ValidationError) -> str:
    details = error.errors()
    first = details[0]
    path = _field(file, first)
    line = file.line_of(path)
    more = f"（另有 {len(details) - 1} 处）" if len(details) > 1 else ""
    what = _MESSAGES.get(first["type"], first["msg"])
    return f"{file.name} 第 {line} 行 {_shown(path)}：{what}{more}"


def _field(file: YamlFile, detail: ErrorDetails) -> tuple[str | int, ...]:
    """The error's place without the tags pydantic adds for unions; a missing field keeps its name."""
    path = detail["loc"]
    if detail["type"] == "missing":
        return path
    while path and path not in file.lines:
        path = path[:-1]
    return path


def _shown(path: tuple[str | int, ...]) -> str:
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown.removeprefix(".") or "整个文件"


_HOW_TO_EDIT = """\
# A plan as data. Edit by hand; `microblog plan import` reads it like any other plan.
#   year    the plan's year; a time in `when` without a year belongs to it
#   rules   name of the rule set in config/rules that dates its milestones
#   when    as officials write it: 4月 · 4月25日 15:00-17:00 · 第二季度 · 7月至8月 · 待定 (a month stays a month)
#   units   in printed order; lead is one of them, and may be left out where there is only one
"""


def dump_schedule(plan: Plan, *, rules: str | None = None) -> str:
    """The plan as a schedule file. rules: the rule set to name, by default the plan's own.

    Raises InvalidInput where the plan has no year: a schedule cannot do without.
    """
    if plan.year is None:
        raise InvalidInput("计划没有年份，不能存为计划文件：请先补填年份")
    head: dict[str, Any] = {
        "title": plan.title,
        "year": plan.year,
        "issuer": plan.issuer,
        "issued": plan.issued.isoformat() if plan.issued else None,
        "rules": rules or plan.rule_set,
        "stated": {name: _plain(value) for name, value in plan.rules.items()},
        "rows": [_dumped(row) for row in plan.rows],
        "proposed": _grouped(plan.proposed),
    }
    kept = {name: value for name, value in head.items() if value not in (None, "", [], {})}
    return _HOW_TO_EDIT + "\n" + dump_yaml(kept)


def _plain(value: RuleValue) -> int | list[str]:
    return value if isinstance(value, int) else list(value)


def _dumped(row: PlanRow) -> dict[str, Any]:
    leads = list(row.leads_marked)
    fields: dict[str, Any] = {
        "no": row.no,
        "when": row.time.printed or "待定",
        "topic": row.topic,
        "units": list(row.units) or ["待定"],
        "lead": leads[0] if len(leads) == 1 else leads,
        "note": row.note,
        "guest": row.guest,
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _grouped(proposed: tuple[Proposal, ...]) -> list[dict[str, Any]]:
    """Neighbours of one form and theme share an entry, as they do in the prose."""
    groups = []
    for (form, theme), members in groupby(proposed, key=lambda one: (one.form, one.theme)):
        entry: dict[str, Any] = {"form": form.chinese if form else None, "theme": theme}
        groups.append({**{k: v for k, v in entry.items() if v}, "units": [one.unit for one in members]})
    return groups
