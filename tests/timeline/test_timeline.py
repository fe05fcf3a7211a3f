from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import DateState, Form
from microblog.domain.milestone import Milestone
from microblog.domain.offset import Offset
from microblog.domain.period import SHANGHAI, Period
from microblog.domain.rules import RuleSet
from microblog.domain.timeline import first_punctual_day, last_day_to_change, moved, timeline, usual_period
from microblog.service.rulesets import load_rule_sets
from microblog.service.workdays import Workdays
from tests.timeline.conftest import RULES

ALL_RULES = load_rule_sets(RULES)
DAYS = st.dates(date(2005, 1, 1), date(2026, 9, 30))


def dated(rules: RuleSet, when: Period | str, **options: Any) -> dict[str, Milestone]:
    if isinstance(when, str):
        day = date.fromisoformat(when)
        when = Period(day.year, (day.month,)).held(day)
    return {found.id: found for found in timeline(rules, when, is_workday=Workdays().is_workday, **options)}


def midnight_after(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time.min, SHANGHAI)


VECTORS = [
    # recording, preview due, channel closes, final due, preview proposed, final proposed
    ("2024-04-25", "2024-03-25", "2024-04-14", "2024-04-22", None, None),
    ("2024-05-31", "2024-04-30", "2024-05-20", "2024-05-28", None, None),
    ("2024-03-31", "2024-02-29", "2024-03-20", "2024-03-28", None, None),
    ("2023-03-31", "2023-02-28", "2023-03-20", "2023-03-28", None, None),
    ("2024-05-06", "2024-04-06", "2024-04-26", "2024-05-03", "2024-04-03", "2024-04-30"),
    ("2024-07-30", "2024-06-30", "2024-07-20", "2024-07-27", "2024-06-28", "2024-07-26"),
    ("2024-10-09", "2024-09-09", "2024-09-29", "2024-10-06", None, "2024-09-30"),
    ("2025-01-20", "2024-12-20", "2025-01-09", "2025-01-17", None, None),  # across the year
]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector[0] for vector in VECTORS])
def test_pukou_dates_follow_the_vectors(pukou: RuleSet, vector: tuple[str | None, ...]) -> None:
    recording, preview, closes, final, preview_proposed, final_proposed = map(_day, vector)
    assert recording is not None
    found = dated(pukou, recording.isoformat())
    assert [found[name].day for name in ("preview", "introduction", "channel-close", "final", "interview")] == [
        preview,
        preview,
        closes,
        final,
        recording,
    ]
    assert [found[name].due for name in ("preview", "channel-close", "final")] == [
        midnight_after(str(day)) for day in (preview, closes, final)
    ]
    assert (found["preview"].proposed, found["final"].proposed) == (preview_proposed, final_proposed)
    assert found["channel-close"].proposed is None


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None


def test_the_draft_is_a_soft_proposal_three_days_before_the_final(pukou: RuleSet) -> None:
    draft = dated(pukou, "2024-04-25")["draft"]
    assert (draft.day, draft.hard) == (date(2024, 4, 19), False)


@pytest.mark.parametrize(
    ("month", "first", "last"), [(4, "2024-03-01", "2024-03-30"), (5, "2024-04-01", "2024-04-30")]
)
def test_a_month_gives_a_window_and_never_a_day(pukou: RuleSet, month: int, first: str, last: str) -> None:
    found = dated(pukou, Period(2024, (month,)))
    preview = found["preview"]
    assert (str(preview.first), str(preview.last)) == (first, last)
    assert preview.due == midnight_after(last)
    assert all(each.day is None and each.proposed is None and each.provisional for each in found.values())


def test_an_unknown_time_leaves_every_milestone_undated_in_the_order_of_the_rules(pukou: RuleSet) -> None:
    found = dated(pukou, Period(2024))
    assert list(found) == [rule.id for rule in pukou.milestones_of(Form.VIDEO)]
    assert {(each.first, each.last, each.begins, each.due, each.chinese) for each in found.values()} == {
        (None, None, None, None, "时间待定")
    }


def test_the_interview_carries_the_hours_of_its_period(pukou: RuleSet) -> None:
    interview = dated(pukou, Period(2024, (4,)).held(date(2024, 4, 25), time(15), time(17)))["interview"]
    assert interview.begins == datetime(2024, 4, 25, 7, tzinfo=UTC)
    assert interview.due == datetime(2024, 4, 25, 9, tzinfo=UTC)
    assert interview.chinese == "2024年4月25日 15:00至17:00"


def test_the_preview_may_go_out_from_nine_until_midnight(pukou: RuleSet) -> None:
    preview = dated(pukou, "2024-04-25")["preview"]
    assert preview.begins == datetime(2024, 3, 25, 9, tzinfo=SHANGHAI)
    assert preview.chinese == "2024年3月25日 09:00至24:00"


