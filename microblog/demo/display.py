"""How the demo looks while it runs and when it is over."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from microblog.domain.period import SHANGHAI

FIRST, LAST = datetime(2024, 3, 23, tzinfo=SHANGHAI), datetime(2024, 4, 29, 9, tzinfo=SHANGHAI)
LINES = 14
COUNTERS = {
    "comments": "已收评论",
    "on_platform": "平台计数",
    "questions": "代表性问题",
    "answers": "已发答复",
    "posts": "已发微博与评论",
}


class Display:
    """The date, what happens, and counters; on a terminal it redraws, elsewhere it prints a line an event."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._recent: deque[Text] = deque(maxlen=LINES)
        self._counts: dict[str, int] = {}
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=40), TextColumn("{task.percentage:3.0f}%")
        )
        self._task = self._bar.add_task("2024-03-23", total=(LAST - FIRST).total_seconds())

    @contextmanager
    def running(self) -> Iterator[None]:
        """Redraw while inside."""
        if not self._console.is_terminal:
            yield
            return
        with Live(self._drawn(), console=self._console, refresh_per_second=8) as self._live:
            yield

    def event(self, line: str) -> None:
        """Show one line of JSON from the demo's worker."""
        data: dict[str, Any] = json.loads(line)
        at = datetime.fromisoformat(data["at"]).astimezone(SHANGHAI)
        self._counts = data["counts"] or self._counts
        self._bar.update(self._task, description=f"{at:%Y-%m-%d %H:%M}", completed=(at - FIRST).total_seconds())
        if data["what"]:
            self.say(f"{at:%m-%d %H:%M}  {data['who']}：{data['what']}")
        elif self._live:
            self._live.update(self._drawn())

    def say(self, line: str) -> None:
        """Show a line of the demo's own."""
        self._recent.append(Text(line, overflow="ellipsis", no_wrap=True))
        if self._live:
            self._live.update(self._drawn())
        else:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _drawn(self) -> Group:
        counters = Table.grid(padding=(0, 3))
        counters.add_row(*(f"{title} [bold]{self._counts.get(name, 0)}[/]" for name, title in COUNTERS.items()))
        return Group(self._bar, counters, *self._recent)


def summary_table(summary: dict[str, Any]) -> Table:
    """The outcome, for people."""
    table = Table(title="演示结果", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, title in SUMMARY_ROWS.items():
        value = summary[name]
        table.add_row(title, f"{value:.0%}" if isinstance(value, float) else str(value))
    for name, path in summary["files"].items():
        table.add_row(FILE_TITLES[name], str(path))
    return table


SUMMARY_ROWS = {
    "plan": "计划",
    "interview": "访谈",
    "preview_post": "预告微博编号",
    "comments_on_platform": "平台评论数",
    "questions_stored": "入库评论数",
    "topics": "话题数",
    "representatives": "代表性问题",
    "coverage": "代表的提问网友",
    "script_chars": "访谈稿字数",
    "seals": "盖章单位",
    "answer_parts_posted": "已发答复条数",
    "duplicates": "重复发布",
    "lost": "遗漏",
    "restarts": "值守进程被中断后恢复",
}
FILE_TITLES = {
    "transcript": "访谈实录",
    "transcript_text": "访谈实录（文本）",
    "script": "访谈稿",
    "clusters": "问题归类",
    "posts": "发布文字",
    "roundup": "访谈汇总",
    "evidence": "备案数据",
    "summary": "本次结果",
}
