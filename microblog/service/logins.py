"""Our login on the platform: a person logs in, everyone is warned before it ends, and work goes on at once after."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from microblog.domain.errors import LoginExpired, NotAllowed, PlatformError, PlatformRefused
from microblog.domain.interview import Interview
from microblog.domain.outbox import Change
from microblog.domain.period import SHANGHAI
from microblog.domain.post import LoginNeeded, PostState
from microblog.service.dates import event_hours
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.ports import LOGIN, READING, Door, Pause, Safe, Token

WARN_BEFORE = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""How long before its end a login is warned of: a person may be away for a weekend, and a platform closed."""


def new_state() -> str:
    """A value nobody can guess, sent out with a login and wanted back with its code."""
    return secrets.token_urlsafe(24)


def code_in(answer: Mapping[str, str], state: str) -> str:
    """The code in what the browser brought back.

    Raises NotAllowed when it is not the answer to our own question, PlatformRefused when the answer is no.
    """
    if not secrets.compare_digest(answer.get("state", "").encode(), state.encode()):
        raise NotAllowed("登录回调与本次登录对不上（state 不符），没有采用，请重新运行 microblog auth login")
    if not answer.get("code"):
        why = answer.get("error_description") or answer.get("error") or "没有授权码"
        raise PlatformRefused(f"没有得到授权（{' '.join(why.split())[:60]}），请重新登录并点“同意”")
    return answer["code"]


def log_in(office: Office, door: Door, safe: Safe, code: str, *, by: str, switch: bool = False) -> Token:
    """Exchange the code, keep the token and let waiting work go on.

    Raises PlatformError; NotAllowed when it is another account than before and `switch` was not asked for.
    """
    token, before = door.token_for(code), safe.load()
    if before is not None and before.user_id != token.user_id and not switch:
        raise NotAllowed(
            f"这次登录的是账号 {token.user_id}，原来是 {before.user_id}，没有采用；确要换账号请加 --switch"
        )
    safe.save(token)
    resume(office)
    office.note(by, "login", LOGIN, user_id=token.user_id, expires_at=_iso(token.expires_at))
    return token


def resume(office: Office) -> int:
    """Let go at once what waited for a login; returns how many posts."""
    now = office.clock.now()
    for pause in office.store.journal.pauses(now):
        if pause.scope in (LOGIN, READING):
            office.store.journal.pause(Pause(pause.scope, now, pause.why))
    waiting = [post for post in office.store.outbox.posts(states=[PostState.DUE]) if post.not_before is not None]
    freed = Change(PostState.DUE, reason="已重新登录，继续发送")
    return sum(
        office.store.outbox.move(post.key, freed, expect=[PostState.DUE], fence=post.fence)
        for post in waiting
        if _wants_login(office, post.key)
    )


def _wants_login(office: Office, key: str) -> bool:
    attempts = office.store.outbox.attempts(key)
    return bool(attempts) and attempts[-1].outcome == LoginNeeded.__name__


def login_end(office: Office) -> datetime | None:
    """Until when our login holds; None when the platform does not say. Raises LoginExpired, PlatformError."""
    return office.platform.login().expires_at


def watch_login(office: Office) -> None:
    """Write into the journal, once for each, that the login ends in 7, 3 or 1 days, or has ended."""
    now = office.clock.now()
    try:
        ends = login_end(office)
    except LoginExpired as dead:
        _note_once(office, "expired", why=str(dead))
        return
    except PlatformError:
        return  # says nothing of the login; asked again at the next round
    left = min((days for days in WARN_BEFORE if ends is not None and ends - now <= days), default=None)
    if left is not None:
        _note_once(office, "expiring", days=left.days, expires_at=_iso(ends))


def _note_once(office: Office, verb: str, **detail: object) -> None:
    """Unless it is the last thing the journal says of the login."""
    said = office.store.journal.entries(LOGIN)
    if not said or (said[-1].verb, said[-1].detail) != (verb, detail):
        office.note("system", verb, LOGIN, **detail)


def ends_before(office: Office, interviews: list[Interview], ends: datetime | None) -> Iterator[str]:
    """A Chinese line for each interview that the login will not see the end of."""
    for interview in interviews:
        if ends is None or not (interview.date and interview.start and interview.end):
            continue
        _, until = event_hours(interview)
        if office.clock.now() < until and ends <= until:
            yield f"第{interview.no}期访谈（{_clock(until)} 结束）之前，微博登录就到期（{_clock(ends)}）"


def short_logins(office: Office) -> list[str]:
    """Every interview under way or planned that the login will not outlive. Raises PlatformError."""
    return list(ends_before(office, working_interviews(office), login_end(office)))


def warn_of_short_login(office: Office, interview: Interview) -> str:
    """At preview time: what is wrong with the login for this interview, in the journal too; empty when nothing is."""
    try:
        wrong = "；".join(ends_before(office, [interview], login_end(office)))
    except PlatformError as error:
        wrong = str(error)
    if wrong:
        office.note("system", "login-short", interview.name, why=wrong)
    return wrong


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
