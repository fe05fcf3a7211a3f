"""The posts of the event: made when the script is submitted, so that the bodies seal exactly what will go out."""

from collections.abc import Iterable

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Form, Interview
from microblog.domain.outbox import Change
from microblog.domain.post import Post, PostKind, PostState
from microblog.domain.script import Script
from microblog.service.dates import bodies_of, event_hours
from microblog.service.group import asking_comments
from microblog.service.office import Office
from microblog.service.posts import Pen, answer_posts, opening_post, too_long

REWORDABLE = (PostState.DRAFT, PostState.SEALED, PostState.REFUSED, PostState.MISSED, PostState.CANCELLED)
UNSENT = (*REWORDABLE, PostState.DUE)


def pen_for(office: Office, interview: Interview, author: str) -> Pen:
    """What every post of one interview shares."""
    return Pen(interview, office.practice, office.wording, bodies_of(office, interview), author)


def draft_event(office: Office, interview: Interview, script: Script) -> list[Post]:
    """Bring the opening post and the answer thread in step with a submitted script.

    Harmless to repeat. Unchanged words keep their seals; an answer of which a part has gone out is left as it is.
    Only Weibo interviews have an answer thread. Raises NotAllowed while the date or hours are missing, InvalidInput
    when a post would be longer than the platform takes.
    """
    if interview.form is not Form.WEIBO:
        return []
    wanted = event_posts(office, interview, script)
    long = next((post for post in wanted if too_long(post, office.practice.post_limit)), None)
    if long is not None:
        raise InvalidInput(f"“{long.key}”超过{office.practice.post_limit}字，请缩短主题、嘉宾职务或模板")
    _sync(office, interview, wanted)
    return wanted


def event_posts(office: Office, interview: Interview, script: Script) -> list[Post]:
    """The opening post and the answer thread as a script would have them. Raises NotAllowed without date or hours."""
    start, end = event_hours(interview)
    pen = pen_for(office, interview, script.author)
    questions = script.questions()
    opening = opening_post(
        pen, start=start, end=end, asked=len(asking_comments(office, interview)), questions=len(questions)
    )
    replies = office.practice.strategy == "reply"
    return [opening, *answer_posts(pen, questions, start=start, end=end, replies=replies)]


def _sync(office: Office, interview: Interview, wanted: Iterable[Post]) -> None:
    outbox = office.store.outbox
    frozen = _frozen(outbox.posts(interview=interview.id))
    keys = set()
    for post in wanted:
        keys.add(post.key)
        if thread_of(post.key) not in frozen and not outbox.enqueue(post):
            _update(office, post)
    for post in outbox.posts(interview=interview.id, states=UNSENT):
        if post.kind is PostKind.ANSWER and post.key not in keys and thread_of(post.key) not in frozen:
            outbox.move(post.key, Change(PostState.CANCELLED, reason="新版访谈稿不再包含"), expect=UNSENT)


def _update(office: Office, post: Post) -> None:
    outbox = office.store.outbox
    current = outbox.get(post.key)
    if current.hash != post.hash or current.state is PostState.CANCELLED:
        outbox.reword(post.key, post.text, post.author, expect=REWORDABLE)
    if (current.due_at, current.latest_at) != (post.due_at, post.latest_at):
        outbox.reschedule(post.key, post.due_at, post.latest_at, expect=REWORDABLE)


def _frozen(posts: Iterable[Post]) -> frozenset[str]:
    """Threads of which a part is, or may be, on the platform: their words cannot be cut again."""
    out = [post for post in posts if post.state not in UNSENT or post.fence]
    return frozenset(thread_of(post.key) for post in out)


def thread_of(key: str) -> str:
    """The answer a part belongs to: its key without the part."""
    return key.partition(" · part ")[0]
