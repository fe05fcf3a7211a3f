"""Budgets: what runs out, with which code, and when it comes back."""

from datetime import UTC, datetime

import pytest

from microblog.sandbox.server import UID, Sandbox
from tests.sandbox.conftest import Caller, code


def test_the_day_has_a_hundred_calls_and_turns_at_midnight_in_china(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"calls_per_day": 3})
    assert [me.get("account/get_uid").status_code for _ in range(4)] == [200, 200, 200, 403]
    assert code(me.get("account/get_uid")) == 10023
    weibo.admin.clock(at=datetime(2024, 4, 2, 15, 59, 59, tzinfo=UTC))
    assert code(me.get("account/get_uid")) == 10023
    weibo.admin.clock(advance=1)
    assert me.get("account/get_uid").status_code == 200


def test_the_limits_of_an_ordinary_app_are_the_documented_ones(weibo: Sandbox) -> None:
    options = weibo.world.options
    assert (options.calls_per_day, options.posts_per_hour, options.ip_calls_per_hour) == (100, 30, 15_000)


def test_asking_what_is_left_is_free_and_true(weibo: Sandbox, me: Caller) -> None:
    me.get("account/get_uid")
    for _ in range(3):
        left = me.get("account/rate_limit_status").json()
    assert left["remaining_user_hits"] == 99
    assert left["reset_time"] == "2024-04-03 00:00:00"
    assert left["reset_time_in_seconds"] == 15 * 3600 - 30


def test_writes_have_an_hourly_limit_of_their_own(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"posts_per_hour": 2, "comments_per_hour": 1})
    status = me.status("一")
    me.status("二")
    refused = me.share("三")
    assert (refused.status_code, code(refused)) == (403, 10024)
    assert me.post("comments/create", id=status, comment="一").status_code == 200
    assert code(me.post("comments/create", id=status, comment="二")) == 10024
    weibo.admin.clock(advance=3600)
    assert me.share("三").status_code == 200


def test_refused_writes_do_not_use_up_the_hour(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"posts_per_hour": 1})
    for _ in range(3):
        me.share("违禁词样例")
    assert me.share("好的").status_code == 200


def test_one_address_has_a_limit_for_all_its_accounts(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"ip_calls_per_hour": 2})
    me.get("account/get_uid")
    me.get("account/get_uid")
    assert code(me.get("account/get_uid")) == 10022
    weibo.admin.clock(advance=3600)
    assert me.get("account/get_uid").status_code == 200


def test_posts_too_close_to_each_other_are_refused(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"post_gap": 10})
    me.status("一")
    assert code(me.share("二")) == 20016
    weibo.admin.clock(advance=10)
    assert me.share("二").status_code == 200


def test_a_burst_of_comments_shuts_the_account_out_for_a_while(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"comment_burst": 3, "burst_window": 60, "burst_ban": 600})
    status = me.status()
    for number in range(3):
        me.post("comments/create", id=status, comment=f"第{number}条")
    assert code(me.post("comments/create", id=status, comment="第四条")) == 20022
    weibo.admin.clock(advance=599)
    assert code(me.post("comments/create", id=status, comment="第四条")) == 20022
    weibo.admin.clock(advance=1)
    assert me.post("comments/create", id=status, comment="第四条").status_code == 200


def test_the_commercial_profile_is_wider_and_serves_its_suffixes(weibo: Sandbox, me: Caller) -> None:
    assert code(me.get("comments/to_me/biz")) == 10020
    weibo.admin.options({"calls_per_day": 0, "biz_routes": True})
    assert me.get("comments/to_me/biz").status_code == 200
    assert me.get("account/rate_limit_status").json()["remaining_user_hits"] > 100_000


def test_another_account_has_a_day_of_its_own(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"calls_per_day": 1})
    weibo.cast.add_account(7, "别人")
    other = Caller(weibo, weibo.cast.add_token(7, "1000000002").token)
    assert me.get("account/get_uid").json() == {"uid": str(UID)}
    assert other.get("account/get_uid").json() == {"uid": "7"}
    assert code(other.get("account/get_uid")) == 10023


def test_an_unknown_switch_is_named(weibo: Sandbox) -> None:
    with pytest.raises(ValueError, match="没有名为“calls”的选项"):
        weibo.admin.options({"calls": 1})
