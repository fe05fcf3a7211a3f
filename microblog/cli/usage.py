"""What is wrong with a command line, in one line of Chinese; Typer says it in English."""

import re
from collections.abc import Callable

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DECORATION = re.compile(r"^(?:Value error, |Invalid value: )+")

_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"Missing command\.", lambda _: "缺少子命令"),
    (r"No such command '(.+?)'\.? Did you mean (.+)\?", lambda m: f"没有命令“{m[1]}”，是不是 {_listed(m[2])}"),
    (r"No such command '(.+?)'\.", lambda m: f"没有命令“{m[1]}”"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", lambda m: f"多余的参数：{m[1]}"),
    (r"Option '(.+)' requires .+", lambda m: f"选项 {m[1]} 后面缺少值"),
    (r"Option '(.+)' does not take a value\.", lambda m: f"选项 {m[1]} 后面不带值"),
    (r".*valid integer.*", lambda _: "应为整数"),
    (r".*valid (?:number|float).*", lambda _: "应为数字"),
    (r".*valid boolean.*", lambda _: "应为 true 或 false"),
    (r"'(.*)' is not one of (.+)\.", lambda m: f"“{m[1]}”不可用，只能是 {_listed(m[2])}"),
    (r".*'(.+)' does not exist\.", lambda m: f"找不到“{m[1]}”"),
    (r".*'(.+)' is a directory\.", lambda m: f"“{m[1]}”是文件夹，应为文件"),
    (r".*'(.+)' is a file\.", lambda m: f"“{m[1]}”是文件，应为文件夹"),
    (r".*'(.+)' is not readable\.", lambda m: f"“{m[1]}”没有读取权限"),
    (r".*greater than or equal to (\S+).*", lambda m: f"不能小于 {m[1]}"),
    (r".*less than or equal to (\S+).*", lambda m: f"不能大于 {m[1]}"),
)


def explained(error: Exception) -> str | None:
    """One line of Chinese for an error in the command line; None where `error` is of another kind.

    Typer's classes for these are not public, so they are known by what they promise: `exit_code` 2 and a message.
    """
    if getattr(error, "exit_code", None) != 2 or not hasattr(error, "format_message"):
        return None
    path = getattr(getattr(error, "ctx", None), "command_path", None) or "microblog"
    return f"用法有误：{_what(error)}；用法见 {path} --help"


def _what(error: Exception) -> str:
    message = getattr(error, "message", "") or ""
    option, param = getattr(error, "option_name", None), getattr(error, "param", None)
    if type(error).__name__ == "NoSuchOption":
        return f"没有选项 {option}{_offered(getattr(error, 'possibilities', None) or ())}"
    if type(error).__name__ == "MissingParameter":
        return f"缺少{_name(param).rstrip()}"
    said = _translated(message)
    return f"{_name(param)}{said}" if param is not None else said


def _name(param: object) -> str:
    """`选项 --by ` or `参数 编号 `, as the help names it."""
    if getattr(param, "param_type_name", "") == "option":
        return f"选项 {'/'.join(getattr(param, 'opts', ()))} "
    return f"参数 {getattr(param, 'metavar', None) or getattr(param, 'name', '')} "


def _offered(possibilities: tuple[str, ...]) -> str:
    return f"，是不是 {'、'.join(sorted(possibilities))}" if possibilities else ""


def _translated(message: str) -> str:
    message = _DECORATION.sub("", message)
    if _CHINESE.search(message):
        return message
    for pattern, chinese in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return chinese(found)
    return "写法有误"


def _listed(english: str) -> str:
    return english.replace("'", "").replace(" or ", "、").replace(", ", "、")
