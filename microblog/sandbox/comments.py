"""The comment endpoints. Each takes an admitted ask and gives the JSON body, or raises Refusal."""

from collections.abc import Callable, Sequence

from microblog.sandbox.asks import Ask, read_id
from microblog.sandbox.gate import require_good_standing, require_write_budget
from microblog.sandbox.objects import Json, comment_object
from microblog.sandbox.refusals import Refusal
from microblog.sandbox.rows import Comment
from microblog.sandbox.sight import can_see, page_of, standing
from microblog.sandbox.statuses import envelope, target_status, window_of
from microblog.sandbox.wording import require_clean, require_length, shown
from microblog.sandbox.writing import commit_comment, require_new_text, require_rip, require_welcome


def create(ask: Ask) -> Json:
    """A comment under a status."""
    status = target_status(ask, ask.number("id"))
    sent = _checked_text(ask)
    require_welcome(ask.world.accounts[status.uid])
    return _comment(ask, status.id, sent)


def reply(ask: Ask) -> Json:
    """A reply to a comment. With a bad `cid` and a good `id` it becomes a plain comment, without a word."""
    cid, under = ask.text("cid"), ask.number("id")
    known = ask.world.comments.get(read_id(cid) or 0)
    if known is not None and known.deleted <= ask.now:
        raise Refusal(20201)
    target = _live_comment(ask, known.id) if known else None
    if target is None:
        return _comment(ask, target_status(ask, under).id, _checked_text(ask))
    status = target_status(ask, target.status)
    author = ask.world.accounts[target.uid]
    require_welcome(author)
    sent = _checked_text(ask)
    prefix = "" if ask.flag("without_mention") else f"回复@{author.name}:"
    require_length(prefix + sent if ask.world.options.prefix_counts else sent, ask.world.options)
    require_new_text(ask, sent, target.id)
    text, links = shown(sent, ask.world.options.topics_in_comments, ask.world.options)
    comment = commit_comment(ask, status.id, sent, (prefix + text, links), to=target)
    return comment_object(ask.world, comment, ask.by)


def _comment(ask: Ask, status: int, sent: str) -> Json:
    options = ask.world.options
    require_new_text(ask, sent, status)
    words = shown(sent, options.topics_in_comments, options)
    comment = commit_comment(ask, status, sent, words)
    original = ask.world.statuses[status].of
    if ask.flag("comment_ori") and original:
        commit_comment(ask, original, sent, words)
    return comment_object(ask.world, comment, ask.by)


def _checked_text(ask: Ask) -> str:
    sent = ask.text("comment")
    require_rip(ask)
    require_good_standing(ask)
    require_write_budget(ask)
    require_length(sent, ask.world.options)
    require_clean(sent, ask.world.options)
    return sent


def _live_comment(ask: Ask, cid: int) -> Comment | None:
    comment = ask.world.comments.get(cid)
    return comment if comment is not None and comment.created <= ask.now < comment.deleted else None


def destroy(ask: Ask) -> Json:
    """Delete one's own comment, or any under one's own status."""
    comment = _live_comment(ask, ask.number("cid"))
    if comment is None:
        raise Refusal(20201)
    return _destroy(ask, comment)


def _destroy(ask: Ask, comment: Comment) -> Json:
    if ask.me.uid not in (comment.uid, ask.world.statuses[comment.status].uid):
        raise Refusal(20203)
    body = comment_object(ask.world, comment, ask.by)
    ask.world.change(comment, deleted=ask.now)
    return body


def destroy_batch(ask: Ask) -> list[Json]:
    """Delete up to 20 comments; those already gone are passed over."""
    found = (_live_comment(ask, cid) for cid in ask.numbers("cids", most=20))
    return [_destroy(ask, comment) for comment in found if comment is not None]


def show(ask: Ask) -> Json:
    """Comments under a status, newest first, replies among them."""
    status = target_status(ask, ask.number("id"))
    return _listed(ask, _by_author(ask, standing(ask.world, status.id)))


def to_me(ask: Ask) -> Json:
    """Comments of others under my statuses, and their replies to my comments."""
    me = ask.me.uid

    def mine(comment: Comment) -> bool:
        answered = ask.world.comments.get(comment.reply_to)
        under = ask.world.statuses[comment.status].uid == me
        return comment.uid != me and (under or (answered is not None and answered.uid == me))

    return _listed(ask, _by_author(ask, _everywhere(ask, mine)))


def by_me(ask: Ask) -> Json:
    """My own comments."""
    me = ask.me.uid
    return _listed(ask, _everywhere(ask, lambda comment: comment.uid == me))


def mentions(ask: Ask) -> Json:
    """Comments of others that @ me."""
    me = ask.me
    return _listed(ask, _everywhere(ask, lambda c: c.uid != me.uid and f"@{me.name}" in c.text))


def timeline(ask: Ask) -> Json:
    """Comments I wrote and comments under my statuses."""
    me = ask.me.uid
    return _listed(ask, _everywhere(ask, lambda c: me in (c.uid, ask.world.statuses[c.status].uid)))


def show_batch(ask: Ask) -> list[Json]:
    """Up to 50 comments by id, as a bare array."""
    found = (_live_comment(ask, cid) for cid in ask.numbers("cids", most=50))
    seen = (c for c in found if c is not None and can_see(ask.world, c, ask.by))
    return [comment_object(ask.world, comment, ask.by) for comment in seen]


def _everywhere(ask: Ask, wanted: Callable[[Comment], bool]) -> list[Comment]:
    live = (c for c in ask.world.comments.values() if c.created <= ask.now < c.deleted and wanted(c))
    return sorted(live, key=lambda comment: -comment.id)


def _by_author(ask: Ask, comments: list[Comment]) -> list[Comment]:
    """filter_by_author: 1 people I follow (a government account in the sandbox follows nobody), 2 strangers."""
    which = ask.number("filter_by_author", 0)
    if which == 1:
        return []
    return [c for c in comments if c.uid != ask.me.uid] if which == 2 else comments


def _listed(ask: Ask, comments: Sequence[Comment]) -> Json:
    world, app = ask.world, ask.by
    own = ask.me.uid

    def seen(comment: Comment) -> bool:
        return can_see(world, comment, app) or (comment.uid == own and comment.visible <= ask.now)

    page = page_of(comments, window_of(ask), seen, world.options)
    items = (comment_object(world, world.comments[identifier], app) for identifier in page.ids)
    return envelope("comments", items, page, len(comments))
