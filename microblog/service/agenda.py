"""What every interview needs next: one step of its state machine at a time, each safe to repeat.

The database says what is due; a step that fails (the platform is down) is simply tried at the next round.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from microblog.domain.errors import MicroblogError, PlatformError
from microblog.domain.interview import Form, Interview, InterviewState
from microblog.domain.post import Post, PostKind, PostState
from microblog.domain.script import ScriptState
from microblog.service.announce import announce, keep
from microblog.service.dates import event_hours, milestone
from microblog.service.draft import latest_script
from microblog.service.follow_up import close, file, publish_roundup, read_all
from microblog.service.in_step import in_step
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.ports import Pause
from microblog.service.review import settle_seals

SYSTEM = "system"

STEP_AGAIN = timedelta(minutes=1)
"""Least time between two tries of a step that the platform holds up."""


def advance(office: Office) -> list[Interview]:
    """Take every interview one step on where its time has come; returns those whose state changed."""
    _finish_sealing(office)
    changed = []
    waiting = {pause.scope for pause in office.store.journal.pauses(office.clock.now())}
    for interview in working_interviews(office):
        if _scope(interview) in waiting:
            continue
        try:
            after = STEPS[interview.state](office, interview)
            if after is not None:
                changed.append(keep(office, after, SYSTEM, after.state.value))
        except MicroblogError as error:  # whatever stops one interview must not stop the others
            since = _postpone(office, interview, str(error))
            if isinstance(error, PlatformError):
                _wait(office, interview, since, str(error))
    return changed


def _finish_sealing(office: Office) -> None:
    """Move on what was fully sealed when a process died between the last seal and the move."""
    for number in sorted({post.interview for post in office.store.outbox.posts(states=[PostState.DRAFT])}):
        settle_seals(office, office.store.interviews.get(number))


def _postpone(office: Office, interview: Interview, why: str) -> datetime:
    """Write down why a step waits, once, for it is tried again and again; returns since when it does."""
    earlier = office.store.journal.entries(interview.name)
    if earlier and (earlier[-1].verb, earlier[-1].detail.get("why")) == ("postponed", why):
        return earlier[-1].at
    office.note(SYSTEM, "postponed", interview.name, why=why)
    return office.clock.now()


def _wait(office: Office, interview: Interview, since: datetime, why: str) -> None:
    """Do not ask again at once: every call is one of the day's, which the answers need. Ever more rarely."""
    now = office.clock.now()
    office.store.journal.pause(Pause(_scope(interview), now + max(STEP_AGAIN, (now - since) / 4), why))


def _scope(interview: Interview) -> str:
    """The name of the pause that holds up an interview's next step."""
    return f"step:{interview.id}"


def post_of(office: Office, interview: Interview, kind: PostKind) -> Post | None:
    """The interview's preview, opening, closing or roundup."""
    return office.store.outbox.find(f"{interview.name} · {kind.value}")


def _planned(office: Office, interview: Interview) -> Interview | None:
    preview = post_of(office, interview, PostKind.PREVIEW)
    if preview is None:
        if not interview.missing_for_preview() and in_step(office):
            announce(office, interview, by=SYSTEM)
        return None
    if preview.posted_at is None:
        return None
    opened = interview.evolve(opened_at=preview.posted_at)
    closing = milestone(office, opened, "channel-close")
    closes_at = closing.due.astimezone(UTC) if closing and closing.due else None
    return opened.evolve(state=InterviewState.ANNOUNCED, closes_at=closes_at)


def _announced(office: Office, interview: Interview) -> Interview | None:
    if interview.closes_at is None or office.clock.now() < interview.closes_at or not in_step(office):
        return None
    read_all(office, interview)
    return interview.evolve(state=InterviewState.COLLECTED)


def _collected(office: Office, interview: Interview) -> Interview | None:
    script = latest_script(office, interview)
    final = script is not None and script.state is ScriptState.FINAL
    return interview.evolve(state=InterviewState.SEALED) if final else None


def _sealed(office: Office, interview: Interview) -> Interview | None:
    if interview.form is not Form.WEIBO:
        held = office.clock.now() >= event_hours(interview)[1]
        return interview.evolve(state=InterviewState.LIVE) if held else None
    opening = post_of(office, interview, PostKind.OPENING)
    script = latest_script(office, interview)
    if script is not None and script.state is not ScriptState.FINAL:
        return interview.evolve(state=InterviewState.COLLECTED)
    return interview.evolve(state=InterviewState.LIVE) if opening and opening.state.on_platform else None


def _live(office: Office, interview: Interview) -> Interview | None:
    if interview.form is not Form.WEIBO:
        read_all(office, interview)
        return interview.evolve(state=InterviewState.ENDED, ended_at=event_hours(interview)[1])
    closing = post_of(office, interview, PostKind.CLOSING)
    if closing is None:
        if (
            office.clock.now() >= event_hours(interview)[1]
            and not _still_answering(office, interview)
            and in_step(office)
        ):
            close(office, interview, by=SYSTEM)
        return None
    if closing.state is not PostState.POSTED:
        return None
    return interview.evolve(state=InterviewState.ENDED, ended_at=closing.posted_at)


def _still_answering(office: Office, interview: Interview) -> bool:
    """Whether an answer may yet go out or be found; one that waits for a person does not hold up the closing."""
    on_the_way = (PostState.SEALED, PostState.DUE, PostState.SENDING)
    answers = [post for post in office.store.outbox.posts(interview=interview.id) if post.kind is PostKind.ANSWER]
    return any(
        post.state in on_the_way or (post.state is PostState.UNKNOWN and post.not_before is not None)
        for post in answers
    )


def _ended(office: Office, interview: Interview) -> Interview | None:
    roundup = post_of(office, interview, PostKind.ROUNDUP)
    if roundup is None:
        if not in_step(office):
            return None
        publish_roundup(office, interview, by=SYSTEM)
        return None
    if roundup.state is not PostState.POSTED:
        return None
    file(office, interview, by=SYSTEM)
    return interview.evolve(state=InterviewState.FILED)


STEPS: Mapping[InterviewState, Callable[[Office, Interview], Interview | None]] = {
    InterviewState.PLANNED: _planned,
    InterviewState.ANNOUNCED: _announced,
    InterviewState.COLLECTED: _collected,
    InterviewState.SEALED: _sealed,
    InterviewState.LIVE: _live,
    InterviewState.ENDED: _ended,
}
