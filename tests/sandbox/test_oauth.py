"""OAuth2: consent, codes, tokens, their lives and their deaths."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from microblog.sandbox.server import APP_KEY, APP_SECRET, CALLBACKS, UID, Sandbox
from tests.sandbox.conftest import Caller, code

CALLBACK = CALLBACKS[0]


def authorize(weibo: Sandbox, **changes: str) -> requests.Response:
    params = {"client_id": APP_KEY, "redirect_uri": CALLBACK, "state": "s1", **changes}
    return requests.post(
        f"{weibo.base_url}/oauth2/authorize",
        data={"uid": str(UID), "action": "approve", **params},
        allow_redirects=False,
        timeout=5,
    )


def code_for(weibo: Sandbox, **changes: str) -> str:
    return parse_qs(urlsplit(authorize(weibo, **changes).headers["Location"]).query)["code"][0]


def exchange(weibo: Sandbox, text: str, **changes: str) -> requests.Response:
    data = {
        "client_id": APP_KEY,
        "client_secret": APP_SECRET,
        "grant_type": "authorization_code",
        "code": text,
        "redirect_uri": CALLBACK,
        **changes,
    }
    return requests.post(f"{weibo.base_url}/oauth2/access_token", data=data, timeout=5)


def test_the_consent_page_is_chinese_and_escapes_what_it_was_given(weibo: Sandbox) -> None:
    params = {"client_id": APP_KEY, "redirect_uri": CALLBACK, "state": "<script>x</script>"}
    page = requests.get(f"{weibo.base_url}/oauth2/authorize", params=params, timeout=5)
    assert page.status_code == 200
    assert "授权" in page.text
    assert "<script>" not in page.text


def test_approval_redirects_with_code_and_state(weibo: Sandbox) -> None:
    answer = authorize(weibo)
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.status_code == 302
    assert query["state"] == ["s1"]
    assert set(query) == {"code", "state"}


def test_cancelling_redirects_with_the_error_fields(weibo: Sandbox) -> None:
    query = parse_qs(urlsplit(authorize(weibo, action="cancel").headers["Location"]).query)
    assert query["error_code"] == ["21330"]
    assert query["error"] == ["access_denied"]


def test_a_foreign_redirect_uri_is_a_page_and_no_redirect(weibo: Sandbox) -> None:
    answer = authorize(weibo, redirect_uri="https://evil.example/")
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "21322" in answer.text


def test_the_token_object_mixes_numbers_and_strings_as_captures_do(weibo: Sandbox) -> None:
    body = exchange(weibo, code_for(weibo)).json()
    assert isinstance(body["expires_in"], int)
    assert body["remind_in"] == str(body["expires_in"])
    assert body["uid"] == str(UID)
    assert body["isRealName"] == "true"


def test_a_code_is_good_once(weibo: Sandbox) -> None:
    text = code_for(weibo)
    assert exchange(weibo, text).status_code == 200
    again = exchange(weibo, text)
    assert again.json()["error_description"] == f"invalid authorization code:{text}"
    assert code(again) == 21325


def test_a_code_does_not_keep(weibo: Sandbox) -> None:
    text = code_for(weibo)
    weibo.admin.clock(advance=601)
    assert code(exchange(weibo, text)) == 21325


def test_a_wrong_secret_answers_401_with_five_keys(weibo: Sandbox) -> None:
    answer = exchange(weibo, code_for(weibo), client_secret="wrong")
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "error_code", "request", "error_uri", "error_description"}
    assert answer.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"client_id": ""}, 21323),
        ({"code": ""}, 21323),
        ({"grant_type": "password"}, 21328),
        ({"grant_type": "refresh_token"}, 21326),
        ({"redirect_uri": CALLBACKS[1]}, 21322),
    ],
)
def test_a_token_request_with_a_mistake_names_it(weibo: Sandbox, changes: dict[str, str], expected: int) -> None:
    assert code(exchange(weibo, code_for(weibo), **changes)) == expected


def test_a_token_request_in_json_is_not_read(weibo: Sandbox) -> None:
    body = {"client_id": APP_KEY, "client_secret": APP_SECRET, "grant_type": "authorization_code"}
    assert code(requests.post(f"{weibo.base_url}/oauth2/access_token", json=body, timeout=5)) == 21323


@pytest.mark.parametrize(
    ("reviewed", "uid", "life"), [(False, 7, 86_400), (True, 7, 2_592_000), (True, 8, 157_679_999)]
)
def test_a_token_lives_a_day_a_month_or_five_years(weibo: Sandbox, reviewed: bool, uid: int, life: int) -> None:
    weibo.cast.add_account(7, "来访账号", verified_type=1)
    weibo.cast.add_account(8, "应用主人", verified_type=1)
    weibo.cast.add_app("77", "s", "另一应用", 8, redirect_uris=(CALLBACK,), reviewed=reviewed)
    text = code_for(weibo, client_id="77", uid=str(uid))
    assert exchange(weibo, text, client_id="77", client_secret="s").json()["expires_in"] == life


def test_authorising_again_gives_the_same_token_a_new_life(weibo: Sandbox) -> None:
    first = exchange(weibo, code_for(weibo)).json()
    weibo.admin.clock(advance=86_400)
    assert exchange(weibo, code_for(weibo)).json() == first


def test_a_dead_token_is_replaced_by_another_string(weibo: Sandbox) -> None:
    first = exchange(weibo, code_for(weibo)).json()["access_token"]
    weibo.cast.kill_token(first, 21316)
    assert exchange(weibo, code_for(weibo)).json()["access_token"] != first


def test_token_info_says_expire_in_and_counts_down(weibo: Sandbox) -> None:
    def ask() -> dict[str, int]:
        url, data = f"{weibo.base_url}/oauth2/get_token_info", {"access_token": weibo.token}
        return dict(requests.post(url, data=data, timeout=5).json())

    before = ask()
    weibo.admin.clock(advance=100)
    assert "expires_in" not in before
    assert ask()["expire_in"] == before["expire_in"] - 100
    assert before["uid"] == UID


def test_a_revoked_token_is_dead(weibo: Sandbox, me: Caller) -> None:
    answer = requests.post(f"{weibo.base_url}/oauth2/revokeoauth2", data={"access_token": me.token}, timeout=5)
    assert answer.json() == {"result": "true"}
    assert code(me.get("account/get_uid")) == 21316


def test_an_expired_token_answers_21327(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.clock(advance=157_680_000)
    refused = me.get("account/get_uid")
    assert (refused.status_code, code(refused)) == (403, 21327)


@pytest.mark.parametrize(
    ("headers", "params", "expected"),
    [
        ({}, {}, 10006),
        ({}, {"source": APP_KEY}, 21301),
        ({"Authorization": "Bearer x"}, {}, 21301),
        ({"Authorization": "OAuth2 2.00unknown"}, {}, 21332),
    ],
)
def test_a_call_without_a_good_token_says_what_is_wrong(
    weibo: Sandbox, headers: dict[str, str], params: dict[str, str], expected: int
) -> None:
    url = f"{weibo.base_url}/2/account/get_uid.json"
    assert code(requests.get(url, headers=headers, params=params, timeout=5)) == expected


def test_the_token_may_travel_as_a_parameter(weibo: Sandbox) -> None:
    url = f"{weibo.base_url}/2/account/get_uid.json"
    assert requests.get(url, params={"access_token": weibo.token}, timeout=5).json() == {"uid": str(UID)}


def test_an_unreviewed_app_serves_only_its_testers(weibo: Sandbox) -> None:
    weibo.cast.add_account(7, "测试账号")
    weibo.cast.add_account(8, "路人")
    weibo.cast.add_app("88", "s", "未审核", UID, reviewed=False, testers=(7,))
    tester = Caller(weibo, weibo.cast.add_token(7, "88").token)
    passer_by = Caller(weibo, weibo.cast.add_token(8, "88").token)
    assert tester.get("account/get_uid").json() == {"uid": "7"}
    assert (passer_by.get("account/get_uid").status_code, code(passer_by.get("account/get_uid"))) == (403, 21321)


def test_an_unknown_app_is_a_page_and_an_unknown_response_type_a_redirect(weibo: Sandbox) -> None:
    assert "21324" in authorize(weibo, client_id="nobody").text
    assert "error_code=21329" in authorize(weibo, response_type="token").headers["Location"]


def test_oauth_paths_and_methods_are_as_strict_as_the_rest(weibo: Sandbox) -> None:
    assert requests.get(f"{weibo.base_url}/oauth2/default.html", timeout=5).status_code == 200
    assert code(requests.get(f"{weibo.base_url}/oauth2/nothing", timeout=5)) == 10020
    assert code(requests.get(f"{weibo.base_url}/oauth2/access_token", timeout=5)) == 10021


def test_token_info_of_no_unknown_or_dead_token_is_refused(weibo: Sandbox) -> None:
    def ask(token: str) -> int:
        return code(requests.post(f"{weibo.base_url}/oauth2/get_token_info", data={"access_token": token}, timeout=5))

    assert ask("") == 21323
    assert ask("2.00unknown") == 21332
    weibo.admin.clock(advance=157_680_000)
    assert ask(weibo.token) == 21327
