"""The real server: `microblog web`, `microblog user`, the worker with the web, and who is let in over plain HTTP."""

import io
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from microblog.bootstrap import open_gate, open_office, open_web
from microblog.cli.main import main
from microblog.clocks import SystemClock
from microblog.domain.interview import Form
from microblog.domain.people import Role
from microblog.platforms.memory import MemoryPlatform
from microblog.service.people import add_user
from microblog.service.plan import adopt, advance_plan
from microblog.settings import Settings, load_settings
from tests.shared import a_plan
from tests.web.site import PASSWORD, token_in


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a new office, laid out by `microblog init`."""
    home = tmp_path / "office"
    assert main(["init", str(home)]) == 0
    monkeypatch.setenv("MICROBLOG_HOME", str(home))
    return load_settings()


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """A served office."""
    office = open_office(settings, platform=MemoryPlatform(SystemClock()))
    add_user(open_gate(settings, office), "分析员", PASSWORD, roles=[Role.ANALYST], by="test", must_change=False)
    with open_web(settings, office, port=0) as server:
        yield f"http://127.0.0.1:{server.port}/ft"


def test_the_portal_is_served_over_http(address: str) -> None:
    answer = httpx2.get(f"{address}/")
    assert answer.status_code == 200
    assert "在线访谈" in answer.text
    assert "server" not in answer.headers


def test_on_the_machine_itself_one_may_sign_in_without_tls(address: str) -> None:
    with httpx2.Client(base_url=address) as browser:
        token = token_in(browser.get("/console/sign-in").text)
        fields = {"form_token": token, "name": "分析员", "password": PASSWORD}
        answer = browser.post("/console/sign-in", data=fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/ft/console")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("microblog=")
        assert "HttpOnly" in cookie
        assert browser.get("/console/account").status_code == 200


def test_a_proxy_is_believed_about_tls_and_the_clients_address(address: str) -> None:
    headers = {"Host": "www.example.gov.cn", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    answer = httpx2.get(f"{address}/console/sign-in", headers=headers)
    assert answer.headers["set-cookie"].startswith("__Host-microblog=")
    without = httpx2.get(f"{address}/console/sign-in", headers={"Host": "www.example.gov.cn"})
    assert without.status_code == 409


def test_a_taken_port_is_told_in_one_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    office = open_office(settings, platform=MemoryPlatform(SystemClock()))
    with open_web(settings, office, port=0) as server:
        assert main(["web", "--port", str(server.port)]) == 1
    assert "请换一个端口" in capsys.readouterr().err


def test_the_server_stops_with_an_event_stream_open(settings: Settings) -> None:
    office = open_office(settings, platform=MemoryPlatform(SystemClock()))
    plan = adopt(office, a_plan(), rule_set="pukou", form=Form.WEIBO, by="test")
    for _ in range(3):
        advance_plan(office, plan.id, by="test")
    with (
        open_web(settings, office, port=0) as server,
        httpx2.stream("GET", f"http://127.0.0.1:{server.port}/ft/interviews/1/live/events", timeout=9) as events,
    ):
        lines = events.iter_lines()
        assert next(lines).startswith("retry")
        began = time.monotonic()
        server.stop()
        assert [line for line in lines if line.startswith("data")] != []
    assert time.monotonic() - began < 4


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line + "\n"))


def test_the_first_administrator_is_made_by_a_command_with_a_password_of_their_own(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    typed(monkeypatch, PASSWORD)
    assert main(["user", "add", "主任", "--role", "organiser", "--unit", "区政府办"]) == 0
    assert "动态口令" in capsys.readouterr().out
    assert main(["user", "list", "--json"]) == 0
    (user,) = json.loads(capsys.readouterr().out)
    assert (user["name"], user["roles"], user["must_change"]) == ("主任", ["organiser"], True)
    assert main(["user", "list"]) == 0
    assert "主办单位" in capsys.readouterr().out


@pytest.mark.parametrize(
    "case",
    [
        (["add", "小周", "--role", "analyst"], "short", "12 至 128"),
        (["add", "小周", "--role", "analyst", "--role", "auditor"], PASSWORD, "审计员只读"),
        (["passwd", "小周"], PASSWORD, "没有用户"),
        (["role", "小周", "--role", "analyst"], PASSWORD, "没有用户"),
        (["code", "小周"], PASSWORD, "没有用户"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[list[str], str, str],
) -> None:
    arguments, line, why = case
    typed(monkeypatch, line)
    assert main(["user", *arguments]) == 1
    told = capsys.readouterr().err.strip()
    assert why in told
    assert "\n" not in told


def test_roles_password_and_code_change_by_command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, role in (("主任", "organiser"), ("小周", "analyst")):
        typed(monkeypatch, PASSWORD)
        assert main(["user", "add", name, "--role", role]) == 0
    assert main(["user", "role", "小周", "--role", "operator", "--role", "analyst"]) == 0
    assert main(["user", "code", "小周"]) == 0
    typed(monkeypatch, "another long sentence")
    assert main(["user", "passwd", "小周"]) == 0
    capsys.readouterr()
    assert main(["user", "list", "--json"]) == 0
    found = {user["name"]: user["roles"] for user in json.loads(capsys.readouterr().out)}
    assert found == {"主任": ["organiser"], "小周": ["operator", "analyst"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_the_worker_serves_the_web_and_stops_with_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("MICROBLOG_WEB__ENABLED", "true")
    monkeypatch.setenv("MICROBLOG_WEB__PORT", str(port))
    monkeypatch.setenv("MICROBLOG_WEIBO__API_BASE", "http://127.0.0.1:9")
    command = [sys.executable, "-c", "import sys; from microblog.worker import main; sys.exit(main())"]
    worker = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  # our own interpreter
    try:
        assert answers(f"http://127.0.0.1:{port}/ft/", within=60) == 200
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()


def answers(address: str, *, within: float) -> int:
    """The status of the page, once anything answers there."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            return httpx2.get(address, timeout=20).status_code
        except httpx2.TransportError:
            time.sleep(0.2)
    return 0
