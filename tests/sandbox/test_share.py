"""Posting: the rules of share, repost and destroy, and the repeat rules."""

from typing import Any

import pytest
import requests

from microblog.sandbox.server import UID, Sandbox
from tests.sandbox.conftest import LINK, RIP, Caller, code

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_a_shared_post_comes_back_as_a_status_with_a_short_link(me: Caller) -> None:
    answer = me.share("【微访谈预告】消防")
    body = answer.json()
    assert answer.status_code == 200
    assert body["text"].startswith("【微访谈预告】消防 http://t.cn/A6")
    assert LINK not in body["text"]
    assert body["idstr"] == body["mid"] == str(body["id"])
    assert body["user"]["id"] == UID
    assert body["geo"] is None
    assert body["created_at"] == "Tue Apr 02 09:00:30 +0800 2024"


def test_characters_right_after_a_link_are_eaten_by_it(me: Caller) -> None:
    text = me.post("statuses/share", status=f"看 {LINK}，不见不散 再会").json()["text"]
    assert "不见不散" not in text
    assert text.endswith(" 再会")


def test_a_topic_is_stripped_without_a_word(me: Caller) -> None:
    assert "#" not in me.share("#微访谈#消防").json()["text"]


def test_a_topic_is_refused_or_kept_where_the_switch_says_so(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"topics": "refuse"})
    assert code(me.share("#微访谈#消防")) == 10017
    weibo.admin.options({"topics": "keep"})
    assert me.share("#微访谈#消防").json()["text"].startswith("#微访谈#消防")


@pytest.mark.parametrize("text", ["没有链接", "别处的链接 https://example.com/", "https://notexample.gov.cn/ 形似"])
def test_a_post_without_a_link_of_ours_is_refused(me: Caller, text: str) -> None:
    answer = me.post("statuses/share", status=text)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "text not find domain!",
        "error_code": 10017,
        "request": "/2/statuses/share.json",
    }


def test_an_app_without_a_secure_domain_cannot_post(weibo: Sandbox) -> None:
    weibo.cast.add_app("99", "s", "没有域名", UID)
    caller = Caller(weibo, weibo.cast.add_token(UID, "99").token)
    assert caller.share("有链接").json()["error"] == "appkey not bind domain!"


def test_140_characters_pass_and_one_more_does_not(me: Caller) -> None:
    room = 140 - 1 - 10  # a space on each side of a link that costs 10
    assert me.share("字" * room).status_code == 200
    assert code(me.share("字" * (room + 1))) == 20012


def test_without_the_discount_a_link_counts_in_full(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"discount_urls": False})
    assert code(me.share("字" * 125)) == 20012


def test_the_users_address_is_required(weibo: Sandbox, me: Caller) -> None:
    assert "rip" in me.share("一", rip="").json()["error"]
    assert code(me.share("一", rip="")) == 10016
    assert code(me.share("一", rip="::1")) == 10008
    weibo.admin.options({"rip_required": False})
    assert me.share("一", rip="").status_code == 200


def test_a_missing_text_names_the_parameter(me: Caller) -> None:
    assert me.post("statuses/share").json()["error_code"] == 10016


@pytest.mark.parametrize(
    ("picture", "expected"),
    [(PNG, 0), (b"\xff\xd8\xff" + bytes(9), 0), (b"BM bitmap", 20005), (PNG + bytes(5 * 1024 * 1024), 20006)],
)
def test_a_picture_is_judged_by_its_first_bytes_and_size(me: Caller, picture: bytes, expected: int) -> None:
    body = _multipart(me, {"pic": ("pic.png", picture)}).json()
    assert body.get("error_code", 0) == expected
    assert bool(body.get("original_pic")) is (expected == 0)


def test_multipart_without_a_picture_is_refused(me: Caller) -> None:
    assert code(_multipart(me, {"other": ("x.txt", b"x")})) == 20007


def test_a_malformed_multipart_body_reads_as_a_text_without_a_link(me: Caller) -> None:
    headers = {"Authorization": f"OAuth2 {me.token}", "Content-Type": "multipart/form-data; boundary=x"}
    url = f"{me.weibo.base_url}/2/statuses/share.json"
    answer = requests.post(url, data=b"not a part", headers=headers, timeout=5)
    assert answer.json()["error"] == "text not find domain!"


def test_a_body_too_large_is_refused_whole(me: Caller) -> None:
    assert code(_multipart(me, {"pic": ("pic.png", PNG + bytes(9 * 1024 * 1024))})) == 10018


