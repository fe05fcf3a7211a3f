"""When a fault strikes: by header, by rule, at random with a seed; and what a mistaken rule says."""

from datetime import timedelta
from pathlib import Path

import pytest

from microblog.sandbox.faults.plan import parse_rule, read_rules
from microblog.sandbox.options import read_options
from microblog.sandbox.server import Sandbox
from tests.sandbox.conftest import START, Caller, code


def statuses(me: Caller, path: str, number: int) -> list[int]:
    return [me.get(path).status_code for _ in range(number)]


def test_the_nth_matching_call_is_struck(me: Caller) -> None:
    me.control("faults", fault="door-closed", endpoint="account/*", nth=[2, 3])
    assert statuses(me, "account/get_uid", 4) == [200, 403, 403, 200]


def test_a_rule_strikes_no_more_often_than_it_may(me: Caller) -> None:
    me.control("faults", fault="door-closed", endpoint="account/get_uid", times=2)
    assert statuses(me, "account/get_uid", 4) == [403, 403, 200, 200]


def test_a_rule_leaves_other_endpoints_alone(me: Caller) -> None:
    me.control("faults", fault="door-closed", endpoint="comments/*")
    assert me.get("account/get_uid").status_code == 200
    assert code(me.get("comments/by_me")) == 10014


def test_a_door_closed_overnight_opens_in_the_morning(weibo: Sandbox, me: Caller) -> None:
    since, until = (START + timedelta(hours=hours) for hours in (12, 24))
    me.control("faults", fault="door-closed", since=since.isoformat(), until=until.isoformat())
    assert me.get("account/get_uid").status_code == 200
    weibo.admin.clock(at=since)
    assert code(me.get("account/get_uid")) == 10014
    weibo.admin.clock(at=until)
    assert me.get("account/get_uid").status_code == 200


def test_random_faults_are_the_same_for_the_same_seed(weibo: Sandbox, me: Caller) -> None:
    def run(seed: int) -> list[int]:
        me.control("faults/clear")
        me.control("faults", fault=["door-closed", "door-removed"], probability=0.5, seed=seed)
        return statuses(me, "account/get_uid", 12)

    weibo.admin.options({"calls_per_day": 0})
    first = run(7)
    assert run(7) == first
    assert run(8) != first
    assert {200, 403, 404} >= set(first) > {200}


def test_clearing_lifts_every_rule(me: Caller) -> None:
    me.control("faults", fault="door-closed")
    assert me.control("faults/clear")["rules"] == []
    assert me.get("account/get_uid").status_code == 200


def test_several_rules_come_as_one_list(me: Caller) -> None:
    rules = [{"fault": "door-closed", "nth": 1}, {"fault": "captcha", "endpoint": "statuses/share"}]
    assert len(me.control("faults", rule=rules)["rules"]) == 2


def test_the_ledger_of_calls_names_the_faults_that_struck(weibo: Sandbox, me: Caller) -> None:
    me.get("account/get_uid", "door-closed")
    call = weibo.admin.state()["calls"][-1]
    assert (call["faults"], call["code"], call["http"]) == (("door-closed",), 10014, 403)


def test_a_scenario_file_brings_profile_options_and_rules(tmp_path: Path) -> None:
    path = tmp_path / "night.toml"
    path.write_text(
        'profile = "commercial"\n[options]\nposts_per_hour = 5\nrefused_words = {20021 = ["甲", "乙"]}\n'
        '[[rule]]\nfault = "review-after-commit"\nendpoint = "statuses/share"\nminutes = 2\n',
        "utf-8",
    )
    options, rules = read_options(path), read_rules(path)
    assert (options.calls_per_day, options.posts_per_hour) == (0, 5)
    assert options.refused_words == ((20021, ("甲", "乙")),)
    assert rules[0].params == {"minutes": 2}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "缺少 fault"),
        ({"fault": "nothing"}, "没有名为“nothing”的故障"),
        ({"fault": "captcha", "minutes": 3}, "没有参数“minutes”"),
    ],
)
def test_a_mistaken_rule_says_what_is_wrong(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_rule(values)


def test_a_mistaken_header_answers_400_in_chinese(me: Caller) -> None:
    answer = me.get("account/get_uid", "no-such-fault")
    assert answer.status_code == 400
    assert "no-such-fault" in answer.json()["error"]
