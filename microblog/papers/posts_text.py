"""The post texts of an interview as one plain text file: what was to be posted, and what became of it."""

from collections.abc import Sequence

from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post
from microblog.papers.characters import in_plain_sight
from microblog.text.count import WEIBO_LIMIT, weibo_length


def posts_text(posts: Sequence[Post], *, limit: int = WEIBO_LIMIT) -> str:
    """Key, time, state, length by the platform's count and words of each post, in the order given.

    Times are Shanghai's: when it was posted, or else when it is due. Lengths above `limit` are marked.
    """
    return "\n".join(_block(post, limit) for post in posts)


def _block(post: Post, limit: int) -> str:
    moment = post.posted_at or post.due_at
    when = f"{'发布' if post.posted_at else '定于'} {moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    length = weibo_length(post.text)
    size = f"{length}/{limit} 字" + ("，超长" if length > limit else "")
    state = post.state.chinese + (f"（{' '.join(post.reason.split())}）" if post.reason else "")
    lines = in_plain_sight(post.text).split("\n")
    # Indented, so that no line of a quoted question can pass for the head of a post.
    words = "\n".join(f"    {line}" for line in lines)
    return f"■ {post.key}\n{when} · {state} · {size}\n{words}\n"
