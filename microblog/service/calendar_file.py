"""Milestones as an iCalendar file (RFC 5545) that any calendar program opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from microblog.domain.milestone import Milestone, chinese_day
from microblog.domain.period import SHANGHAI


@dataclass(frozen=True, slots=True)
class Agenda:
    """The milestones of one interview. key: stable and unique, e.g. `pukou-2024-3`; title: put before each."""

    key: str
    title: str
    milestones: tuple[Milestone, ...]


def calendar_of(agendas: Sequence[Agenda], *, name: str, stamp: datetime, remind: timedelta | None = None) -> bytes:
    """One event a dated milestone; windows become events of several days, undated milestones are left out.

    stamp: aware moment of writing. remind: how long before each event an alarm shows. The identifiers depend on
    key and milestone alone, so a later file replaces the events of an earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//microblog//timeline//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add_component(_china_time())
    for agenda in agendas:
        for milestone in agenda.milestones:
            if milestone.first is not None and milestone.last is not None:
                event = _event(agenda, milestone, stamp, remind)
                _add_times(event, milestone, milestone.first, milestone.last)
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _china_time() -> Timezone:
    """UTC+8 without changes; true since 1991-09-15, when China's last summer time ended."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", SHANGHAI.key)
    standard.add("dtstart", datetime(1991, 9, 15))  # noqa: DTZ001  RFC 5545 3.6.5 asks for local time here
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(agenda: Agenda, milestone: Milestone, stamp: datetime, remind: timedelta | None) -> Event:
    event = Event()
    event.add("uid", f"{agenda.key}-{milestone.id}@microblog")
    event.add("dtstamp", stamp)
    event.add("summary", f"{agenda.title} · {milestone.title}")
    event.add("description", "\n".join(_notes(milestone)))
    event.add("categories", [milestone.owner_title])
    event.add("status", "TENTATIVE" if milestone.provisional else "CONFIRMED")
    if remind is not None:
        event.add_component(_alarm(remind, milestone.title))
    return event


def _add_times(event: Event, milestone: Milestone, first: date, last: date) -> None:
    """Hours where the day is exact and an hour is set; whole days otherwise, which block nobody's calendar."""
    begin, end = milestone.start or milestone.end, milestone.end
    if first == last and begin is not None:
        event.add("dtstart", datetime.combine(first, begin, SHANGHAI))
        if end is not None and end != begin:
            event.add("dtend", datetime.combine(last, end, SHANGHAI))
        return
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # exclusive, RFC 5545 3.6.1
    event.add("transp", "TRANSPARENT")


def _notes(milestone: Milestone) -> list[str]:
    lines = [f"期限：{milestone.chinese}", f"责任单位：{milestone.owner_title}"]
    if milestone.first != milestone.last:
        lines.append("访谈日期尚未确定，以上为最早至最晚期限")
    elif milestone.provisional:
        lines.append("访谈日期为暂定")
    if milestone.proposed is not None:
        lines.append(f"当日非工作日，建议在{chinese_day(milestone.proposed)}完成")
    if milestone.overdue_at_import:
        lines.append("计划印发时已过期")
    return lines


def _alarm(before: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm
