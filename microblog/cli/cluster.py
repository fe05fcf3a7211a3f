"""`microblog cluster`: groups the remarks of a file, without a database."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from microblog.cli.cluster_file import cluster_file
from microblog.cli.command import Command, new_app
from microblog.cli.desk import lexicon_folder
from microblog.cli.screen import say

app = new_app("归类文件。")

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())


@app.command("cluster", cls=Command)
def cluster(
    source: Annotated[Path, typer.Argument(metavar="文件", help="csv、jsonl 或 xlsx（可加 .gz），须有文字列。")],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="要写的 jsonl，每行对应输入的一行。")],
    topic_cut: Annotated[float | None, typer.Option("--topic-cut", help="话题的相似度下限，越大分得越细。")] = None,
    question_cut: Annotated[
        float | None, typer.Option("--question-cut", help="同一问题的相似度下限，越大分得越细。")
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="文件", help="另写一份说明。")] = None,
) -> None:
    """给一份留言归类：话题、问题、代表性问题和理由；与行的次序无关。"""
    console = Console(file=sys.stderr)
    with Progress(*_COLUMNS, console=console, refresh_per_second=4, disable=not console.is_terminal) as shown:
        task = shown.add_task("读取", total=1.0)
        done = cluster_file(
            source,
            out,
            lexicon=lexicon_folder(),
            topic_cut=topic_cut,
            question_cut=question_cut,
            report=report,
            progress=lambda stage, share: shown.update(task, description=stage, completed=share),
        )
    say(f"{done.rows} 条留言（{done.empty} 条清理后无内容）归为 {done.topics} 个话题、{done.questions} 组问题")
    say(done.coverage_line)
    say(f"已写到 {out}")
