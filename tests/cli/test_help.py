"""The help of every command, its page in the documents, and what asking for it costs."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from microblog.cli.main import ENTRIES, load, main, root

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
HEAVY: tuple[str, ...] = (
    "sqlalchemy",
    "alembic",
    "jieba",
    "rjieba",
    "numba",
    "numpy",
    "scipy",
    "docx",
    "openpyxl",
    "opencc",
    "pydantic",
)
HEAVY += ("requests", "jinja2", "apscheduler", "bs4", "werkzeug", "icalendar", "chinese_calendar", "yaml")


def tree() -> Iterator[tuple[str, Any]]:
    """Every command and group with the words that call it."""
    for name in ENTRIES:
        yield from branches(name, load(name))


def branches(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from branches(f"{path} {name}", child)


TREE = dict(tree())
LEAVES = [path for path, command in TREE.items() if not hasattr(command, "commands")]


@pytest.mark.parametrize("path", TREE)
def test_every_command_has_chinese_help(path: str) -> None:
    assert CHINESE.search(TREE[path].help or ""), f"microblog {path} has no help in Chinese"


@pytest.mark.parametrize("path", TREE)
def test_every_argument_and_option_is_explained_in_chinese(path: str) -> None:
    silent = [param.name for param in TREE[path].params if not CHINESE.search(getattr(param, "help", None) or "")]
    assert silent == []


@pytest.mark.parametrize("path", TREE)
def test_help_reads_chinese_throughout_and_succeeds(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"用法：microblog {path}" in shown
    assert "显示这份说明" in shown
    assert not re.search(r"Usage|Options|Arguments|Commands|Show this|required|default|dynamic", shown)


def test_the_list_of_commands_says_what_the_commands_themselves_say() -> None:
    listed = {name: str(command.help) for name, command in root().commands.items()}
    assert set(listed) == set(ENTRIES)
    for name, command in TREE.items():
        if " " not in name and hasattr(command, "commands"):
            assert command.help.startswith(listed[name].rstrip("。")), name


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_is_documented_with_all_its_options(path: str) -> None:
    sections = re.split(r"^### ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    section = next((text for text in sections if re.match(rf"`microblog {path}[ `]", text)), None)
    assert section, f"docs/commands.md has no section for microblog {path}"
    options = [option for param in TREE[path].params for option in param.opts if option.startswith("--")]
    assert [option for option in options if option not in section] == []


def test_the_document_names_no_command_that_is_not_there() -> None:
    heading = re.compile(r"^### `microblog ([a-z ]+?)(?: [^a-z`][^`]*)?`", re.MULTILINE)
    documented = heading.findall(DOCUMENT.read_text("utf-8"))
    assert documented
    assert set(documented) == set(LEAVES)


def test_listings_offer_json() -> None:
    listings = (
        "list",
        "show",
        "topics",
        "shortlist",
        "timeline",
        "check",
        "review",
        "doctor",
        "collect run",
        "import",
    )
    wanted = [path for path in LEAVES if path.endswith(listings) and path != "script import"]
    assert len(wanted) >= 15
    assert [path for path in wanted if not any("--json" in param.opts for param in TREE[path].params)] == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom microblog.cli.main import main\nmain(['--help'])\n"
        f"print('loaded', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  # our own
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_help_costs_less_than_four_tenths_of_a_second() -> None:
    """In processor time, the best of five, so that a busy machine fails nobody."""
    assert min(_cost() for _ in range(5)) <= 0.4


def _cost() -> float:
    """What an operator's own call costs: the tracing that this suite asks of child processes is left out."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "microblog.cli.main", "--help"]
    subprocess.run(command, capture_output=True, check=True, timeout=60, env=quiet)  # noqa: S603  # our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "计划与日期" in capsys.readouterr().out
