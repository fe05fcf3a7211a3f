"""Logging in over real HTTP: the authorise page, the way back to this machine, the exchange, the status."""

import json
import socket
from collections.abc import Callable
from time import monotonic

import pytest

from microblog.bootstrap import open_office, open_platform, open_safe
from microblog.clocks import SystemClock
from microblog.domain.errors import LoginExpired, MicroblogError
from microblog.sandbox.server import UID, Sandbox
from microblog.service.logins import code_in
from microblog.settings import load_settings
from tests.tokens.conftest import OTHER_UID, Browser

Run = Callable[..., str]


def test_a_person_logs_in_and_the_token_works(run: Run, browser: Browser, weibo: Sandbox) -> None:
    assert f"已登录账号 {UID}" in run("auth", "login")
    status = json.loads(run("auth", "status", "--json"))
    assert (status["valid"], status["user_id"], status["source"]) == (True, str(UID), "file")
    assert open_safe(load_settings()).current() == weibo.token


def test_a_login_reaches_a_platform_that_is_open_already(run: Run, browser: Browser) -> None:
    platform = open_platform(load_settings(), SystemClock())
    with pytest.raises(LoginExpired):
        platform.login()
    run("auth", "login")
    assert platform.login().user_id == str(UID)


def test_without_a_login_the_status_says_so(run: Run) -> None:
    assert "令牌：没有" in run("auth", "status", code=1)


def test_a_person_who_says_no_is_told_how_to_go_on(run: Run, browser: Browser) -> None:
    browser.presses = "cancel"
    began = monotonic()
    assert "没有得到授权" in run("auth", "login", "--timeout", 30, code=1)
    assert monotonic() - began < 10
    assert not open_safe(load_settings()).load()


@pytest.mark.parametrize("forged", ["code=stolen", "state=guessed&code=stolen", "state=&code=stolen"])
def test_a_forged_answer_is_refused_and_the_true_one_still_taken(run: Run, browser: Browser, forged: str) -> None:
    browser.forged = forged
    assert f"已登录账号 {UID}" in run("auth", "login")


def test_no_answer_in_time_ends_the_waiting(run: Run) -> None:
    began = monotonic()
    assert "等了太久" in run("auth", "login", "--no-browser", "--timeout", 1, code=1)
    assert monotonic() - began < 5


def test_without_a_browser_the_address_is_printed_and_opens_nothing(run: Run, browser: Browser) -> None:
    assert "/oauth2/authorize?client_id=" in run("auth", "login", "--no-browser", "--timeout", 1, code=1)
    assert browser.opened == []


def test_a_taken_port_is_said(run: Run, callback: str) -> None:
    with socket.create_server(("127.0.0.1", int(callback.split(":")[2].split("/", maxsplit=1)[0]))):
        assert "回调端口" in run("auth", "login", "--no-browser", code=1)


def test_the_address_a_browser_elsewhere_was_sent_to_can_be_pasted(
    run: Run, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__REDIRECT_URI", "https://api.weibo.com/oauth2/default.html")

    def paste(prompt: str) -> str:
        return browser.visit(addresses[-1])

    addresses: list[str] = []
    monkeypatch.setattr("microblog.cli.auth.say", lambda line: addresses.append(line.split("\n")[-1]))
    monkeypatch.setattr("typer.prompt", paste)
    run("auth", "login")
    assert f"已登录账号 {UID}" in addresses[-1]


def test_another_account_is_refused_unless_asked_for(run: Run, browser: Browser) -> None:
    run("auth", "login")
    browser.uid = OTHER_UID
    assert "确要换账号请加 --switch" in run("auth", "login", code=1)
    assert open_safe(load_settings()).load().user_id == str(UID)  # type: ignore[union-attr]  # saved above
    assert f"已登录账号 {OTHER_UID}" in run("auth", "login", "--switch")


def test_a_token_in_the_environment_goes_first_and_login_says_so(
    run: Run, browser: Browser, weibo: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__ACCESS_TOKEN", weibo.token)
    assert "MICROBLOG_WEIBO__ACCESS_TOKEN 优先" in run("auth", "login")
    assert json.loads(run("auth", "status", "--json"))["source"] == "environment"


def test_without_the_apps_key_nothing_is_opened(run: Run, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__APP_SECRET", "")
    assert "MICROBLOG_WEIBO__APP_SECRET" in run("auth", "login", code=1)
    assert browser.opened == []


def test_a_wrong_secret_is_said_in_chinese(run: Run, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__APP_SECRET", "wrong")
    assert "21324" in run("auth", "login", code=1)


def test_a_login_is_written_into_the_journal_without_the_token(run: Run, browser: Browser, weibo: Sandbox) -> None:
    run("auth", "login", "--by", "值班员")
    [entry] = open_office().store.journal.entries("login")
    assert (entry.who, entry.verb, entry.detail["user_id"]) == ("值班员", "login", str(UID))
    assert weibo.token not in str(entry)


@pytest.mark.parametrize("answer", [{}, {"code": "x"}, {"state": "other", "code": "x"}, {"state": "s"}])
def test_only_the_answer_to_our_own_question_is_taken(answer: dict[str, str]) -> None:
    with pytest.raises(MicroblogError):
        code_in(answer, "s")


def test_a_revoked_token_is_told_from_a_good_one(run: Run, browser: Browser, weibo: Sandbox) -> None:
    run("auth", "login")
    weibo.cast.kill_token(weibo.token, 21316)
    status = json.loads(run("auth", "status", "--json", code=1))
    assert status["valid"] is False
    assert status["why"]
