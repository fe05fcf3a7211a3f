"""Comments and replies: where they land, what stands in front of them, who may delete them."""

import pytest

from microblog.sandbox.server import UID, Sandbox
from tests.sandbox.conftest import Caller, code


@pytest.fixture
def status(me: Caller) -> int:
    return me.status()


def test_a_comment_carries_user_status_and_a_mid_of_its_own(me: Caller, status: int) -> None:
    body = me.post("comments/create", id=status, comment="【访谈开始】").json()
    assert body["text"] == "【访谈开始】"
    assert body["status"]["id"] == status
    assert body["idstr"] == str(body["id"])
    assert body["mid"] != body["idstr"]
    assert body["rootid"] == body["id"]
    assert "reply_comment" not in body


def test_the_embedded_status_has_stale_counters(me: Caller, status: int) -> None:
    me.post("comments/create", id=status, comment="一")
    body = me.post("comments/create", id=status, comment="二").json()
    assert body["status"]["comments_count"] == 0
    assert me.get("statuses/show", id=status).json()["comments_count"] == 2


def test_a_reply_is_prefixed_and_names_what_it_answers(weibo: Sandbox, me: Caller, status: int) -> None:
    asked = weibo.cast.add_comment(status, "阳光路居民", "什么时候修路?")
    body = me.post("comments/reply", id=status, cid=asked.id, comment="已转住建部门。").json()
    assert body["text"] == "回复@阳光路居民:已转住建部门。"
    assert body["reply_comment"]["idstr"] == str(asked.id)
    assert "status" not in body["reply_comment"]
    assert body["rootid"] == asked.id


def test_without_mention_leaves_the_prefix_out(weibo: Sandbox, me: Caller, status: int) -> None:
    asked = weibo.cast.add_comment(status, "阳光路居民", "什么时候修路?")
    body = me.post("comments/reply", id=status, cid=asked.id, comment="已转。", without_mention=1).json()
    assert body["text"] == "已转。"


def test_the_prefix_takes_its_share_of_the_140(weibo: Sandbox, me: Caller, status: int) -> None:
    asked = weibo.cast.add_comment(status, "阳光路居民", "什么时候修路?")
    prefix = 9  # 回复@阳光路居民: weighs 16 half-widths and a half more
    assert code(me.post("comments/reply", id=status, cid=asked.id, comment="字" * (141 - prefix + 1))) == 20012
    assert me.post("comments/reply", id=status, cid=asked.id, comment="字" * (140 - prefix)).status_code == 200
    weibo.admin.options({"prefix_counts": False})
    assert me.post("comments/reply", id=status, cid=asked.id, comment="字" * 140).status_code == 200


@pytest.mark.parametrize("cid", ["1", "5999999999999999", "abc", "9" * 5000])
def test_a_bad_cid_with_a_good_id_becomes_a_plain_comment(me: Caller, status: int, cid: str) -> None:
    answer = me.post("comments/reply", id=status, cid=cid, comment="答复")
    assert answer.status_code == 200
    assert "reply_comment" not in answer.json()
    assert answer.json()["text"] == "答复"


def test_a_reply_without_its_parameters_names_the_first_missing(me: Caller, status: int) -> None:
    assert "(cid)" in me.post("comments/reply", id=status, comment="答复").json()["error"]
    assert "(id)" in me.post("comments/reply", cid=1, comment="答复").json()["error"]


def test_vanished_targets_are_named(weibo: Sandbox, me: Caller, status: int) -> None:
    asked = weibo.cast.add_comment(status, "阳光路居民", "什么时候修路?")
    weibo.cast.change_comment(asked.id, deleted=True)
    assert code(me.post("comments/reply", id=status, cid=asked.id, comment="答复")) == 20201
    assert code(me.post("comments/create", id=1, comment="评论")) == 20101


