from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from microblog.domain.milestone import Milestone
from microblog.domain.period import Period
from microblog.domain.rules import RuleSet
from microblog.domain.timeline import timeline
from microblog.service.calendar_file import Agenda, calendar_of
from microblog.service.workdays import Workdays

STAMP = datetime(2024, 3, 23, 8, tzinfo=UTC)


def agenda(pukou: RuleSet, when: Period, key: str = "pukou-2024-1") -> Agenda:
    return Agenda(key, "第1期 全民消防安全宣传教育", timeline(pukou, when, is_workday=Workdays().is_workday))


def events(raw: bytes) -> dict[str, Event]:
    found = {}
    for event in Calendar.from_ical(raw).walk("VEVENT"):
        assert isinstance(event, Event)
        assert event.errors == []
        found[str(event["UID"])] = event
    return found


def exact() -> Period:
    return Period(2024, (5,)).held(date(2024, 5, 6), time(15), time(17))


def test_every_dated_milestone_comes_back_as_one_event(pukou: RuleSet) -> None:
    written = agenda(pukou, exact())
    back = events(calendar_of([written], name="浦口区2024年在线访谈", stamp=STAMP))
    assert list(back) == [f"pukou-2024-1-{each.id}@microblog" for each in written.milestones]
    assert all(event.decoded("DTSTAMP") == STAMP for event in back.values())


def test_a_day_is_a_whole_day_and_hours_are_in_china_time(pukou: RuleSet) -> None:
    back = events(calendar_of([agenda(pukou, exact())], name="浦口", stamp=STAMP))
    final = back["pukou-2024-1-final@microblog"]
    assert (final.decoded("DTSTART"), final.decoded("DTEND")) == (date(2024, 5, 3), date(2024, 5, 4))
    assert "建议在2024年4月30日完成" in str(final["DESCRIPTION"])
    assert final["STATUS"] == "TENTATIVE"
    interview = back["pukou-2024-1-interview@microblog"]
    assert interview.decoded("DTSTART") == datetime(2024, 5, 6, 7, tzinfo=UTC)
    assert interview.decoded("DTEND") == datetime(2024, 5, 6, 9, tzinfo=UTC)
    assert interview["DTSTART"].params["TZID"] == "Asia/Shanghai"


def test_a_window_is_one_event_of_several_days_that_blocks_nobody(pukou: RuleSet) -> None:
    back = events(calendar_of([agenda(pukou, Period(2024, (4,)))], name="浦口", stamp=STAMP))
    preview = back["pukou-2024-1-preview@microblog"]
    assert (preview.decoded("DTSTART"), preview.decoded("DTEND")) == (date(2024, 3, 1), date(2024, 3, 31))
    assert preview["TRANSP"] == "TRANSPARENT"
    assert "最早至最晚" in str(preview["DESCRIPTION"])


def test_an_hour_without_an_end_is_a_moment() -> None:
    noon = Milestone("final", "定稿", "lead-unit", "单位", date(2024, 5, 3), date(2024, 5, 3), end=time(12))
    both = replace(noon, id="preview", start=time(9), end=None)
    back = events(calendar_of([Agenda("k", "第1期", (noon, both))], name="浦口", stamp=STAMP))
    assert back["k-final@microblog"].decoded("DTSTART") == datetime(2024, 5, 3, 4, tzinfo=UTC)
    assert back["k-preview@microblog"].decoded("DTSTART") == datetime(2024, 5, 3, 1, tzinfo=UTC)
    assert all("DTEND" not in event for event in back.values())


def test_what_was_overdue_when_the_plan_came_out_is_noted(pukou: RuleSet) -> None:
    late = timeline(pukou, exact(), is_workday=Workdays().is_workday, issued=date(2024, 4, 8))
    back = events(calendar_of([Agenda("k", "第1期", late)], name="浦口", stamp=STAMP))
    noted = {uid for uid, event in back.items() if "计划印发时已过期" in str(event["DESCRIPTION"])}
    assert noted == {"k-preview@microblog", "k-introduction@microblog"}


def test_undated_milestones_are_left_out_and_the_file_stays_valid(pukou: RuleSet) -> None:
    raw = calendar_of([agenda(pukou, Period(2024))], name="浦口", stamp=STAMP)
    assert events(raw) == {}
    assert [part.name for part in Calendar.from_ical(raw).subcomponents] == ["VTIMEZONE"]


def test_the_time_zone_in_the_file_is_chinas(pukou: RuleSet) -> None:
    (zone,) = Calendar.from_ical(calendar_of([agenda(pukou, exact())], name="浦口", stamp=STAMP)).walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    assert zone["TZID"] == "Asia/Shanghai"
    noon = datetime(2024, 7, 1, 12)  # noqa: DTZ001  the zone is put on next
    theirs, ours = noon.replace(tzinfo=zone.to_tz()), noon.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert theirs.utcoffset() == ours.utcoffset() == timedelta(hours=8)


def test_lines_are_folded_and_ended_as_the_standard_asks(pukou: RuleSet) -> None:
    long = replace(agenda(pukou, exact()), title="第1期 " + "打造知识产权服务品牌，赋能企业；高质量发展" * 8)
    raw = calendar_of([long], name="浦口", stamp=STAMP)
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert all("\ufffd" not in line.decode("utf-8", "replace") for line in lines)  # no character is cut in two
    assert events(raw)["pukou-2024-1-final@microblog"]["SUMMARY"] == f"{long.title} · 访谈定稿"


def test_a_moved_interview_keeps_the_identifiers_of_its_events(pukou: RuleSet) -> None:
    before = events(calendar_of([agenda(pukou, Period(2024, (5,)))], name="浦口", stamp=STAMP))
    after = events(calendar_of([agenda(pukou, exact())], name="浦口", stamp=STAMP + timedelta(days=1)))
    assert set(before) == set(after)


def test_the_same_input_gives_the_same_bytes(pukou: RuleSet) -> None:
    several = [agenda(pukou, exact(), key) for key in ("pukou-2024-1", "pukou-2024-2")]
    first, second = (calendar_of(several, name="浦口", stamp=STAMP) for _ in range(2))
    assert first == second
    assert len(events(first)) == 2 * len(several[0].milestones)


def test_an_alarm_is_set_only_when_asked_for(pukou: RuleSet) -> None:
    quiet = Calendar.from_ical(calendar_of([agenda(pukou, exact())], name="浦口", stamp=STAMP))
    assert quiet.walk("VALARM") == []
    loud = Calendar.from_ical(
        calendar_of([agenda(pukou, exact())], name="浦口", stamp=STAMP, remind=timedelta(days=1))
    )
    alarms = loud.walk("VALARM")
    assert len(alarms) == len(loud.walk("VEVENT"))
    assert {alarm.decoded("TRIGGER") for alarm in alarms} == {-timedelta(days=1)}
