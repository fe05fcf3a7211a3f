"""Questions asked on our own page: the same table as the platforms' comments, the same rules for when."""

from microblog.domain.errors import NotAllowed, NotFound
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.question import Comment, Sweep
from microblog.service.office import Office
from microblog.service.posts import chinese_close

PORTAL = "portal"
"""The source of a question asked on our own page."""


class ChannelClosed(NotAllowed):
    """The channel is not open yet, or no longer."""


def is_open(office: Office, interview: Interview) -> bool:
    """Whether questions are taken now: from the preview's publication to the channel's end."""
    closes = interview.closes_at
    return interview.state is InterviewState.ANNOUNCED and closes is not None and office.clock.now() < closes


def channel_line(office: Office, interview: Interview) -> str:
    """Since when or until when questions are taken, in one line."""
    closes = chinese_close(interview.closes_at) if interview.closes_at else ""
    if interview.state is InterviewState.CANCELLED:
        return "本期访谈已取消，不接收提问"
    if is_open(office, interview):
        return f"正在征集提问，{closes}截止"
    if closes:
        return f"提问征集已于{closes}截止，不再接收新的提问"
    return "提问征集尚未开始，预告发布后即可提问"


def ask(office: Office, interview: Interview, *, text: str, name: str, asker: str, ticket: str) -> Comment:
    """Keep a question. ticket: the form's own number; a form sent twice is one question.

    asker: who it is by, as well as that is known, without naming the person.
    Raises ChannelClosed, saying when it closed.
    """
    if _known(office, ticket):
        return _stored(office, interview, ticket)
    if not is_open(office, interview):
        raise ChannelClosed(channel_line(office, interview))
    now = office.clock.now()
    comment = Comment(interview.id, PORTAL, ticket, asker, name, text, now, now, now)
    office.store.comments.upsert([comment], [{"text": text, "name": name, "interview": interview.id}])
    # Arrivals are told by sweeps: with this one, new questions here lead to a new grouping as well.
    office.store.comments.record(Sweep(interview.id, PORTAL, "", now, full=False, calls=0, served=1, new=1, total=0))
    return comment


def asked(office: Office, interview: Interview, ticket: str) -> tuple[str, str]:
    """Name and words of a question by its ticket. Raises NotFound."""
    payload = office.store.comments.raw(PORTAL, ticket)
    if payload["interview"] != interview.id:
        raise NotFound("没有这条提问，请检查地址")
    return str(payload["name"]), str(payload["text"])


def _known(office: Office, ticket: str) -> bool:
    try:
        office.store.comments.raw(PORTAL, ticket)
    except NotFound:
        return False
    return True


def _stored(office: Office, interview: Interview, ticket: str) -> Comment:
    name = f"{PORTAL}:{ticket}"
    found = [comment for comment in office.store.comments.of(interview.id) if comment.id == name]
    if not found:
        raise NotFound("这份表单已用于另一期访谈，请刷新页面后重新提问")
    return found[0]
