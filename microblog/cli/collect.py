"""`microblog collect`: reading the comments under an interview's posts."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from microblog.cli.command import Command, Group, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import ByLogin, Json, Number
from microblog.cli.rows import contents
from microblog.cli.screen import local, one_line, say, show_json, show_table
from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.papers.sheet import read_rows
from microblog.service.collect import collect, ledger
from microblog.service.importing import KNOWN_HEADERS, TITLES, Reading, guess, source_of, take_in, understand


class NumberFirst(Group):
    """`microblog collect 3` is `microblog collect run 3`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` before anything that is neither a command nor a request for help."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = new_app("征集：读取一期访谈的网友评论；microblog collect 3 就是 microblog collect run 3。", cls=NumberFirst)


@app.command("run", cls=Command)
def run(
    number: Number,
    full: Annotated[bool, typer.Option("--full", help="从头到尾读一遍，才能找到迟批和已删的评论。")] = False,
    as_json: Json = False,
) -> None:
    """读取网友评论，并如实报告还有多少看不到。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    sweeps = collect(office, interview, full=full)
    kept = ledger(office, interview)
    if as_json:
        show_json({"sweeps": sweeps, "ledger": kept})
        return
    rows = [(one.under, str(one.calls), str(one.served), str(one.new), str(one.total)) for one in sweeps]
    columns = ("微博", "请求", "读到", "新增", "平台计数")
    show_table(columns, rows, empty=f"第 {number} 号访谈还没有发出可供提问的微博")
    say(
        f"平台计数 {kept.total}，已存 {kept.stored}（现存 {kept.alive}、已删 {kept.deleted}、迟到 {kept.late}），"
        f"看不到 {kept.unseen}"
    )


@app.command("import", cls=Command)
def take(
    file: Annotated[Path, typer.Argument(metavar="文件", help="账号后台导出的评论：xlsx、csv 或 jsonl。")],
    interview: Annotated[int, typer.Option("--interview", metavar="编号", help="属于哪一期访谈。")],
    *,
    columns: Annotated[str, typer.Option("--columns", metavar="列", help="猜错的列，如 text=内容,user=昵称。")] = "",
    name: Annotated[str, typer.Option("--name", metavar="名称", help="来源名称，默认为文件名。")] = "",
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="不是微博后台的（热线、信箱等），另计。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接存入。")] = False,
    as_json: Json = False,
    by: ByLogin,
) -> None:
    """导入账号后台导出的评论：先显示猜的列和五行样例，核对后存入。"""
    office = open_desk()
    chosen = office.store.interviews.get(interview)
    rows = read_rows(contents(file), file.name, KNOWN_HEADERS)
    if not rows:
        raise InvalidInput(f"{file.name}：没有一行数据，请重新导出")
    source = source_of(name or file.name.split(".")[0], elsewhere=elsewhere)
    reading = understand(office, chosen, rows, guess(rows, _given(columns)), source)
    if not as_json:
        _show_guess(reading)
    if not yes and not (sys.stdin.isatty() and typer.confirm("这样存入吗？")):
        raise NotAllowed("还没有存入，核对上面的列和样例后加 --yes 再运行")
    done = take_in(office, chosen, reading, by=by)
    kept = ledger(office, chosen)
    if as_json:
        show_json({"columns": reading.columns.named(), "warnings": reading.warnings, "import": done, "ledger": kept})
        return
    counts = f"{done.rows} 行，新增 {done.new}，已有 {done.known}，空行 {done.skipped}"
    say(f"{done.source}：{counts}；平台计数里看不到的还有 {kept.unseen}")


def _given(typed: str) -> dict[str, str]:
    """`text=内容,user=昵称`."""
    pairs = [part.partition("=") for part in typed.replace("，", ",").split(",") if part.strip()]
    if not all(name.strip() and header.strip() for name, _, header in pairs):
        raise typer.BadParameter(f"“{typed}”应写成 text=内容,user=昵称,time=时间", param_hint="--columns")
    return {name.strip(): header.strip() for name, _, header in pairs}


def _show_guess(reading: Reading) -> None:
    named = reading.columns.named()
    show_table(("用作", "列名"), [(title, named.get(name, "—")) for name, title in TITLES.items()])
    rows = [
        (one.platform_id, one.user_name, local(one.created_at), one_line(one.text, 60), str(one.likes))
        for one in reading.sample
    ]
    show_table(("编号", "昵称", "时间", "文字", "点赞"), rows, title=f"样例（共 {len(reading.comments)} 行）")
    for warning in reading.warnings:
        say(f"注意：{warning}")
