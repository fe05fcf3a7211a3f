"""Whether our clock agrees with the platform's: nothing is sent, missed or called absent by a clock that is wrong.

By a clock an hour slow a post goes out an hour late without anyone's yes; by one an hour fast a post just sent looks
older than its own sending, and would be called absent and sent again.
"""

from datetime import datetime, timedelta

from microblog.domain.errors import PlatformError
from microblog.service.office import Office
from microblog.service.ports import CLOCK, Pause

APART_MOST = timedelta(minutes=2)
"""How far the two clocks may differ: the slack that reading back allows (weibo-api 6)."""

NOT_A_CLOCK = timedelta(hours=36)
"""Further apart than this no clock is wrong by accident: the platform's answer is not taken for a time."""

CHECK_AGAIN = timedelta(seconds=30)


def in_step(office: Office) -> bool:
    """Whether our clock may be relied on now. Costs a call that the platform does not count.

    False for half a minute after the clocks were found apart, or the platform gave no answer at all. A platform that
    answers but does not tell its time is no reason to stop.
    """
    now = office.clock.now()
    if _found_apart(office, now):
        return False
    try:
        theirs = office.platform.time()
    except PlatformError as error:
        why = str(error)
    else:
        apart = abs(now - theirs) if theirs is not None else timedelta(0)
        if apart <= APART_MOST or apart > NOT_A_CLOCK:
            return True
        why = f"本机时间与微博相差 {round(apart / timedelta(minutes=1))} 分钟，已停止发布：请校准本机时间"
    office.store.journal.pause(Pause(CLOCK, now + CHECK_AGAIN, why))
    return False


def _found_apart(office: Office, now: datetime) -> bool:
    """Whether we were out of step less than half a minute ago; an end further off was written by a wrong clock."""
    return any(
        pause.scope == CLOCK and pause.until <= now + CHECK_AGAIN for pause in office.store.journal.pauses(now)
    )
