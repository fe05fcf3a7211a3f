"""The judge: every code of the table, for every verb, with and without an attempt that may have landed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from microblog.domain.errors import (
    LoginExpired,
    PlatformDown,
    PlatformRefused,
    TargetGone,
    Throttled,
)
from microblog.domain.post import (
    Attempt,
    Delivery,
    Landed,
    LoginNeeded,
    Outcome,
    Posted,
    Refused,
    RetryAt,
    Unknown,
    Verb,
    WaitUntil,
)
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_http import Answer, Failure
from microblog.platforms.weibo_outcomes import judge, trouble
from tests.platforms.conftest import NOW

DELIVERIES = {
    Verb.SHARE: Delivery("interview 1 · preview", Verb.SHARE, "预告 http://example.gov.cn/1"),
    Verb.COMMENT: Delivery("interview 1 · answer 1 · part 1", Verb.COMMENT, "【答】好", status_id="11"),
    Verb.REPLY: Delivery("interview 1 · answer 1 · part 2", Verb.REPLY, "【答】好", status_id="11", comment_id="22"),
}

# What each code makes of a write, first tried and after an attempt whose fate is unknown.
WRITES: dict[type, list[int]] = {
    Unknown: [10001, 10002, 10003, 10009, 10010, 10011, 23201],
    LoginNeeded: [10004, 10006, 10013, *range(21301, 21320), *range(21321, 21331), 21332, 21337, 21338],
    Refused: [
        *(10005, 10007, 10008, 10012, 10014, 10016, 10017, 10018, 10020, 10021, 10025, 10026, 10027),
        *(20001, 20002, 20003, 20005, 20006, 20007, 20008, 20009, 20012, 20013, 20015, 20017, 20018, 20019, 20020),
        *(20021, 20022, 20031, 20049, 20101, 20102, 20103, 20104, 20109, 20111),
        *(20201, 20202, 20203, 20204, *range(20301, 20308), 20401, 20402),
        *(code for code in range(20501, 20525) if code not in (20505, 20513, 20521)),
        *(21320, 21501, 21502, 21503, 21504, 21602, 21901),
    ],
    WaitUntil: [10022, 10023, 10024, 20016, 20505, 20513, 20521, 21603],
    Landed: [20032, 20053],
    RetryAt: [20014, 21331],
}
BY_CODE = {code: kind for kind, codes in WRITES.items() for code in codes}
AFTER_UNKNOWN: dict[int, type] = {20019: Landed, 20111: Landed, 20017: Unknown}
GONE = {20003, 20101, 20104, 20201, 20202, *range(20501, 20525)} - {20505, 20513, 20521}


def attempt(number: int, outcome: str) -> Attempt:
    return Attempt("k", number, "hash", NOW - timedelta(minutes=10 - number), "worker", outcome=outcome)


UNKNOWN_BEFORE = (attempt(1, "Unknown"),)


def of_code(
    table: ErrorTable, code: int, *, verb: Verb = Verb.COMMENT, history: tuple[Attempt, ...] = (), text: str = "text"
) -> Outcome:
    return judge(DELIVERIES[verb], history, Answer(400, {}, code, text), NOW, table)


def of_answer(table: ErrorTable, answer: Answer, verb: Verb = Verb.SHARE) -> Outcome:
    return judge(DELIVERIES[verb], (), answer, NOW, table)


def test_the_list_below_names_every_code_of_the_table(table: ErrorTable) -> None:
    assert sorted(BY_CODE) == sorted({code for rule in table.rule for code in rule.codes})


@pytest.mark.parametrize("code", sorted(BY_CODE))
@pytest.mark.parametrize("verb", list(Verb))
def test_each_code_has_one_outcome_on_a_first_attempt(table: ErrorTable, verb: Verb, code: int) -> None:
    outcome = of_code(table, code, verb=verb)
    assert type(outcome) is BY_CODE[code]
    assert f"错误码 {code}" in outcome.why


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_code_has_one_outcome_after_an_unknown_attempt(table: ErrorTable, code: int) -> None:
    outcome = of_code(table, code, history=UNKNOWN_BEFORE)
    assert type(outcome) is AFTER_UNKNOWN.get(code, BY_CODE[code])


@pytest.mark.parametrize("code", sorted(GONE))
def test_a_vanished_target_is_told_apart(table: ErrorTable, code: int) -> None:
    outcome = of_code(table, code, verb=Verb.REPLY)
    assert isinstance(outcome, Refused)
    assert outcome.gone


@pytest.mark.parametrize("code", [20021, 20031, 20015, 20022])
@pytest.mark.parametrize("history", [(), UNKNOWN_BEFORE], ids=["first", "after unknown"])
def test_what_only_a_person_may_send_again_is_final(
    table: ErrorTable, code: int, history: tuple[Attempt, ...]
) -> None:
    assert isinstance(of_code(table, code, history=history), Refused)


@pytest.mark.parametrize("code", [20017, 20019, 20111])
@pytest.mark.parametrize("earlier", ["RetryAt", "WaitUntil", "LoginNeeded", "Refused"])
def test_an_earlier_attempt_proven_not_sent_does_not_make_a_repeat_ours(
    table: ErrorTable, code: int, earlier: str
) -> None:
    outcome = of_code(table, code, history=(attempt(1, earlier),))
    assert isinstance(outcome, Refused)
    assert "重新送审" in outcome.why


@pytest.mark.parametrize("earlier", ["", "Unknown", "Landed", "something new"])
def test_an_earlier_attempt_of_any_other_end_may_be_the_one_repeated(table: ErrorTable, earlier: str) -> None:
    assert isinstance(of_code(table, 20019, history=(attempt(1, earlier),)), Landed)


@pytest.mark.parametrize("code", [20046, 20999, 29999, 10099, 40025, 99999])
def test_an_unlisted_code_on_a_write_is_unknown_and_shown_verbatim(table: ErrorTable, code: int) -> None:
    outcome = of_code(table, code, text="something new!")
    assert isinstance(outcome, Unknown)
    assert outcome.look_at > NOW
    assert f"{code} something new!" in outcome.why


@pytest.mark.parametrize(
    ("code", "scope", "until"),
    [
        (10022, "ip", datetime(2024, 5, 20, 8, 0, 10, tzinfo=UTC)),
        (10023, "account", datetime(2024, 5, 20, 8, 0, 10, tzinfo=UTC)),
        (10024, "endpoint", datetime(2024, 5, 20, 8, 0, 10, tzinfo=UTC)),
        (20016, "endpoint", NOW + timedelta(minutes=2)),
    ],
)
def test_a_limit_says_whom_it_concerns_and_how_long(
    table: ErrorTable, code: int, scope: str, until: datetime
) -> None:
    outcome = of_code(table, code)
    assert isinstance(outcome, WaitUntil)
    assert (outcome.scope, outcome.when) == (scope, until)


def test_waits_grow_with_each_refusal_in_a_row(table: ErrorTable) -> None:
    history = (attempt(1, "Unknown"), attempt(2, "WaitUntil"), attempt(3, "WaitUntil"))
    outcome = of_code(table, 20016, history=history)
    assert isinstance(outcome, WaitUntil)
    assert outcome.when == NOW + timedelta(minutes=15)


def test_a_security_parameter_error_is_retried_once_then_stops(table: ErrorTable) -> None:
    assert isinstance(of_code(table, 20014), RetryAt)
    assert isinstance(of_code(table, 20014, history=(attempt(1, "RetryAt"),)), Refused)


def test_an_app_without_a_domain_holds_the_queue_while_a_text_without_one_is_refused(table: ErrorTable) -> None:
    assert isinstance(of_code(table, 10017, text="appkey not bind domain!"), LoginNeeded)
    assert isinstance(of_code(table, 10017, text="text not find domain!"), Refused)


def test_posts_in_manual_review_are_looked_for_once_they_can_be_seen(table: ErrorTable) -> None:
    outcome = of_code(table, 20053)
    assert isinstance(outcome, Landed)
    assert outcome.look_at >= NOW + timedelta(minutes=3)


@pytest.mark.parametrize(("retries", "seconds"), [(0, 5), (1, 15), (2, 60), (3, 300), (9, 300)], ids=str)
def test_what_was_proven_not_sent_is_retried_at_growing_intervals(
    table: ErrorTable, retries: int, seconds: int
) -> None:
    history = tuple(attempt(number + 1, "RetryAt") for number in range(retries))
    outcome = judge(DELIVERIES[Verb.SHARE], history, Answer(failure=Failure.NOT_SENT), NOW, table)
    assert isinstance(outcome, RetryAt)
    assert outcome.when == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(failure=Failure.NO_ANSWER),
        Answer(502),
        Answer(500, {"id": 5, "idstr": "5"}),
        Answer(418),
        Answer(302),
        Answer(200),
        Answer(200, []),
        Answer(200, {}),
        Answer(200, "5"),
        Answer(200, {"result": "true"}),
        Answer(200, {"id": 0, "idstr": ""}),
        Answer(200, {"id": None, "idstr": "abc"}),
        Answer(200, {"id": True}),
        Answer(200, {"id": 5}, error_text="strange"),
        Answer(400, {"error": "strange"}, error_text="strange"),
    ],
    ids=str,
)
@pytest.mark.parametrize("verb", list(Verb))
def test_whatever_else_comes_back_leaves_it_open(table: ErrorTable, verb: Verb, answer: Answer) -> None:
    outcome = of_answer(table, answer, verb)
    assert isinstance(outcome, Unknown)
    assert outcome.look_at == NOW + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("body", "identifier"),
    [
        ({"id": 5118500000000123, "idstr": "5118500000000123"}, "5118500000000123"),
        ({"id": 5118500000000123}, "5118500000000123"),
        ({"id": "5118500000000123"}, "5118500000000123"),
        ({"id": 1, "idstr": "5118500000000123"}, "5118500000000123"),
    ],
)
def test_an_object_with_an_id_is_posted(table: ErrorTable, body: dict[str, Any], identifier: str) -> None:
    assert of_answer(table, Answer(200, body)) == Posted(identifier, NOW)


def test_the_platforms_own_time_is_kept(table: ErrorTable) -> None:
    body = {"idstr": "5", "created_at": "Mon May 20 15:00:07 +0800 2024"}
    outcome = of_answer(table, Answer(200, body))
    assert outcome == Posted("5", datetime(2024, 5, 20, 7, 0, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("extra", "misplaced"),
    [
        ({"reply_comment": {"id": 22, "idstr": "22"}}, False),
        ({"reply_comment": {"id": 22}}, False),
        ({"reply_comment": {"idstr": "23"}}, True),
        ({"reply_comment": None}, True),
        ({"reply_comment": "22"}, True),
        ({}, True),
    ],
)
def test_a_reply_that_came_back_as_a_plain_comment_is_told(
    table: ErrorTable, extra: dict[str, Any], misplaced: bool
) -> None:
    outcome = of_answer(table, Answer(200, {"idstr": "5", "text": "回复@某某:【答】好"} | extra), Verb.REPLY)
    assert isinstance(outcome, Posted)
    assert outcome.misplaced is misplaced
    assert ("普通评论" in outcome.why) is misplaced


def test_words_the_platform_altered_are_told(table: ErrorTable) -> None:
    kept = of_answer(table, Answer(200, {"idstr": "5", "text": "预告 http://t.cn/A6abcd"}))
    cut = of_answer(table, Answer(200, {"idstr": "5", "text": "http://t.cn/A6abcd"}))
    assert isinstance(kept, Posted)
    assert kept.why == ""
    assert isinstance(cut, Posted)
    assert "与送审的不同" in cut.why


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (10001, PlatformDown),
        (10009, PlatformDown),
        (23201, PlatformDown),
        (20032, PlatformDown),
        (10006, LoginExpired),
        (21301, LoginExpired),
        (21327, LoginExpired),
        (21332, LoginExpired),
        (20101, TargetGone),
        (20201, TargetGone),
        (10014, PlatformRefused),
        (10008, PlatformRefused),
        (21321, PlatformRefused),
        (20022, Throttled),
        (10023, Throttled),
        (20999, PlatformDown),
    ],
)
def test_a_read_that_failed_raises_what_can_be_done_about_it(table: ErrorTable, code: int, error: type) -> None:
    raised = trouble(Answer(403, {}, code, "text"), NOW, table)
    assert type(raised) is error
    assert str(code) in str(raised)


def test_a_throttled_read_says_when_to_ask_again(table: ErrorTable) -> None:
    raised = trouble(Answer(403, {}, 10024, "text"), NOW, table)
    assert isinstance(raised, Throttled)
    assert raised.retry_at == datetime(2024, 5, 20, 8, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "answer",
    [Answer(502), Answer(200), Answer(failure=Failure.NO_ANSWER), Answer(200, {}, error_text="odd")],
    ids=str,
)
def test_a_read_without_a_usable_answer_may_be_asked_again(table: ErrorTable, answer: Answer) -> None:
    assert isinstance(trouble(answer, NOW, table), PlatformDown)


def test_a_good_read_is_no_trouble(table: ErrorTable) -> None:
    assert trouble(Answer(200, {"comments": []}), NOW, table) is None
