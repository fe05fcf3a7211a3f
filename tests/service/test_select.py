"""Grouping what was asked and choosing what will be answered: exact words, reasons, and a ledger of the rest."""

from dataclasses import replace

import pytest

from microblog.domain.errors import InvalidInput
from microblog.service.collect import collect
from microblog.service.group import asking_comments, grouping_of, propose, regroup, remarks_of
from microblog.service.ports import Store
from microblog.service.select import select, share_spoken_for
from tests.shared import ANALYST, CHATTER, CONCERNS, HOUR, MINUTE, PREVIEW, Scene, announced, china, collected, crowd
from tests.shared import scene_of as office_scene


@pytest.fixture
def closed(store: Store) -> Scene:
    """The channel closed and the questions grouped, on either store."""
    scene = office_scene(store)
    collected(scene)
    return scene


def concern_of(text: str) -> str:
    """Which concern of the crowd a wording belongs to."""
    return next(name for name, wordings in CONCERNS.items() if text in wordings)


def test_every_concern_is_offered_once_in_somebodys_own_words(closed: Scene) -> None:
    comments = {comment.id: comment.text for comment in closed.store.comments.of(1)}
    offered = [comments[candidate.remark_id] for candidate in propose(closed.office, closed.interview).candidates]
    assert sorted(map(concern_of, offered)) == sorted(CONCERNS)


def test_the_words_chosen_are_exactly_those_of_a_stored_comment(closed: Scene) -> None:
    comments = {comment.id: comment for comment in closed.store.comments.of(1)}
    for selection in select(closed.office, closed.interview, by=ANALYST):
        comment = comments[selection.comment]
        assert (selection.quote, selection.asker) == (comment.text, comment.user_name)


def test_a_choice_names_its_maker_its_reason_and_everyone_it_speaks_for(closed: Scene) -> None:
    chosen = select(closed.office, closed.interview, by=ANALYST)
    assert closed.store.questions.selections(1) == chosen
    assert [selection.rank for selection in chosen] == [1, 2, 3, 4]
    comments = {comment.id: comment for comment in closed.store.comments.of(1)}
    for selection in chosen:
        spoken = {concern_of(comments[name].text) for name in selection.speaks_for}
        assert (len(spoken), selection.askers) == (1, len(CONCERNS[spoken.pop()]))
        assert selection.comment in selection.speaks_for
        assert (selection.chosen_by, selection.chosen_at) == (ANALYST, closed.clock.now())
        assert selection.reason


def test_with_every_concern_chosen_everyone_who_asked_is_spoken_for(closed: Scene) -> None:
    select(closed.office, closed.interview, by=ANALYST)
    assert share_spoken_for(closed.office, closed.interview) == 1.0


def test_a_dropped_question_keeps_the_reason_and_a_day_for_its_answer(closed: Scene) -> None:
    first = propose(closed.office, closed.interview).candidates[0]
    chosen = select(closed.office, closed.interview, by=ANALYST, drop={first.question: "已有公开答复"})
    assert first.question not in {selection.group for selection in chosen}
    [left] = [item for item in closed.store.questions.left_out(1) if item.group == first.question]
    assert (left.reason, left.askers) == ("已有公开答复", first.askers)
    assert left.follow_up_by == china(5, 9)


def test_people_whose_question_was_dropped_are_not_spoken_for(closed: Scene) -> None:
    first = propose(closed.office, closed.interview).candidates[0]
    select(closed.office, closed.interview, by=ANALYST, drop={first.question: "已有公开答复"})
    everyone = sum(map(len, CONCERNS.values()))
    assert share_spoken_for(closed.office, closed.interview) == pytest.approx(1 - first.askers / everyone)


def test_a_question_joined_to_another_is_spoken_for_by_its_answer(closed: Scene) -> None:
    first, second, *_ = propose(closed.office, closed.interview).candidates
    chosen = select(
        closed.office,
        closed.interview,
        by=ANALYST,
        drop={second.question: "与第1问合并答复"},
        joined={second.question: first.question},
    )
    assert chosen[0].askers == first.askers + second.askers
    assert share_spoken_for(closed.office, closed.interview) == 1.0


@pytest.mark.parametrize(("drop", "joined"), [({"没有这一组": "q1"}, None), (None, {"没有这一组": "q1"})])
def test_a_group_that_was_not_offered_cannot_be_dropped_or_joined(
    closed: Scene, drop: dict[str, str] | None, joined: dict[str, str] | None
) -> None:
    with pytest.raises(InvalidInput, match="没有这一组"):
        select(closed.office, closed.interview, by=ANALYST, drop=drop, joined=joined)
    assert closed.store.questions.selections(1) == []


