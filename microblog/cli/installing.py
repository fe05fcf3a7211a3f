"""Commands that need no office: laying one out, and the version."""

import shutil
from importlib.metadata import version as installed
from pathlib import Path
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.screen import say
from microblog.domain.errors import NotAllowed
from microblog.settings import carried

app = new_app("安装。")

FOLDERS = ("config", "schedules")


@app.command("init", cls=Command)
def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="办公文件夹，以后的数据也放在这里。")],
) -> None:
    """把自带的配置和任务表复制到一个文件夹；改过的文件不会被覆盖。"""
    source = carried()
    files = [file.relative_to(source) for name in FOLDERS for file in sorted((source / name).rglob("*"))]
    files = [file for file in files if (source / file).is_file()]
    present = [file for file in files if (folder / file).exists()]
    changed = [file for file in present if not _same(source / file, folder / file)]
    if changed:
        raise NotAllowed(f"{folder} 中已有改过的文件：{_named(changed)}；没有写入任何文件，请换一个文件夹")
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        if file not in present:
            shutil.copyfile(source / file, folder / file)
    say(f"{folder}：写入 {len(files) - len(present)} 个文件，原有相同的 {len(present)} 个未动")
    say(f"下一步：export MICROBLOG_HOME={folder.resolve()}，再修改 config/settings.toml")


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _named(files: list[Path]) -> str:
    more = f" 等 {len(files)} 个" if len(files) > 3 else ""
    return "、".join(str(file) for file in files[:3]) + more


@app.command("version", cls=Command)
def version() -> None:
    """显示版本号。"""
    say(f"microblog {installed('microblog')}")
