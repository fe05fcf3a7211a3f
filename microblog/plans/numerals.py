"""Chinese and Arabic numerals as plans print them."""

import re
from datetime import date

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("〇○零0O", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
_CHINESE = re.compile(r"[〇○零一二两三四五六七八九十百千万]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
# Counting words after which a Chinese numeral is a number; «一些», «统一» and «唯一» stay words.
_COUNTED = r"(?=个(?:月|工作日|星期|小时|单位|部门)|天|日|周|年|月|[期场次家位名]|小时|分钟|字|季度)"
_COUNTED_NUMERAL = re.compile(_CHINESE.pattern + _COUNTED)
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")
_VARIANTS = str.maketrans("OＯ元", "〇〇一")
_CHINESE_DATE = re.compile(
    r"([〇○零OＯ0一二三四五六七八九]{4})\s*年\s*([元一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*[日号]"
)


def number(text: str) -> int | None:
    """The whole text as one non-negative number, or None: `12`, `１２`, `十二`, `二〇二五`, `①`."""
    text = text.strip().translate(_WIDE)
    if text in _CIRCLED:
        return _CIRCLED[text]
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if not text or not _CHINESE.fullmatch(text):
        return None
    if any(sign in _UNITS for sign in text):
        return _with_units(text)
    return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) <= 9 else None


def _with_units(text: str) -> int:
    """`一万二千`, `八千`, `二十`, `十五`; a unit without digit counts once."""
    total = section = digit = 0
    for sign in text:
        if sign not in _UNITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section, digit = section + (digit or 1) * _UNITS[sign], 0
    return total + section + digit


def with_arabic_counts(text: str) -> str:
    """The text with numerals before a counting word in Arabic digits: `一个月` → `1个月`."""
    return _COUNTED_NUMERAL.sub(lambda found: str(number(found[0])), text.translate(_WIDE))


def find_date(text: str) -> date | None:
    """The first full date in the text, in either kind of numeral; None where there is none or it cannot exist."""
    text = text.translate(_WIDE)
    found = _DATE.search(text) or _CHINESE_DATE.search(text)
    if not found:
        return None
    year, month, day = (number(part.translate(_VARIANTS)) or 0 for part in found.groups())
    return a_date(year, month, day)


def is_date(text: str) -> bool:
    """Whether the text is nothing but one full date."""
    bare = text.translate(_WIDE).strip(" \u3000\xa0()（）[]")
    return bool(_DATE.fullmatch(bare) or _CHINESE_DATE.fullmatch(bare))


def a_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
