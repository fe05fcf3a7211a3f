"""What is said of an interview before it begins, on a whole office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from microblog.bootstrap import open_office
from microblog.domain.errors import LoginExpired
from microblog.domain.post import Delivery, PostKind, Verb
from microblog.domain.tier import OPEN
from microblog.platforms.weibo_checks import Limits, risks
from microblog.service.live import hold
from microblog.service.rehearse import Rehearsal, expected_posts, rehearse
from microblog.text.count import weibo_length, weibo_length_undiscounted
from tests.shared import (
    END,
    HOUR,
    LIVE,
    MINUTE,
    OPERATOR,
    PREVIEW,
    START,
    Scene,
    adopted,
    dated,
    drafted,
    prepared,
    scene_of,
    sealed,
    work,
)


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def run(scene: Scene) -> Rehearsal:
    return rehearse(scene.office, scene.interview)


def kept(scene: Scene) -> tuple[object, ...]:
    """Everything a rehearsal must leave as it is."""
    journal = scene.store.journal
    return scene.states(), journal.entries(), journal.spent(PREVIEW), scene.platform.calls


def test_before_anything_is_made_the_preview_and_what_is_missing_are_told(scene: Scene) -> None:
    adopted(scene)
    found = run(scene)
    assert found.lines == ()
    assert any("缺少" in warning for warning in found.warnings)
    dated(scene)
    prepared(scene)
    assert [line.kind for line in run(scene).lines] == [PostKind.PREVIEW, PostKind.CLOSING, PostKind.ROUNDUP]
    assert any("还没有访谈稿" in warning for warning in run(scene).warnings)


def test_an_unsubmitted_script_is_rehearsed_as_it_stands(scene: Scene) -> None:
    drafted(scene)
    found = run(scene)
    assert scene.store.outbox.find("interview 1 · opening") is None
    assert any(line.kind is PostKind.ANSWER for line in found.lines)
    submitted_posts, _ = expected_posts(scene.office, scene.interview)
    assert found.posts + found.parts == len([post for post in submitted_posts if not post.state.on_platform])


def test_a_rehearsal_writes_nothing(scene: Scene) -> None:
    drafted(scene)
    before = kept(scene)
    run(scene)
    assert kept(scene) == before


def test_a_sealed_interview_fits_and_says_what_it_costs(scene: Scene) -> None:
    sealed(scene)
    found = run(scene)
    posts = [post for post in scene.store.outbox.posts(interview=1) if not post.state.on_platform]
    assert found.fits
    assert found.cards == ()
    assert found.parts == sum(post.verb is not Verb.SHARE for post in posts)
    assert found.ends_at is not None
    assert START < found.ends_at < END
    assert found.characters == sum(line.length for line in found.lines)
    assert {day.day for day in found.days} >= {START.date()}


def test_the_rehearsed_moments_are_those_at_which_the_posts_go_out(scene: Scene) -> None:
    sealed(scene)
    told = {line.key: line.sent_at for line in run(scene).lines if line.kind in (PostKind.OPENING, PostKind.ANSWER)}
    scene.at(START)
    for _ in range(60):
        work(scene)
        scene.later(MINUTE)
    went = {post.key: post.posted_at for post in scene.store.outbox.posts() if post.key in told}
    assert went == told


def test_a_tier_too_small_for_the_thread_names_the_cards(scene: Scene) -> None:
    scene = scene_of(tier=replace(OPEN, comments_per_hour=2))
    sealed(scene)
    found = run(scene)
    assert not found.fits
    assert len(found.cards) == len([line for line in found.lines if line.sent_at is None]) > 0
    assert any("排不进" in warning and "卡片" in warning for warning in found.warnings)


def test_a_thread_longer_than_the_slot_is_said(scene: Scene) -> None:
    scene = scene_of(pace=timedelta(minutes=20))
    sealed(scene)
    assert any("超过访谈时段" in warning for warning in run(scene).warnings)


def test_a_login_that_ends_before_the_event_is_said_and_the_event_falls_to_cards(scene: Scene) -> None:
    sealed(scene)
    scene.platform._expires_at = START - HOUR
    found = run(scene)
    assert any("早于访谈结束" in warning for warning in found.warnings)
    assert set(found.cards) == {line.key for line in found.lines}


def test_a_dead_login_leaves_everything_to_cards(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(scene)

    def dead() -> None:
        raise LoginExpired("微博登录已过期：请重新登录")

    monkeypatch.setattr(scene.platform, "login", dead)
    found = run(scene)
    assert set(found.cards) == {line.key for line in found.lines}
    assert "微博登录已过期：请重新登录" in found.warnings


def test_a_day_with_too_few_calls_to_read_comments_is_said(scene: Scene) -> None:
    scene = scene_of(tier=replace(OPEN, calls_per_day=25))
    sealed(scene)
    assert any("不够按设定的间隔读评论" in warning for warning in run(scene).warnings)


def test_only_what_is_still_to_come_is_told(scene: Scene) -> None:
    sealed(scene)
    scene.at(LIVE)
    work(scene)
    assert "interview 1 · preview" not in [line.key for line in run(scene).lines]
    assert scene.clock.now() < END


@pytest.mark.parametrize(
    ("verb", "text", "said"),
    [
        (Verb.COMMENT, "关于#消防安全#的答复", "话题"),
        (Verb.SHARE, "预告" * 60 + " https://www.example.gov.cn/ft/interviews/1?from=weibo&page=preview ", "全长"),
        (Verb.SHARE, "详情：https://www.example.gov.cn/ft欢迎", "空格"),
    ],
)
def test_what_may_go_wrong_on_weibo_is_a_risk(verb: Verb, text: str, said: str) -> None:
    limits = Limits(weibo_length, weibo_length_undiscounted, ("example.gov.cn",))
    assert said in "".join(risks(Delivery("k", verb, text, "1", "1"), limits))


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, ...]]:
    """What the real platform says of a status beforehand; no call is made."""
    monkeypatch.setenv("MICROBLOG_DATABASE_URL", "sqlite://")
    monkeypatch.setenv("MICROBLOG_WEIBO__API_BASE", "http://127.0.0.1:9")
    platform = open_office().platform
    return lambda text: platform.check(Delivery("k", Verb.SHARE, text)).refusals


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("#消防安全# 欢迎提问 https://www.example.gov.cn/ft ", "话题"),
        ("欢迎提问", "安全域名"),
        ("长" * 141 + " https://www.example.gov.cn/ft ", "超过"),
        ("欢迎提问 https://www.example.gov.cn/ft ", ""),
    ],
)
def test_a_topic_a_missing_link_and_too_many_words_are_refused_before_the_event(
    real: Callable[[str], tuple[str, ...]], text: str, refused: str
) -> None:
    said = "".join(real(text))
    assert (refused in said) if refused else not said


def test_what_a_person_holds_is_told_and_counted_nowhere(scene: Scene) -> None:
    sealed(scene)
    before = run(scene)
    parts = hold(scene.office, scene.interview, "interview 1 · answer 1", by=OPERATOR, reason="等核对")
    found = run(scene)
    assert (found.fits, found.cards, len(found.held)) == (False, (), parts)
    assert (found.posts, found.parts) == (before.posts, before.parts - parts)
    assert found.characters < before.characters
    assert [warning for warning in found.warnings if "暂缓" in warning] == [
        f"{key}：{OPERATOR} 暂缓：等核对，不会自动发出，请恢复或跳过" for key in found.held
    ]


def test_behind_a_held_opening_nothing_goes_and_no_card_is_offered(scene: Scene) -> None:
    sealed(scene)
    hold(scene.office, scene.interview, "interview 1 · opening", by=OPERATOR)
    found = run(scene)
    assert all(line.sent_at is None for line in found.lines if line.kind in (PostKind.OPENING, PostKind.ANSWER))
    assert found.cards == ()
    assert any(warning.startswith("另有 ") and "也不会发出" in warning for warning in found.warnings)
