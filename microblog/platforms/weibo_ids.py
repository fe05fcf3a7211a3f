"""Weibo's ids, times and addresses: what a number, a date text or a link of the platform says."""

import re
from datetime import UTC, datetime, timedelta, timezone

_ID_EPOCH = 515_483_463
_LAST_SECOND = 253_402_300_799  # of the year 9999, for ids that are none of the platform's
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CREATED_AT = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})", re.ASCII)
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PERMALINK = re.compile(r"(?:https?://)?(?:www\.|m\.)?weibo\.(?:com|cn)/(?:\d+|detail|status)/([0-9a-zA-Z]+)")


def parse_time(text: object) -> datetime | None:
    """`Tue May 31 17:46:55 +0800 2011` in UTC; None where it is anything else.

    By hand, because `%a` and `%b` fail under a Chinese locale.
    """
    match = _CREATED_AT.fullmatch(text) if isinstance(text, str) else None
    if match is None or match[1] not in _MONTHS:
        return None
    month, sign = _MONTHS.index(match[1]) + 1, -1 if match[6] == "-" else 1
    zone = timezone(sign * timedelta(hours=int(match[7]), minutes=int(match[8])))
    day, hour, minute, second = (int(match[n]) for n in (2, 3, 4, 5))
    try:
        return datetime(int(match[9]), month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def time_of(identifier: str) -> datetime:
    """The moment a modern id was drawn, in UTC; true within a second for most ids, not for all."""
    return datetime.fromtimestamp(min((int(identifier) >> 22) + _ID_EPOCH, _LAST_SECOND), UTC)


def permalink(user_id: str, status_id: str) -> str:
    """The web page of a status."""
    return f"https://weibo.com/{user_id}/{_to_base62(status_id)}"


def id_in(address: str) -> str | None:
    """The status id in a web address or a bare number, as a person may paste it; None where there is none."""
    pasted = address.strip()
    match = _PERMALINK.match(pasted)
    name = match[1] if match else pasted
    if name.isascii() and name.isdigit() and len(name) >= 15:
        return name
    return _from_base62(name) if match else None


def _to_base62(identifier: str) -> str:
    """Groups of seven digits from the right, each in base 62, padded to four places but for the first."""
    groups: list[str] = []
    for end in range(len(identifier), 0, -7):
        number, digits = int(identifier[max(0, end - 7) : end]), ""
        while number:
            number, digit = divmod(number, 62)
            digits = _BASE62[digit] + digits
        groups.append(digits.rjust(4, "0"))
    return "".join(reversed(groups)).lstrip("0")


def _from_base62(name: str) -> str:
    groups: list[str] = []
    for end in range(len(name), 0, -4):
        number = 0
        for digit in name[max(0, end - 4) : end]:
            number = number * 62 + _BASE62.index(digit)
        groups.append(str(number).rjust(7, "0"))
    return "".join(reversed(groups)).lstrip("0")
