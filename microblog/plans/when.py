"""Time words of plans → PlannedTime. Never more precise than what is printed."""

import re
from dataclasses import replace
from datetime import time

from microblog.domain.plan import PlannedTime
from microblog.plans.numerals import a_date, number

_NUMERAL = "〇○零一二两三四五六七八九十"
_BEFORE_UNIT = re.compile(rf"[{_NUMERAL}]+(?=\s*(?:[、和及-]\s*[{_NUMERAL}]+\s*)?[年月日号时点季])")
_SIGNS = str.maketrans("０１２３４５６７８９：，．／", "0123456789:,./")
_DASH = re.compile(r"\s*[-–—－~～]+\s*|(?<=[\d月日号时点分度份])\s*[至到]\s*(?=\d|次年|上午|下午|第)")
_ISO_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_ISO_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})(?![\d月])")
_BARE_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})日?")
_BARE_MONTH = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(\d{4})年")

_CLOCK = r"(上午|下午|中午|晚上|晚|早上|早)?\s*(\d{1,2})(?::(\d{2})(?::\d{2})?|[时点](?:(\d{1,2})分?|(半))?)"
_HOURS = re.compile(rf"{_CLOCK}(?:-{_CLOCK})?")
_SHARED_HOUR_UNIT = re.compile(r"(?<![\d:月])(\d{1,2})-(?=\d{1,2}[时点])")

_DAY = re.compile(r"(\d{1,2})月份?(\d{1,2})[日号]?(?!\d|月|[-、,和及/]\d{1,2}月)")
_ABOUT_A_DAY = re.compile(r"(\d{1,2})月(\d{1,2}[日号]?(?:以前|之前|前后?|左右|以后|之后|后|起))")
_DAY_RANGE = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?-(?:(\d{1,2})月)?(\d{1,2})[日号]")
_MONTH_RANGE = re.compile(r"(\d{1,2})(?:月份?)?-(?:次年|\d{4}年)?(\d{1,2})月")
_MONTH_LIST = re.compile(r"\d{1,2}(?:月份?)?(?:[、,和及/]\d{1,2}(?:月份?)?)*[、,和及/]\d{1,2}月|\d{1,2}月")
_QUARTER = re.compile(r"第?([1-4])(?:季度)?(?:([-、和及,])第?([1-4]))?季度")
_SPANS = {
    "上半年": range(1, 7),
    "下半年": range(7, 13),
    "全年": range(1, 13),
    "每月": range(1, 13),
    "每季度": range(1, 13),
}
_PART = re.compile(r"(?<![上中下、])([上中下])旬")
_DETAILS = (
    re.compile(r"(?:上中|中下|上、中|中、下|上下)旬"),
    re.compile(r"第[一二三四五1-5]个?(?:周|星期)(?:的?(?:周|星期)?[一二三四五六日天])?"),
    re.compile(r"月份?[初底末中](?!旬)以?前?"),
    re.compile(r"(?<=季度)[初末]"),
    re.compile(r"年[初底末中]以?前?"),
    re.compile(r"每(?:周|星期)[一二三四五六日天]?"),
    re.compile(r"(?<=月)份?[以之]?前"),
    re.compile(r"[上下]午"),
)
_OPEN = re.compile(r"待定|未定|另行|适时|视情|不定期|机动|待安排|根据工作")
_TIME_SIGNS = re.compile(
    r"[\d０-９〇○零一二三四五六七八九十年月份日号时点分季度第上中下旬半周星期天的个每全至到次前底初末午晚左右完成待未定另行通知适"
    r"\-–—－~～:：、，,./（）()\s]+"
)
_TELLING = re.compile(
    r"\d\s*[年月日号:：./-]|[一二三四五六七八九十]\s*[月日号]|季度|半年|全年|每月|旬|待定|未定|另行|适时"
)


def looks_like_time(text: str) -> bool:
    """Whether a cell holds nothing but time words."""
    return bool(_TIME_SIGNS.fullmatch(text) and _TELLING.search(text))


def parse_when(printed: str, year: int | None) -> PlannedTime:
    """Read a time cell. year: of the plan, used for a day printed without its year; None where unknown."""
    text = _normal(printed)
    stated = _YEAR.search(text)
    found = PlannedTime(printed, year=int(stated[1]) if stated else None)
    text, found = _hours(text, found)
    text = re.sub(r"[（(](?:星期|周)[一二三四五六日天][)）]", "", text)
    placed = _placed(text, found, found.year or year)
    placed = replace(placed, detail=placed.detail or _detail(text))
    if not placed.day and (part := _PART.search(text)):
        placed = replace(placed, part=part[1] + "旬")
    return replace(placed, understood=placed.understood or bool(placed.detail or placed.part or _OPEN.search(text)))


