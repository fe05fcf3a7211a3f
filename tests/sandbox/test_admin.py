"""The controls over HTTP, the page people watch, and the server itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import requests
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from microblog.sandbox.admin_routes import serve_admin
from microblog.sandbox.server import Sandbox, serve
from tests.sandbox.conftest import START, Caller


def control(weibo: Sandbox, path: str, body: object = None) -> requests.Response:
    return requests.post(f"{weibo.base_url}/_sandbox/{path}", json=body, timeout=5)


def test_the_clock_is_set_advanced_and_run_over_http(weibo: Sandbox) -> None:
    assert control(weibo, "clock", {"at": "2024-05-01T09:00:00+08:00"}).json()["now"] == "2024-05-01T01:00:00+00:00"
    assert control(weibo, "clock", {"advance": 3600}).json()["now"] == "2024-05-01T02:00:00+00:00"
    assert control(weibo, "clock", {"speed": 600, "advance": 0}).json()["speed"] == 600
    assert weibo.admin.now() >= datetime(2024, 5, 1, 2, tzinfo=UTC)


def test_accounts_apps_tokens_and_comments_are_set_up_over_http(weibo: Sandbox) -> None:
    control(weibo, "accounts", {"uid": 7, "name": "某某发布", "verified_type": 1}).raise_for_status()
    app = {"key": "9", "secret": "s", "name": "访谈", "owner": 7, "secure_domains": ["a.gov.cn"]}
    control(weibo, "apps", app).raise_for_status()
    token = control(weibo, "tokens", {"uid": 7, "app": "9", "life": 60}).json()["token"]
    caller = Caller(weibo, token)
    status = caller.post("statuses/share", status="看 https://www.a.gov.cn/ ").json()["id"]
    said = control(
        weibo,
        "comments",
        {"status": status, "user": "甲", "text": "问", "visible": "2024-04-02T10:00:00+08:00", "likes": 3},
    ).json()
    assert caller.get("comments/show", id=status).json()["comments"] == []
    control(weibo, "comments/change", {"id": said["id"], "text": "改过的问", "visible": START.isoformat()})
    shown = caller.get("comments/show", id=status).json()["comments"]
    assert [(c["text"], c["like_count"]) for c in shown] == [("改过的问", 3)]


def test_the_state_tells_writes_and_calls(weibo: Sandbox, me: Caller) -> None:
    me.share("预告")
    me.share("预告")
    state = requests.get(f"{weibo.base_url}/_sandbox/state", timeout=5).json()
    assert [write["sent"].split()[0] for write in state["writes"]] == ["预告"]
    assert [(call["endpoint"], call["code"]) for call in state["calls"]] == [
        ("statuses/share", 0),
        ("statuses/share", 20019),
    ]
    writes = requests.get(f"{weibo.base_url}/_sandbox/writes", timeout=5).json()
    assert writes == state["writes"]


def test_netizens_may_reply_to_a_comment(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    asked = weibo.cast.add_comment(status, "甲", "问一")
    answer = weibo.cast.add_comment(status, "乙", "同问", reply_to=asked.id)
    assert (answer.text, answer.root) == ("回复@甲:同问", asked.id)


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("nothing", {}, "没有这个控制入口"),
        ("clock", {"at": "2024-05-01T09:00:00"}, "要写明时区"),
        ("comments", {"status": 1, "user": "甲", "text": "问"}, "没有编号为 1 的微博"),
        ("accounts/clear", {}, "缺少参数 uid"),
        ("clock", [1], "JSON 对象"),
        ("clock", {"unknown": 1}, "unknown"),
        ("options", {"nothing": 1}, "没有名为“nothing”的选项"),
    ],
)
def test_a_mistaken_control_says_what_is_wrong(weibo: Sandbox, path: str, body: object, message: str) -> None:
    answer = control(weibo, path, body)
    assert answer.status_code in (400, 404)
    assert message in answer.json()["error"]


def test_the_page_shows_statuses_threads_and_clock_and_escapes_all_of_it(weibo: Sandbox, me: Caller) -> None:
    status = me.status("【微访谈预告】消防")
    asked = weibo.cast.add_comment(status, "<b>甲</b>", "<script>alert(1)</script>什么时候修路?")
    hidden = weibo.cast.add_comment(status, "乙", "看不见的一条", filtered=True)
    me.post("comments/reply", id=status, cid=asked.id, comment="已转住建部门。")
    page = requests.get(weibo.base_url, timeout=5)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "【微访谈预告】消防" in page.text
    assert "2024-04-02 09:00:30" in page.text
    assert "回复@&lt;b&gt;甲&lt;/b&gt;:已转住建部门。" in page.text
    assert "<script>" not in page.text
    assert hidden.text not in page.text
    assert "http-equiv" in page.text


@pytest.mark.parametrize(
    "text", ["\ud83d", "字" * 50_000, "\u202e\u200b\x00", "{{ 7*7 }} {% raw %}", "'; DROP TABLE x;--"]
)
def test_hostile_words_break_neither_page_nor_list(weibo: Sandbox, me: Caller, text: str) -> None:
    status = me.status()
    said = weibo.cast.add_comment(status, f"甲{text[:5]}", text)
    assert requests.get(weibo.base_url, timeout=5).status_code == 200
    shown = me.get("comments/show", id=status).json()["comments"]
    assert [(comment["id"], comment["text"]) for comment in shown] == [(said.id, text)]


def test_an_empty_page_says_so(weibo: Sandbox) -> None:
    assert "还没有微博" in requests.get(weibo.base_url, timeout=5).text


def test_the_same_text_from_eight_threads_is_committed_once(weibo: Sandbox, me: Caller) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: me.share("同一条").json().get("error_code", 0), range(8)))
    assert sorted(codes) == [0] + [20019] * 7
    assert len(weibo.admin.writes()) == 1


def test_eight_threads_get_eight_ids_and_numbers_without_gaps(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    with ThreadPoolExecutor(8) as pool:
        bodies = pool.map(lambda n: me.post("comments/create", id=status, comment=f"第{n}条").json(), range(24))
        ids = {body["id"] for body in bodies}
    assert len(ids) == 24
    assert [write.number for write in weibo.admin.writes()] == list(range(1, 26))


def test_a_served_sandbox_runs_with_the_scenario_it_was_given(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.toml"
    scenario.write_text('[options]\ncalls_per_day = 1\n[[rule]]\nfault = "door-closed"\nnth = 1\n', "utf-8")
    weibo = serve(0, scenario, start=START)
    try:
        me = Caller(weibo, weibo.token)
        assert [me.get("account/get_uid").status_code for _ in range(3)] == [403, 200, 403]
        assert weibo.admin.clock()["speed"] == 1.0
    finally:
        weibo.stop()


def test_a_misspelt_profile_or_option_is_named(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.toml"
    scenario.write_text('profile = "platinum"\n', "utf-8")
    with pytest.raises(ValueError, match="没有名为“platinum”的沙箱方案"):
        serve(0, scenario)


def test_an_address_is_known_only_after_the_start() -> None:
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="not been started"):
        _ = sandbox.base_url
    sandbox.stop()


def test_a_caller_that_dies_while_speaking_is_let_go_in_silence(weibo: Sandbox) -> None:
    begun = EnvironBuilder(
        "/_sandbox/clock", method="POST", input_stream=BytesIO(b"{"), content_type="application/json"
    )
    request = Request(begun.get_environ() | {"CONTENT_LENGTH": "50"})
    with pytest.raises(ConnectionAbortedError):
        serve_admin(weibo.admin, weibo.cast, request)
