"""The facts of an interview as every document prints them at its head."""

from datetime import date

from microblog.domain.interview import Guest, Interview

_WEEKDAYS = "一二三四五六日"


def facts(interview: Interview) -> tuple[tuple[str, str], ...]:
    """Title and value of each fact that is known, in the order of a preview page (domain reference, section 8)."""
    every = (
        ("访谈主题", interview.topic),
        ("访谈时间", held(interview)),
        ("访谈嘉宾", "；".join(guest_line(guest) for guest in interview.guests if not guest.expert)),
        ("特邀专家", "；".join(guest_line(guest) for guest in interview.guests if guest.expert)),
        ("主持人", interview.host),
        ("访谈形式", interview.form.chinese),
        ("责任单位", "、".join(unit_line(interview, unit) for unit in interview.units)),
    )
    return tuple((title, value) for title, value in every if value)


def held(interview: Interview) -> str:
    """Date and hours as printed: `2024年4月25日（星期四）15:00—16:00`; the plan's own words while no day is known."""
    if interview.date is None:
        return interview.when
    hours = "—".join(f"{moment:%H:%M}" for moment in (interview.start, interview.end) if moment)
    return printed_day(interview.date) + hours


def printed_day(day: date) -> str:
    """`2024年4月25日（星期四）`."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def guest_line(guest: Guest) -> str:
    """`区教育局副局长 高远`: unit and post, then the name."""
    post = guest.post if guest.post.startswith(guest.unit) else guest.unit + guest.post
    return f"{post} {guest.name}".strip()


def unit_line(interview: Interview, unit: str) -> str:
    """A unit; the lead is marked as preview pages mark it."""
    return f"{unit}（第一责任单位）" if unit == interview.lead else unit
