"""`microblog collect`: reading the comments under an interview's posts."""

from typing import Annotated, Any

import typer

from microblog.cli.command import Command, Group, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import Json, Number
from microblog.cli.screen import say, show_json, show_table
from microblog.service.collect import collect, ledger


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
