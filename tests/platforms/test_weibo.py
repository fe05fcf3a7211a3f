"""The account behind the protocol, over staged answers: what is called, how often, and what is made of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import responses

from microblog.domain.errors import LoginExpired, PlatformDown, PlatformRefused, TargetGone, Throttled
from microblog.domain.post import Absent, Delivery, Found, Posted, Refused, Undecidable, Unknown, Verb, Withheld
from microblog.platforms.weibo import READ_BACK_PAGES, WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import API_BASE, WeiboClient
from microblog.platforms.weibo_errors import ErrorTable
from microblog.service.ports import Platform
from microblog.text.count import weibo_length, weibo_length_undiscounted
from tests.platforms.conftest import NOW, HandClock

ME = "1000000001"
SHARED = Delivery("k", Verb.SHARE, "预告 http://example.gov.cn/1 ")
REPLY = Delivery("k", Verb.REPLY, "已转办。", status_id="11", comment_id="22")
NOW_TEXT = "Mon May 20 15:00:00 +0800 2024"
HOUR_AGO_TEXT = "Mon May 20 14:00:00 +0800 2024"


@pytest.fixture
def platform(client: WeiboClient, table: ErrorTable, clock: HandClock) -> WeiboPlatform:
    limits = Limits(weibo_length, weibo_length_undiscounted, safe_domains=("example.gov.cn",))
    return WeiboPlatform(client, table, limits, clock)


def api(endpoint: str) -> str:
    return f"{API_BASE}/2/{endpoint}.json"


def knows_us(weibo: responses.RequestsMock) -> None:
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json={"uid": int(ME), "expire_in": 3600})


def entry(number: int, text: str, at: str = NOW_TEXT, **more: Any) -> dict[str, Any]:
    return {"id": number, "idstr": str(number), "text": text, "created_at": at} | more


def test_it_is_a_platform(platform: WeiboPlatform) -> None:
    as_port: Platform = platform
    assert as_port is platform


def test_a_post_that_would_be_refused_is_not_sent(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    outcome = platform.deliver(Delivery("k", Verb.SHARE, "#访谈# 没有链接"), ())
    assert isinstance(outcome, Refused)
    assert "安全域名" in outcome.why
    assert len(weibo.calls) == 0


@pytest.mark.parametrize(
    ("delivery", "endpoint"),
    [
        (SHARED, "statuses/share"),
        (Delivery("k", Verb.COMMENT, "已转办。", status_id="11"), "comments/create"),
        (REPLY, "comments/reply"),
    ],
)
def test_each_verb_has_its_endpoint(
    weibo: responses.RequestsMock, platform: WeiboPlatform, delivery: Delivery, endpoint: str
) -> None:
    weibo.post(api(endpoint), json=entry(5, delivery.text, reply_comment={"idstr": "22"}))
    assert platform.deliver(delivery, ()) == Posted("5", NOW)
    assert len(weibo.calls) == 1


def test_no_failure_of_the_network_escapes(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    weibo.post(api("statuses/share"), body=requests.exceptions.ConnectionError("reset by peer"))
    assert isinstance(platform.deliver(SHARED, ()), Unknown)


def test_a_share_is_looked_for_in_the_timeline_with_one_call(
    weibo: responses.RequestsMock, platform: WeiboPlatform
) -> None:
    weibo.get(api("statuses/user_timeline"), json={"statuses": [entry(5, "预告 http://t.cn/A6")], "total_number": 1})
    assert platform.look_for(SHARED, sent_at=NOW, now=NOW) == Found("5", NOW)
    assert len(weibo.calls) == 1


def test_a_comment_is_looked_for_page_by_page_until_older_ones_come(
    weibo: responses.RequestsMock, platform: WeiboPlatform
) -> None:
    first = {"comments": [entry(9, "别的")], "next_cursor": 8, "total_number": 500}
    second = {"comments": [entry(8, "旧的", HOUR_AGO_TEXT)], "next_cursor": 7, "total_number": 500}
    weibo.get(api("comments/by_me"), json=first)
    weibo.get(api("comments/by_me"), json=second)
    assert platform.look_for(REPLY, sent_at=NOW, now=NOW) == Absent()
    assert [call.request.params.get("max_id") for call in weibo.calls] == [None, "8"]  # type: ignore[attr-defined]


def test_looking_ends_after_so_many_pages_and_asks(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    for cursor in range(100, 100 - READ_BACK_PAGES, -1):
        weibo.get(api("comments/by_me"), json={"comments": [entry(cursor, "别的")], "next_cursor": cursor - 1})
    assert isinstance(platform.look_for(REPLY, sent_at=NOW, now=NOW), Undecidable)
    assert len(weibo.calls) == READ_BACK_PAGES


@pytest.mark.parametrize(("text", "sighting"), [("已转办。", Found), ("别的", Undecidable)])
def test_with_our_own_list_closed_the_targets_list_can_prove_presence_only(
    weibo: responses.RequestsMock, platform: WeiboPlatform, text: str, sighting: type
) -> None:
    knows_us(weibo)
    weibo.get(api("comments/by_me"), json={"error": "Insufficient app permissions!", "error_code": 10014}, status=403)
    listed = [entry(6, "已转办。", user={"id": 77}), entry(5, text, user={"id": int(ME)})]
    weibo.get(api("comments/show"), json={"comments": listed, "total_number": 2})
    assert type(platform.look_for(REPLY, sent_at=NOW, now=NOW)) is sighting


def test_with_our_own_timeline_closed_nothing_is_proven(
    weibo: responses.RequestsMock, platform: WeiboPlatform
) -> None:
    closed = {"error": "Insufficient app permissions!", "error_code": 10014}
    weibo.get(api("statuses/user_timeline"), json=closed, status=403)
    assert isinstance(platform.look_for(SHARED, sent_at=NOW, now=NOW), Withheld)


def test_an_id_tells_when_the_platform_took_it(platform: WeiboPlatform) -> None:
    drawn = platform.moment_of("5015737206833152")
    assert drawn == datetime(2024, 3, 25, 1, 0, 1, tzinfo=UTC)
    assert platform.moment_of("M_abc") is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"status": 502, "body": "<html>"}, PlatformDown),
        ({"status": 403, "json": {"error": "x", "error_code": 10023}}, Throttled),
        ({"status": 403, "json": {"error": "expired_token", "error_code": "21327"}}, LoginExpired),
        ({"status": 200, "json": {"unexpected": True}}, PlatformDown),
    ],
)
def test_looking_that_failed_proves_nothing(
    weibo: responses.RequestsMock, platform: WeiboPlatform, answer: dict[str, Any], error: type[Exception]
) -> None:
    weibo.get(api("statuses/user_timeline"), **answer)
    with pytest.raises(error):
        platform.look_for(SHARED, sent_at=NOW, now=NOW)


def test_a_page_of_comments_is_read_with_whatever_is_missing(
    weibo: responses.RequestsMock, platform: WeiboPlatform
) -> None:
    knows_us(weibo)
    served = [
        entry(9, "什么时候修路？", user={"id": 7, "screen_name": "阳光路居民"}, like_count=3, mid="217"),
        entry(8, "回复@阳光路居民:同问", user=None, reply_comment={"idstr": "9"}),
        {"idstr": "7"},
        entry(6, "已转办", user={"idstr": ME}, like_counts="2"),
        entry(5, "半个\ud83d"),
        {"text": "没有编号"},
        None,
    ]
    weibo.get(api("comments/show"), json={"comments": served, "next_cursor": 4, "total_number": "53"})
    page = platform.comments("1", since_id="2", max_id="20")
    assert (page.next_max_id, page.total) == ("4", 53)
    assert [(c.platform_id, c.user_id, c.user_name, c.text, c.likes, c.reply_to, c.own) for c in page.comments] == [
        ("9", "7", "阳光路居民", "什么时候修路？", 3, None, False),
        ("8", "", "", "回复@阳光路居民:同问", 0, "9", False),
        ("7", "", "", "", 0, None, False),
        ("6", ME, "", "已转办", 2, None, True),
        ("5", "", "", "半个\ufffd", 0, None, False),
    ]
    assert page.comments[0].raw == served[0]
    assert page.comments[4].raw["text"] == "半个\ud83d"


@pytest.mark.parametrize(("cursor", "following"), [(0, None), (None, None), ("8", "8"), (20, None), (21, None)])
def test_only_a_cursor_that_moves_leads_on(
    weibo: responses.RequestsMock, platform: WeiboPlatform, cursor: object, following: str | None
) -> None:
    knows_us(weibo)
    weibo.get(api("comments/show"), json={"comments": [], "next_cursor": cursor})
    assert platform.comments("1", max_id="20").next_max_id == following


def test_our_own_id_is_asked_once(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    knows_us(weibo)
    weibo.get(api("comments/show"), json={"comments": []})
    platform.comments("1")
    platform.comments("1")
    assert len(weibo.calls) == 3


def test_a_closed_door_is_told_from_a_passing_fault(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    knows_us(weibo)
    weibo.get(api("comments/show"), json={"error": "Insufficient app permissions!", "error_code": 10014}, status=403)
    with pytest.raises(PlatformRefused, match="接口权限"):
        platform.comments("1")


def test_the_shown_count_is_one_cheap_call(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    weibo.get(api("statuses/count"), json=[{"id": 11, "idstr": "11", "comments": "573"}])
    assert platform.shown_count("11") == 573


@pytest.mark.parametrize("body", [[], [{"id": 12, "comments": 5}], {"unexpected": True}])
def test_a_status_without_a_count_is_gone(
    weibo: responses.RequestsMock, platform: WeiboPlatform, body: object
) -> None:
    weibo.get(api("statuses/count"), json=body)
    with pytest.raises(TargetGone, match="11"):
        platform.shown_count("11")


@pytest.mark.parametrize("info", [{"uid": int(ME), "expire_in": 3600}, {"uid": ME, "expire_in": "3600"}])
def test_the_login_says_whose_it_is_and_how_long(
    weibo: responses.RequestsMock, platform: WeiboPlatform, info: dict[str, Any]
) -> None:
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json=info)
    login = platform.login()
    assert (login.user_id, login.expires_at) == (ME, NOW + timedelta(hours=1))


def test_a_login_of_unknown_life_is_no_dead_one(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json={"uid": ME})
    assert platform.login().expires_at is None


@pytest.mark.parametrize(
    ("info", "error"),
    [
        ({"uid": ME, "expire_in": 0}, LoginExpired),
        ({"uid": ME, "expire_in": -5}, LoginExpired),
        ({"error": "invalid_access_token", "error_code": 21332}, LoginExpired),
        ({"expire_in": 5}, PlatformDown),
        ([], PlatformDown),
    ],
)
def test_a_dead_login_is_told(
    weibo: responses.RequestsMock, platform: WeiboPlatform, info: object, error: type[Exception]
) -> None:
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json=info)
    with pytest.raises(error):
        platform.login()