def test_the_channel_runs_from_its_real_opening_the_opening_day_not_counted(pukou: RuleSet) -> None:
    late = datetime(2024, 3, 26, 16, 30, tzinfo=UTC)  # 27 March 00:30 in China
    found = dated(pukou, "2024-04-25", opened_at=late)
    assert found["channel-close"].due == midnight_after("2024-04-16")
    assert not found["channel-close"].provisional
    assert found["preview"].day == date(2024, 3, 25)


def test_a_real_opening_ends_the_window_of_the_channel(pukou: RuleSet) -> None:
    found = dated(pukou, Period(2024, (4,)), opened_at=datetime(2024, 3, 10, 1, tzinfo=UTC))
    assert found["channel-close"].day == date(2024, 3, 30)
    assert found["final"].day is None


def test_forward_days_roll_to_a_working_day_and_backward_days_never_do(pukou: RuleSet) -> None:
    in_days = tuple(
        replace(rule, offset=Offset.parse("5 days after")) if rule.id == "unanswered" else rule
        for rule in pukou.milestones
    )
    assert dated(replace(pukou, milestones=in_days), "2024-09-26")["unanswered"].day == date(2024, 10, 8)
    assert dated(pukou, "2024-10-09")["final"].day == date(2024, 10, 6)


def test_working_days_after_the_interview_skip_holidays_and_count_worked_weekends(pukou: RuleSet) -> None:
    assert dated(pukou, "2024-09-26")["unanswered"].day == date(2024, 10, 11)


def test_a_milestone_may_be_counted_from_the_issue_of_the_plan(pukou: RuleSet) -> None:
    register = replace(
        pukou.milestones[0], id="register", anchor="plan", offset=Offset.parse("5 working days after"), roll=None
    )
    rules = replace(pukou, milestones=(*pukou.milestones, register))
    found = dated(rules, Period(2024), issued=date(2024, 4, 25))
    assert (found["register"].day, found["register"].provisional) == (date(2024, 5, 6), False)
    assert found["interview"].day is None
    assert dated(rules, "2024-04-25")["register"].day is None


def test_milestones_due_before_the_plan_was_issued_are_marked(pukou: RuleSet) -> None:
    issued = date(2024, 3, 23)
    early = dated(pukou, "2024-04-18", issued=issued)
    assert {name for name, each in early.items() if each.overdue_at_import} == {"preview", "introduction"}
    fine = dated(pukou, "2024-04-25", issued=issued)
    assert not any(each.overdue_at_import for each in fine.values())
    window = dated(pukou, Period(2024, (4,)), issued=issued)
    assert not any(each.overdue_at_import for each in window.values())


def test_a_late_plan_asks_for_the_first_day_that_leaves_nothing_overdue(pukou: RuleSet) -> None:
    def first(months: tuple[int, ...], issued: date) -> date | None:
        return first_punctual_day(pukou, Period(2024, months), is_workday=Workdays().is_workday, issued=issued)

    assert first((4,), date(2024, 3, 23)) == date(2024, 4, 23)
    assert first((4,), date(2024, 4, 23)) is None
    assert first((5,), date(2024, 3, 23)) == date(2024, 5, 6)


def test_confirming_the_same_day_moves_nothing_but_is_no_longer_provisional(pukou: RuleSet) -> None:
    asked = Period(2024, (4,)).held(date(2024, 4, 25))
    before = dated(pukou, asked)
    after = dated(pukou, asked.held(date(2024, 4, 25), state=DateState.CONFIRMED))
    assert moved(tuple(before.values()), tuple(after.values())) == ()
    assert all(each.provisional for each in before.values())
    assert not any(each.provisional for each in after.values())


def test_another_day_lists_what_moved_in_words(pukou: RuleSet) -> None:
    before, after = dated(pukou, "2024-05-08"), dated(pukou, "2024-05-06")
    moves = moved(tuple(before.values()), tuple(after.values()))
    assert {move.after.id for move in moves} == set(after)
    lines = {move.after.id: move.chinese for move in moves}
    assert lines["final"] == (
        "访谈定稿：由2024年5月5日 24:00前改为2024年5月3日 24:00前（提前2天）；当日非工作日，建议在2024年4月30日完成"
    )
    assert lines["channel-close"] == "网友提问征集截止：由2024年4月28日 24:00前改为2024年4月26日 24:00前（提前2天）"


def test_naming_a_day_lists_windows_that_became_days(pukou: RuleSet) -> None:
    window, exact = dated(pukou, Period(2024, (4,))), dated(pukou, "2024-04-25")
    first = moved(tuple(window.values()), tuple(exact.values()))[0]
    assert first.chinese == "访谈预告：由2024年3月1日至3月30日之间改为2024年3月25日 09:00至24:00"


def test_new_hours_alone_move_only_the_interview(pukou: RuleSet) -> None:
    morning = Period(2024, (4,)).held(date(2024, 4, 25), time(9), time(11))
    before, after = dated(pukou, morning), dated(pukou, morning.held(date(2024, 4, 25), time(15), time(17)))
    (move,) = moved(tuple(before.values()), tuple(after.values()))
    assert move.chinese == "访谈录制：由2024年4月25日 09:00至11:00改为2024年4月25日 15:00至17:00"


