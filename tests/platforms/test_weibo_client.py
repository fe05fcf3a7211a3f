"""Every endpoint: its verb, its path, its parameters, and where the token travels."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import responses

from microblog.platforms.weibo_client import API_BASE, WeiboClient
from microblog.platforms.weibo_http import Answer, Http
from microblog.platforms.weibo_oauth import access_token, authorize_url, revoke
from tests.platforms.conftest import TOKEN

Call = Callable[[WeiboClient], Answer]

READS: list[tuple[str, Call, dict[str, list[str]]]] = [
    ("statuses/user_timeline", lambda c: c.user_timeline(), {"count": ["5"]}),
    ("statuses/show", lambda c: c.show("1"), {"id": ["1"]}),
    ("statuses/count", lambda c: c.count(["1", "2"]), {"ids": ["1,2"]}),
    ("statuses/mentions", lambda c: c.mentions(since_id="7"), {"since_id": ["7"], "count": ["200"]}),
    (
        "comments/show",
        lambda c: c.comments("1", since_id="2", max_id="3", count=50),
        {"id": ["1"], "since_id": ["2"], "max_id": ["3"], "count": ["50"]},
    ),
    ("comments/by_me", lambda c: c.comments_by_me(max_id="9"), {"max_id": ["9"], "count": ["50"]}),
    ("comments/to_me", lambda c: c.comments_to_me(), {"count": ["50"]}),
    ("comments/show_batch", lambda c: c.comments_batch(["1", "2"]), {"cids": ["1,2"]}),
    ("account/rate_limit_status", lambda c: c.rate_limit_status(), {}),
    ("account/get_uid", lambda c: c.get_uid(), {}),
]

WRITES: list[tuple[str, Call, dict[str, list[str]]]] = [
    ("statuses/share", lambda c: c.share("微 & 访=谈"), {"status": ["微 & 访=谈"]}),
    ("statuses/repost", lambda c: c.repost("1", "好"), {"id": ["1"], "status": ["好"], "is_comment": ["0"]}),
    ("statuses/destroy", lambda c: c.destroy_status("1"), {"id": ["1"]}),
    ("comments/create", lambda c: c.create_comment("1", "好"), {"id": ["1"], "comment": ["好"]}),
    (
        "comments/reply",
        lambda c: c.reply("1", "2", "好"),
        {"id": ["1"], "cid": ["2"], "comment": ["好"], "without_mention": ["1"]},
    ),
    ("comments/destroy", lambda c: c.destroy_comment("2"), {"cid": ["2"]}),
]


@pytest.mark.parametrize(("endpoint", "call", "query"), READS, ids=[read[0] for read in READS])
def test_a_read_asks_by_query(
    weibo: responses.RequestsMock, client: WeiboClient, endpoint: str, call: Call, query: dict[str, list[str]]
) -> None:
    weibo.get(f"{API_BASE}/2/{endpoint}.json", json={"read": True})
    assert call(client).body == {"read": True}
    assert parse_qs(urlsplit(str(weibo.calls[0].request.url)).query) == query


@pytest.mark.parametrize(("endpoint", "call", "form"), WRITES, ids=[write[0] for write in WRITES])
def test_a_write_sends_a_form_once_encoded_with_our_address(
    weibo: responses.RequestsMock, client: WeiboClient, endpoint: str, call: Call, form: dict[str, list[str]]
) -> None:
    weibo.post(f"{API_BASE}/2/{endpoint}.json", json={"id": 1})
    assert call(client).ok
    request = weibo.calls[0].request
    assert parse_qs(str(request.body), encoding="utf-8") == form | {"rip": ["211.156.0.1"]}
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("endpoint", "call"), [(name, call) for name, call, _ in READS + WRITES])
def test_the_token_travels_in_the_header_alone(
    weibo: responses.RequestsMock, client: WeiboClient, endpoint: str, call: Call
) -> None:
    weibo.add("GET", f"{API_BASE}/2/{endpoint}.json", json={})
    weibo.add("POST", f"{API_BASE}/2/{endpoint}.json", json={})
    weibo.assert_all_requests_are_fired = False
    call(client)
    request = weibo.calls[0].request
    assert request.headers["Authorization"] == f"OAuth2 {TOKEN}"
    assert TOKEN not in str(request.url) + str(request.body or "")


def test_every_call_has_a_connect_and_a_read_timeout(weibo: responses.RequestsMock) -> None:
    client = WeiboClient(Http(API_BASE, connect_timeout=3, read_timeout=7), lambda: TOKEN)
    weibo.get(f"{API_BASE}/2/account/get_uid.json", json={})
    weibo.post(f"{API_BASE}/2/statuses/share.json", json={})
    client.get_uid()
    client.share("好")
    assert [call.request.req_kwargs["timeout"] for call in weibo.calls] == [(3, 7), (3, 7)]  # type: ignore[attr-defined]


def test_without_an_address_of_ours_none_is_sent(weibo: responses.RequestsMock) -> None:
    weibo.post(f"{API_BASE}/2/statuses/share.json", json={})
    WeiboClient(Http(API_BASE), lambda: TOKEN).share("好")
    assert weibo.calls[0].request.body == "status=%E5%A5%BD"


def test_a_new_login_reaches_a_running_client(weibo: responses.RequestsMock) -> None:
    tokens = iter(["old", "new"])
    client = WeiboClient(Http(API_BASE), lambda: next(tokens))
    weibo.get(f"{API_BASE}/2/account/get_uid.json", json={})
    client.get_uid()
    client.get_uid()
    assert [call.request.headers["Authorization"] for call in weibo.calls] == ["OAuth2 old", "OAuth2 new"]


def test_another_server_that_speaks_the_api_can_be_named(weibo: responses.RequestsMock) -> None:
    weibo.get("http://weibo.test/2/account/get_uid.json", json={"uid": "5"})
    assert WeiboClient(Http("http://weibo.test/"), lambda: TOKEN).get_uid().body == {"uid": "5"}


def test_token_info_is_asked_by_form(weibo: responses.RequestsMock, client: WeiboClient) -> None:
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json={"uid": 1})
    client.token_info()
    assert weibo.calls[0].request.body == f"access_token={TOKEN}"


def test_the_login_page_names_app_return_address_and_state() -> None:
    url = authorize_url(API_BASE, app_key="12", redirect_uri="http://127.0.0.1:8765/cb", state="s1", force_login=True)
    assert url == (
        "https://api.weibo.com/oauth2/authorize?client_id=12&redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Fcb"
        "&response_type=code&state=s1&forcelogin=true"
    )


def test_a_code_is_exchanged_for_a_token_by_form(weibo: responses.RequestsMock) -> None:
    weibo.post(f"{API_BASE}/oauth2/access_token", json={"access_token": "2.00x", "expires_in": 86400, "uid": "1"})
    answer = access_token(Http(API_BASE), app_key="12", app_secret="s", code="c", redirect_uri="http://127.0.0.1/cb")
    assert answer.body["access_token"] == "2.00x"
    assert parse_qs(str(weibo.calls[0].request.body)) == {
        "client_id": ["12"],
        "client_secret": ["s"],
        "grant_type": ["authorization_code"],
        "code": ["c"],
        "redirect_uri": ["http://127.0.0.1/cb"],
    }
    assert "Authorization" not in weibo.calls[0].request.headers


def test_a_token_is_given_back_by_form(weibo: responses.RequestsMock) -> None:
    weibo.post(f"{API_BASE}/oauth2/revokeoauth2", json={"result": "true"})
    assert revoke(Http(API_BASE), TOKEN).body == {"result": "true"}
