"""The record of an interview as the public may see it: sealed words that are published, numbers of persons starred.

Questions are public once both bodies sealed the script; an answer once all of its parts are on the platform.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from microblog.domain.errors import NotFound
from microblog.domain.interview import Form, Interview, InterviewState
from microblog.domain.period import shanghai_day
from microblog.domain.post import Post
from microblog.domain.script import Script, ScriptState
from microblog.papers.transcript import Entry, EntryKind, transcript_entries
from microblog.papers.transcript_html import Exchange, exchanges
from microblog.service.dates import unanswered_due
from microblog.service.group import asking_comments
from microblog.service.office import Office
from microblog.service.public import OVER, SHOWN_LIVE
from microblog.service.shown import masked, masked_name


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A representative question. askers: how many people it speaks for."""

    number: int
    asker: str
    text: str
    askers: int
    answered: bool


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What was asked and answered so far. questions, answered: of the representative ones."""

    exchanges: tuple[Exchange, ...]
    questions: int
    answered: int

    def said(self, *, newest_first: bool) -> list[Exchange]:
        """What was published with its time, in the order of time."""
        timed = [
            (one.answer.at, place, one) for place, one in enumerate(self.exchanges) if one.answer and one.answer.at
        ]
        return [one for _, _, one in sorted(timed, key=lambda item: item[:2], reverse=newest_first)]


@dataclass(frozen=True, slots=True)
class Received:
    """The figures beside a record. rest_by: until when what was left open is answered."""

    received: int
    rest_by: date | None


def public_questions(office: Office, interview: Interview) -> tuple[PublicQuestion, ...]:
    """The representative questions, once the script with them is sealed; none before."""
    script = sealed_script(office, interview)
    if script is None or interview.state is InterviewState.CANCELLED:
        return ()
    answered = _answered(_entries(office, interview, script)) if interview.state in SHOWN_LIVE else frozenset()
    return tuple(
        PublicQuestion(
            number,
            masked_name(section.asker),
            masked(section.question).strip(),
            section.askers,
            section.slot in answered,
        )
        for number, section in enumerate(script.questions(), 1)
    )


def public_record(office: Office, interview: Interview) -> PublicRecord:
    """What was asked and answered so far, in the newest sealed words, whatever draft there may be beside them.

    Raises NotFound before the interview has begun.
    """
    script = sealed_script(office, interview)
    if script is None or interview.state not in SHOWN_LIVE:
        raise NotFound("访谈尚未开始，实录在访谈开始后公布")
    entries = _entries(office, interview, script)
    public = tuple(
        replace(entry, text=masked(entry.text).strip(), speaker=masked_name(entry.speaker), unit=masked(entry.unit))
        for entry in entries
    )
    slots = {section.slot for section in script.questions()}
    return PublicRecord(tuple(exchanges(public)), len(slots), len(slots & _answered(entries)))


def public_counts(office: Office, interview: Interview) -> Received:
    """How many comments asked something, and until when the rest is answered; reads every comment."""
    due = unanswered_due(office, interview)
    return Received(len(asking_comments(office, interview)), shanghai_day(due) if due else None)


def live_version(office: Office, interview: Interview) -> str:
    """Changes when there is something new to see of the interview; cheap to ask often."""
    posts = office.store.outbox.posts(interview=interview.id)
    seen = [f"{post.key}{post.posted_at}" for post in posts if post.state.on_platform]
    state = office.store.interviews.get(interview.id).state.value
    return hashlib.sha256("\n".join([state, *seen]).encode()).hexdigest()[:16]


def sealed_script(office: Office, interview: Interview) -> Script | None:
    """The newest version that both bodies sealed."""
    final = [one for one in office.store.reviews.scripts(interview.id) if one.state is ScriptState.FINAL]
    return final[-1] if final else None


def _entries(office: Office, interview: Interview, script: Script) -> tuple[Entry, ...]:
    """While it lasts, the host's words are shown as they are posted; afterwards all of them."""
    entries = transcript_entries(script.sections, _posts(office, interview))
    if interview.form is not Form.WEIBO or interview.state in OVER:
        return entries
    return tuple(entry for entry in entries if entry.at or entry.netizen)


def _posts(office: Office, interview: Interview) -> list[Post] | None:
    return office.store.outbox.posts(interview=interview.id) if interview.form is Form.WEIBO else None


def _answered(entries: tuple[Entry, ...]) -> frozenset[str]:
    return frozenset(entry.slot for entry in entries if entry.kind is EntryKind.ANSWER)
