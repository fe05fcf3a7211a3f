"""The one picture a post may carry: JPEG, GIF or PNG by its first bytes, under 5 MB."""

from hashlib import sha256

from microblog.sandbox.asks import Ask
from microblog.sandbox.refusals import Refusal

MOST_BYTES = 5 * 1024 * 1024
_MAGIC = (b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\x89PNG\r\n\x1a\n")


def require_picture(ask: Ask) -> str:
    """Address of the picture sent, empty without one. Raises Refusal 20005, 20006, 20007."""
    if ask.picture is None:
        if ask.multipart:
            raise Refusal(20007)
        return ""
    if not ask.picture.startswith(_MAGIC):
        raise Refusal(20005)
    if len(ask.picture) >= MOST_BYTES:
        raise Refusal(20006)
    return f"http://wx1.sinaimg.cn/thumbnail/{sha256(ask.picture).hexdigest()[:32]}.jpg"
