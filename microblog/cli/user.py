"""`microblog user …`: who may sign in at the console; the first user is made here, with no default password."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.parameters import ByLogin, Json
from microblog.cli.screen import local, say, show_json, show_table
from microblog.domain.people import Role, User

if TYPE_CHECKING:
    from microblog.service.people import Gate

app = new_app("用户：谁可以登录工作台，各是什么角色。")

Name = Annotated[str, typer.Argument(metavar="姓名", help="用户名，一般用本人姓名。")]
Roles = Annotated[
    list[Role],
    typer.Option(
        "--role",
        metavar="角色",
        help="可多次：" + "、".join(f"{role.value}（{role.chinese}）" for role in Role),
    ),
]


@app.command("add", cls=Command)
def add(
    name: Name,
    roles: Roles,
    by: ByLogin,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="所在单位。")] = "",
) -> None:
    """添加一名用户；提示输入初始密码（或从标准输入读一行），本人首次登录时修改。"""
    from microblog.service.people import add_user  # noqa: PLC0415  # imported only by who works

    gate = _gate()
    user = add_user(gate, name, _password(), roles=roles, unit=unit, by=by)
    say(f"已添加用户“{user.name}”：{_roles(user)}")
    if user.needs_code:
        say("该角色登录后须先设置动态口令")


@app.command("passwd", cls=Command)
def passwd(name: Name, by: ByLogin) -> None:
    """重设密码并解除锁定；本人下次登录时修改，已登录的浏览器全部退出。"""
    from microblog.service.people import set_password, user_of  # noqa: PLC0415  # imported only by who works

    gate = _gate()
    user_of(gate.office, name)
    set_password(gate, name, _password(), by=by)
    say(f"已重设“{name}”的密码")


@app.command("role", cls=Command)
def role(name: Name, roles: Roles, by: ByLogin) -> None:
    """改成这些角色；两个审核单位的角色不能由一人兼任，审计员不能兼任其他角色。"""
    from microblog.service.people import set_roles  # noqa: PLC0415  # imported only by who works

    user = set_roles(_gate().office, name, roles, by=by)
    say(f"“{user.name}”现在是：{_roles(user)}")


@app.command("code", cls=Command)
def code(name: Name, by: ByLogin) -> None:
    """手机丢失时清除动态口令，本人下次登录时重新设置。"""
    from microblog.service.people import reset_code  # noqa: PLC0415  # imported only by who works

    reset_code(_gate().office, name, by=by)
    say(f"已清除“{name}”的动态口令")


@app.command("list", cls=Command)
def list_users(as_json: Json = False) -> None:
    """列出用户，不含任何密码。"""
    from microblog.service.people import facts_of  # noqa: PLC0415  # imported only by who works

    office = _gate().office
    users = office.store.people.users()
    if as_json:
        show_json([{"name": user.name} | (facts_of(user) or {}) for user in users])
        return
    rows = [
        (
            user.name,
            _roles(user),
            user.unit,
            "正常" if user.active else "停用",
            "已设置" if user.totp else "—",
            local(user.locked_until if user.locked(office.clock.now()) else None),
        )
        for user in users
    ]
    columns = ("用户名", "角色", "单位", "状态", "动态口令", "锁定至")
    show_table(columns, rows, empty="还没有用户，请运行 microblog user add 姓名 --role organiser")


def _gate() -> "Gate":
    from microblog.bootstrap import open_gate, open_office  # noqa: PLC0415  # a second of imports: only who works pays
    from microblog.settings import load_settings  # noqa: PLC0415  # likewise

    settings = load_settings()
    return open_gate(settings, open_office(settings))


def _roles(user: User) -> str:
    return "、".join(role.chinese for role in user.roles)


def _password() -> str:
    """Typed twice without being shown; one line of standard input where nobody is at the keyboard."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first: str = typer.prompt("密码（至少 12 个字符，不显示）", hide_input=True)
    again: str = typer.prompt("再输入一次", hide_input=True)
    if first != again:
        raise typer.BadParameter("两次输入的密码不同，请重新运行")
    return first
