"""What happens on the platform outside the API: netizens speak, the office posts by hand."""

from microblog.sandbox.netizens import Said
from microblog.sandbox.rows import Comment, Status
from microblog.sandbox.wording import shown
from microblog.sandbox.world import World

NETIZEN_SEQUENCE = 1_000_000
"""Ids of netizens' comments are numbered from here within their second, so that calls never move them."""


def say(world: World, status: int, said: Said, *, reply_to: int = 0) -> Comment:
    """Put a netizen's comment under a status; reply_to: a comment's id (the stream's own place is not looked at)."""
    identifier = world.new_id(said.created, NETIZEN_SEQUENCE)
    text, links = shown(said.words.text, "keep", world.options)
    return world.put(
        Comment(
            id=identifier,
            status=status,
            uid=world.netizen(said.name).uid,
            text=text,
            sent=said.words.text,
            created=said.created,
            visible=said.visible,
            root=world.comments[reply_to].root if reply_to else identifier,
            reply_to=reply_to,
            links=links,
            likes=said.likes,
            filtered=said.filtered,
            deleted=said.deleted,
            concern=said.words.concern,
        )
    )


def post_by_hand(world: World, uid: int, text: str, at: float) -> Status:
    """Somebody of the office posts on the web: on the timeline, yet no write of any app. at: moment."""
    shown_text, links = shown(text, "keep", world.options)
    identifier = world.new_id(at)
    return world.put(Status(identifier, uid, "", shown_text, text, created=at, visible=at, links=links))
