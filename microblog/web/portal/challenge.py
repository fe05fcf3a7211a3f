"""A sum in words before a question is taken: self-hosted, works without script, readable by a screen reader.

It keeps out programs that fill every form they find, not one written for this page; the limit by address does more.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from microblog.domain.errors import InvalidInput
from microblog.service.vault import Vault, new_token

GOOD_FOR = timedelta(hours=2)
_FIGURES = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sum to be done. ticket: goes with the form; it is also the number under which the question is kept."""

    ticket: str
    words: str


def new_challenge(vault: Vault, visit: str, now: datetime) -> Challenge:
    """A sum for this browser, good for a while."""
    number, until = new_token()[:22], str(int((now + GOOD_FOR).timestamp()))
    first, sign, second = _sum(vault, number)
    words = f"{_FIGURES[first]}{sign}{_FIGURES[second]}等于几？"
    return Challenge(f"{number}.{until}.{vault.sign('challenge', number, until, visit)}", words)


def check_answer(vault: Vault, visit: str, ticket: str, answer: str, now: datetime) -> str:
    """The number of the ticket. Raises InvalidInput when the form is not ours, too old, or the sum is wrong."""
    number, until, signature = [*ticket.split("."), "", "", ""][:3]
    if not vault.signed(signature, "challenge", number, until, visit):
        raise InvalidInput("页面已过期，请重新填写下面的算式后提交")
    if now.timestamp() > int(until):
        raise InvalidInput("页面打开时间过长，请重新填写下面的算式后提交")
    first, sign, second = _sum(vault, number)
    right = first + second if sign == "加" else first - second
    if _figure(answer) != right:
        raise InvalidInput("算式的答案不对，请按新的算式填写数字后再提交")
    return number


def _sum(vault: Vault, number: str) -> tuple[int, str, int]:
    drawn = vault.number("sum", number)
    low, high = sorted((drawn % 9 + 1, drawn // 9 % 9 + 1))
    return (high, "减", low) if drawn // 81 % 2 else (high, "加", low)


def _figure(answer: str) -> int | None:
    """A number typed in figures, full width or half."""
    typed = unicodedata.normalize("NFKC", answer).strip()
    return int(typed) if typed.isdecimal() and len(typed) < 4 else None
