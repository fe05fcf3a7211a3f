"""Reading back: five statuses, pages of comments, and every hole in them."""

from datetime import timedelta
from typing import Any

import pytest

from microblog.sandbox.server import APP_KEY, UID, Sandbox
from tests.sandbox.conftest import START, Caller, code


@pytest.fixture
def status(me: Caller) -> int:
    return me.status()


def talk(weibo: Sandbox, status: int, number: int, **fields: Any) -> list[int]:
    """So many comments, a minute apart, oldest first."""
    ids = []
    for count in range(number):
        weibo.admin.clock(advance=60)
        ids.append(weibo.cast.add_comment(status, f"网友{count}", f"第{count}问", **fields).id)
    return ids


def page(me: Caller, status: int, **params: Any) -> dict[str, Any]:
    return dict(me.get("comments/show", id=status, **params).json())


def ids_of(body: dict[str, Any]) -> list[int]:
    return [comment["id"] for comment in body["comments"]]


def test_the_timeline_holds_five_whatever_the_count(weibo: Sandbox, me: Caller) -> None:
    posted = [me.status(f"第{number}条") for number in range(7)]
    body = me.get("statuses/user_timeline", count=100).json()
    assert [status["id"] for status in body["statuses"]] == posted[:1:-1]
    assert body["total_number"] == 7
    assert body["hasvisible"] is False


def test_posts_by_hand_push_ours_out_of_the_timeline(weibo: Sandbox, me: Caller, status: int) -> None:
    for number in range(5):
        weibo.cast.add_status(UID, f"手动{number}")
    seen = me.get("statuses/user_timeline").json()["statuses"]
    assert status not in [shown["id"] for shown in seen]
    assert me.get("statuses/show", id=status).json()["id"] == status
    assert len(weibo.admin.writes()) == 1


def test_trim_user_leaves_the_id_alone(me: Caller, status: int) -> None:
    assert me.get("statuses/user_timeline", trim_user=1).json()["statuses"][0]["user"] == UID


def test_another_accounts_timeline_and_statuses_are_refused(weibo: Sandbox, me: Caller) -> None:
    weibo.cast.add_account(7, "别人")
    theirs = weibo.cast.add_status(7, "别人的微博")
    assert me.get("statuses/user_timeline", uid=7).status_code == 403
    assert me.get("statuses/show", id=theirs.id).status_code == 403


def test_count_gives_the_shown_number_for_each_known_status(weibo: Sandbox, me: Caller, status: int) -> None:
    talk(weibo, status, 3)
    counted = me.get("statuses/count", ids=f"{status},1").json()
    assert [(line["id"], line["comments"]) for line in counted] == [(status, 3)]


def test_mentions_show_only_users_who_authorised_the_app(weibo: Sandbox, me: Caller) -> None:
    for uid in (7, 8):
        weibo.cast.add_account(uid, f"账号{uid}")
        weibo.cast.add_status(uid, "@示例区发布 什么时候访谈")
    weibo.cast.add_token(8, APP_KEY)
    body = me.get("statuses/mentions").json()
    assert [shown["user"]["id"] for shown in body["statuses"]] == [8]
    assert body["total_number"] == 2


def test_comments_come_newest_first_with_since_exclusive_and_max_inclusive(
    weibo: Sandbox, me: Caller, status: int
) -> None:
    ids = talk(weibo, status, 5)
    assert ids_of(page(me, status)) == ids[::-1]
    assert ids_of(page(me, status, since_id=ids[1], max_id=ids[3])) == [ids[3], ids[2]]


