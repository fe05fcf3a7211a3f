"""What a person is told when something is wrong: one line of Chinese, the right exit code, never a traceback."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from microblog.cli.main import main
from tests.cli.conftest import Run

WRONG = {
    ("plna",): "没有命令“plna”，是不是 plan",
    ("nothing-like-it",): "没有命令“nothing-like-it”",
    ("plan",): "缺少子命令",
    ("plan", "lst"): "没有命令“lst”，是不是 list",
    ("plan", "show"): "缺少参数 编号",
    ("plan", "show", "one"): "参数 编号 应为整数",
    ("plan", "show", "1", "2"): "多余的参数：2",
    ("plan", "list", "--jsn"): "没有选项 --jsn，是不是 --json",
    ("plan", "list", "-z"): "没有选项 -z",
    ("plan", "list", "--json=1"): "选项 --json 后面不带值",
    ("plan", "import", "a.txt", "--form"): "选项 --form 后面缺少值",
    ("plan", "import", "a.txt", "--form", "radio"): "选项 --form “radio”不可用，只能是 video、micro-video、weibo",
    ("interview", "date", "1", "25.4.", "15:00", "17:00"): "请写成 2024-04-25",
    ("interview", "date", "1", "2024-04-25", "3pm", "17:00"): "请写成 15:00",
    ("interview", "date", "1", "2024-04-25", "15:00+08:00", "17:00"): "不要带时区",
    ("interview", "prepare", "1", "--guest", "周安"): "单位|职务|姓名",
    ("select", "1"): "缺少选项 --by",
    ("select", "1", "--by", "分析员", "--drop", "abc"): "问题组=原因",
    ("review", "1", "--as", "x", "--approve", "--reject", "不妥"): "只能选一个",
    ("review", "1", "--as", "x", "--approve"): "--by 姓名",
    ("outbox", "list", "--state", "gone"): "只能是 draft、sealed",
    ("outbox", "settle", "1/preview", "--by", "甲"): "中选一个",
    ("outbox", "settle", "1/preview", "--by", "甲", "--posted", "x", "--not-posted"): "中选一个",
    ("collect", "imprt"): "参数 编号 应为整数",
    ("collect",): "缺少子命令",
    ("demo", "--speed", "fast"): "选项 --speed 应为数字",
    ("demo", "--kills", "20"): "不能大于 19",
    ("sandbox", "--port", "-1"): "不能小于 0",
    ("export", "1", "all", "x.xlsx"): "只能是 clusters",
    ("cluster", "x.csv"): "缺少选项 --output/-o",
}


@pytest.mark.parametrize("line", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_explained_in_one_line_and_exits_2(line: tuple[str, ...], run: Run) -> None:
    said = run(*line, code=2)
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("用法有误：")
    assert WRONG[line] in said.err
    assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", said.err), "English of the library"


def test_the_line_says_where_the_help_is(run: Run) -> None:
    assert run("plan", "show", code=2).err.endswith("用法见 microblog plan show --help\n")


SMALL_PLAN = "year: 2024\nrows:\n  - {no: 1, when: 4月, topic: 甲, units: [乙局]}\n"

MISSING = {
    ("plan", "show", "9"): "9",
    ("interview", "show", "9"): "9",
    ("outbox", "show", "1/preview"): "interview 1 · preview",
    ("outbox", "show", "preview"): "3/answer/7/2",
    ("timeline", "9"): "9",
    ("timeline", "plan/9"): "9",
    ("plan", "import", "absent.txt"): "absent.txt",
    ("timeline", "absent.yaml"): "absent.yaml",
    ("cluster", "absent.csv", "-o", "x.jsonl"): "absent.csv",
    ("plan", "import", "--rules", "mars", "plan.yaml", "--save"): "mars",
    ("sandbox", "--faults", "absent.toml"): "模拟微博启动不了",
}


@pytest.mark.parametrize("line", MISSING, ids=" ".join)
def test_what_is_not_there_is_named_in_one_line_and_exits_1(line: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL_PLAN, encoding="utf-8")
    said = run(*line, code=1)
    assert said.err.count("\n") == 1
    assert MISSING[line] in said.err
    assert re.search(r"[\u4e00-\u9fff]", said.err)


def test_a_defect_leaves_one_line_and_a_log_that_only_its_owner_can_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("microblog.bootstrap.load_lexicon", lambda folder: {"": folder}["no such thing"])
    said = run("plan", "list", code=1)
    log = next(tmp_path.glob("microblog-*.log"))
    assert said.err == f"程序出错（KeyError('no such thing')），详情已存到 {log}，请连同所用命令发给维护人员\n"
    assert "Traceback" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL_PLAN, encoding="utf-8")
    said = run("timeline", "plan.yaml", "--ics", "no/such/folder.ics", code=1)
    assert said.err.splitlines()[-1].startswith("文件“no/such/folder.ics”读写失败")


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__PAGE", "many")
    assert "weibo.page" in run("plan", "list", code=1).err


def test_a_control_character_in_a_name_cannot_steer_the_terminal(run: Run) -> None:
    said = run("plan", "import", "a\x1b[2Jb.txt", code=1)
    assert "\x1b" not in said.err
    assert "\\u001b" in said.err


def test_the_installed_command_exits_with_the_same_codes(home: Path) -> None:
    command = [sys.executable, "-m", "microblog.cli.main", "plan", "show", "one"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  # our own
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_main_reads_the_command_line_when_given_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["microblog", "version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("microblog 0.")
