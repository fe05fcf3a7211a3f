"""Sending what is due: intent first, sealed words only, in time or not at all, one at a time."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from microblog.domain.outbox import LOGIN_RETRY, Change
from microblog.domain.post import (
    Attempt,
    Delivery,
    LoginNeeded,
    Outcome,
    PostKind,
    PostState,
    Refused,
    RetryAt,
    Verb,
    WaitUntil,
)
from microblog.service.dispatch import Dispatched, dispatch, send_next
from microblog.service.outbox import change_words, send_late
from microblog.service.ports import Store
from microblog.service.read_back import reconcile
from tests.shared import BODIES, DAY, HOUR, LEAD, MINUTE, OPERATOR, START, Scene, a_post, beside, put, seals_of

SECOND = timedelta(seconds=1)
PREVIEW = "interview 1 · preview"
SEALED = Change(PostState.SEALED)
OPENING = a_post("interview 1 · opening", kind=PostKind.OPENING)


def answer(rank: int = 1, part: int = 1, **changes: object) -> dict[str, object]:
    """The fields of a part of an answer thread under the opening post."""
    follows = "opening" if part == 1 else f"answer {rank} · part {part - 1}"
    fields: dict[str, object] = {
        "kind": PostKind.ANSWER,
        "verb": Verb.COMMENT if part == 1 else Verb.REPLY,
        "text": f"【网友提问 {rank}/3】第{part}段",
        "due_at": START + (3 * rank + part) * SECOND,
        "order": 10 * rank + part,
        "follows": f"interview 1 · {follows}",
        "under": "interview 1 · opening",
    }
    return fields | changes


def put_thread(desk: Scene, ranks: int = 2, parts: int = 2) -> None:
    """An opening post and answers of so many parts, all sealed."""
    put(desk, OPENING)
    for rank in range(1, ranks + 1):
        for part in range(1, parts + 1):
            put(desk, a_post(f"interview 1 · answer {rank} · part {part}").evolve(**answer(rank, part)))


def run(desk: Scene, minutes: int) -> None:
    """The worker's rounds, a minute apart."""
    for _ in range(minutes):
        reconcile(desk.office)
        dispatch(desk.office)
        desk.later(MINUTE)


def test_the_attempt_is_committed_before_the_platform_is_called(desk: Scene) -> None:
    seen: list[tuple[PostState, list[Attempt]]] = []
    post = put(desk, a_post())
    desk.platform.watch = lambda delivery: seen.append(
        (desk.state("preview"), desk.store.outbox.attempts(delivery.key))
    )
    dispatch(desk.office)
    assert seen == [(PostState.SENDING, [Attempt(post.key, 1, post.hash, START, "worker 1")])]


def test_what_was_posted_is_written_down_with_its_id_and_moment(desk: Scene) -> None:
    put(desk, a_post())
    assert dispatch(desk.office) == Dispatched(released=1, sent=1)
    [entry] = desk.platform.posted()
    post = desk.post("preview")
    assert (post.state, post.platform_id, post.posted_at) == (PostState.POSTED, entry.platform_id, START)
    [attempt] = desk.store.outbox.attempts(post.key)
    assert (attempt.outcome, attempt.settled_at) == ("Posted", START)


def test_dispatching_again_sends_nothing_again(desk: Scene) -> None:
    put(desk, a_post())
    run(desk, 5)
    assert len(desk.platform.delivered) == 1


@pytest.mark.parametrize("bodies", [(), ("data-centre",), ("media-centre",)])
def test_words_that_not_every_body_sealed_are_never_sent(desk: Scene, bodies: tuple[str, ...]) -> None:
    put(desk, a_post(), bodies)
    run(desk, 3)
    assert desk.platform.delivered == []
    assert desk.state("preview") is PostState.DRAFT


def test_words_whose_seals_vanished_after_release_are_refused_at_the_door(desk: Scene) -> None:
    desk.store.outbox.enqueue(a_post(state=PostState.DUE))
    dispatch(desk.office)
    assert desk.platform.delivered == []
    assert desk.state("preview") is PostState.REFUSED


