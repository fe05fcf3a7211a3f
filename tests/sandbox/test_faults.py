"""Everything that can go wrong, by name: what the client sees, and what was really committed."""

import time
from typing import Any

import pytest
import requests

from microblog.sandbox.faults.registry import FAULTS
from microblog.sandbox.server import APP_KEY, UID, Sandbox
from tests.sandbox.conftest import LINK, RIP, Caller, code


def committed(weibo: Sandbox) -> list[str]:
    return [write.sent for write in weibo.admin.writes()]


def attempt(me: Caller, fault: str, *, timeout: float = 5) -> str:
    """Share once under a fault, as a careful client sees it: `dropped`, `timeout`, or HTTP status and error code."""
    try:
        answer = requests.post(
            f"{me.weibo.base_url}/2/statuses/share.json",
            data={"status": f"预告 {LINK} ", "rip": RIP},
            headers={"Authorization": f"OAuth2 {me.token}", "X-Sandbox-Fault": fault},
            timeout=timeout,
        )
    except requests.ReadTimeout:
        return "timeout"
    except requests.ConnectionError:
        return "dropped"
    try:
        return f"{answer.status_code} {answer.json().get('error_code', 'ok')}"
    except requests.JSONDecodeError:
        return f"{answer.status_code} {answer.headers['Content-Type']}"


@pytest.mark.parametrize(
    ("fault", "seen", "posts"),
    [
        ("drop-after-commit", "dropped", 1),
        ("stall-after-commit; seconds=30", "timeout", 1),
        ("bad-gateway-after-commit", "502 text/html; charset=utf-8", 1),
        ("error-after-commit", "500 10001", 1),
        ("error-after-commit; code=10011", "503 10011", 1),
        ("review-after-commit", "400 20053", 1),
        ("delay-after-commit; http=200", "200 20032", 1),
        ("truncated-json", "200 application/json;charset=UTF-8", 1),
        ("blank-body", "200 application/json;charset=UTF-8", 1),
        ("slow-answer; seconds=0.1", "200 ok", 1),
        ("drop-before-commit", "dropped", 0),
        ("stall-before-commit; seconds=30", "timeout", 0),
        ("bad-gateway-before-commit", "502 text/html; charset=utf-8", 0),
        ("error-before-commit; code=10009", "503 10009", 0),
        ("front-page; http=432", "432 text/html; charset=utf-8", 0),
        ("illegal-content", "400 20021", 0),
        ("illegal-website", "400 20018", 0),
        ("advertising", "400 20020", 0),
        ("forbidden-words", "400 21602", 0),
        ("repeat-content", "400 20019", 0),
        ("similar-content", "400 20017", 0),
        ("user-limit", "403 10023", 0),
        ("endpoint-limit", "403 10024", 0),
        ("ip-limit", "403 10022", 0),
        ("too-fast", "400 20016", 0),
        ("door-closed", "403 10014", 0),
        ("door-removed", "404 10020", 0),
        ("permission-denied", "403 10005", 0),
        ("illegal-comment", "400 20202", 0),
        ("day-spent", "403 10023", 0),
    ],
)
def test_what_is_seen_and_what_was_committed(weibo: Sandbox, me: Caller, fault: str, seen: str, posts: int) -> None:
    assert attempt(me, fault, timeout=0.5 if seen == "timeout" else 5) == seen
    assert len(committed(weibo)) == posts


def test_a_resend_of_what_landed_unseen_is_a_repeat(weibo: Sandbox, me: Caller) -> None:
    assert attempt(me, "drop-after-commit") == "dropped"
    assert attempt(me, "") == "400 20019"
    assert len(committed(weibo)) == 1


def test_a_resend_of_what_never_landed_is_accepted(weibo: Sandbox, me: Caller) -> None:
    assert attempt(me, "drop-before-commit") == "dropped"
    assert attempt(me, "") == "200 ok"
    assert len(committed(weibo)) == 1


@pytest.mark.parametrize(("fault", "minutes"), [("review-after-commit", 3), ("delay-after-commit", 1.5)])
def test_a_held_back_post_is_nowhere_until_its_minutes_are_over(
    weibo: Sandbox, me: Caller, fault: str, minutes: float
) -> None:
    attempt(me, fault)
    hidden = weibo.admin.writes()[0].id

    def timeline() -> list[int]:
        return [status["id"] for status in me.get("statuses/user_timeline").json()["statuses"]]

    weibo.admin.clock(advance=minutes * 60 - 1)
    assert timeline() == []
    assert code(me.get("statuses/show", id=hidden)) == 20101
    weibo.admin.clock(advance=1)
    assert timeline() == [hidden]


