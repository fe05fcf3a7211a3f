"""What an interview will ask of the account, before it begins: posts, calls, the login's life, what will not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from microblog.domain.errors import MicroblogError, PlatformError
from microblog.domain.interview import Form, Interview
from microblog.domain.period import SHANGHAI, shanghai_day
from microblog.domain.post import Delivery, Post, PostKind, Verb
from microblog.domain.rehearsal import (
    BEHIND_HOLD,
    Check,
    DayLoad,
    HourLoad,
    Limits,
    Line,
    course,
    day_loads,
    hour_loads,
)
from microblog.domain.script import Script, ScriptState
from microblog.service.announce import preview_as_planned
from microblog.service.answer import event_posts, pen_for
from microblog.service.budget import day_start
from microblog.service.dates import event_hours, unanswered_due
from microblog.service.draft import latest_script
from microblog.service.follow_up import roundup_due
from microblog.service.group import asking_comments
from microblog.service.logins import login_end
from microblog.service.office import Office
from microblog.service.posts import closing_post, roundup_post

_ANY_ID = "1"
"""Stands for ids that are not known before the post above is out."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is to come of one interview.

    posts, parts: statuses, and comments or replies; characters: of all of them by the platform's count. calls: those
    writes and look-ups will take. ends_at: when the last answer is out; fits: all of them are before the slot ends.
    cards: keys of the posts that fall back to copy-ready cards. held: of those a person keeps back, which are in none
    of the figures. warnings: one Chinese line each.
    """

    interview: int
    tier: str
    slot: tuple[datetime, datetime] | None
    login_until: datetime | None
    lines: tuple[Line, ...]
    hours: tuple[HourLoad, ...]
    days: tuple[DayLoad, ...]
    warnings: tuple[str, ...]
    posts: int
    parts: int
    characters: int
    calls: int
    ends_at: datetime | None
    fits: bool
    cards: tuple[str, ...]
    held: tuple[str, ...]


def rehearse(office: Office, interview: Interview) -> Rehearsal:
    """Work out what is to come; asks the platform for the login's life and nothing else."""
    now = office.clock.now()
    posts, missing = expected_posts(office, interview)
    login_until, trouble = _login(office)
    spent = sum(office.store.journal.spent(day_start(now)).values())
    limits = Limits(office.practice.tier, office.practice.pace, spent, login_until)
    lines = course(posts, {post.key: checked(office, post) for post in posts}, limits, now)
    days = day_loads(lines, limits, now)
    slot = _slot(interview)
    ends_at = max((line.sent_at for line in lines if line.kind is PostKind.ANSWER and line.sent_at), default=None)
    late = slot is not None and ends_at is not None and ends_at > slot[1]
    cards = tuple(line.key for line in lines if line.sent_at is None and not line.held)
    held = tuple(line.key for line in lines if line.held)
    going = [line for line in lines if not line.held]
    warnings = (*missing, *trouble, *_warnings(office, lines, limits, slot, ends_at), *_thin(office, days, slot))
    return Rehearsal(
        interview=interview.id,
        tier=limits.tier.name,
        slot=slot,
        login_until=login_until,
        lines=lines,
        hours=hour_loads(lines),
        days=days,
        warnings=warnings,
        posts=sum(line.verb is Verb.SHARE for line in going),
        parts=sum(line.verb is not Verb.SHARE for line in going),
        characters=sum(line.length for line in going),
        calls=sum(day.writes + day.looks for day in days),
        ends_at=ends_at,
        fits=not (cards or held or late),
        cards=cards,
        held=held,
    )


def checked(office: Office, post: Post) -> Check:
    """What can be told of a post beforehand, its targets taken for granted."""
    return office.platform.check(Delivery(post.key, post.verb, post.text, _ANY_ID, _ANY_ID))