def test_an_edit_after_sealing_voids_the_seals_of_that_post_alone(desk: Scene) -> None:
    put_thread(desk, ranks=2, parts=1)
    change_words(desk.office, "interview 1 · answer 1 · part 1", "【网友提问 1/3】改过", by=LEAD)
    run(desk, 5)
    assert desk.states() == {
        "opening": "posted",
        "answer 1 · part 1": "draft",
        "answer 2 · part 1": "posted",
    }


def test_a_changed_post_goes_out_once_its_new_words_are_sealed(desk: Scene) -> None:
    put(desk, a_post())
    changed = change_words(desk.office, PREVIEW, "【微访谈预告】改过", by=LEAD)
    for seal in seals_of(changed):
        desk.store.reviews.seal(seal)
    desk.store.outbox.move(PREVIEW, SEALED, expect=[PostState.DRAFT])
    dispatch(desk.office)
    assert desk.platform.texts() == ["【微访谈预告】改过"]


def test_nothing_goes_out_before_its_time(desk: Scene) -> None:
    put(desk, a_post(due_at=START + HOUR, latest_at=START + 2 * HOUR))
    run(desk, 60)
    assert desk.platform.delivered == []
    run(desk, 1)
    assert desk.state("preview") is PostState.POSTED


def test_past_its_latest_time_a_post_is_missed_and_asks(desk: Scene) -> None:
    put(desk, a_post())
    desk.later(HOUR + SECOND)
    assert dispatch(desk.office) == Dispatched(missed=1)
    run(desk, 3)
    assert desk.platform.delivered == []
    assert desk.post("preview").reason == "已过最晚发布时间，请决定是否补发"