def test_a_held_back_comment_is_missing_from_by_me_too(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    assert code(me.post("comments/create", "review-after-commit", id=status, comment="第一部分")) == 20053
    assert me.get("comments/by_me").json()["comments"] == []
    weibo.admin.clock(advance=180)
    assert me.get("comments/by_me").json()["comments"][0]["text"] == "第一部分"


def test_a_refusal_stays_one_under_a_fault_that_says_released(me: Caller) -> None:
    assert code(me.share("违禁词样例", "review-after-commit")) == 21602


def test_a_misplaced_reply_is_a_plain_comment_with_status_200(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    asked = weibo.cast.add_comment(status, "甲", "问一")
    answer = me.post("comments/reply", "misplaced", id=status, cid=asked.id, comment="答复")
    assert answer.status_code == 200
    assert "reply_comment" not in answer.json()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("comment-gone", 20201),
        ("status-gone", 20101),
        ("status-illegal", 20104),
        ("user-gone", 20003),
        ("privacy-forbids", 20508),
        ("blacklisted", 20512),
    ],
)
def test_a_target_that_vanished_stays_away(weibo: Sandbox, me: Caller, fault: str, expected: int) -> None:
    status = me.status()
    asked = weibo.cast.add_comment(status, "甲", "问一")
    assert code(me.post("comments/reply", fault, id=status, cid=asked.id, comment="答复")) == expected
    assert code(me.post("comments/reply", id=status, cid=asked.id, comment="答复")) == expected


@pytest.mark.parametrize(("fault", "expected"), [("captcha", 20031), ("account-illegal", 20015)])
def test_a_blocked_account_writes_nothing_until_a_person_clears_it(
    weibo: Sandbox, me: Caller, fault: str, expected: int
) -> None:
    assert attempt(me, fault) == f"400 {expected}"
    weibo.admin.clock(advance=30 * 86_400)
    assert attempt(me, "") == f"400 {expected}"
    assert me.get("account/get_uid").status_code == 200
    me.control("accounts/clear", uid=UID)
    assert attempt(me, "") == "200 ok"


def test_a_comment_ban_ends_by_itself(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    assert code(me.post("comments/create", "comment-ban; minutes=10", id=status, comment="一")) == 20022
    weibo.admin.clock(advance=600)
    assert me.post("comments/create", id=status, comment="一").status_code == 200


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("token-expired", 21327),
        ("token-unknown", 21332),
        ("token-revoked", 21316),
        ("token-rejected", 21317),
        ("accessor-revoked", 21319),
        ("auth-failed", 21301),
        ("source-missing", 10006),
        ("app-unaudited", 21321),
    ],
)
def test_a_dead_token_stays_dead_until_someone_authorises_again(
    weibo: Sandbox, me: Caller, fault: str, expected: int
) -> None:
    assert code(me.share("预告", fault)) == expected
    assert code(me.get("account/get_uid")) == expected
    renewed = Caller(weibo, weibo.cast.add_token(UID, APP_KEY).token)
    assert renewed.token != me.token
    assert renewed.get("account/get_uid").status_code == 200


def test_the_day_is_spent_until_midnight_and_the_limits_may_lie_about_it(weibo: Sandbox, me: Caller) -> None:
    me.get("account/get_uid", "day-spent")
    assert code(me.get("account/get_uid")) == 10023
    assert me.get("account/rate_limit_status").json()["remaining_user_hits"] == 0
    assert me.get("account/rate_limit_status", "limits-lie").json()["remaining_user_hits"] == 100
    weibo.admin.clock(advance=86_400)
    assert me.get("account/get_uid").status_code == 200