@pytest.mark.parametrize("refuses", [20003, 20508, 20512])
def test_an_author_may_shut_us_out(weibo: Sandbox, me: Caller, status: int, refuses: int) -> None:
    asked = weibo.cast.add_comment(status, "阳光路居民", "什么时候修路?")
    weibo.cast.add_account(asked.uid, "阳光路居民", refuses=refuses)
    assert code(me.post("comments/reply", id=status, cid=asked.id, comment="答复")) == refuses


def test_the_same_comment_to_the_same_target_is_a_repeat_but_not_to_another(
    weibo: Sandbox, me: Caller, status: int
) -> None:
    one = weibo.cast.add_comment(status, "甲", "问一")
    two = weibo.cast.add_comment(status, "乙", "问二")
    assert me.post("comments/reply", id=status, cid=one.id, comment="谢谢关注").status_code == 200
    assert code(me.post("comments/reply", id=status, cid=one.id, comment="谢谢关注")) == 20019
    assert me.post("comments/reply", id=status, cid=two.id, comment="谢谢关注").status_code == 200


def test_comments_need_no_link_and_keep_their_topic(me: Caller, status: int) -> None:
    body = me.post("comments/create", id=status, comment="#微访谈#开始 https://example.com/a").json()
    assert body["text"].startswith("#微访谈#开始 http://t.cn/A6")


def test_one_may_delete_ones_own_and_what_stands_under_ones_status(weibo: Sandbox, me: Caller, status: int) -> None:
    theirs = weibo.cast.add_comment(status, "甲", "问一")
    assert me.post("comments/destroy", cid=theirs.id).json()["id"] == theirs.id
    assert code(me.post("comments/destroy", cid=theirs.id)) == 20201
    weibo.cast.add_account(7, "别人")
    elsewhere = weibo.cast.add_comment(weibo.cast.add_status(7, "别人的微博").id, "乙", "问二")
    assert code(me.post("comments/destroy", cid=elsewhere.id)) == 20203


def test_a_batch_deletes_up_to_twenty_and_passes_over_the_gone(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = [weibo.cast.add_comment(status, f"网友{n}", f"问{n}").id for n in range(3)]
    weibo.cast.change_comment(ids[0], deleted=True)
    gone = me.post("comments/destroy_batch", cids=",".join(map(str, ids))).json()
    assert [comment["id"] for comment in gone] == ids[1:]
    assert code(me.post("comments/destroy_batch", cids=",".join(map(str, range(21))))) == 20009
    assert code(me.post("comments/destroy_batch", cids="9" * 5000)) == 10017


def test_show_batch_is_a_bare_array(weibo: Sandbox, me: Caller, status: int) -> None:
    ids = [weibo.cast.add_comment(status, f"网友{n}", f"问{n}").id for n in range(2)]
    found = me.get("comments/show_batch", cids=f"{ids[0]},{ids[1]},123").json()
    assert isinstance(found, list)
    assert [comment["id"] for comment in found] == ids


def test_by_me_to_me_mentions_and_timeline_tell_comments_apart(weibo: Sandbox, me: Caller, status: int) -> None:
    asked = weibo.cast.add_comment(status, "甲", "问一")
    called = weibo.cast.add_comment(status, "乙", "@示例区发布 请看")
    mine = me.post("comments/create", id=status, comment="我的").json()["id"]

    def ids(path: str) -> set[int]:
        return {comment["id"] for comment in me.get(f"comments/{path}").json()["comments"]}

    assert ids("by_me") == {mine}
    assert ids("to_me") == {asked.id, called.id}
    assert ids("mentions") == {called.id}
    assert ids("timeline") == {mine, asked.id, called.id}


def test_the_ledger_holds_every_accepted_write_and_nothing_else(weibo: Sandbox, me: Caller, status: int) -> None:
    me.post("comments/create", id=status, comment="开始")
    me.post("comments/create", id=status, comment="字" * 200)
    writes = weibo.admin.writes()
    assert [write.endpoint for write in writes] == ["statuses/share", "comments/create"]
    assert writes[1].sent == "开始"
    assert writes[1].target == status
    assert {write.uid for write in writes} == {UID}
