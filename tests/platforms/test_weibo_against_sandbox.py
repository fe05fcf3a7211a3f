"""Weibo's client against the sandbox over HTTP: login, every endpoint, and every fault it can produce on a write."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from microblog.domain.errors import LoginExpired, PlatformRefused, Throttled
from microblog.domain.post import (
    Absent,
    Delivery,
    Found,
    Landed,
    LoginNeeded,
    Posted,
    Refused,
    Unknown,
    Verb,
    WaitUntil,
    Withheld,
)
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_http import Answer, Http
from microblog.platforms.weibo_oauth import access_token, authorize_url, revoke
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import APP_KEY, APP_SECRET, CALLBACKS, UID, Sandbox
from microblog.text.count import weibo_length, weibo_length_undiscounted
from tests.platforms.conftest import NOW

PREVIEW = Delivery("interview 1 · preview", Verb.SHARE, "【访谈预告】欢迎提问 http://www.example.gov.cn/ft/1.html ")


class Weibo:
    """A sandbox, a client and a platform on it."""

    def __init__(self, sandbox: Sandbox, table: ErrorTable) -> None:
        self.sandbox = sandbox
        self.http = Http(sandbox.base_url, connect_timeout=2, read_timeout=0.5)
        self.client = WeiboClient(self.http, lambda: sandbox.token, rip="211.156.0.1")
        self.limits = Limits(weibo_length, weibo_length_undiscounted, safe_domains=("example.gov.cn",))
        self.platform = WeiboPlatform(self.client, table, self.limits, self)

    def now(self) -> datetime:
        return self.sandbox.admin.now()

    def advance(self, by: timedelta) -> None:
        self.sandbox.admin.clock(advance=by.total_seconds())

    def suffer(self, fault: str, endpoint: str = "*") -> None:
        self.sandbox.admin.add_rules([{"fault": fault, "endpoint": endpoint, "times": 1}])

    def posted(self) -> list[str]:
        return [write.sent for write in self.sandbox.admin.writes()]


@pytest.fixture
def weibo_here(table: ErrorTable) -> Iterator[Weibo]:
    with Sandbox(start=NOW, options=replace(OPEN, calls_per_day=0)) as sandbox:
        here = Weibo(sandbox, table)
        yield here
        here.http.close()


def id_in(answer: Answer) -> str:
    assert answer.ok, answer
    return str(answer.body["idstr"])


def test_every_endpoint_answers(weibo_here: Weibo) -> None:
    client = weibo_here.client
    status = id_in(client.share(PREVIEW.text))
    first = id_in(client.create_comment(status, "甲"))
    second = id_in(client.reply(status, first, "乙"))
    reads: list[Callable[[], Answer]] = [
        client.user_timeline,
        lambda: client.show(status),
        lambda: client.count([status]),
        client.mentions,
        lambda: client.comments(status),
        client.comments_by_me,
        client.comments_to_me,
        lambda: client.comments_batch([first, second]),
        client.rate_limit_status,
        client.get_uid,
        client.token_info,
    ]
    assert [read().ok for read in reads] == [True] * len(reads)
    reposted = id_in(client.repost(status, "转发"))
    assert id_in(client.destroy_comment(second)) == second
    assert id_in(client.destroy_status(reposted)) == reposted


def test_a_reply_is_shown_in_exactly_the_sealed_words(weibo_here: Weibo) -> None:
    client = weibo_here.client
    status = id_in(client.share(PREVIEW.text))
    asked = str(weibo_here.sandbox.cast.add_comment(int(status), "阳光路居民", "什么时候修路？").id)
    answer = client.reply(status, asked, "【答】六月开工。")
    assert answer.body["text"] == "【答】六月开工。"


def test_a_person_logs_in_and_the_token_works_until_it_is_given_back(weibo_here: Weibo) -> None:
    base_url = weibo_here.sandbox.base_url
    page = authorize_url(base_url, app_key=APP_KEY, redirect_uri=CALLBACKS[0], state="s1")
    assert "授权" in requests.get(page, timeout=5).text
    address, query = page.split("?")
    form = {name: values[0] for name, values in parse_qs(query).items()} | {"uid": str(UID), "action": "approve"}
    answer = requests.post(address, data=form, allow_redirects=False, timeout=5)
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["s1"]
    granted = access_token(
        weibo_here.http, app_key=APP_KEY, app_secret=APP_SECRET, code=back["code"][0], redirect_uri=CALLBACKS[0]
    )
    assert granted.body["uid"] == str(UID)
    expires_at = weibo_here.platform.login().expires_at
    assert expires_at is not None
    assert expires_at > NOW
    assert revoke(weibo_here.http, granted.body["access_token"]).body == {"result": "true"}
    with pytest.raises(LoginExpired):
        weibo_here.platform.login()


def test_a_code_used_twice_is_told_with_its_code(weibo_here: Weibo) -> None:
    answer = access_token(
        weibo_here.http, app_key=APP_KEY, app_secret=APP_SECRET, code="used", redirect_uri=CALLBACKS[0]
    )
    assert answer.error_code == 21325


LANDED = [
    "drop-after-commit",
    "stall-after-commit",
    "bad-gateway-after-commit",
    "error-after-commit",
    "review-after-commit",
    "delay-after-commit",
    "truncated-json",
    "blank-body",
]
LOST = [
    "drop-before-commit",
    "stall-before-commit",
    "bad-gateway-before-commit",
    "error-before-commit",
    "front-page",
]


@pytest.mark.parametrize("fault", LANDED)
@pytest.mark.parametrize("older", [True, False], ids=["account in use", "first post ever"])
def test_a_post_that_landed_is_found_and_never_called_absent(weibo_here: Weibo, fault: str, older: bool) -> None:
    if older:
        weibo_here.sandbox.cast.add_status(UID, "手工发布")
        weibo_here.advance(timedelta(hours=1))
    weibo_here.suffer(fault)
    sent_at = weibo_here.now()
    outcome = weibo_here.platform.deliver(PREVIEW, ())
    assert isinstance(outcome, Unknown | Landed)
    weibo_here.advance(outcome.look_at - weibo_here.now())
    assert isinstance(weibo_here.platform.look_for(PREVIEW, sent_at=sent_at, now=weibo_here.now()), Found)
    assert weibo_here.posted() == [PREVIEW.text]


@pytest.mark.parametrize("fault", LOST)
def test_a_post_that_was_lost_is_proven_absent(weibo_here: Weibo, fault: str) -> None:
    weibo_here.suffer(fault)
    sent_at = weibo_here.now()
    weibo_here.platform.deliver(PREVIEW, ())
    weibo_here.advance(timedelta(seconds=10))
    assert weibo_here.platform.look_for(PREVIEW, sent_at=sent_at, now=weibo_here.now()) == Absent()
    assert weibo_here.posted() == []


def test_the_first_post_ever_under_review_is_not_called_absent(weibo_here: Weibo) -> None:
    weibo_here.suffer("review-after-commit")
    sent_at = weibo_here.now()
    assert isinstance(weibo_here.platform.deliver(PREVIEW, ()), Landed)
    assert isinstance(weibo_here.platform.look_for(PREVIEW, sent_at=sent_at, now=weibo_here.now()), Withheld)


@pytest.mark.parametrize("code", [21327, 21332, 21316, 21319])
def test_a_token_that_dies_stops_writing_and_reading(weibo_here: Weibo, code: int) -> None:
    weibo_here.sandbox.cast.kill_token(weibo_here.sandbox.token, code)
    assert isinstance(weibo_here.platform.deliver(PREVIEW, ()), LoginNeeded)
    with pytest.raises(LoginExpired):
        weibo_here.platform.shown_count("1")


def test_a_spent_day_says_until_when(table: ErrorTable) -> None:
    with Sandbox(start=NOW, options=replace(OPEN, calls_per_day=1)) as sandbox:
        here = Weibo(sandbox, table)
        assert isinstance(here.platform.deliver(PREVIEW, ()), Posted)
        outcome = here.platform.deliver(replace(PREVIEW, text=PREVIEW.text + "二"), ())
        with pytest.raises(Throttled):
            here.platform.shown_count("1")
        here.http.close()
    assert isinstance(outcome, WaitUntil)
    assert outcome.scope == "account"


@pytest.mark.parametrize("fault", ["captcha", "account-illegal"])
def test_an_account_under_suspicion_is_for_a_person(weibo_here: Weibo, fault: str) -> None:
    weibo_here.suffer(fault)
    assert isinstance(weibo_here.platform.deliver(PREVIEW, ()), Refused)
    assert weibo_here.posted() == []


def test_words_the_platform_forbids_are_refused(weibo_here: Weibo) -> None:
    outcome = weibo_here.platform.deliver(replace(PREVIEW, text="违法内容样例 http://example.gov.cn/1 "), ())
    assert isinstance(outcome, Refused)
    assert "20021" in outcome.why


def test_a_missing_address_of_ours_is_named(table: ErrorTable) -> None:
    with Sandbox(start=NOW) as sandbox:
        here = Weibo(sandbox, table)
        client = WeiboClient(here.http, lambda: sandbox.token)
        platform = WeiboPlatform(client, table, here.limits, here)
        outcome = platform.deliver(PREVIEW, ())
        here.http.close()
    assert isinstance(outcome, Refused)
    assert "rip" in outcome.why


def test_a_door_closed_overnight_is_told(weibo_here: Weibo) -> None:
    weibo_here.platform.login()
    weibo_here.suffer("door-closed")
    with pytest.raises(PlatformRefused):
        weibo_here.platform.comments("1")


QUIRKS = ["numbers-swapped", "sparse-users", "no-user", "odd-verified-type", "geo-point", "encoded-text"]


@pytest.mark.parametrize("quirk", QUIRKS)
def test_quirks_of_the_wire_change_nothing(weibo_here: Weibo, quirk: str) -> None:
    weibo_here.sandbox.admin.add_rules([{"fault": quirk}])
    sent_at = weibo_here.now()
    shared = weibo_here.platform.deliver(PREVIEW, ())
    assert isinstance(shared, Posted)
    assert (shared.why, shared.platform_id.isdigit()) == ("", True)
    asked = str(weibo_here.sandbox.cast.add_comment(int(shared.platform_id), "阳光路居民", "路 < 3 米 & 坑多？").id)
    answer = Delivery("k", Verb.REPLY, "【答】<六月> & 开工", status_id=shared.platform_id, comment_id=asked)
    replied = weibo_here.platform.deliver(answer, ())
    assert isinstance(replied, Posted)
    assert (replied.misplaced, replied.why) == (False, "")
    assert isinstance(weibo_here.platform.look_for(answer, sent_at=sent_at, now=weibo_here.now()), Found)
    page = weibo_here.platform.comments(shared.platform_id)
    texts = {seen.platform_id: seen.text for seen in page.comments}
    assert texts == {asked: "路 < 3 米 & 坑多？", replied.platform_id: answer.text}
    assert weibo_here.platform.shown_count(shared.platform_id) == page.total == 2
    assert weibo_here.platform.login().user_id == str(UID)


def test_a_code_that_comes_as_a_string_is_understood(weibo_here: Weibo) -> None:
    weibo_here.sandbox.admin.add_rules([{"fault": "code-as-string"}, {"fault": "illegal-content"}])
    outcome = weibo_here.platform.deliver(PREVIEW, ())
    assert isinstance(outcome, Refused)
    assert "20021" in outcome.why


def test_an_error_that_comes_with_status_200_is_an_error(weibo_here: Weibo) -> None:
    weibo_here.sandbox.admin.add_rules([{"fault": "error-status"}, {"fault": "too-fast"}])
    assert isinstance(weibo_here.platform.deliver(PREVIEW, ()), WaitUntil)
