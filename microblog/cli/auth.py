"""`microblog auth …`: logging in on the platform, and how long the login holds."""

import webbrowser
from datetime import datetime
from typing import Annotated, Any

import typer

from microblog.cli.callback import Callback, is_loopback, query_of
from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import ByLogin, Json
from microblog.cli.screen import local, say, show_json
from microblog.domain.errors import MicroblogError, PlatformError
from microblog.service.logins import code_in, log_in, new_state, short_logins
from microblog.service.office import Office
from microblog.service.ports import Door, Token
from microblog.settings import Settings, load_settings

app = new_app("授权：登录微博账号，查看登录还有多久到期。")


@app.command("login", cls=Command)
def login(
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不自动打开浏览器，只显示地址。")] = False,
    paste: Annotated[bool, typer.Option("--paste", help="不等浏览器跳回，改为粘贴跳转后的地址。")] = False,
    switch: Annotated[bool, typer.Option("--switch", help="允许换成另一个账号。")] = False,
    seconds: Annotated[float, typer.Option("--timeout", metavar="秒", min=1, help="最多等多久。")] = 300,
    by: ByLogin,
) -> None:
    """在浏览器里登录微博并授权；令牌加密保存，值守进程立即继续，不用重启。"""
    from microblog.bootstrap import open_door, open_safe  # noqa: PLC0415  # a second of imports: only who works pays it

    settings, office = load_settings(), open_desk()
    door = open_door(settings, office.clock)
    code = _code(settings, door, paste=paste, browser=not no_browser, seconds=seconds)
    token = log_in(office, door, open_safe(settings), code, by=by, switch=switch)
    say(f"已登录账号 {token.user_id}，有效至 {_until(token.expires_at, office)}")
    if settings.weibo.access_token.get_secret_value():
        say("注意：环境变量 MICROBLOG_WEIBO__ACCESS_TOKEN 优先，删掉它这次登录才会用上")
    for short in _short(office):
        say(f"注意：{short}")


@app.command("status", cls=Command)
def status(as_json: Json = False) -> None:
    """显示登录的账号和到期时间；不能用时退出码为 1。"""
    from microblog.bootstrap import open_safe  # noqa: PLC0415  # a second of imports: only who works pays it

    settings, office = load_settings(), open_desk()
    given = bool(settings.weibo.access_token.get_secret_value())
    token = None if given else open_safe(settings).load()
    found = _status(office, token, source="environment" if given else "file" if token else "none")
    if as_json:
        show_json(found)
    else:
        for line in _told(found, office):
            say(line)
    if not found["valid"]:
        raise typer.Exit(1)


def _code(settings: Settings, door: Door, *, paste: bool, browser: bool, seconds: float) -> str:
    """What the platform gives after a person's yes: taken on the loopback address, or pasted."""
    state, redirect = new_state(), settings.weibo.redirect_uri
    address = door.address(state)
    if paste or not is_loopback(redirect):
        say(f"请在浏览器打开并授权：\n{address}")
        return code_in(query_of(typer.prompt("粘贴跳转后的地址")), state)
    with Callback(redirect, lambda answer: code_in(answer, state)) as callback:
        say(f"请在浏览器打开并授权：\n{address}")
        if browser:
            webbrowser.open(address)
        return callback.wait(seconds)


def _status(office: Office, token: Token | None, *, source: str) -> dict[str, Any]:
    """What is known of the login, the secret apart."""
    found: dict[str, Any] = {
        "source": source,
        "user_id": token.user_id if token else None,
        "obtained_at": token.obtained_at if token else None,
        "expires_at": token.expires_at if token else None,
        "valid": False,
        "why": "",
        "warnings": [],
    }
    try:
        seen = office.platform.login()
    except PlatformError as error:
        return found | {"why": str(error)}
    return found | {
        "user_id": seen.user_id,
        "expires_at": seen.expires_at,
        "valid": True,
        "warnings": _short(office),
    }


def _told(found: dict[str, Any], office: Office) -> list[str]:
    sources = {"environment": "环境变量", "file": "本机加密文件", "none": "没有"}
    lines = [f"令牌：{sources[found['source']]}；账号：{found['user_id'] or '未知'}"]
    if found["valid"]:
        lines.append(f"有效至 {_until(found['expires_at'], office)}")
    else:
        lines.append(f"不能用：{found['why']}")
    return lines + [f"注意：{short}" for short in found["warnings"]]


def _short(office: Office) -> list[str]:
    try:
        return short_logins(office)
    except MicroblogError:
        return []


def _until(ends: datetime | None, office: Office) -> str:
    if ends is None:
        return "未知（平台没有告知）"
    return f"{local(ends)}（还剩 {max(0, (ends - office.clock.now()).days)} 天）"
