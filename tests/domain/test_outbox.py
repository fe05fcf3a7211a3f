"""The decisions about a post, as tables: what may happen to it, where an outcome or a look takes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.domain.errors import NotAllowed
from microblog.domain.outbox import (
    HIDDEN_MOST,
    LANDED_PATIENCE,
    LEASE,
    LOGIN_RETRY,
    LOOK_AGAIN,
    NOT_SENT,
    QUEUED_MOST,
    REVIEWED_MOST,
    Change,
    Readiness,
    after_looking,
    consequence,
    delivery,
    readiness,
    sent_attempts,
)
from microblog.domain.post import (
    Absent,
    Attempt,
    Delivery,
    Found,
    Landed,
    LoginNeeded,
    Outcome,
    Post,
    Posted,
    PostKind,
    PostState,
    Refused,
    RetryAt,
    Sighting,
    Undecidable,
    Unknown,
    Verb,
    WaitUntil,
    Withheld,
)
from tests.shared import HOUR, MINUTE, START, a_post, seals_of

NOW = START
SECOND = timedelta(seconds=1)
LATER = NOW + MINUTE

POST = a_post(state=PostState.SEALED)
PART = a_post(
    "interview 1 · answer 1 · part 2",
    kind=PostKind.ANSWER,
    verb=Verb.REPLY,
    follows="interview 1 · answer 1 · part 1",
    under="interview 1 · opening",
    state=PostState.SEALED,
)
FIRST = a_post("interview 1 · answer 1 · part 1", platform_id="51", state=PostState.POSTED)
OPENING = a_post("interview 1 · opening", platform_id="40", state=PostState.POSTED)


@pytest.mark.parametrize(
    ("post", "before", "expected"),
    [
        (POST, None, Readiness.RELEASE),
        (POST.evolve(due_at=NOW + SECOND), None, Readiness.WAIT),
        (POST.evolve(not_before=NOW + SECOND), None, Readiness.WAIT),
        (POST.evolve(not_before=NOW), None, Readiness.RELEASE),
        (POST.evolve(held="值班员：等领导"), None, Readiness.WAIT),
        (POST.evolve(held="值班员：等领导", latest_at=NOW - SECOND), None, Readiness.MISS),
        (POST.evolve(latest_at=NOW), None, Readiness.RELEASE),
        (POST.evolve(latest_at=NOW - SECOND), None, Readiness.MISS),
        (PART, FIRST, Readiness.RELEASE),
        (PART, None, Readiness.WAIT),
        (PART, FIRST.evolve(platform_id=None, state=PostState.DUE), Readiness.WAIT),
        (PART, FIRST.evolve(platform_id=None, state=PostState.LANDED), Readiness.WAIT),
        (PART, FIRST.evolve(platform_id=None, state=PostState.REFUSED), Readiness.WAIT),
        (PART.evolve(latest_at=NOW - SECOND), FIRST.evolve(platform_id=None), Readiness.MISS),
    ],
)
def test_what_a_sealed_post_may_do(post: Post, before: Post | None, expected: Readiness) -> None:
    assert readiness(post, before, seals_of(post), NOW) is expected


@pytest.mark.parametrize("bodies", [(), ("data-centre",), ("media-centre",)])
def test_without_the_seal_of_every_body_a_post_is_unsealed(bodies: tuple[str, ...]) -> None:
    assert readiness(POST, None, seals_of(POST, bodies), NOW) is Readiness.UNSEALED


def test_seals_on_other_words_are_no_seals() -> None:
    assert readiness(POST.evolve(text="改过一个字"), None, seals_of(POST), NOW) is Readiness.UNSEALED


def test_seals_on_another_post_with_the_same_words_are_no_seals() -> None:
    twin = POST.evolve(key="interview 2 · preview")
    assert twin.hash == POST.hash
    assert readiness(twin, None, seals_of(POST), NOW) is Readiness.UNSEALED


def test_a_post_that_names_no_body_is_never_sealed() -> None:
    assert readiness(POST.evolve(bodies=()), None, seals_of(POST), NOW) is Readiness.UNSEALED


@given(st.timedeltas(timedelta(days=-30), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_no_post_is_released_outside_its_time_or_without_its_seals(shift: timedelta, patience: timedelta) -> None:
    post = POST.evolve(due_at=START, latest_at=START + patience)
    now = START + shift
    released = readiness(post, None, seals_of(post), now) is Readiness.RELEASE
    assert released == (post.due_at <= now <= post.latest_at)
    assert readiness(post, None, seals_of(post, ("data-centre",)), now) is not Readiness.RELEASE


def test_a_status_of_its_own_has_no_target() -> None:
    assert delivery(POST, None, None) == Delivery(POST.key, Verb.SHARE, POST.text)


def test_a_comment_goes_under_our_status() -> None:
    part = PART.evolve(verb=Verb.COMMENT)
    assert delivery(part, OPENING, OPENING) == Delivery(part.key, Verb.COMMENT, part.text, "40", None)


def test_a_later_part_answers_the_part_before() -> None:
    assert delivery(PART, FIRST, OPENING) == Delivery(PART.key, Verb.REPLY, PART.text, "40", "51")


def test_a_first_part_may_answer_the_askers_own_comment() -> None:
    first = PART.evolve(replies_to="77", follows="interview 1 · opening")
    assert delivery(first, OPENING, OPENING).comment_id == "77"


@pytest.mark.parametrize(
    ("before", "under"),
    [
        (FIRST, None),
        (FIRST, OPENING.evolve(platform_id=None)),
        (None, OPENING),
        (FIRST.evolve(platform_id=None), OPENING),
    ],
)
def test_a_part_without_its_target_is_not_delivered(before: Post | None, under: Post | None) -> None:
    with pytest.raises(NotAllowed, match="answer 1 · part 2"):
        delivery(PART, before, under)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Posted("9", NOW), Change(PostState.POSTED, "9", NOW)),
        (Posted("9", NOW, why="已发"), Change(PostState.POSTED, "9", NOW, reason="已发")),
        (Posted("9", NOW, misplaced=True), Change(PostState.POSTED, "9", NOW, reason="回复落成了普通评论，请核对")),
        (Landed(LATER, "审核"), Change(PostState.LANDED, not_before=LATER, reason="审核")),
        (Refused("违规"), Change(PostState.REFUSED, reason="违规")),
        (RetryAt(LATER, "没连上"), Change(PostState.DUE, not_before=LATER, reason="没连上")),
        (WaitUntil(LATER, "account", "限额"), Change(PostState.DUE, not_before=LATER, reason="限额")),
        (LoginNeeded("过期"), Change(PostState.DUE, not_before=NOW + LOGIN_RETRY, reason="过期")),
        (Unknown(LATER, "超时"), Change(PostState.UNKNOWN, not_before=LATER, reason="超时")),
    ],
)
def test_where_an_outcome_takes_a_post(outcome: Outcome, expected: Change) -> None:
    assert consequence(outcome, NOW) == expected


def attempts(*outcomes: str) -> list[Attempt]:
    """Attempts a minute apart, the last at START."""
    last = len(outcomes)
    return [
        Attempt(POST.key, number, POST.hash, START - (last - number) * MINUTE, "worker 1", outcome)
        for number, outcome in enumerate(outcomes, 1)
    ]


UNKNOWN = POST.evolve(state=PostState.UNKNOWN)
LANDED = POST.evolve(state=PostState.LANDED)
PASTED = UNKNOWN.evolve(posted_at=START)
"""A person said so and gave no link."""
SOON = START + LEASE + HIDDEN_MOST
"""When nothing that was sent can still be hidden."""
PATIENT = START + LANDED_PATIENCE


@pytest.mark.parametrize(
    ("post", "made", "sighting", "now", "state"),
    [
        (UNKNOWN, attempts("Unknown"), Found("9", START), SOON, PostState.POSTED),
        (LANDED, attempts("Landed"), Found("9", START), SOON, PostState.POSTED),
        (UNKNOWN, attempts("Unknown"), Undecidable("五条更新"), SOON, PostState.UNKNOWN),
        (LANDED, attempts("Landed"), Undecidable("五条更新"), SOON, PostState.LANDED),
        (UNKNOWN, attempts("Unknown"), Absent(), SOON, PostState.DUE),
        (UNKNOWN, attempts("RetryAt", "Unknown"), Absent(), SOON, PostState.DUE),
        (UNKNOWN, attempts("RetryAt"), Absent(), SOON, PostState.DUE),
        (UNKNOWN, attempts(""), Absent(), SOON, PostState.DUE),
        (UNKNOWN, attempts("Unknown", "Unknown"), Absent(), SOON, PostState.UNKNOWN),
        (UNKNOWN, attempts("Unknown", ""), Absent(), SOON, PostState.UNKNOWN),
        (UNKNOWN, attempts("Unknown"), Absent(), SOON - SECOND, PostState.UNKNOWN),
        (UNKNOWN, attempts("RetryAt"), Absent(), START, PostState.DUE),
        (UNKNOWN, attempts("Unknown"), Absent(), UNKNOWN.latest_at, PostState.DUE),
        (UNKNOWN, attempts("Unknown"), Absent(), UNKNOWN.latest_at + SECOND, PostState.MISSED),
        (UNKNOWN, attempts("Unknown"), Withheld("少于计数"), SOON - SECOND, PostState.UNKNOWN),
        (UNKNOWN, attempts("Unknown"), Withheld("少于计数"), PATIENT, PostState.UNKNOWN),
        (LANDED, attempts("Landed"), Withheld("少于计数"), PATIENT - SECOND, PostState.LANDED),
        (LANDED, attempts("Landed"), Withheld("少于计数"), PATIENT, PostState.UNKNOWN),
        (PASTED, [], Absent(), SOON, PostState.UNKNOWN),
        (PASTED.evolve(state=PostState.LANDED), [], Absent(), PATIENT - SECOND, PostState.LANDED),
        (PASTED.evolve(state=PostState.LANDED), [], Absent(), PATIENT, PostState.UNKNOWN),
        (LANDED, attempts("Landed"), Absent(), SOON, PostState.LANDED),
        (LANDED, attempts("Landed"), Absent(), PATIENT - SECOND, PostState.LANDED),
        (LANDED, attempts("Landed"), Absent(), PATIENT, PostState.UNKNOWN),
    ],
)
def test_where_reading_back_takes_a_post(
    post: Post, made: list[Attempt], sighting: Sighting, now: object, state: PostState
) -> None:
    assert after_looking(post, made, sighting, now).state is state  # type: ignore[arg-type]  # a datetime


def test_what_is_found_is_adopted_with_its_id_and_time() -> None:
    change = after_looking(UNKNOWN, attempts("Unknown"), Found("9", START), SOON)
    assert (change.platform_id, change.posted_at, change.not_before) == ("9", START, None)


def test_an_accepted_post_not_visible_yet_is_looked_for_again_ever_more_rarely() -> None:
    waits = [after_looking(LANDED, attempts("Landed"), Absent(), START + n * MINUTE).not_before for n in (3, 20)]
    assert waits == [START + 3 * MINUTE + LOOK_AGAIN, START + 25 * MINUTE]


@pytest.mark.parametrize("outcome", ["Unknown", ""])
def test_not_seeing_a_post_proves_nothing_while_it_may_still_be_hidden(outcome: str) -> None:
    now = SOON - 10 * SECOND
    change = after_looking(UNKNOWN, attempts(outcome), Absent(), now)
    assert (change.state, change.not_before) == (PostState.UNKNOWN, SOON)


def test_a_post_that_may_be_under_review_is_looked_for_meanwhile() -> None:
    change = after_looking(UNKNOWN, attempts("Unknown"), Absent(), START + 10 * SECOND)
    assert (change.state, change.not_before) == (PostState.UNKNOWN, START + 10 * SECOND + REVIEWED_MOST)


def test_a_list_that_holds_something_back_is_read_again_before_a_person_is_asked() -> None:
    change = after_looking(UNKNOWN, attempts("Unknown"), Withheld("少于计数"), PATIENT - 6 * MINUTE)
    assert (change.state, change.not_before) == (PostState.UNKNOWN, PATIENT)


def test_a_call_that_was_settled_is_over_and_its_post_shows_sooner() -> None:
    made = [replace(attempts("Unknown")[0], settled_at=START + 20 * SECOND)]
    change = after_looking(UNKNOWN, made, Absent(), START + 4 * MINUTE)
    assert change.not_before == START + 20 * SECOND + HIDDEN_MOST


def test_a_worker_with_a_longer_lease_may_have_sent_later() -> None:
    change = after_looking(UNKNOWN, attempts(""), Absent(), SOON, 5 * MINUTE)
    assert change.not_before == START + 5 * MINUTE + HIDDEN_MOST


def test_a_call_begun_at_the_end_of_its_lease_queued_and_reviewed_is_waited_for() -> None:
    longest_call = timedelta(seconds=20)
    assert longest_call + QUEUED_MOST + REVIEWED_MOST <= HIDDEN_MOST


@pytest.mark.parametrize(
    ("post", "made", "sighting", "now"),
    [
        (UNKNOWN, attempts("Unknown"), Undecidable("五条更新"), SOON),
        (UNKNOWN, attempts("Unknown", "Unknown"), Absent(), SOON),
        (UNKNOWN, attempts("Unknown"), Withheld("少于计数"), PATIENT),
        (PASTED, [], Absent(), SOON),
        (LANDED, attempts("Landed"), Absent(), PATIENT),
    ],
)
def test_what_cannot_be_decided_waits_for_a_person_and_not_for_a_time(
    post: Post, made: list[Attempt], sighting: Sighting, now: object
) -> None:
    change = after_looking(post, made, sighting, now)  # type: ignore[arg-type]  # a datetime
    assert change.not_before is None
    assert change.reason


@given(st.lists(st.sampled_from(["", "Unknown", "Landed", "Posted", *sorted(NOT_SENT)]), max_size=6))
def test_only_attempts_proven_not_sent_are_not_counted_as_sent(outcomes: list[str]) -> None:
    made = attempts(*outcomes)
    assert [attempt.outcome for attempt in sent_attempts(made)] == [name for name in outcomes if name not in NOT_SENT]


@given(st.lists(st.sampled_from(["", "Unknown", *sorted(NOT_SENT)]), min_size=1, max_size=6))
def test_words_that_may_have_gone_out_twice_are_never_sent_a_third_time(outcomes: list[str]) -> None:
    made = attempts(*outcomes)
    resent = after_looking(UNKNOWN, made, Absent(), SOON).state is PostState.DUE
    assert resent == (len(sent_attempts(made)) <= 1)


EDGES = {
    PostState.SENDING: {
        PostState.POSTED,
        PostState.LANDED,
        PostState.REFUSED,
        PostState.DUE,
        PostState.UNKNOWN,
    },
    PostState.UNKNOWN: {PostState.POSTED, PostState.UNKNOWN, PostState.DUE, PostState.MISSED},
    PostState.LANDED: {PostState.POSTED, PostState.LANDED, PostState.UNKNOWN},
}
"""Where outcomes take a post in sending, and looks one that is unknown or landed (`docs/architecture.md`)."""

OUTCOMES: list[Outcome] = [
    Posted("9", NOW),
    Landed(LATER, ""),
    Refused(""),
    RetryAt(LATER, ""),
    WaitUntil(LATER, "ip", ""),
    LoginNeeded(""),
    Unknown(LATER, ""),
]
SIGHTINGS: list[Sighting] = [Found("9", NOW), Absent(), Undecidable("")]


def test_outcomes_lead_along_the_drawn_edges_and_along_each_of_them() -> None:
    assert {consequence(outcome, NOW).state for outcome in OUTCOMES} == EDGES[PostState.SENDING]


@pytest.mark.parametrize("state", [PostState.UNKNOWN, PostState.LANDED])
def test_looks_lead_along_the_drawn_edges_and_along_each_of_them(state: PostState) -> None:
    reached = {
        after_looking(POST.evolve(state=state), made, sighting, now).state
        for made in (attempts("Unknown"), attempts("Unknown", "Unknown"))
        for sighting in SIGHTINGS
        for now in (SOON, PATIENT, START + 2 * HOUR)
    }
    assert reached == EDGES[state]
