"""`microblog web`: the console and the portal on one address."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.screen import say
from microblog.settings import load_settings

app = new_app("网站。")


@app.command("web", cls=Command)
def web(
    port: Annotated[
        int | None, typer.Option("--port", metavar="端口", min=0, max=65535, help="端口，0 为任选一个；默认见设置。")
    ] = None,
) -> None:
    """启动工作台和公众网页，按 Ctrl+C 停止；值守进程也可代为启动（设置 [web] enabled）。"""
    from microblog.bootstrap import open_office, open_web  # noqa: PLC0415  # a second of imports: only who works pays it

    settings = load_settings()
    office = open_office(settings)
    server = open_web(settings, office, port=port)
    address = f"http://{settings.web.host}:{server.port}{urlsplit(office.practice.portal).path}"
    say(f"公众网页：{address}/")
    say(f"工作台：{address}/console")
    if not office.store.people.users():
        say("还没有用户，请先运行：microblog user add 姓名 --role organiser")
    server.run()