def test_the_cursor_is_where_the_next_page_starts(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = talk(weibo, status, 5)
    first = page(me, status, count=2)
    assert first["next_cursor"] == ids[2]
    second = page(me, status, count=2, max_id=first["next_cursor"])
    last = page(me, status, count=2, max_id=second["next_cursor"])
    assert ids_of(first) + ids_of(second) + ids_of(last) == ids[::-1]
    assert last["next_cursor"] == 0


def test_page_numbers_shift_under_a_growing_list(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = talk(weibo, status, 4)
    assert ids_of(page(me, status, count=2, page=1)) == [ids[3], ids[2]]
    weibo.cast.add_comment(status, "后来者", "新问")
    assert ids_of(page(me, status, count=2, page=2)) == [ids[2], ids[1]]


def test_filtered_comments_are_counted_and_leave_a_short_page_with_a_cursor(
    weibo: Sandbox, me: Caller, status: int
) -> None:
    ids = talk(weibo, status, 6)
    weibo.cast.change_comment(ids[4], filtered=True)
    body = page(me, status, count=3)
    assert ids_of(body) == [ids[5], ids[3]]
    assert body["next_cursor"] == ids[2]
    assert body["total_number"] == 6


def test_a_comment_approved_late_appears_with_its_old_id(weibo: Sandbox, me: Caller, status: int) -> None:
    late = weibo.cast.add_comment(status, "甲", "问一", visible=START + timedelta(hours=5))
    newer = talk(weibo, status, 1)[0]
    assert ids_of(page(me, status)) == [newer]
    weibo.admin.clock(advance=5 * 3600)
    assert ids_of(page(me, status, since_id=newer)) == []
    assert ids_of(page(me, status)) == [newer, late.id]


def test_a_deleted_comment_vanishes_silently(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = talk(weibo, status, 2)
    weibo.cast.change_comment(ids[0], deleted=True)
    body = page(me, status)
    assert (ids_of(body), body["total_number"]) == ([ids[1]], 1)


def test_a_comment_of_the_future_is_not_there_yet(weibo: Sandbox, me: Caller, status: int) -> None:
    later = weibo.cast.add_comment(status, "甲", "问一", created=START + timedelta(days=3))
    assert page(me, status)["total_number"] == 0
    weibo.admin.clock(advance=3 * 86_400)
    assert ids_of(page(me, status)) == [later.id]


def test_authorised_only_hides_netizens_but_not_their_number(weibo: Sandbox, me: Caller, status: int) -> None:
    talk(weibo, status, 3)
    mine = me.post("comments/create", id=status, comment="官方说明").json()["id"]
    weibo.admin.options({"authorised_only": True})
    body = page(me, status)
    assert (ids_of(body), body["total_number"]) == ([mine], 4)


def test_users_who_did_not_authorise_lack_counts_and_description(weibo: Sandbox, me: Caller, status: int) -> None:
    talk(weibo, status, 1)
    user = page(me, status)["comments"][0]["user"]
    assert "followers_count" not in user
    assert "description" not in user
    assert user["verified_type"] == -1


def test_a_page_holds_no_more_than_the_maximum(weibo: Sandbox, me: Caller, status: int) -> None:
    talk(weibo, status, 6)
    weibo.admin.options({"page_max": 4})
    assert len(page(me, status, count=1000)["comments"]) == 4


def test_paging_ends_at_the_cap(weibo: Sandbox, me: Caller, status: int) -> None:
    talk(weibo, status, 6)
    weibo.admin.options({"paging_cap": 4})
    assert page(me, status, count=4, page=1)["next_cursor"] == 0
    assert page(me, status, count=4, page=2)["comments"] == []


def test_later_pages_serve_some_comments_again(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = talk(weibo, status, 6)
    weibo.admin.options({"reserved_share": 1.0})
    assert ids_of(page(me, status, count=2)) == [ids[5], ids[4]]
    assert ids_of(page(me, status, count=2, max_id=ids[3])) == [ids[5], ids[4], ids[3], ids[2]]


def test_strangers_can_be_asked_for_alone(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = talk(weibo, status, 2)
    me.post("comments/create", id=status, comment="官方说明")
    assert ids_of(page(me, status, filter_by_author=2)) == ids[::-1]
    assert ids_of(page(me, status, filter_by_author=1)) == []


def test_original_links_are_shown_where_the_switch_says_so(weibo: Sandbox, me: Caller) -> None:
    assert "url_objects" not in me.share("一").json()
    weibo.admin.options({"url_objects": True})
    assert me.share("二").json()["url_objects"][0]["url_ori"].startswith("https://www.example.gov.cn/")


def test_comments_of_an_unknown_status_and_bad_numbers_are_refused(me: Caller, status: int) -> None:
    assert code(me.get("comments/show", id=1)) == 20101
    assert code(me.get("comments/show", id="abc")) == 10017
    assert code(me.get("comments/show")) == 10016
    assert code(me.get("comments/show", id=status, max_id="x")) == 10017


def test_a_repost_of_a_deleted_status_says_so(weibo: Sandbox, me: Caller, status: int) -> None:
    repost = me.post("statuses/repost", id=status).json()["id"]
    weibo.cast.change_status(status, deleted=True)
    original = me.get("statuses/show", id=repost).json()["retweeted_status"]
    assert original["text"] == "此微博已被原作者删除。"
    assert "user" not in original


def test_an_unreviewed_apps_posts_say_so_in_their_source(weibo: Sandbox) -> None:
    weibo.cast.add_app("88", "s", "未审核", UID, reviewed=False, secure_domains=("example.gov.cn",))
    caller = Caller(weibo, weibo.cast.add_token(UID, "88").token)
    assert "未通过审核应用" in caller.share("一").json()["source"]
