"""Preparing an interview and publishing its preview on its day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import DateState, Guest, Interview, InterviewState
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostState
from microblog.domain.timeline import Move, moved
from microblog.service.answer import pen_for
from microblog.service.dates import event_hours, milestone, milestones_of
from microblog.service.logins import warn_of_short_login
from microblog.service.office import Office
from microblog.service.outbox import CHANGEABLE
from microblog.service.posts import preview_post, too_long
from microblog.service.public_words import page_words


def prepare(
    office: Office, number: int, *, by: str, introduction: str = "", guests: Sequence[Guest] = (), host: str = ""
) -> Interview:
    """Hand in the lead unit's introduction, the guests or the host; what is left empty stays as it was.

    Other words void the seals on the preview page, and with them those of a preview that waits.
    """
    interview = office.store.interviews.get(number)
    changed = interview.evolve(
        introduction=introduction or interview.introduction,
        guests=tuple(guests) or interview.guests,
        host=host or interview.host,
    )
    if page_words(changed).hash != page_words(interview).hash:
        changed = changed.evolve(author=by)
        _unseal_preview(office, interview)
    _renew_preview(office, changed, by)
    return keep(office, changed, by, "prepare")


def set_date(
    office: Office, number: int, *, day: date, start: time, end: time, confirmed: bool, by: str
) -> list[Move]:
    """Give an interview a provisional or confirmed date (A7, P12); returns every duty that moved.

    A preview that waits in the outbox is reworded first, so that it cannot go out with a date that was given up.
    Raises NotAllowed once the preview is out or on its way: topic and time are then locked and change only by
    request (G11, G12); InvalidInput when the hours are the wrong way round.
    """
    if end <= start:
        raise InvalidInput(f"结束时间 {end:%H:%M} 不晚于开始时间 {start:%H:%M}，请改正后重试")
    interview = office.store.interviews.get(number)
    same = (interview.date, interview.start, interview.end) == (day, start, end)
    if interview.state is not InterviewState.PLANNED and not same:
        raise NotAllowed(f"第{interview.no}期预告已发布，时间不得更改，确需调整请走变更申请")
    before = milestones_of(office, interview)
    state = DateState.CONFIRMED if confirmed else DateState.PROVISIONAL
    changed = interview.evolve(date=day, start=start, end=end, date_state=state)
    if not same and not _renew_preview(office, changed, by):
        raise NotAllowed(f"第{interview.no}期预告正在发布，时间不得更改，确需调整请走变更申请")
    return list(moved(before, milestones_of(office, keep(office, changed, by, "date"))))


def keep(office: Office, interview: Interview, by: str, verb: str) -> Interview:
    """Save and journal. Raises NotAllowed when someone else saved in between."""
    if not office.store.interviews.save(interview):
        raise NotAllowed(f"第{interview.no}期刚被他人修改，请重新打开后再改")
    office.note(by, verb, interview.name)
    return office.store.interviews.get(interview.id)


def announce(office: Office, interview: Interview, *, by: str) -> Post | None:
    """Put the preview in the outbox as a draft to be sealed; None when it is there already.

    Due on the preview's day at the office's hour; later when that has passed, never refused (P6).
    A login that ends before the interview does is written into the journal. Raises NotAllowed naming what is missing,
    InvalidInput when the words exceed the platform's count.
    """
    post = preview_as_planned(office, interview, by)
    if not office.store.outbox.enqueue(post):
        return None
    warn_of_short_login(office, interview)
    return post


def preview_as_planned(office: Office, interview: Interview, by: str) -> Post:
    """The preview as it has to read and when it is due. Raises NotAllowed, InvalidInput."""
    missing = interview.missing_for_preview()
    if missing:
        raise NotAllowed(f"第{interview.no}期还不能预告，缺少：{'、'.join(missing)}，请补齐")
    start, end = event_hours(interview)
    due_at = preview_due(office, interview)
    post = preview_post(
        pen_for(office, interview, by),
        due_at=due_at,
        closes_at=_closes(office, interview, due_at),
        start=start,
        end=end,
    )
    if too_long(post, office.practice.post_limit):
        raise InvalidInput(f"第{interview.no}期预告超过{office.practice.post_limit}字，请缩短主题或嘉宾职务")
    return post


def _renew_preview(office: Office, interview: Interview, by: str) -> bool:
    """Bring a preview not on its way yet in step with the interview; other words void its seals.

    False: it is on its way or out, with the words it has.
    """
    outbox = office.store.outbox
    waiting = outbox.find(f"{interview.name} · preview")
    if waiting is None or waiting.state is PostState.CANCELLED:
        return True
    if waiting.state not in CHANGEABLE:
        return False
    post = preview_as_planned(office, interview, by)
    if post.hash == waiting.hash:
        return True
    outbox.reschedule(post.key, post.due_at, post.latest_at, expect=CHANGEABLE)
    return outbox.reword(post.key, post.text, by, expect=CHANGEABLE)


def _unseal_preview(office: Office, interview: Interview) -> None:
    """Keep a preview that waits from going out before the page it leads to is sealed anew."""
    waiting = office.store.outbox.find(f"{interview.name} · preview")
    if waiting is not None and waiting.state is PostState.SEALED:
        office.store.outbox.reword(waiting.key, waiting.text, waiting.author, expect=[PostState.SEALED])


def preview_due(office: Office, interview: Interview) -> datetime:
    """When the preview goes out: its day at the office's publishing hour, or now when that has passed."""
    duty = milestone(office, interview, "preview")
    if duty is None or duty.day is None:
        raise NotAllowed(f"第{interview.no}期没有确切日期，无法排定预告，请先定日期")
    planned = datetime.combine(duty.day, office.practice.publish_at, SHANGHAI).astimezone(UTC)
    return max(planned, office.clock.now())


def _closes(office: Office, interview: Interview, opens: datetime) -> datetime:
    closing = milestone(office, interview.evolve(opened_at=opens), "channel-close")
    if closing is None or closing.due is None:
        return opens + timedelta(days=1)
    return closing.due.astimezone(UTC)
