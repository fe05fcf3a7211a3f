"""The posts an interview is made of: pure from interview, script and times to `Post` values.

Keys name the business fact, so that making them again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from microblog.domain.interview import Form, Guest, Interview
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostKind, Verb
from microblog.domain.script import Section
from microblog.service.office import Practice
from microblog.service.wording import Wording
from microblog.text.clean import mask
from microblog.text.count import weibo_length
from microblog.text.thread import quote, split

QUOTE_MOST = 60
"""Length of a quoted question in a post by the platform's count; the answer needs the rest of the first part."""

WEIBO_COMMENT = "weibo:"
"""What the id of a comment on Weibo begins with."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What every post of one interview shares: who writes it, how it is worded, who must seal it."""

    interview: Interview
    practice: Practice
    wording: Wording
    bodies: tuple[str, ...]
    author: str

    def key(self, name: str) -> str:
        """The natural key of a post: `interview 3 · preview`."""
        return f"{self.interview.name} · {name}"

    def link(self, page: str = "") -> str:
        """The public page of the interview, under the safe domain that `share` asks for."""
        return f"{self.practice.portal}/interviews/{self.interview.id}{page}"

    def share(self, kind: PostKind, text: str, due_at: datetime, grace: timedelta, follows: str = "") -> Post:
        """A status of its own."""
        return Post(
            key=self.key(kind.value),
            interview=self.interview.id,
            kind=kind,
            verb=Verb.SHARE,
            text=text,
            author=self.author,
            due_at=due_at,
            latest_at=due_at + grace,
            bodies=self.bodies,
            follows=follows or None,
        )


def preview_post(pen: Pen, *, due_at: datetime, closes_at: datetime, start: datetime, end: datetime) -> Post:
    """【微访谈预告】: topic, date and hours, guests, until when to ask, link to the preview page."""
    text = pen.wording(
        "preview",
        when=chinese_hours(start, end),
        guests=chinese_guests(pen.interview.guests),
        account=pen.practice.account,
        topic=pen.interview.topic,
        closes=chinese_close(closes_at),
        link=pen.link(),
    )
    return pen.share(PostKind.PREVIEW, text, due_at, pen.practice.preview_grace)


def opening_post(pen: Pen, *, start: datetime, end: datetime, asked: int, questions: int) -> Post:
    """【访谈开始】: who is answering, until when, how many questions stand behind the representative ones."""
    text = pen.wording(
        "opening",
        topic=pen.interview.topic,
        guests=chinese_guests(pen.interview.guests),
        until=f"{end.astimezone(SHANGHAI):%H:%M}",
        asked=asked,
        questions=questions,
        link=pen.link(),
    )
    return pen.share(PostKind.OPENING, text, start, pen.practice.opening_grace)


def answer_posts(
    pen: Pen, sections: Sequence[Section], *, start: datetime, end: datetime, replies: bool
) -> list[Post]:
    """The answer thread: numbered parts, each following the one before, a pace apart.

    start, end: hours of the interview. The parts may go out until its end and the office's grace.
    replies: part 1 answers the asker's own comment under the preview; otherwise, and where the question came another
    way than Weibo, it is a comment under the opening post. Later parts reply to the part before.
    """
    posts: list[Post] = []
    for section in sections:
        for number, text in enumerate(answer_texts(pen, section, len(sections)), 1):
            order = len(posts) + 1
            part = _part(
                pen,
                section,
                number=number,
                text=text,
                order=order,
                due_at=start + pen.practice.pace * order,
                latest_at=end + pen.practice.answer_grace,
                replies=replies and section.comment.startswith(WEIBO_COMMENT),
            )
            posts.append(part)
    return posts


def answer_texts(pen: Pen, section: Section, questions: int) -> list[str]:
    """The parts of one answer as they will look, each within the platform's count."""
    head = pen.wording(
        "answer",
        rank=section.rank,
        questions=questions,
        asker=mask(section.asker),
        quote=quote(mask(section.question), QUOTE_MOST),
        askers=section.askers,
        unit=section.unit,
        speaker=section.speaker,
    )
    next_head = f"【答 {section.rank}/{questions}】"
    parts = split(mask(section.answer), head=head, next_head=next_head, limit=pen.practice.post_limit)
    return [part.text for part in parts]


def _part(
    pen: Pen,
    section: Section,
    *,
    number: int,
    text: str,
    order: int,
    due_at: datetime,
    latest_at: datetime,
    replies: bool,
) -> Post:
    name = f"answer {section.rank}"
    return Post(
        key=pen.key(f"{name} · part {number}"),
        interview=pen.interview.id,
        kind=PostKind.ANSWER,
        verb=Verb.REPLY if replies or number > 1 else Verb.COMMENT,
        text=text,
        author=section.author,
        due_at=due_at,
        latest_at=latest_at,
        bodies=pen.bodies,
        follows=pen.key("opening") if number == 1 else pen.key(f"{name} · part {number - 1}"),
        under=pen.key("preview" if replies else "opening"),
        replies_to=section.comment.removeprefix(WEIBO_COMMENT) if replies and number == 1 else None,
        order=order,
    )


def closing_post(
    pen: Pen, *, due_at: datetime, received: int, answered: int, share: float, follow_up: datetime
) -> Post:
    """【访谈结束】: received, answered, when the rest follows."""
    text = pen.wording(
        "closing",
        topic=pen.interview.topic,
        received=received,
        answered=answered,
        share=round(share * 100),
        follow_up=chinese_close(follow_up),
        link=pen.link("/transcript"),
    )
    return pen.share(PostKind.CLOSING, text, due_at, pen.practice.closing_grace, follows=pen.key("opening"))


def roundup_post(pen: Pen, *, due_at: datetime, answered: int) -> Post:
    """【访谈实录】: link to the transcript and the roundup. Only a Weibo interview has a closing post before it."""
    text = pen.wording("roundup", topic=pen.interview.topic, answered=answered, link=pen.link("/transcript"))
    follows = pen.key("closing") if pen.interview.form is Form.WEIBO else ""
    return pen.share(PostKind.ROUNDUP, text, due_at, pen.practice.roundup_grace, follows=follows)


def too_long(post: Post, limit: int) -> bool:
    """Whether the platform would refuse the post for its length."""
    return weibo_length(post.text) > limit


def chinese_guests(guests: Sequence[Guest]) -> str:
    """`消防大队大队长某某、江浦街道主任某某`; experts after officials (G6)."""
    ordered = [*(guest for guest in guests if not guest.expert), *(guest for guest in guests if guest.expert)]
    return "、".join(
        f"{'' if guest.post.startswith(guest.unit) else guest.unit}{guest.post}{guest.name}" for guest in ordered
    )


def chinese_hours(start: datetime, end: datetime) -> str:
    """`4月25日15:00—17:00`, in China."""
    local, until = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日{local:%H:%M}—{until:%H:%M}"


def chinese_close(moment: datetime) -> str:
    """`4月14日24时`: a midnight is named by the day it ends; other moments as `4月14日17:00`."""
    local = moment.astimezone(SHANGHAI)
    if (local.hour, local.minute) == (0, 0):
        ended = local - timedelta(days=1)
        return f"{ended.month}月{ended.day}日24时"
    return f"{local.month}月{local.day}日{local:%H:%M}"