def expected_posts(office: Office, interview: Interview) -> tuple[list[Post], list[str]]:
    """Every post of the interview, those still to be made as they would read now; and what is missing, in Chinese.

    Posts of a script that is being rewritten are taken from the words as they stand, not from the outbox.
    """
    stored = {post.key: post for post in office.store.outbox.posts(interview=interview.id)}
    script = latest_script(office, interview)
    made: dict[str, Post] = {}
    missing: list[str] = []
    for make in (_preview, _event, _after):
        try:
            made |= {post.key: post for post in make(office, interview, script)}
        except MicroblogError as error:
            missing.append(str(error))
    if script is None and interview.form is Form.WEIBO:
        missing.append("还没有访谈稿，答复没有算进来")
    rewritten = script is not None and script.state in (ScriptState.DRAFT, ScriptState.REJECTED)
    kept = {key: post for key, post in stored.items() if not (rewritten and _from_script(post))}
    return list((made | kept).values()), missing


def _from_script(post: Post) -> bool:
    return post.kind in (PostKind.OPENING, PostKind.ANSWER) and not post.fence


def _preview(office: Office, interview: Interview, script: Script | None) -> list[Post]:
    if office.store.outbox.find(f"{interview.name} · preview") is not None:
        return []
    return [preview_as_planned(office, interview, interview.lead or "")]


def _event(office: Office, interview: Interview, script: Script | None) -> list[Post]:
    if script is None or interview.form is not Form.WEIBO:
        return []
    return event_posts(office, interview, script)


def _after(office: Office, interview: Interview, script: Script | None) -> list[Post]:
    """Closing and roundup, with the counts as they stand: their length hardly changes."""
    if interview.form is not Form.WEIBO:
        return []
    pen = pen_for(office, interview, interview.lead or "")
    _, end = event_hours(interview)
    answered = len(script.questions()) if script else 0
    closing = closing_post(
        pen,
        due_at=end,
        received=len(asking_comments(office, interview)),
        answered=answered,
        share=1.0,
        follow_up=unanswered_due(office, interview) or end,
    )
    roundup = roundup_post(pen, due_at=max(end, roundup_due(office, interview)), answered=answered)
    return [closing, roundup]


def _login(office: Office) -> tuple[datetime | None, list[str]]:
    try:
        return login_end(office), []
    except PlatformError as error:
        return office.clock.now(), [str(error)]


def _slot(interview: Interview) -> tuple[datetime, datetime] | None:
    return event_hours(interview) if interview.date and interview.start and interview.end else None


def _warnings(
    office: Office,
    lines: tuple[Line, ...],
    limits: Limits,
    slot: tuple[datetime, datetime] | None,
    ends_at: datetime | None,
) -> Iterator[str]:
    if slot and limits.login_until is not None and limits.login_until <= slot[1]:
        yield f"微博登录 {_clock(limits.login_until)} 到期，早于访谈结束（{_clock(slot[1])}），请在发预告前重新登录"
    if slot and ends_at and ends_at > slot[1]:
        yield f"答复要到 {_clock(ends_at)} 才能发完，超过访谈时段（{_clock(slot[1])}），请删减或提前"
    behind = sum(line.why == BEHIND_HOLD for line in lines)
    for line in lines:
        if line.held and line.why != BEHIND_HOLD:
            yield f"{line.key}：{line.why}，不会自动发出，请恢复或跳过"
        elif line.sent_at is None and not line.held:
            yield f"{line.key}：{line.why}，请用卡片人工发布"
        yield from (f"{line.key}：{risk}" for risk in line.risks)
    if behind:
        yield f"另有 {behind} 条排在暂缓的微博后面，也不会发出"


def _thin(office: Office, days: tuple[DayLoad, ...], slot: tuple[datetime, datetime] | None) -> Iterator[str]:
    """Whether the event's day leaves enough calls to read comments while it is on."""
    if slot is None:
        return
    wanted = -(-(slot[1] - slot[0]) // office.practice.live_poll_every)
    for day in days:
        if day.day == shanghai_day(slot[0]) and day.left < wanted:
            yield f"访谈当天发布之后只剩 {max(0, day.left)} 次读取，不够按设定的间隔读评论（要 {wanted} 次）"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"
