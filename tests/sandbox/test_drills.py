"""The drills an operator rehearses: every scenario file loads, is in the book, and strikes as the book says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from microblog.sandbox.faults.plan import read_rules
from microblog.sandbox.server import APP_KEY, UID, Sandbox, serve
from tests.sandbox.conftest import START, Caller, code

DOCS = Path(__file__).parents[2] / "docs"
SCENARIOS = sorted((DOCS / "drills").glob("*.toml"))


def lost_reply(me: Caller) -> None:
    with pytest.raises(requests.ConnectionError):
        me.share("预告")
    assert len(me.weibo.admin.writes()) == 1
    assert me.get("statuses/user_timeline").json()["total_number"] == 1


def pushed_out(me: Caller) -> None:
    with pytest.raises(requests.ConnectionError):
        me.share("预告")
    seen = me.get("statuses/user_timeline").json()["statuses"]
    assert len(seen) == 5
    assert me.weibo.admin.writes()[0].id not in [status["id"] for status in seen]


def token_death(me: Caller) -> None:
    assert code(me.share("预告")) == 21316
    assert code(me.get("account/get_uid")) == 21316
    renewed = Caller(me.weibo, me.control("tokens", uid=UID, app=APP_KEY)["token"])
    assert renewed.share("预告").status_code == 200


def captcha(me: Caller) -> None:
    assert code(me.share("预告")) == 20031
    assert code(me.share("预告")) == 20031
    me.control("accounts/clear", uid=UID)
    assert me.share("预告").status_code == 200


def closed_door(me: Caller) -> None:
    status = me.status()
    assert code(me.get("comments/show", id=status)) == 10014
    me.control("faults/clear")
    assert me.get("comments/show", id=status).status_code == 200


def rough_day(me: Caller) -> None:
    me.weibo.admin.options({"calls_per_day": 0})
    for _ in range(40):
        me.get("account/get_uid")
    assert any(call["faults"] for call in me.weibo.admin.state()["calls"])


DRILLS: dict[str, Callable[[Caller], None]] = {
    "lost-reply": lost_reply,
    "pushed-out": pushed_out,
    "token-death": token_death,
    "captcha": captcha,
    "closed-door": closed_door,
    "rough-day": rough_day,
}


def test_every_scenario_is_in_the_book_and_every_one_named_exists() -> None:
    named = set(re.findall(r"docs/drills/([a-z-]+)\.toml", (DOCS / "drills.md").read_text("utf-8")))
    assert named == {path.stem for path in SCENARIOS} == set(DRILLS)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_strikes_as_the_book_says(path: Path) -> None:
    weibo: Sandbox = serve(0, path, start=START)
    try:
        DRILLS[path.stem](Caller(weibo, weibo.token))
    finally:
        weibo.stop()


def test_every_rule_of_the_scenarios_names_known_faults() -> None:
    assert sum(len(read_rules(path)) for path in SCENARIOS) >= len(SCENARIOS)