def test_part_of_a_comment_may_be_quoted(closed: Scene) -> None:
    first = propose(closed.office, closed.interview).candidates[0]
    words = next(comment.text for comment in closed.store.comments.of(1) if comment.id == first.remark_id)
    [chosen, *_] = select(closed.office, closed.interview, by=ANALYST, quotes={first.remark_id: words[2:8]})
    assert chosen.quote == words[2:8]


@pytest.mark.parametrize("quote", ["网友没有说过的话", "", "  "])
def test_words_that_were_not_said_cannot_be_quoted(closed: Scene, quote: str) -> None:
    first = propose(closed.office, closed.interview).candidates[0]
    with pytest.raises(InvalidInput, match="逐字引用"):
        select(closed.office, closed.interview, by=ANALYST, quotes={first.remark_id: quote})
    assert closed.store.questions.selections(1) == []


def test_chatter_is_left_out_with_its_reason_and_counts_for_nothing(closed: Scene) -> None:
    select(closed.office, closed.interview, by=ANALYST)
    asking = {comment.text for comment in asking_comments(closed.office, closed.interview)}
    assert asking == {wording for wordings in CONCERNS.values() for wording in wordings}
    assert not asking & set(CHATTER)
    assert {item.reason for item in closed.store.questions.left_out(1)} <= {"表态或闲谈，没有需要答复的问题"}


def test_choosing_again_replaces_what_was_chosen(closed: Scene) -> None:
    first = propose(closed.office, closed.interview).candidates[0]
    select(closed.office, closed.interview, by=ANALYST)
    select(closed.office, closed.interview, by=ANALYST, drop={first.question: "重复"})
    assert len(closed.store.questions.selections(1)) == len(CONCERNS) - 1


def test_what_came_after_closing_is_not_counted_among_the_channels_askers(closed: Scene) -> None:
    select(closed.office, closed.interview, by=ANALYST)
    closed.later(HOUR)
    closed.platform.netizen(str(closed.post("preview").platform_id), "请问工地夜间施工噪音谁来管？", user_id="9")
    closed.later(MINUTE)
    collect(closed.office, closed.interview)
    regroup(closed.office, closed.interview)
    assert len(asking_comments(closed.office, closed.interview)) == sum(map(len, CONCERNS.values())) + 1
    assert share_spoken_for(closed.office, closed.interview) == 1.0


def test_our_own_and_deleted_comments_are_not_grouped(closed: Scene) -> None:
    before = len(remarks_of(closed.office, closed.interview))
    victim = closed.store.comments.of(1)[0]
    closed.later(MINUTE)
    closed.store.comments.mark_deleted("weibo", victim.under, seen_before=closed.clock.now(), at=closed.clock.now())
    own = replace(victim, platform_id="5", own=True, last_seen_at=closed.clock.now(), text="我们的答复")
    closed.store.comments.upsert([own], [{}])
    assert (before, remarks_of(closed.office, closed.interview)) == (len(closed.store.comments.of(1)) - 1, [])


def test_a_comment_taken_back_after_grouping_is_neither_offered_nor_in_the_way(store: Store) -> None:
    scene = office_scene(store)
    announced(scene)
    scene.at(PREVIEW + HOUR)
    ids = crowd(scene)
    scene.later(MINUTE)
    collect(scene.office, scene.interview)
    regroup(scene.office, scene.interview)
    comments = {comment.id: comment.platform_id for comment in scene.store.comments.of(1)}
    gone = comments[propose(scene.office, scene.interview).candidates[0].remark_id]
    assert gone in ids
    scene.platform.remove(gone)
    scene.later(MINUTE)
    collect(scene.office, scene.interview, full=True)
    chosen = select(scene.office, scene.interview, by=ANALYST)
    assert f"weibo:{gone}" not in {selection.comment for selection in chosen}
    assert len(chosen) == len(CONCERNS)


def test_the_latest_grouping_is_kept_whole(closed: Scene) -> None:
    grouping = regroup(closed.office, closed.interview)
    assert grouping_of(closed.office, closed.interview) == grouping


def test_before_any_grouping_nobody_asked(store: Store) -> None:
    scene = office_scene(store)
    announced(scene)
    assert grouping_of(scene.office, scene.interview) is None
    assert asking_comments(scene.office, scene.interview) == []
    assert share_spoken_for(scene.office, scene.interview) == 0.0