def _normal(printed: str) -> str:
    """Digits for Chinese numerals, `-` for every «to», one form for numeric dates."""
    text = re.sub(r"(?<=[\u3000-\u9fff])\s+|\s+(?=[\u3000-\u9fff])", "", printed.strip()).translate(_SIGNS)
    text = _BEFORE_UNIT.sub(lambda found: str(number(found[0])), text)
    text = _ISO_DAY.sub(r"\1年\2月\3日", _DASH.sub("-", text))
    text = _ISO_MONTH.sub(r"\1年\2月", text)
    # The first year is the row's; a later one («2024年12月、2025年1月») only says what the order of months says.
    text = re.sub(r"(?<=年)(.*?)\d{4}年", r"\1", text)
    if bare := _BARE_DAY.fullmatch(text):
        return f"{bare[1]}月{bare[2]}日"
    return f"{text}月" if _BARE_MONTH.fullmatch(text) else text


def _hours(text: str, found: PlannedTime) -> tuple[str, PlannedTime]:
    """Take the hours out of the text. An end without «下午» of its own shares that of the start."""
    clock = _HOURS.search(_SHARED_HOUR_UNIT.sub(r"\1:00-", text))
    if not clock:
        return text, found
    text = _SHARED_HOUR_UNIT.sub(r"\1:00-", text)
    half, hour, minute, spelled, thirty, *end = clock.groups()
    start = _clock(half, hour, minute or spelled, thirty)
    until = _clock(end[0] or half, end[1], end[2] or end[3], end[4]) if end[1] else None
    if start and until and until <= start:
        until = None
    rest = text[: clock.start()] + " " + text[clock.end() :]
    return rest, replace(found, start=start, end=until)


def _clock(half: str | None, hour: str, minute: str | None, thirty: str | None) -> time | None:
    hours, minutes = int(hour), 30 if thirty else int(minute or 0)
    if hours < 12 and (half in ("下午", "晚上", "晚") or (half == "中午" and hours < 10)):
        hours += 12
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _placed(text: str, found: PlannedTime, year: int | None) -> PlannedTime:
    """The day, else the months, else the quarter or half-year; the narrowest words win."""
    if several := _DAY_RANGE.search(text):
        months = _run(int(several[1]), int(several[3] or several[1]))
        return _in_months(
            found, months, detail=several[0][several[0].index("月") + 1 :] if not several[3] else several[0]
        )
    if about := _ABOUT_A_DAY.search(text):
        return _in_months(found, (int(about[1]),), detail=about[2])
    days = _DAY.findall(text)
    if len(set(days)) == 1:
        return _on_day(found, int(days[0][0]), int(days[0][1]), year)
    if days:
        return _in_months(found, tuple(dict.fromkeys(int(month) for month, _ in days)), detail=text.strip())
    return _in_months(found, _months(text))


def _on_day(found: PlannedTime, month: int, day: int, year: int | None) -> PlannedTime:
    known = _in_months(found, (month,))
    if year is None:
        # Without a year no date can be named, only the month and the printed day.
        return replace(known, detail=f"{day}日")
    return replace(known, day=a_date(year, month, day), understood=a_date(year, month, day) is not None)


def _in_months(found: PlannedTime, months: tuple[int, ...], detail: str | None = None) -> PlannedTime:
    real = tuple(month for month in months if 1 <= month <= 12)
    return replace(found, months=real, detail=detail, understood=bool(real) and real == months)


def _months(text: str) -> tuple[int, ...]:
    if span := _MONTH_RANGE.search(text):
        return _run(int(span[1]), int(span[2]))
    if listed := _MONTH_LIST.search(text):
        return tuple(dict.fromkeys(int(month) for month in re.findall(r"\d{1,2}", listed[0])))
    if quarter := _QUARTER.search(text):
        first, last = int(quarter[1]), int(quarter[3] or quarter[1])
        quarters = _run(first, last) if quarter[2] == "-" else dict.fromkeys((first, last))
        return tuple(month for name in quarters for month in range(name * 3 - 2, name * 3 + 1))
    return next((tuple(months) for word, months in _SPANS.items() if word in text), ())


def _run(first: int, last: int) -> tuple[int, ...]:
    """Months from first to last, over the end of the year where last comes before first."""
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return (first, last)
    return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def _detail(text: str) -> str | None:
    for pattern in _DETAILS:
        if found := pattern.search(text):
            return found[0]
    return None
