"""A sandbox killed at any moment goes on where it was, with everything it had answered for."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from microblog.sandbox.journal import Journal
from microblog.sandbox.server import UID, Sandbox
from tests.sandbox.conftest import START, Caller, code

SAMPLE = Path(__file__).with_name("voices_sample.toml")

_SERVER = """
import sys
from pathlib import Path
from microblog.sandbox.server import serve
sandbox = serve(0, state_file=Path(sys.argv[1]), speed=0)
print(sandbox.base_url, sandbox.token, flush=True)
sandbox.wait()
"""


def restarted(path: Path) -> Sandbox:
    return Sandbox(state_file=path)


def test_everything_committed_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "weibo.jsonl"
    with Sandbox(start=START, state_file=path) as weibo:
        me = Caller(weibo, weibo.token)
        status = me.status()
        weibo.cast.netizens(status, SAMPLE, seed=1, count=40)
        weibo.admin.options({"posts_per_hour": 3, "refused_words": {20021: ["甲"]}})
        weibo.admin.clock(advance=timedelta(days=30).total_seconds())
        me.post("comments/create", id=status, comment="官方说明")
        weibo.cast.add_account(UID, "改了名", blocked=20031)
        before = weibo.admin.state()
    with restarted(path) as weibo:
        assert weibo.admin.state() == before
        assert weibo.world.options.refused_words == ((20021, ("甲",)),)
        assert code(Caller(weibo, me.token).share("又一条")) == 20031


def test_budgets_survive(tmp_path: Path) -> None:
    path = tmp_path / "weibo.jsonl"
    with Sandbox(start=START, state_file=path) as weibo:
        weibo.admin.options({"calls_per_day": 2})
        me = Caller(weibo, weibo.token)
        me.get("account/get_uid")
    with restarted(path) as weibo:
        me = Caller(weibo, me.token)
        assert [me.get("account/get_uid").status_code for _ in range(2)] == [200, 403]


def test_a_line_torn_by_the_kill_is_dropped_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "weibo.jsonl"
    path.write_text('["account", {"uid": 1, "name": "甲"}]\n["account", {"ui', "utf-8")
    journal = Journal(path)
    assert [table for table, _ in journal.read()] == ["account"]
    journal.write("account", {"uid": 2})
    journal.close()
    assert [json.loads(line)[1]["uid"] for line in path.read_text("utf-8").splitlines()] == [1, 2]


@pytest.mark.parametrize("fault", ["", "drop-after-commit", "bad-gateway-after-commit"])
def test_a_sigkill_loses_nothing_that_was_committed(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "weibo.jsonl"
    with subprocess.Popen([sys.executable, "-c", _SERVER, str(path)], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own server
        assert process.stdout is not None
        base, token = process.stdout.readline().split()
        headers = {"Authorization": f"OAuth2 {token}", "X-Sandbox-Fault": fault}
        data = {"status": "预告 https://www.example.gov.cn/1 ", "rip": "1.2.3.4"}
        try:
            requests.post(f"{base}/2/statuses/share.json", data=data, headers=headers, timeout=5)
        except requests.ConnectionError:
            assert fault == "drop-after-commit"
        os.kill(process.pid, signal.SIGKILL)
    with restarted(path) as weibo:
        assert [write.sent for write in weibo.admin.writes()] == [data["status"]]
        assert code(Caller(weibo, token).post("statuses/share", status=data["status"])) == 20019
