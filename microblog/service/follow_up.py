"""After the event: closing post, transcript, roundup, and the filing folder that an inspection asks for."""

from datetime import UTC, datetime

from microblog.domain.errors import NotAllowed, PlatformRefused, TargetGone
from microblog.domain.interview import Form, Interview, InterviewState
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostKind, PostState
from microblog.service.answer import pen_for, thread_of
from microblog.service.collect import collect
from microblog.service.dates import event_hours, milestone, unanswered_due
from microblog.service.draft import latest_script
from microblog.service.filing import write_folder
from microblog.service.group import asking_comments, regroup
from microblog.service.office import Office
from microblog.service.posts import closing_post, roundup_post
from microblog.service.select import share_spoken_for


def close(office: Office, interview: Interview, *, by: str) -> Post | None:
    """Read everything once more and put the closing post, with its true counts, in the outbox to be sealed.

    None when it is there already. Raises PlatformError when the comments cannot be read: the counts would be wrong.
    """
    due = unanswered_due(office, interview)
    if due is None:
        raise NotAllowed(f"规则“{interview.rule_set}”没有规定未答提问的期限，请在 config/rules 中补充 unanswered")
    read_all(office, interview)
    post = closing_post(
        pen_for(office, interview, by),
        due_at=office.clock.now(),
        received=len(asking_comments(office, interview)),
        answered=len(answered_threads(office, interview)),
        share=share_spoken_for(office, interview),
        follow_up=due,
    )
    return post if office.store.outbox.enqueue(post) else None


def read_all(office: Office, interview: Interview) -> None:
    """Read every list to its end and group what is there. Raises PlatformError while reading may yet succeed.

    A list that is gone, or has been refused us for hours, is counted as far as it was read: the ledger of
    completeness shows the gap, and the interview goes on.
    """
    try:
        collect(office, interview, full=True)
    except TargetGone as gone:
        office.note("system", "unread", interview.name, why=str(gone))
    except PlatformRefused as refused:
        if not _refused_for_long(office, interview):
            raise
        office.note("system", "unread", interview.name, why=str(refused))
    regroup(office, interview)


def _refused_for_long(office: Office, interview: Interview) -> bool:
    """Whether the step that needs the reading has been overdue for as long as a closing post may be."""
    announced = interview.state is InterviewState.ANNOUNCED and interview.closes_at is not None
    due = interview.closes_at if announced else event_hours(interview)[1]
    return due is not None and office.clock.now() > due + office.practice.closing_grace


def answered_threads(office: Office, interview: Interview) -> frozenset[str]:
    """The answers of which every part is on the platform."""
    posts = [post for post in office.store.outbox.posts(interview=interview.id) if post.kind is PostKind.ANSWER]
    wanted = [post for post in posts if post.state is not PostState.CANCELLED]
    broken = {thread_of(post.key) for post in wanted if not post.state.on_platform}
    return frozenset(thread_of(post.key) for post in wanted) - broken


def publish_roundup(office: Office, interview: Interview, *, by: str) -> Post | None:
    """Write the transcript and put the roundup post in the outbox, due on the roundup's day; None if it is there."""
    write_folder(office, interview)
    post = roundup_post(
        pen_for(office, interview, by),
        due_at=roundup_due(office, interview),
        answered=answered_questions(office, interview),
    )
    return post if office.store.outbox.enqueue(post) else None


def answered_questions(office: Office, interview: Interview) -> int:
    """How many representative questions were answered: in a thread, or before the camera as the script has them."""
    if interview.form is Form.WEIBO:
        return len(answered_threads(office, interview))
    script = latest_script(office, interview)
    return len(script.questions()) if script else 0


def roundup_due(office: Office, interview: Interview) -> datetime:
    """The roundup's day at the office's publishing hour, or now when that has passed."""
    now = office.clock.now()
    duty = milestone(office, interview, "roundup")
    if duty is None or duty.day is None:
        return now
    return max(now, datetime.combine(duty.day, office.practice.publish_at, SHANGHAI).astimezone(UTC))


def file(office: Office, interview: Interview, *, by: str) -> None:
    """Write the filing folder in its last form (P18)."""
    folder = write_folder(office, interview)
    office.note(by, "file", interview.name, folder=folder.name)
