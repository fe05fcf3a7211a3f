"""The command `microblog`: finds the command asked for, and says what went wrong in one line of Chinese.

A command's module is imported only when it is called, so `microblog --help` does not wait for what it never uses.
"""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer

from microblog.cli.command import Command, Group
from microblog.cli.screen import warn
from microblog.cli.usage import explained
from microblog.domain.errors import MicroblogError

ABOUT = "政府网站在线访谈与微博访谈：从年度计划到预告、征集、归类、撰稿、审核、答复、实录、备案。"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives. module: its app holds a command of the same name, or is the group of that name."""

    module: str
    panel: str
    about: str


_PLANNING, _ASKING, _WRITING, _SENDING, _RUNNING = (
    "计划与日期",
    "征集与选题",
    "撰稿与审核",
    "发布与备案",
    "安装与运行",
)

ENTRIES = {
    "plan": Entry("plan", _PLANNING, "年度计划：导入、查看、报送、批准、公布。"),
    "interview": Entry("interview", _PLANNING, "访谈：查看、定日期、备材料、发预告。"),
    "timeline": Entry("timeline", _PLANNING, "时间表：每期访谈各项工作的期限，可导出日历。"),
    "collect": Entry("collect", _ASKING, "征集：读取一期访谈的网友评论。"),
    "group": Entry("questions", _ASKING, "归类：把一期访谈的提问重新归类。"),
    "topics": Entry("questions", _ASKING, "话题：查看归类结果。"),
    "shortlist": Entry("questions", _ASKING, "推荐：查看推荐的代表性问题。"),
    "select": Entry("questions", _ASKING, "选题：选定代表性问题。"),
    "export": Entry("questions", _ASKING, "导出：归类结果存为 Excel。"),
    "cluster": Entry("cluster", _ASKING, "归类文件：给一份 csv、jsonl 或 xlsx 归类，不用数据库。"),
    "script": Entry("script", _WRITING, "访谈稿：起草、填写、核对、导入导出、送审。"),
    "review": Entry("review", _WRITING, "审核：查看待审文字，盖章或退回。"),
    "outbox": Entry("outbox", _SENDING, "发布：查看每条微博，处理要人决定的。"),
    "rehearse": Entry("rehearse", _SENDING, "预演：开播前算清要发多少、够不够次数、排不排得进。"),
    "report": Entry("report", _SENDING, "备案：生成备案材料。"),
    "auth": Entry("auth", _SENDING, "授权：登录微博账号，查看登录还有多久到期。"),
    "doctor": Entry("running", _SENDING, "体检：哪里有问题，下一步做什么。"),
    "demo": Entry("running", _RUNNING, "演示：在本机模拟的微博上走完一期访谈。"),
    "sandbox": Entry("running", _RUNNING, "模拟微博：在本机启动，供演练。"),
    "worker": Entry("running", _RUNNING, "值守：启动按时做事的进程，与 python worker.py 相同。"),
    "web": Entry("web", _RUNNING, "网站：启动工作台和公众网页。"),
    "user": Entry("user", _RUNNING, "用户：谁可以登录工作台，各是什么角色。"),
    "init": Entry("installing", _RUNNING, "安装：把配置和任务表复制到一个文件夹。"),
    "version": Entry("installing", _RUNNING, "版本：显示版本号。"),
}


class Root(Group):
    """The top of the tree: knows every command by a line of help, imports the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named by the first word, imported now."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, load(str(name)), rest


def load(name: str) -> Any:
    """The command, or the group of commands, called `name`."""
    app = import_module(f"microblog.cli.{ENTRIES[name].module}").app
    group = typer.main.get_command(app)
    return getattr(group, "commands", {}).get(name, group)


def root() -> Root:
    """The whole tree, its branches not yet imported."""
    commands = [Command(name, help=entry.about, rich_help_panel=entry.panel) for name, entry in ENTRIES.items()]
    return Root(
        name="microblog", help=ABOUT, commands=commands, options_metavar="[选项]", subcommand_metavar="命令 …"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: it failed or something is wrong; 2: the command line is wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return int(root().main(args=given or ["--help"], prog_name="microblog", standalone_mode=False) or 0)
    except Exception as error:
        usage = explained(error)
        warn(usage or _failure(error))
        return 2 if usage else 1


def _failure(error: Exception) -> str:
    """What went wrong while a command ran."""
    if isinstance(error, MicroblogError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"文件“{error.filename}”读写失败（{error.strerror}），请检查路径和权限"
    return f"程序出错（{error!r}），详情已存到 {_kept(error)}，请连同所用命令发给维护人员"


def _kept(error: Exception) -> str:
    """The name of a file, readable by its owner alone, that holds where an unforeseen error came from."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="microblog-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as file:
        file.writelines(traceback.format_exception(error))
    return file.name


if __name__ == "__main__":
    sys.exit(main())
