"""What a person decides while an interview is on: bring an answer forward, hold it back, let it go, leave it out.

A thread is one answer with its parts, or the opening post; it is named by the key its parts share. Holding leaves the
state alone: the claim refuses a held post, and its latest time still holds.
"""

from collections.abc import Collection

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import Interview
from microblog.domain.outbox import Change
from microblog.domain.post import Post, PostState
from microblog.domain.rehearsal import UNSENT
from microblog.service.answer import thread_of
from microblog.service.dates import event_hours
from microblog.service.office import Office
from microblog.service.outbox import SETTLED_BY_HAND, cancel
from microblog.service.shown import post_title
from microblog.service.skipped import SKIPPED

SENDABLE = (PostState.SEALED, PostState.DUE)
HOLDABLE = UNSENT


def parts_of(office: Office, interview: Interview, thread: str) -> list[Post]:
    """The posts of a thread, in their order; none when there is no such thread."""
    posts = office.store.outbox.posts(interview=interview.id)
    return sorted((post for post in posts if thread_of(post.key) == thread), key=lambda post: (post.order, post.key))


def send_now(office: Office, interview: Interview, thread: str, *, by: str) -> int:
    """Let the waiting parts of a thread go out from now on, held or not; returns how many.

    Each still follows the one before it, at the office's pace. Raises NotAllowed before the event's hour, and when no
    part is sealed and waiting in time.
    """
    now, start = office.clock.now(), event_hours(interview)[0]
    if now < start:
        raise NotAllowed(f"第{interview.no}期还没到开始时间，不能提前发送“{post_title(thread)}”")
    parts = [part for part in _parts(office, interview, thread) if part.state in SENDABLE and now <= part.latest_at]
    if not parts:
        raise NotAllowed(f"“{post_title(thread)}”没有已盖章、还在时限内的部分可以发送，请查看各段状态")
    outbox = office.store.outbox
    for part in parts:
        outbox.reschedule(part.key, min(part.due_at, now), part.latest_at, expect=SENDABLE)
    sent = [part for part in parts if outbox.hold(part.key, "", expect=SENDABLE)]
    office.note(by, "send-now", thread, parts=len(sent))
    return len(sent)


def hold(office: Office, interview: Interview, thread: str, *, by: str, reason: str = "") -> int:
    """Keep the parts of a thread that are not out from being sent; returns how many.

    Raises NotAllowed when all are out or on their way.
    """
    held = f"{by} 暂缓{f'：{reason}' if reason else ''}"
    parts = _parts(office, interview, thread)
    # From the last to the first: what is being sent meanwhile finds the part after it held already.
    kept = [part for part in reversed(parts) if office.store.outbox.hold(part.key, held, expect=HOLDABLE)]
    if not kept:
        raise NotAllowed(f"“{post_title(thread)}”已发出、正在发送或等人处理，来不及暂缓")
    office.note(by, "hold", thread, parts=len(kept), reason=reason)
    return len(kept)


def let_go(office: Office, interview: Interview, thread: str, *, by: str) -> int:
    """Let the held parts of a thread go out at their time, or at once when that has come; returns how many.

    Raises NotAllowed when none is held.
    """
    held = [part for part in _parts(office, interview, thread) if part.held]
    freed = [part for part in held if office.store.outbox.hold(part.key, "", expect=list(PostState))]
    if not freed:
        raise NotAllowed(f"“{post_title(thread)}”没有暂缓，无须恢复")
    office.note(by, "let-go", thread, parts=len(freed))
    return len(freed)


def skip(office: Office, interview: Interview, thread: str, *, by: str, reason: str) -> int:
    """Leave a thread out: cancel all its parts; returns how many.

    Raises InvalidInput without a reason, NotAllowed when a part is or may be out: half an answer is never left out.
    """
    if not reason.strip():
        raise InvalidInput(f"请写明跳过“{post_title(thread)}”的原因，备案要用")
    parts = [part for part in _parts(office, interview, thread) if part.state is not PostState.CANCELLED]
    out = next((part for part in parts if _may_be_out(part)), None)
    if out is not None:
        raise NotAllowed(f"“{post_title(out.key)}”{out.state.chinese}，整条不能再跳过；其余各段可以暂缓，或逐条取消")
    for part in parts:
        cancel(office, part.key, by=by, reason=f"{SKIPPED}{reason}")
    office.note(by, "skip", thread, parts=len(parts), reason=reason)
    return len(parts)


def look_again(office: Office, key: str, *, by: str) -> Post:
    """Have the machine look on the platform once more, now. Raises NotAllowed when there is nothing to look for."""
    post = office.store.outbox.get(key)
    change = Change(post.state, not_before=office.clock.now(), reason=post.reason)
    if post.state not in SETTLED_BY_HAND or not _moved(office, key, change, [post.state]):
        raise NotAllowed(f"“{post_title(key)}”现在是“{office.store.outbox.get(key).state.chinese}”，不用再查")
    office.note(by, "look-again", key)
    return office.store.outbox.get(key)


def _parts(office: Office, interview: Interview, thread: str) -> list[Post]:
    parts = parts_of(office, interview, thread)
    if not parts:
        raise NotFound(f"第{interview.no}期没有“{thread}”，请刷新页面后再试")
    return parts


def _moved(office: Office, key: str, change: Change, expect: Collection[PostState]) -> bool:
    return office.store.outbox.move(key, change, expect=expect)


def _may_be_out(post: Post) -> bool:
    return post.state.on_platform or post.state in (PostState.SENDING, PostState.UNKNOWN)
