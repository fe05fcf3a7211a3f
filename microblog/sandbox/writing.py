"""What every write has in common: the acting user's address, the repeat rule, and the commit itself."""

from ipaddress import AddressValueError, IPv4Address

from microblog.sandbox.asks import Ask
from microblog.sandbox.links import Links
from microblog.sandbox.refusals import Refusal
from microblog.sandbox.rows import Account, Comment, Status, Write
from microblog.sandbox.wording import require_fresh


def require_rip(ask: Ask) -> None:
    """Refuse a write without the acting user's address (10016) or with one that is no IPv4 (10008)."""
    if not ask.world.options.rip_required and not ask.params.get("rip"):
        return
    try:
        IPv4Address(ask.text("rip"))
    except AddressValueError:
        raise Refusal(10008, "Param error, see doc for more info. (rip)") from None


def require_new_text(ask: Ask, text: str, target: int) -> None:
    """Refuse what the account sent to the same target within the window (20019, 20017)."""
    window = ask.world.options.repeat_window
    earlier = [
        write.sent
        for write in ask.world.writes
        if write.uid == ask.me.uid
        and (write.endpoint, write.target) == (ask.endpoint, target)
        and ask.now - write.at < window
    ]
    require_fresh(text, earlier, ask.world.options)


def commit_status(ask: Ask, sent: str, shown: tuple[str, Links], *, of: int = 0, picture: str = "") -> Status:
    """Publish a status and enter it in the ledger."""
    text, links = shown
    status = ask.world.put(
        Status(
            id=ask.world.new_id(ask.now),
            uid=ask.me.uid,
            app=ask.by.key,
            text=text,
            sent=sent,
            created=ask.now,
            visible=ask.now + ask.hold_back,
            links=links,
            picture=picture,
            of=of,
        )
    )
    _record(ask, status.id, text, sent, of)
    return status


def commit_comment(
    ask: Ask, status: int, sent: str, shown: tuple[str, Links], *, to: Comment | None = None
) -> Comment:
    """Publish a comment, or a reply where `to` is given, and enter it in the ledger."""
    text, links = shown
    identifier = ask.world.new_id(ask.now)
    comment = ask.world.put(
        Comment(
            id=identifier,
            status=status,
            uid=ask.me.uid,
            text=text,
            sent=sent,
            created=ask.now,
            visible=ask.now + ask.hold_back,
            root=to.root if to else identifier,
            reply_to=to.id if to else 0,
            links=links,
            app=ask.by.key,
        )
    )
    _record(ask, identifier, text, sent, to.id if to else status)
    return comment


def require_welcome(author: Account) -> None:
    """Refuse to answer a user who is gone or shuts us out (20003, 20508, 20512)."""
    if author.refuses:
        raise Refusal(author.refuses)


def _record(ask: Ask, identifier: int, text: str, sent: str, target: int) -> None:
    me, app = ask.me.uid, ask.by.key
    ask.world.record(
        lambda number: Write(number, ask.now, ask.endpoint, me, app, identifier, text, sent, target),
    )
