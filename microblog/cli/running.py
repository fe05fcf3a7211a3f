"""Commands that run something, or look whether it runs."""

import socket
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from microblog import worker as workplace
from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import Json
from microblog.cli.screen import say, show_json, show_table
from microblog.demo.run import run_demo
from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.sandbox.server import serve
from microblog.service.doctor import examine

app = new_app("运行。")


@app.command("doctor", cls=Command)
def doctor(as_json: Json = False) -> None:
    """检查数据库、时钟、值守进程、授权和每条微博；有问题时退出码为 1。"""
    findings = examine(open_desk())
    if as_json:
        show_json(findings)
    else:
        marks = {True: Text("正常", style="green"), False: Text("要处理", style="bold red")}
        rows = [(one.check, marks[one.ok], one.what, one.next_step) for one in findings]
        show_table(("项目", "情况", "说明", "下一步"), rows)
    if not all(one.ok for one in findings):
        raise typer.Exit(1)


@app.command("demo", cls=Command)
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="结果写到哪里。")] = Path("demo-out"),
    live: Annotated[bool, typer.Option("--live", help="按 --speed 的速度实时演示，并打开浏览器。")] = False,
    speed: Annotated[float, typer.Option("--speed", min=1, help="实时演示时一秒相当于多少秒。")] = 3600.0,
    seed: Annotated[int, typer.Option("--seed", help="随机种子；相同种子结果相同。")] = 1,
    kills: Annotated[int, typer.Option("--kills", min=0, max=19, help="途中强制结束值守进程几次。")] = 0,
) -> None:
    """在本机模拟的微博上走完一期访谈；没有重复和丢失时退出码为 0。"""
    raise typer.Exit(run_demo(out, seed=seed, live=live, speed=speed, kills=kills))


@app.command("sandbox", cls=Command)
def sandbox(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口；0 为任选。")] = 8090,
    faults: Annotated[Path | None, typer.Option("--faults", metavar="文件", help="故障场景（toml）。")] = None,
) -> None:
    """在本机启动模拟微博，按 Ctrl+C 结束；只对本机开放。"""
    if port and _taken(port):
        raise NotAllowed(f"端口 {port} 已被占用，请用 --port 换一个端口")
    try:
        server = serve(port, faults)
    except ValueError as wrong:
        raise InvalidInput(f"故障场景 {faults} 有误（{wrong}），请改正后重试") from wrong
    except OSError as wrong:
        raise InvalidInput(f"模拟微博启动不了（{wrong.strerror}），请换一个端口或检查场景文件") from wrong
    say(f"模拟微博：{server.base_url}/")
    say(f"export MICROBLOG_WEIBO__API_BASE={server.base_url} MICROBLOG_WEIBO__ACCESS_TOKEN={server.token}")
    try:
        server.wait()
    finally:
        server.stop()


def _taken(port: int) -> bool:
    """Whether something listens there: the web server would report it in English and end the process itself."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@app.command("worker", cls=Command)
def worker() -> None:
    """启动值守进程，按 schedules/jobs.toml 按时做事；收到停止信号后做完手头的再退出。"""
    raise typer.Exit(workplace.main())
