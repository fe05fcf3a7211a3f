"""`microblog outbox …`: what a person sees of each post, and decides about it."""

import pytest

from microblog.domain.outbox import HIDDEN_MOST, Change
from microblog.domain.post import PostState
from microblog.platforms.memory import Mishap
from tests.cli.conftest import Scene

PREVIEW = "interview 1 · preview"


@pytest.fixture
def lost(scene: Scene) -> Scene:
    """A preview sent without an answer, in truth never posted; nobody has looked yet."""
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    scene.seal()
    scene.at(3, 25, 9)
    scene.platform.suffer(Mishap.LOST_BEFORE)
    scene.work()
    assert state(scene) is PostState.UNKNOWN
    return scene


def state(scene: Scene, key: str = PREVIEW) -> PostState:
    return scene.office.store.outbox.get(key).state


def test_the_list_shows_chinese_states_and_times_in_china(scene: Scene) -> None:
    assert "没有符合条件的微博" in scene.run("outbox", "list").out
    scene.announce()
    shown = scene.run("outbox", "list").out
    assert PREVIEW in shown
    assert "已发布" in shown
    assert "2024-03-25 09:00" in shown


def test_the_list_can_be_narrowed(scene: Scene) -> None:
    scene.submit()
    every = scene.run("outbox", "list", "--json").json
    drafts = scene.run("outbox", "list", "--state", "draft", "--interview", 1, "--json").json
    assert {post["state"] for post in drafts} == {"draft"}
    assert len(drafts) == len(every) - 1
    assert scene.run("outbox", "list", "--interview", 2, "--json").json == []


def test_show_gives_words_seals_and_attempts(scene: Scene) -> None:
    scene.announce()
    post = scene.office.store.outbox.get(PREVIEW)
    shown = scene.run("outbox", "show", "1/preview").out
    assert post.text in shown
    assert "盖章：data-centre 甲审核" in shown
    assert "发送 1：2024-03-25 09:00" in shown
    plain = scene.run("outbox", "show", PREVIEW, "--json").json
    assert plain["platform_id"] == post.platform_id
    assert [one["outcome"] for one in plain["attempts"]] == ["Posted"]
    assert {one["body"] for one in plain["seals"]} == {"data-centre", "media-centre"}


@pytest.mark.parametrize("pasted", ["https://weibo.com/1000000001/OkT2Pn0JQ", "5118500000000077"])
def test_an_unknown_post_is_settled_by_link_or_number(lost: Scene, pasted: str) -> None:
    assert "已发布" in lost.run("outbox", "settle", "1/preview", "--posted", pasted, "--by", "值班员").out
    post = lost.office.store.outbox.get(PREVIEW)
    assert post.state is PostState.POSTED
    assert (post.platform_id or "").isdigit()
    assert "值班员" in post.reason


def test_something_that_is_no_link_is_refused(lost: Scene) -> None:
    said = lost.run("outbox", "settle", "1/preview", "--posted", "https://example.com/x", "--by", "值班员", code=1)
    assert "找不到微博编号" in said.err
    assert state(lost) is PostState.UNKNOWN


def test_a_post_proven_absent_goes_out_again_with_the_same_words(lost: Scene) -> None:
    assert "待发送" in lost.run("outbox", "settle", "1/preview", "--not-posted", "--by", "值班员").out
    lost.work()
    assert lost.platform.posted() == []  # what was sent may still be under review
    lost.clock.set(lost.clock.now() + HIDDEN_MOST)
    lost.work()
    assert state(lost) is PostState.POSTED
    assert [entry.text for entry in lost.platform.posted()] == [lost.office.store.outbox.get(PREVIEW).text]


def test_a_post_found_absent_too_late_is_missed_until_somebody_says_yes(lost: Scene) -> None:
    lost.at(3, 25, 20)
    assert "已错过" in lost.run("outbox", "settle", "1/preview", "--not-posted", "--by", "值班员").out
    lost.work()
    assert lost.platform.posted() == []
    assert "已盖章" in lost.run("outbox", "late", "1/preview", "--by", "科长").out
    lost.work()
    assert state(lost) is PostState.POSTED


def test_a_post_that_is_out_cannot_be_settled_sent_late_changed_or_cancelled(scene: Scene) -> None:
    scene.announce()
    scene.run("outbox", "settle", "1/preview", "--not-posted", "--by", "值班员", code=1)
    scene.run("outbox", "late", "1/preview", "--by", "科长", code=1)
    scene.run("outbox", "edit", "1/preview", "--text", "换一句", "--by", "值班员", code=1)
    scene.run("outbox", "cancel", "1/preview", "--reason", "不发了", "--by", "值班员", code=1)
    assert state(scene) is PostState.POSTED


def test_other_words_need_new_seals(scene: Scene) -> None:
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    scene.seal()
    words = "【微访谈预告】换一句 https://www.example.gov.cn/ft/interviews/1"
    assert "待盖章" in scene.run("outbox", "edit", "1/preview", "--text", words, "--by", "值班员").out
    assert "文字已改，此章无效" in scene.run("outbox", "show", "1/preview").out
    scene.seal()
    scene.at(3, 25, 9)
    scene.work()
    assert [entry.text for entry in scene.platform.posted()] == [words]


def test_a_cancelled_post_is_not_sent(scene: Scene) -> None:
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    scene.seal()
    assert "已取消（改期）" in scene.run("outbox", "cancel", "1/preview", "--reason", "改期", "--by", "科长").out
    scene.at(3, 25, 9)
    scene.work()
    assert scene.platform.posted() == []


def test_a_refused_post_goes_out_again_in_its_sealed_words(lost: Scene) -> None:
    refused = Change(PostState.REFUSED, reason="要求验证码")
    lost.office.store.outbox.move(PREVIEW, refused, expect=[PostState.UNKNOWN])
    assert "值班员 同意原文重发" in lost.run("outbox", "again", "1/preview", "--by", "值班员").out
    assert state(lost) is PostState.SEALED


def test_only_the_answer_to_a_question_is_given_openly(lost: Scene) -> None:
    said = lost.run("outbox", "openly", "1/preview", "--by", "值班员", code=1)
    assert "不是对网友评论的回复" in said.err