def test_a_form_the_rules_do_not_know_is_refused(pukou: RuleSet) -> None:
    with pytest.raises(InvalidInput, match="微视频访谈"):
        dated(pukou, "2024-04-25", form=Form.MICRO_VIDEO)


def test_a_standing_slot_proposes_a_day_of_the_month(rule_sets: dict[str, RuleSet]) -> None:
    proposed = usual_period(rule_sets["luan-2023"], Period(2023, (6,)))
    assert proposed == Period(2023, (6,), None, date(2023, 6, 8), time(15), time(17), DateState.PROVISIONAL)


@pytest.mark.parametrize(
    "when",
    [Period(2023), Period(2023, (6, 7)), Period(2023, (6,), "下旬"), Period(2023, (6,), date=date(2023, 6, 1))],
)
def test_a_standing_slot_is_silent_where_the_plan_says_something_else(
    rule_sets: dict[str, RuleSet], when: Period
) -> None:
    assert usual_period(rule_sets["luan-2023"], when) is None


def test_rules_without_a_slot_propose_no_day(pukou: RuleSet) -> None:
    assert usual_period(pukou, Period(2024, (4,))) is None


def test_a_postponement_must_be_asked_for_two_weeks_ahead_in_dayu(rule_sets: dict[str, RuleSet]) -> None:
    is_workday = Workdays().is_workday
    assert last_day_to_change(rule_sets["dayu-2023"], date(2023, 6, 15), is_workday=is_workday) == date(2023, 6, 1)
    assert last_day_to_change(rule_sets["pukou"], date(2024, 4, 25), is_workday=is_workday) is None


@given(st.sampled_from(sorted(ALL_RULES)), DAYS)
def test_the_process_keeps_its_order_whatever_the_day(name: str, day: date) -> None:
    for form in ALL_RULES[name].forms:
        found = dated(ALL_RULES[name], str(day), form=form)
        order = ["preview", "channel-close", "final", "interview", "transcript"]
        days = [found[each].last for each in order]
        assert days == sorted(days, key=str)
        assert found["introduction"].last <= found["preview"].last  # type: ignore[operator]  # all days are exact
        assert found["interview"].last <= found["unanswered"].last  # type: ignore[operator]


@given(st.sampled_from(sorted(ALL_RULES)), DAYS, st.sampled_from([None, "上旬", "中旬", "下旬"]))
def test_a_window_holds_the_result_of_every_day_it_stands_for(name: str, day: date, part: str | None) -> None:
    rules, period = ALL_RULES[name], Period(day.year, (day.month,), part)
    bounds = period.bounds
    assert bounds is not None
    windows, chosen = dated(rules, period), min(max(day, bounds[0]), bounds[1])
    for milestone_id, exact in dated(rules, period.held(chosen)).items():
        window = windows[milestone_id]
        assert window.first <= exact.day <= window.last  # type: ignore[operator]  # month and day are known
    ends = [dated(rules, period.held(end)) for end in bounds]
    assert all(
        (ends[0][each].day, ends[1][each].day) == (windows[each].first, windows[each].last) for each in windows
    )


@given(DAYS)
def test_a_proposal_is_the_nearest_worked_day_before_a_day_off(day: date) -> None:
    is_workday = Workdays().is_workday
    for each in dated(ALL_RULES["pukou"], str(day)).values():
        if each.proposed is not None and each.day is not None:
            assert each.proposed < each.day
            assert is_workday(each.proposed)
            between = (each.day - each.proposed).days
            assert not any(is_workday(each.proposed + timedelta(days=n)) for n in range(1, between + 1))


@given(DAYS, st.integers(1, 30))
def test_counting_working_days_there_and_back_comes_home(day: date, count: int) -> None:
    workdays = Workdays()
    home = workdays.next_workday(day)
    assert workdays.add(workdays.add(home, count), -count) == home


@pytest.mark.parametrize(
    ("words", "anchor", "expected"),
    [
        ("1 month before", "2024-05-31", "2024-04-30"),
        ("1 month before", "2024-01-31", "2023-12-31"),
        ("1 month after", "2024-01-31", "2024-02-29"),
        ("12 months after", "2024-02-29", "2025-02-28"),
        ("2 weeks before", "2024-01-03", "2023-12-20"),
        ("20 days after", "2024-02-10", "2024-03-01"),
        ("3 working days after", "2024-04-30", "2024-05-08"),
        ("same day", "2024-02-29", "2024-02-29"),
    ],
)
def test_an_offset_is_read_and_applied(workdays: Workdays, words: str, anchor: str, expected: str) -> None:
    assert str(Offset.parse(words).day_from(date.fromisoformat(anchor), workdays.is_workday)) == expected


@pytest.mark.parametrize("words", ["", "0 days after", "a month before", "1 month", "-3 days after", "3 hours after"])
def test_words_that_are_no_offset_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="不是可识别的期限"):
        Offset.parse(words)
