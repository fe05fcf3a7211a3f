"""Keys of posts as a person types them: `interview 3 · answer 7 · part 2`, or short `3/answer/7/2`, `3/preview`."""

import re

from microblog.domain.errors import InvalidInput
from microblog.domain.post import PostKind

_WORD = re.compile(r"[a-z]+|\d+")
_SEPARATOR = re.compile(r"[\s/·•・|,，.-]+")
_FORMS = "interview 3 · answer 7 · part 2，或简写 3/answer/7/2、3/preview"


def read_key(typed: str) -> str:
    """The key as it is stored. Raises InvalidInput showing both ways to write one."""
    match [word for word in _words(typed) if word not in ("interview", "part")]:
        case [number, "answer", rank, part] if number.isdigit() and rank.isdigit() and part.isdigit():
            return f"interview {int(number)} · answer {int(rank)} · part {int(part)}"
        case [number, kind] if number.isdigit() and kind in _SINGLE:
            return f"interview {int(number)} · {kind}"
    raise InvalidInput(f"“{typed}”不是发布编号，请写成 {_FORMS}；全部编号见 microblog outbox list")


_SINGLE = frozenset(kind.value for kind in PostKind if kind is not PostKind.ANSWER)


def _words(typed: str) -> list[str]:
    lowered = typed.strip().lower()
    pieces = [piece for piece in _SEPARATOR.split(lowered) if piece]
    words = [word for piece in pieces for word in _WORD.findall(piece)]
    return words if "".join(words) == "".join(pieces) else []