def test_wire_quirks_change_the_body_and_nothing_else(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    weibo.cast.add_comment(status, "甲", "5 < 6 & 7 > 6")

    def first(fault: str) -> dict[str, Any]:
        return dict(me.get("comments/show", fault, id=status).json()["comments"][0])

    plain = first("")
    assert first("encoded-text")["text"] == "5 &lt; 6 &amp; 7 &gt; 6"
    assert first("sparse-users")["user"].keys() == {"id", "idstr", "screen_name"}
    assert first("no-user")["user"] is None
    assert first("odd-verified-type")["user"]["verified_type"] in (200, 220)
    assert first("geo-point")["status"]["geo"]["type"] == "Point"
    assert first("numbers-swapped")["id"] == str(plain["id"])
    assert me.get("account/get_uid", "numbers-swapped").json() == {"uid": UID}
    assert first("") == plain


@pytest.mark.parametrize("http", [200, 400, 401, 403])
def test_an_error_may_travel_under_any_status_with_its_code_as_a_string(me: Caller, http: int) -> None:
    answer = me.get("comments/show", f"code-as-string, error-status; http={http}", id=1)
    assert answer.status_code == http
    assert answer.json()["error_code"] == "20101"


@pytest.fixture
def status(weibo: Sandbox, me: Caller) -> int:
    identifier = me.status()
    for number in range(8):
        weibo.admin.clock(advance=60)
        weibo.cast.add_comment(identifier, f"网友{number}", f"第{number}问")
    return identifier


def show(me: Caller, status: int, fault: str = "", **params: Any) -> tuple[list[str], int, int]:
    body = me.get("comments/show", fault, id=status, **params).json()
    return [comment["text"] for comment in body["comments"]], body["next_cursor"], body["total_number"]


def test_comments_deleted_between_pages_are_never_seen(me: Caller, status: int) -> None:
    first, cursor, _ = show(me, status, count=4)
    second, _, total = show(me, status, "deleted-comments; number=2", max_id=cursor, count=4)
    assert first == ["第7问", "第6问", "第5问", "第4问"]
    assert second == ["第1问", "第0问"]
    assert total == 6


def test_filtered_comments_are_missing_and_counted(me: Caller, status: int) -> None:
    texts, _, total = show(me, status, "filtered-comments; number=3")
    assert (len(texts), total) == (5, 8)
    assert show(me, status)[0] == texts


def test_comments_held_for_approval_come_back_later(weibo: Sandbox, me: Caller, status: int) -> None:
    assert len(show(me, status, "late-approval; number=2; minutes=60")[0]) == 6
    weibo.admin.clock(advance=3600)
    assert len(show(me, status)[0]) == 8


def test_the_list_grows_while_it_is_paged(me: Caller, status: int) -> None:
    _, cursor, _ = show(me, status, count=4)
    rest, _, total = show(me, status, "growing-list; number=2", max_id=cursor, count=4)
    assert rest == ["第3问", "第2问", "第1问", "第0问"]
    assert total == 10
    assert len(show(me, status)[0]) == 10


def test_a_page_may_repeat_be_short_or_be_empty_with_a_cursor(me: Caller, status: int) -> None:
    assert show(me, status, "served-again; number=2")[0][-4:] == ["第1问", "第0问", "第1问", "第0问"]
    short, cursor, _ = show(me, status, "short-page; number=3")
    assert short == ["第7问", "第6问", "第5问"]
    assert show(me, status, max_id=cursor)[0][0] == "第4问"
    empty, cursor, _ = show(me, status, "short-page; number=0")
    assert empty == []
    assert len(show(me, status, max_id=cursor)[0]) == 8


def test_authorised_only_may_strike_a_single_call(me: Caller, status: int) -> None:
    assert show(me, status, "authorised-only")[0] == []
    assert len(show(me, status)[0]) == 8


def test_the_unauthorised_are_withheld_even_from_a_page_that_names_no_authors(me: Caller, status: int) -> None:
    assert show(me, status, "no-user, authorised-only")[0] == []


def test_limits_that_lie_say_nothing_where_no_answer_comes(me: Caller) -> None:
    assert me.get("account/rate_limit_status", "bad-gateway-before-commit, limits-lie").status_code == 502
    with pytest.raises(requests.ConnectionError):
        me.get("account/rate_limit_status", "drop-after-commit, limits-lie")


def test_other_posts_may_push_ours_out_of_the_timeline(weibo: Sandbox, me: Caller, status: int) -> None:
    seen = me.get("statuses/user_timeline", "pushed-out").json()["statuses"]
    assert status not in [shown["id"] for shown in seen]
    assert len(committed(weibo)) == 1


def test_the_listing_explains_every_fault_in_chinese(weibo: Sandbox) -> None:
    listing = requests.get(f"{weibo.base_url}/_sandbox/faults", timeout=5).json()
    assert [line["name"] for line in listing["faults"]] == list(FAULTS)
    assert all(any("\u4e00" <= char <= "\u9fff" for char in line["says"]) for line in listing["faults"])


def test_a_stall_ends_when_the_server_goes_down() -> None:
    with Sandbox() as weibo:
        caller = Caller(weibo, weibo.token)
        assert attempt(caller, "stall-after-commit; seconds=600", timeout=0.2) == "timeout"
        before = time.monotonic()
    assert time.monotonic() - before < 5
