"""What a person decides about a post: settle an unknown one, send a missed or refused one, change it, cancel it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.outbox import Change, out_since, shown_by
from microblog.domain.post import Post, PostState
from microblog.service.in_step import APART_MOST
from microblog.service.office import Office
from microblog.service.posts import too_long

SETTLED_BY_HAND = (PostState.UNKNOWN, PostState.LANDED)
CHANGEABLE = (PostState.DRAFT, PostState.SEALED, PostState.REFUSED, PostState.MISSED)


def number_in(office: Office, pasted: str) -> str:
    """The platform's number in a link or as typed. Raises InvalidInput."""
    found = office.platform.id_in(pasted)
    if found is None:
        raise InvalidInput(f"“{pasted}”里找不到微博编号，请粘贴微博详情页链接，或 15 位以上的数字编号")
    return found


def settle_posted(office: Office, key: str, platform_id: str, *, by: str) -> Post:
    """A person found the post on the platform: take its id. Raises InvalidInput when that id is another post's."""
    if not platform_id.isdigit():
        raise InvalidInput(f"“{platform_id}”不是微博编号，请填写链接中的数字编号")
    holder = office.store.outbox.by_platform_id(platform_id)
    if holder is not None and holder.key != key:
        raise InvalidInput(f"编号 {platform_id} 已登记为“{holder.key}”，请核对后填写另一个")
    since = out_since(office.store.outbox.get(key), office.store.outbox.attempts(key))
    change = Change(PostState.POSTED, platform_id, went_out(office, platform_id, since), reason=f"由 {by} 核实")
    return _move(office, key, change, expect=SETTLED_BY_HAND, by=by, verb="settle-posted")


def went_out(office: Office, platform_id: str, since: datetime | None) -> datetime:
    """When a post that a person found went out: as its number tells where that can be true, else now.

    The channel's closing and the record go by it; a person may come days later. since: it cannot be out before.
    """
    now, taken = office.clock.now(), office.platform.moment_of(platform_id)
    known = taken is not None and since is not None and since - APART_MOST <= taken <= now
    return taken if taken is not None and known else now


def settle_absent(office: Office, key: str, *, by: str) -> Post:
    """A person made sure the post is not on the platform: the identical words go out again, if not too late.

    Not before what was sent can no longer be hidden, or a stalled worker's call be on its way: nobody can be sure
    until then, and the look before the second sending finds it.
    """
    now, shows_by = office.clock.now(), shown_by(office.store.outbox.attempts(key), office.practice.lease)
    late = now > office.store.outbox.get(key).latest_at
    change = Change(
        PostState.MISSED if late else PostState.DUE,
        not_before=shows_by if shows_by > now else None,
        reason=f"由 {by} 核实未发出",
    )
    return _move(office, key, change, expect=SETTLED_BY_HAND, by=by, verb="settle-absent")


def send_late(office: Office, key: str, *, by: str, within: timedelta = timedelta(hours=1)) -> Post:
    """A person's yes to a missed post: it may go out from now on, for `within`. Its seals still have to hold."""
    now = office.clock.now()
    post = office.store.outbox.get(key)
    if not office.store.outbox.reschedule(key, min(post.due_at, now), now + within, expect=[PostState.MISSED]):
        raise NotAllowed(f"“{key}”不在“已错过”状态，无须补发")
    return _move(
        office, key, Change(PostState.SEALED, reason=f"{by} 同意补发"), expect=[PostState.MISSED], by=by, verb="late"
    )


def send_again(office: Office, key: str, *, by: str) -> Post:
    """A person's yes to a refused post: what stood in its way (captcha, ban, closed door) is gone.

    Never decided by the machine (weibo-api 6). The seals still have to hold, and so does the latest time.
    """
    change = Change(PostState.SEALED, reason=f"{by} 同意原文重发")
    return _move(office, key, change, expect=[PostState.REFUSED], by=by, verb="again")


def answer_openly(office: Office, key: str, *, by: str) -> Post:
    """The question was deleted: give its answer as a comment of its own under the same post, in the sealed words.

    Raises NotAllowed when the post answers no netizen's comment, or is on its way or out.
    """
    if office.store.outbox.get(key).replies_to is None:
        raise NotAllowed(f"“{key}”不是对网友评论的回复，无须改为单独评论")
    change = Change(PostState.SEALED, reason=f"{by} 同意改为单独评论")
    if not office.store.outbox.unhook(key, change, expect=(PostState.REFUSED, PostState.SEALED)):
        raise NotAllowed(f"“{key}”已发出、正在发送或还没有盖章，不能改为单独评论")
    office.note(by, "openly", key)
    return office.store.outbox.get(key)


def change_words(office: Office, key: str, text: str, *, by: str) -> Post:
    """Give a post not yet sent other words; it is a draft again until they are sealed.

    Raises InvalidInput when there are no words or more than the platform takes.
    """
    if not text.strip():
        raise InvalidInput(f"“{key}”的新文字是空的，请写好后重试")
    if too_long(office.store.outbox.get(key).evolve(text=text), office.practice.post_limit):
        raise InvalidInput(f"“{key}”的新文字超过{office.practice.post_limit}字，请缩短后重试")
    if not office.store.outbox.reword(key, text, by, expect=CHANGEABLE):
        raise NotAllowed(f"“{key}”已发出或正在发送，文字不能再改")
    office.note(by, "reword", key)
    return office.store.outbox.get(key)


def cancel(office: Office, key: str, *, by: str, reason: str) -> Post:
    """Decide that a post will not be sent."""
    change = Change(PostState.CANCELLED, reason=reason)
    return _move(office, key, change, expect=(*CHANGEABLE, PostState.DUE), by=by, verb="cancel")


def _move(office: Office, key: str, change: Change, *, expect: Collection[PostState], by: str, verb: str) -> Post:
    outbox = office.store.outbox
    if not outbox.move(key, change, expect=expect):
        state = outbox.get(key).state.chinese
        raise NotAllowed(f"“{key}”现在是“{state}”，不能这样处理，请用 microblog outbox show 查看")
    office.note(by, verb, key, state=change.state.value)
    return outbox.get(key)
