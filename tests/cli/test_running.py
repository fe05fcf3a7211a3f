"""Doctor, report, cluster, sandbox, init and version, run as a person would."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from microblog.cli import running
from microblog.sandbox.server import Sandbox
from microblog.service.jobs import heartbeat
from tests.cli.conftest import QUESTIONS, Run, Scene


def test_a_healthy_office_exits_0(scene: Scene) -> None:
    scene.plan()
    heartbeat(scene.office, scene.clock.now())
    findings = scene.run("doctor", "--json").json
    assert {one["ok"] for one in findings} == {True}
    assert "正常" in scene.run("doctor").out


def test_a_sick_office_exits_1_and_says_what_to_do(scene: Scene) -> None:
    scene.plan()
    said = scene.run("doctor", code=1).out
    assert "要处理" in said
    assert "请启动 python worker.py" in said


def test_the_doctor_reads_the_token_from_the_real_client(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as weibo:
        monkeypatch.setenv("MICROBLOG_WEIBO__API_BASE", weibo.base_url)
        monkeypatch.setenv("MICROBLOG_WEIBO__ACCESS_TOKEN", weibo.token)
        found = {one["check"]: one for one in run("doctor", "--json", code=1).json}
        assert found["微博授权"]["ok"] is True
        assert weibo.token not in run("doctor", code=1).out
        monkeypatch.setenv("MICROBLOG_WEIBO__ACCESS_TOKEN", "2.00dead")
        dead = {one["check"]: one for one in run("doctor", "--json", code=1).json}
    assert dead["微博授权"]["ok"] is False


def test_the_report_lists_the_papers_it_wrote(scene: Scene) -> None:
    scene.submit()
    written = scene.run("report", "interview", 1, "--json").json
    names = {Path(file).name for file in written["files"]}
    assert {"evidence.json", "script.docx", "clusters.xlsx", "posts.txt"} <= names
    assert Path(written["folder"]).name in scene.run("report", "interview", 1).out


def test_a_file_of_remarks_is_grouped_without_a_database(run: Run, home: Path, tmp_path: Path) -> None:
    rows = [{"id": user, "text": text, "user": user} for user, text in QUESTIONS]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    said = run("cluster", "in.jsonl", "-o", "out.jsonl")
    placed = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [one["id"] for one in placed] == [user for user, _ in QUESTIONS]
    assert "8 条留言" in said.out
    assert not (home / "data").exists()


def test_cuts_that_contradict_each_other_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "楼道能停电动车吗"}\n', encoding="utf-8")
    cuts = ("--topic-cut", "0.9", "--question-cut", "0.2")
    assert "--topic-cut" in run("cluster", "in.jsonl", "-o", "out.jsonl", *cuts, code=1).err


@pytest.fixture
def server(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "microblog.cli.main", "sandbox", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603  # our own
    yield process
    process.kill()
    process.wait(timeout=10)
    assert process.stdout
    process.stdout.close()


def test_the_sandbox_serves_until_interrupted(server: subprocess.Popen[str]) -> None:
    assert server.stdout
    lines = server.stdout.readline() + server.stdout.readline()
    found = re.search(r"API_BASE=(\S+) MICROBLOG_WEIBO__ACCESS_TOKEN=(\S+)", lines)
    assert found, lines
    answer = requests.get(
        f"{found[1]}/2/statuses/user_timeline.json", headers={"Authorization": f"OAuth2 {found[2]}"}, timeout=10
    )
    assert answer.status_code == 200
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=10) == 130


def test_a_port_in_use_is_one_line(run: Run) -> None:
    with Sandbox() as weibo:
        port = weibo.base_url.rpartition(":")[2]
        assert "换一个端口" in run("sandbox", "--port", port, code=1).err


def test_a_wrong_scenario_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "faults.toml").write_text('[[rule]]\nfault = "earthquake"\n', encoding="utf-8")
    assert "earthquake" in run("sandbox", "--port", "0", "--faults", "faults.toml", code=1).err


def test_the_demo_and_the_worker_pass_on_their_exit_codes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, dict[str, object]]] = []

    def play(out: Path, **stage: object) -> int:
        asked.append((out, stage))
        return 1

    monkeypatch.setattr(running, "run_demo", play)
    monkeypatch.setattr("microblog.worker.main", lambda: 1)
    run("demo", "--out", "there", "--seed", 7, "--kills", 2, "--live", "--speed", 60, code=1)
    assert asked == [(Path("there"), {"seed": 7, "live": True, "speed": 60.0, "kills": 2})]
    run("worker", code=1)


def test_init_again_changes_nothing(run: Run, home: Path) -> None:
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert "写入 0 个文件" in run("init", home).out
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
    assert (home / "config" / "settings.toml") in before
    assert (home / "schedules" / "jobs.toml") in before


def test_init_restores_what_is_missing(run: Run, home: Path) -> None:
    (home / "schedules" / "jobs.toml").unlink()
    assert "写入 1 个文件" in run("init", home).out
    assert (home / "schedules" / "jobs.toml").is_file()


def test_init_never_overwrites_what_was_changed(run: Run, home: Path) -> None:
    settings = home / "config" / "settings.toml"
    settings.write_text("# ours\n", encoding="utf-8")
    (home / "schedules" / "jobs.toml").unlink()
    assert "config/settings.toml" in run("init", home, code=1).err
    assert settings.read_text("utf-8") == "# ours\n"
    assert not (home / "schedules" / "jobs.toml").exists(), "all or nothing"


def test_the_version_is_the_installed_one(run: Run) -> None:
    assert re.fullmatch(r"microblog \d+\.\d+\.\d+\n", run("version").out)