def test_a_json_body_is_not_read(me: Caller) -> None:
    url, headers = f"{me.weibo.base_url}/2/statuses/share.json", {"Authorization": f"OAuth2 {me.token}"}
    answer = requests.post(url, json={"status": f"x {LINK}", "rip": RIP}, headers=headers, timeout=5)
    assert code(answer) == 10016


def test_double_encoding_is_stored_as_it_was_sent(me: Caller) -> None:
    assert me.share("%E6%B6%88").json()["text"].startswith("%E6%B6%88")


def test_the_same_text_is_a_repeat_within_the_window_only(weibo: Sandbox, me: Caller) -> None:
    me.share("【微访谈预告】消防")
    assert code(me.share("【微访谈预告】消防")) == 20019
    assert len(weibo.admin.writes()) == 1
    weibo.admin.clock(advance=3601)
    assert me.share("【微访谈预告】消防").status_code == 200


def test_a_text_slightly_changed_is_a_second_public_post(weibo: Sandbox, me: Caller) -> None:
    me.share("【微访谈预告】消防")
    me.share("【微访谈预告】消防。")
    assert len(weibo.admin.writes()) == 2


def test_near_copies_and_equal_links_are_refused_where_the_switch_says_so(weibo: Sandbox, me: Caller) -> None:
    me.share("【微访谈预告】消防安全访谈今天开始")
    weibo.admin.options({"similar_ratio": 0.9})
    assert code(me.share("【微访谈预告】消防安全访谈今天开始。")) == 20017
    weibo.admin.options({"same_url_repeats": True})
    assert code(me.share("完全是另外一段话")) == 20019


@pytest.mark.parametrize(
    ("text", "expected"),
    [("违法内容样例", 20021), ("phishing.example", 20018), ("加微信领红包", 20020), ("违禁词样例", 21602)],
)
def test_listed_words_are_refused_with_their_code(me: Caller, text: str, expected: int) -> None:
    answer = me.share(text)
    assert (answer.status_code, code(answer)) == (400, expected)
    assert me.weibo.admin.writes() == []


def test_a_repost_needs_no_link_and_carries_the_original(me: Caller) -> None:
    original = me.status()
    body = me.post("statuses/repost", id=original, is_comment=1).json()
    assert body["text"] == "转发微博"
    assert body["retweeted_status"]["id"] == original
    assert me.get("comments/show", id=original).json()["comments"][0]["text"] == "转发微博"


def test_a_repost_of_what_is_gone_or_illegal_is_refused(weibo: Sandbox, me: Caller) -> None:
    assert code(me.post("statuses/repost", id=1)) == 20101
    original = me.status()
    weibo.cast.change_status(original, illegal=True)
    assert code(me.post("statuses/repost", id=original)) == 20104


def test_ones_own_repost_is_refused_where_the_switch_says_so(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"own_repost": False})
    assert code(me.post("statuses/repost", id=me.status())) == 20103


def test_a_second_deletion_finds_nothing(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    assert me.post("statuses/destroy", id=status).json()["id"] == status
    assert code(me.post("statuses/destroy", id=status)) == 20101


def test_only_ones_own_status_can_be_deleted(weibo: Sandbox, me: Caller) -> None:
    weibo.cast.add_account(7, "别人")
    theirs = weibo.cast.add_status(7, "别人的微博")
    assert code(me.post("statuses/destroy", id=theirs.id)) == 20102


@pytest.mark.parametrize(
    "path", ["statuses/update", "statuses/upload", "statuses/upload_url_text", "short_url/shorten"]
)
def test_closed_doors_answer_403(me: Caller, path: str) -> None:
    answer = me.post(path, status="x")
    assert (answer.status_code, code(answer)) == (403, 10014)


def test_an_unknown_path_and_a_wrong_method_say_so(me: Caller) -> None:
    assert (me.get("statuses/nothing").status_code, code(me.get("statuses/nothing"))) == (404, 10020)
    assert (me.get("statuses/share").status_code, code(me.get("statuses/share"))) == (405, 10021)
    assert code(me.post("comments/show", id=1)) == 10021


def _multipart(me: Caller, files: dict[str, Any]) -> requests.Response:
    return requests.post(
        f"{me.weibo.base_url}/2/statuses/share.json",
        data={"status": f"带图 {LINK} ", "rip": RIP},
        files=files,
        headers={"Authorization": f"OAuth2 {me.token}"},
        timeout=5,
    )


def test_what_looks_like_a_link_and_is_none_is_posted_as_words(weibo: Sandbox, me: Caller) -> None:
    odd = 'http://example.gov.cn/1 =HYPERLINK("http://x.example","点？")'
    assert me.post("statuses/share", status=odd, rip=RIP).status_code == 200