def test_a_post_that_was_due_and_could_not_be_sent_in_time_is_missed(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(RetryAt(START + 2 * HOUR, "没连上"))
    dispatch(desk.office)
    desk.later(2 * HOUR)
    dispatch(desk.office)
    assert desk.state("preview") is PostState.MISSED


def test_a_part_that_waits_too_long_for_the_part_before_is_missed(desk: Scene) -> None:
    put_thread(desk, ranks=1, parts=2)
    desk.platform.answers.extend([Refused("审核不通过")])
    run(desk, 62)
    assert desk.states() == {
        "opening": "refused",
        "answer 1 · part 1": "missed",
        "answer 1 · part 2": "missed",
    }
    assert len(desk.platform.delivered) == 1


def test_a_missed_post_goes_out_with_a_persons_yes(desk: Scene) -> None:
    put(desk, a_post())
    desk.later(DAY)
    dispatch(desk.office)
    send_late(desk.office, PREVIEW, by=OPERATOR)
    dispatch(desk.office)
    assert desk.state("preview") is PostState.POSTED
    assert next(entry.who for entry in desk.store.journal.entries(PREVIEW)) == OPERATOR


def test_a_persons_yes_does_not_last_for_ever(desk: Scene) -> None:
    put(desk, a_post())
    desk.later(DAY)
    dispatch(desk.office)
    send_late(desk.office, PREVIEW, by=OPERATOR, within=HOUR)
    desk.later(HOUR + SECOND)
    dispatch(desk.office)
    assert desk.state("preview") is PostState.MISSED
    assert desk.platform.delivered == []


def test_after_a_week_of_downtime_nothing_drains_by_itself(desk: Scene) -> None:
    put_thread(desk, ranks=3, parts=3)
    desk.later(7 * DAY)
    run(desk, 10)
    assert desk.platform.delivered == []
    assert set(desk.states().values()) == {"missed"}


def test_two_writes_are_never_closer_than_the_pace(desk: Scene) -> None:
    put_thread(desk, ranks=2, parts=2)
    for _ in range(300):
        reconcile(desk.office)
        dispatch(desk.office)
        desk.later(SECOND)
    sent = [desk.store.outbox.attempts(post.key)[0].sent_at for post in desk.store.outbox.posts()]
    assert [later - earlier for earlier, later in pairwise(sent)] == [MINUTE] * 4


@pytest.mark.parametrize(
    ("scope", "stopped"),
    [("account", {"opening", "preview"}), ("ip", {"opening", "preview"}), ("endpoint", {"opening", "preview"})],
)
def test_a_limit_stops_what_it_is_about_until_it_ends(desk: Scene, scope: str, stopped: set[str]) -> None:
    put(desk, a_post(due_at=START - SECOND))
    put(desk, OPENING)
    desk.platform.answers.append(WaitUntil(START + 10 * MINUTE, scope, "达到每小时上限"))
    run(desk, 10)
    assert {name for name, state in desk.states().items() if state != "posted"} == stopped
    assert len(desk.platform.delivered) == 1
    run(desk, 3)
    assert set(desk.states().values()) == {"posted"}


def test_a_limit_of_one_endpoint_leaves_the_others_open(desk: Scene) -> None:
    put(desk, OPENING)
    run(desk, 1)
    put(desk, a_post())
    put(desk, a_post("interview 1 · answer 1 · part 1").evolve(**answer(due_at=START + 2 * MINUTE)))
    desk.platform.answers.append(WaitUntil(START + HOUR, "endpoint", "达到每小时上限"))
    run(desk, 5)
    assert desk.states() == {"opening": "posted", "preview": "due", "answer 1 · part 1": "posted"}


def test_a_dead_login_stops_every_write_and_is_tried_again(desk: Scene) -> None:
    put(desk, a_post(due_at=START - SECOND))
    put(desk, OPENING)
    desk.platform.answers.append(LoginNeeded("授权已过期，请重新登录"))
    run(desk, 9)
    assert len(desk.platform.delivered) == 1
    desk.at(START + LOGIN_RETRY)
    run(desk, 3)
    assert set(desk.states().values()) == {"posted"}


def test_what_was_proven_not_sent_is_sent_again_with_the_same_words(desk: Scene) -> None:
    post = put(desk, a_post())
    desk.platform.answers.extend(RetryAt(START + number * MINUTE, "没连上") for number in (1, 2, 3))
    run(desk, 6)
    assert [delivery.text for delivery in desk.platform.delivered] == [post.text] * 4
    assert [attempt.outcome for attempt in desk.store.outbox.attempts(PREVIEW)] == ["RetryAt"] * 3 + ["Posted"]


def test_the_platform_judges_in_the_light_of_every_earlier_attempt(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(RetryAt(START, "没连上"))
    run(desk, 3)
    assert [[attempt.outcome for attempt in history] for history in desk.platform.histories] == [[], ["RetryAt"]]


def test_a_refused_post_is_not_tried_again(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(Refused("含违规内容，请修改"))
    run(desk, 5)
    assert len(desk.platform.delivered) == 1
    assert (desk.state("preview"), desk.post("preview").reason) == (PostState.REFUSED, "含违规内容，请修改")


def test_a_refused_part_stops_its_thread_without_an_orphan_and_no_other(desk: Scene) -> None:
    put_thread(desk, ranks=2, parts=3)
    desk.platform.watch = _refusing(desk, "第2段", rank=1)
    run(desk, 12)
    assert desk.states() == {
        "opening": "posted",
        "answer 1 · part 1": "posted",
        "answer 1 · part 2": "refused",
        "answer 1 · part 3": "sealed",
        "answer 2 · part 1": "posted",
        "answer 2 · part 2": "posted",
        "answer 2 · part 3": "posted",
    }


def _refusing(desk: Scene, words: str, rank: int) -> Callable[[Delivery], None]:
    def watch(delivery: Delivery) -> None:
        if words in delivery.text and f"提问 {rank}/" in delivery.text:
            desk.platform.answers.append(Refused("含违规内容，请修改"))

    return watch


def test_a_thread_goes_on_at_its_first_unsent_part_once_that_is_reworded_and_sealed(desk: Scene) -> None:
    put_thread(desk, ranks=1, parts=3)
    desk.platform.watch = _refusing(desk, "第2段", rank=1)
    run(desk, 6)
    key = "interview 1 · answer 1 · part 2"
    put(desk, change_words(desk.office, key, "【答 1/3】换一种说法", by=LEAD))
    desk.store.outbox.move(key, SEALED, expect=[PostState.DRAFT])
    run(desk, 4)
    assert desk.platform.texts() == [
        OPENING.text,
        "【网友提问 1/3】第1段",
        "【答 1/3】换一种说法",
        "【网友提问 1/3】第3段",
    ]
    parts = [desk.post(f"answer 1 · part {number}") for number in (1, 2, 3)]
    replied = [entry.reply_to for entry in desk.platform.posted()[1:]]
    assert replied == [None, parts[0].platform_id, parts[1].platform_id]


def test_the_parts_of_a_thread_hang_one_under_the_other(desk: Scene) -> None:
    put_thread(desk, ranks=1, parts=3)
    run(desk, 5)
    ids = [desk.post(name).platform_id for name in desk.states()]
    assert [(entry.status_id, entry.reply_to) for entry in desk.platform.posted()] == [
        (None, None),
        (ids[0], None),
        (ids[0], ids[1]),
        (ids[0], ids[2]),
    ]


def test_an_answer_to_a_deleted_question_is_refused_and_the_others_go_on(desk: Scene) -> None:
    put(desk, a_post())
    run(desk, 1)
    status = str(desk.post("preview").platform_id)
    asked = [desk.platform.netizen(status, f"问题{rank}") for rank in (1, 2)]
    put(desk, OPENING)
    for rank, comment in enumerate(asked, 1):
        targets: dict[str, Any] = {"verb": Verb.REPLY, "under": PREVIEW, "replies_to": comment}
        put(desk, a_post(f"interview 1 · answer {rank} · part 1").evolve(**answer(rank, **targets)))
        put(desk, a_post(f"interview 1 · answer {rank} · part 2").evolve(**answer(rank, 2, under=PREVIEW)))
    desk.platform.remove(asked[0])
    run(desk, 8)
    assert desk.states() == {
        "preview": "posted",
        "opening": "posted",
        "answer 1 · part 1": "refused",
        "answer 1 · part 2": "sealed",
        "answer 2 · part 1": "posted",
        "answer 2 · part 2": "posted",
    }
    assert desk.platform.posted()[-2].reply_to == asked[1]


def test_a_due_part_whose_status_is_not_out_is_refused_and_not_posted_elsewhere(desk: Scene) -> None:
    part = put(desk, a_post("interview 1 · answer 1 · part 1").evolve(**answer(), state=PostState.SEALED))
    desk.store.outbox.move(part.key, Change(PostState.DUE), expect=[PostState.SEALED])
    dispatch(desk.office)
    assert desk.state("answer 1 · part 1") is PostState.REFUSED
    assert "opening" in desk.post("answer 1 · part 1").reason
    assert desk.platform.delivered == []


def test_the_stop_flag_lets_the_call_in_flight_finish_and_takes_no_other(desk: Scene) -> None:
    office = beside(desk, pace=timedelta(0)).office
    for number in range(3):
        put(desk, a_post(f"interview 1 · notice {number}"))
    stopping: list[bool] = []
    desk.platform.watch = lambda _: stopping.append(True)
    assert dispatch(office, keep_going=lambda: not stopping).sent == 1
    assert sorted(desk.states().values()) == ["due", "due", "posted"]


def test_without_a_pace_everything_due_goes_out_in_one_round(desk: Scene) -> None:
    office = beside(desk, pace=timedelta(0)).office
    for number in range(3):
        put(desk, a_post(f"interview 1 · notice {number}"))
    assert dispatch(office) == Dispatched(released=3, sent=3)


def test_each_write_is_taken_from_the_days_calls(desk: Scene) -> None:
    put_thread(desk, ranks=1, parts=1)
    run(desk, 3)
    assert desk.store.journal.spent(START) == {"comment": 1, "share": 1}


def test_nothing_due_sends_nothing(desk: Scene) -> None:
    assert not send_next(desk.office, list(Verb))


@pytest.mark.parametrize("outcome", [Refused("不行"), RetryAt(START + MINUTE, "没连上"), LoginNeeded("过期")])
def test_every_attempt_keeps_what_it_came_to(desk: Scene, outcome: Outcome) -> None:
    put(desk, a_post())
    desk.platform.answers.append(outcome)
    dispatch(desk.office)
    [attempt] = desk.store.outbox.attempts(PREVIEW)
    assert (attempt.outcome, bool(attempt.detail), attempt.settled_at) == (type(outcome).__name__, True, START)


def test_a_sealed_text_belongs_to_the_bodies_named_on_the_post(store: Store, desk: Scene) -> None:
    put(desk, a_post(bodies=(*BODIES, "organiser")))
    dispatch(desk.office)
    assert store.outbox.get(PREVIEW).state is PostState.DRAFT
