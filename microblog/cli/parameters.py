"""Arguments and options that several commands share, and how their values are written."""

import getpass
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated

import typer

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Guest

_EXPERT = "专家"


def login_name() -> str:
    """Who is at the keyboard, as the machine knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def parse_day(typed: str) -> date:
    """`2024-04-25`."""
    try:
        return date.fromisoformat(typed)
    except ValueError as wrong:
        raise typer.BadParameter(f"“{typed}”不是日期，请写成 2024-04-25") from wrong


def parse_hour(typed: str) -> time:
    """`15:00`."""
    try:
        hour = time.fromisoformat(typed)
    except ValueError as wrong:
        raise typer.BadParameter(f"“{typed}”不是时刻，请写成 15:00") from wrong
    if hour.tzinfo is not None:
        raise typer.BadParameter(f"“{typed}”不要带时区，一律按北京时间")
    return hour


def parse_guest(typed: str) -> Guest:
    """`单位|职务|姓名`, an invited expert with `|专家` at the end."""
    match [part.strip() for part in typed.replace("｜", "|").split("|")]:
        case [unit, post, name] if unit and post and name:
            return Guest(name, post, unit)
        case [unit, post, name, last] if unit and post and name and last == _EXPERT:
            return Guest(name, post, unit, expert=True)
    raise typer.BadParameter(f"“{typed}”应写成 单位|职务|姓名，特邀专家再加 |专家")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A question group not to be taken, and why."""

    question: str
    reason: str


def parse_dropped(typed: str) -> Dropped:
    """`问题组=原因`."""
    question, sign, reason = (part.strip() for part in typed.partition("="))
    if not (question and sign and reason):
        raise typer.BadParameter(f"“{typed}”应写成 问题组=原因")
    return Dropped(question, reason)


def words_of(typed: str) -> str:
    """The words themselves, or those of the UTF-8 file named as `@FILE`. Raises InvalidInput."""
    if not typed.startswith("@"):
        return typed
    path = Path(typed[1:])
    try:
        return path.read_text("utf-8-sig").strip()
    except OSError as wrong:
        raise InvalidInput(f"读不了文件 {path}，请检查路径和权限") from wrong
    except UnicodeDecodeError as wrong:
        raise InvalidInput(f"文件 {path} 不是 UTF-8 编码，请另存为 UTF-8") from wrong


Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取。")]
Number = Annotated[int, typer.Argument(metavar="编号", help="访谈编号，见 microblog interview list。")]
PlanNumber = Annotated[int, typer.Argument(metavar="编号", help="计划编号，见 microblog plan list。")]
Key = Annotated[str, typer.Argument(metavar="发布编号", help="如“interview 3 · preview”，可简写为 3/preview。")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="由谁决定，写入工作日志。")]
ByLogin = Annotated[
    str,
    typer.Option(
        "--by", metavar="姓名", default_factory=login_name, show_default=False, help="由谁操作，默认为本机登录名。"
    ),
]
