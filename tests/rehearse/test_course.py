"""How posts will go out by pace, hour, day and login: pure, over posts and limits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.rehearsal import Check, Limits, Line, course, day_loads, hour_loads, look_ups
from microblog.domain.tier import OPEN, Tier
from tests.shared import DAY, END, HOUR, MINUTE, START, a_post

NOW = START.astimezone(UTC)
GOOD = Check(60, 70)


def thread(parts: int, *, verb: Verb = Verb.COMMENT, latest: datetime = END + 30 * MINUTE) -> list[Post]:
    """An opening post and so many answer parts, a minute apart, each following the one before."""
    posts = [a_post("interview 1 · opening", kind=PostKind.OPENING)]
    for part in range(1, parts + 1):
        follows = posts[-1].key
        key = f"interview 1 · answer 1 · part {part}"
        due = NOW + part * MINUTE
        fields = {"kind": PostKind.ANSWER, "due_at": due, "latest_at": latest, "order": part, "follows": follows}
        posts.append(a_post(key, verb=verb, **fields))
    return posts


PACED = Limits(OPEN, MINUTE)


def run(posts: list[Post], limits: Limits = PACED, wrong: dict[str, Check] | None = None) -> list[Line]:
    """The course from NOW on, every post being fine but those named by the end of their key."""
    told = {post.key: GOOD for post in posts}
    told |= {key: check for end, check in (wrong or {}).items() for key in told if key.endswith(end)}
    return list(course(posts, told, limits, NOW))


def test_posts_go_at_their_time_a_pace_apart() -> None:
    lines = run(thread(3), Limits(OPEN, 2 * MINUTE))
    assert [line.sent_at for line in lines] == [NOW, NOW + 2 * MINUTE, NOW + 4 * MINUTE, NOW + 6 * MINUTE]


def test_an_hours_limit_pushes_the_rest_into_the_next_hour() -> None:
    tier = replace(OPEN, comments_per_hour=10)
    lines = run(thread(12), Limits(tier, MINUTE))
    assert [line.sent_at for line in lines[-2:]] == [NOW + MINUTE + HOUR, NOW + 2 * MINUTE + HOUR]


def test_statuses_and_comments_have_hours_of_their_own() -> None:
    lines = run(thread(3), Limits(replace(OPEN, posts_per_hour=1), MINUTE))
    assert all(line.sent_at is not None for line in lines)


@pytest.mark.parametrize("limit", [1, 7, 30])
def test_no_hour_ever_holds_more_than_its_limit(limit: int) -> None:
    lines = run(
        thread(100, latest=NOW + DAY), Limits(replace(OPEN, comments_per_hour=limit, calls_per_day=1000), MINUTE)
    )
    comments = sorted(line.sent_at for line in lines if line.verb is Verb.COMMENT and line.sent_at)
    assert len(comments) == min(100, 24 * limit)
    assert all(comments[n + limit] - comments[n] >= HOUR for n in range(len(comments) - limit))


def test_a_day_without_calls_moves_posts_to_the_next_or_to_cards() -> None:
    lines = run(thread(5), Limits(OPEN, MINUTE, spent=96))
    assert [line.sent_at is None for line in lines] == [False, False, False, True, True, True]
    assert "排不进" in lines[3].why


def test_what_follows_a_card_is_a_card() -> None:
    lines = run(thread(3), wrong={"part 2": Check(150, 150, ("超过 140 字",))})
    assert [line.why for line in lines] == ["", "", "超过 140 字", "前一条要用卡片发布"]


def test_a_post_too_late_is_a_card_and_does_not_hold_up_the_next() -> None:
    posts = [
        a_post("a", latest_at=NOW - MINUTE, due_at=NOW - HOUR),
        a_post("b", latest_at=NOW + HOUR),
    ]
    late, good = run(posts)
    assert (late.sent_at, "排不进" in late.why, good.sent_at) == (None, True, NOW)


@pytest.mark.parametrize("state", [PostState.REFUSED, PostState.MISSED])
def test_what_the_platform_refused_or_time_has_missed_is_a_card(state: PostState) -> None:
    [line] = run([a_post(state=state, reason="接口没有开放")])
    assert (line.sent_at, line.why) == (None, "接口没有开放")


@pytest.mark.parametrize("state", [PostState.POSTED, PostState.LANDED, PostState.CANCELLED])
def test_what_is_out_or_given_up_is_no_longer_rehearsed(state: PostState) -> None:
    assert run([a_post(state=state)]) == []


def test_a_thread_goes_on_behind_a_part_that_is_out() -> None:
    opening, first, second = thread(2)
    lines = run([opening.evolve(state=PostState.POSTED), first.evolve(state=PostState.POSTED), second])
    assert [line.sent_at for line in lines] == [NOW + 2 * MINUTE]


def test_a_login_that_ends_in_the_middle_leaves_the_rest_to_cards() -> None:
    lines = run(thread(3), Limits(OPEN, MINUTE, login_until=NOW + 2 * MINUTE))
    assert [bool(line.sent_at) for line in lines] == [True, True, False, False]
    assert "到期" in lines[2].why


def test_calls_are_told_by_hour_and_by_day() -> None:
    limits = Limits(OPEN, MINUTE, spent=10)
    lines = run(thread(70), limits)
    assert [(one.posts, one.comments) for one in hour_loads(lines)] == [(1, 59), (0, 11)]
    [day] = day_loads(lines, limits, NOW)
    assert (day.spent, day.writes, day.looks, day.left) == (10, 71, 11, 8)


@pytest.mark.parametrize(("posts", "kept"), [(0, 0), (1, 1), (7, 2), (100, 15)])
def test_look_ups_are_kept_for_every_seventh_post(posts: int, kept: int) -> None:
    assert look_ups(posts) == kept


def test_the_same_posts_in_any_order_go_the_same_way() -> None:
    posts = thread(10)
    assert run(posts) == run(posts[::-1])


@pytest.mark.parametrize(
    ("done", "closed"),
    [
        ({}, set()),
        ({"share": 30}, {Verb.SHARE}),
        ({"comment": 40, "reply": 20}, {Verb.COMMENT, Verb.REPLY}),
        ({"poll": 15_000}, set(Verb)),
    ],
)
def test_a_tier_closes_the_verbs_whose_hour_is_full(done: dict[str, int], closed: set[Verb]) -> None:
    assert set(Verb) - Tier().open_verbs(done) == closed


def test_a_paid_tier_lets_more_through() -> None:
    paid = Tier("commercial", 1_200_000, 120, 240, 50_000)
    assert paid.open_verbs({"share": 30, "comment": 200}) == frozenset(Verb)


def held(posts: list[Post], end: str, why: str = "周值班 暂缓：等核对") -> list[Post]:
    """The posts with a hold on the one whose key ends so."""
    return [replace(post, held=why) if post.key.endswith(end) else post for post in posts]


def test_a_held_post_does_not_go_and_neither_does_what_follows_it() -> None:
    lines = run(held(thread(4), "part 2"))
    assert [line.sent_at is not None for line in lines] == [True, True, False, False, False]
    assert [line.why for line in lines[2:]] == ["周值班 暂缓：等核对", "前一条暂缓", "前一条暂缓"]
    assert [line.held for line in lines] == [False, False, True, True, True]


def test_a_held_post_takes_no_room_from_the_others() -> None:
    other = [
        post.evolve(key=f"{post.key} other", follows="interview 1 · opening")
        for post in thread(2)[1:]
        if post.order == 2
    ]
    lines = run([*held(thread(2), "part 1"), *other], Limits(replace(OPEN, comments_per_hour=1), MINUTE))
    assert [line.sent_at for line in lines if line.key.endswith("other")] == [NOW + 2 * MINUTE]


@pytest.mark.parametrize("state", [PostState.POSTED, PostState.CANCELLED, PostState.MISSED])
def test_a_hold_means_nothing_on_what_the_machine_would_not_send(state: PostState) -> None:
    posts = [post.evolve(state=state, held="谁") if post.order == 1 else post for post in thread(2)]
    assert not any(line.held for line in run(posts))
