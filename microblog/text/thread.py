"""One answer as numbered posts, each cut where language allows it and within the platform's count."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from microblog.domain.errors import InvalidInput
from microblog.text.count import LINK, WEIBO_LIMIT, weibo_length

Measure = Callable[[str], int]
"""Length of a text in the platform's own unit; never shrinks when text is added."""

TINY = 12  # a part with less of the answer than this, in the platform's unit, looks like an accident

_LATIN = r"A-Za-z0-9\u00C0-\u024F０-９Ａ-Ｚａ-ｚ"
_EXTENDERS = (
    r"\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F"
    r"\U0001F3FB-\U0001F3FF\U000E0020-\U000E01EF"
)
_RUN = rf"[{_LATIN}][{_LATIN}{_EXTENDERS}]*"
_ATOM = re.compile(
    rf"(?:@[\w-]{{1,30}}|\[[^\[\]\s]{{1,8}}\]|{_RUN}(?:[.,:/'\-_@．]{_RUN})*[%％‰℃]?"
    r"|[\U0001F1E6-\U0001F1FF]{2}|[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n|.)"
    rf"[{_EXTENDERS}]*(?:\u200D.[{_EXTENDERS}]*)*\u200D?",
    re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?:[。！？；…!?;]+[”’」』）》】)\]]*|\n)\s*$")
_PAUSE = re.compile(r"(?:[，、：,:]|[”’」』）》】])\s*$")
_OPENING = "“‘「『（《【([<"
_CLOSING = "。！？；…，、：,.!?;:”’」』）》】)]%"


@dataclass(frozen=True, slots=True)
class Part:
    """One post of an answer. text: all that is posted; body: what of the answer it carries."""

    text: str
    body: str


def quote(comment: str, most: int, measure: Measure = weibo_length) -> str:
    """The asker's words as they may stand between quotation marks, at most `most` long.

    The whole comment where it fits. Otherwise its beginning followed by `…`: what stands before the `…` is always an
    exact substring of the comment, cut at a sentence end or a comma where there is one in the second half. Raises
    InvalidInput where not even one character fits.
    """
    words = comment.strip()
    if measure(words) <= most:
        return words
    cut = _best_cut(words, _boundaries(words), lambda start: measure(f"{start}…") <= most)
    if not cut:
        raise InvalidInput(f"引用网友提问的空间只有 {most} 字，放不下一个字：请缩短昵称、单位或问题编号")
    return words[:cut].rstrip() + "…"


def split(
    body: str,
    *,
    head: str = "",
    next_head: str = "",
    limit: int = WEIBO_LIMIT,
    measure: Measure = weibo_length,
) -> tuple[Part, ...]:
    """Cut an answer into posts of at most `limit`, heads and `(i/n)` marks included.

    head begins the first part, next_head every other one (name the question there: a bare «感谢关注！(3/3)» would
    repeat another answer's last part, which the platform refuses). One part alone carries no mark. The bodies joined
    are the answer without its outer white space. Cuts fall after sentence ends, else after commas, else between
    words; never inside a link, number, Latin word, mention or emoji. A head that leaves no room stands alone.

    Raises InvalidInput where the answer is empty, or a head or an uncuttable word is longer than a part.
    """
    words = body.strip()
    if not words:
        raise InvalidInput("答复正文是空的：请先填写答复")
    whole = _compose(head, words, "")
    if measure(whole) <= limit:
        return (Part(whole, words),)
    for digits in count(1):
        nines = "9" * digits
        room = _Room(head, next_head, f"({nines}/{nines})", limit, measure)
        bodies = _even_tail(_cut_all(words, room), room)
        if len(bodies) < 10**digits:
            return tuple(
                Part(_compose(room.head(i), piece, f"({i + 1}/{len(bodies)})"), piece)
                for i, piece in enumerate(bodies)
            )
    raise AssertionError("unreachable")  # pragma: no cover  # count() has no end


@dataclass(frozen=True, slots=True)
class _Room:
    """What a part must hold beside its share of the answer."""

    first_head: str
    next_head: str
    mark: str
    limit: int
    measure: Measure

    def head(self, index: int) -> str:
        return self.next_head if index else self.first_head

    def holds(self, index: int, piece: str) -> bool:
        return self.measure(_compose(self.head(index), piece, self.mark)) <= self.limit

    def tiny(self, piece: str) -> bool:
        return self.measure(piece) < TINY


def _compose(head: str, piece: str, mark: str) -> str:
    """Head, words and mark as posted; a link at the end is kept apart, or it would swallow the mark."""
    links = list(LINK.finditer(piece))
    gap = " " if mark and links and links[-1].end() == len(piece) else ""
    return f"{head}{piece}{gap}{mark}"


def _cut_all(words: str, room: _Room) -> list[str]:
    pieces: list[str] = []
    rest, bounds = words, _boundaries(words)
    while rest:
        index = len(pieces)
        cut = _best_cut(rest, bounds, partial(room.holds, index))
        if index == 0 and cut < len(rest) and room.tiny(rest[:cut]) and room.first_head and room.holds(0, ""):
            cut = 0  # the question fills the first part: better alone than with a word or two of the answer
        elif not cut:
            raise InvalidInput(_too_long(rest, room, index))
        pieces.append(rest[:cut])
        rest, bounds = rest[cut:], [bound - cut for bound in bounds if bound > cut]
    return pieces


def _too_long(rest: str, room: _Room, index: int) -> str:
    if not room.holds(index, ""):
        return f"第 {index + 1} 条的开头「{room.head(index)[:20]}…」已超过 {room.limit} 字：请缩短引用的提问或昵称"
    return f"「{rest[:20]}…」是不能拆开的链接或词，超过 {room.limit} 字：请缩短"


def _even_tail(pieces: list[str], room: _Room) -> list[str]:
    """Cut the last two again, near their middle, where the last would be tiny."""
    if len(pieces) < 2 or not room.tiny(pieces[-1]):
        return pieces
    both, index = pieces[-2] + pieces[-1], len(pieces) - 2
    fitting = [
        bound
        for bound in _boundaries(both)[:-1]
        if room.holds(index, both[:bound]) and room.holds(index + 1, both[bound:]) and not room.tiny(both[bound:])
    ]
    if not fitting:
        return pieces
    cut = min(fitting, key=lambda bound: (_rank(both, bound), abs(2 * bound - len(both)), bound))
    return [*pieces[:-2], both[:cut], both[cut:]]


def _best_cut(words: str, bounds: list[int], holds: Callable[[str], bool]) -> int:
    """The place to end this part: the best kind of boundary that leaves it reasonably full; 0 where nothing fits."""
    fitting = bounds[: bisect_right(bounds, False, key=lambda bound: not holds(words[:bound]))]
    if not fitting or fitting[-1] == len(words):
        return fitting[-1] if fitting else 0
    full = [bound for bound in fitting if 2 * bound >= fitting[-1]]
    return min(full, key=lambda bound: (_rank(words, bound), -bound))


def _rank(words: str, bound: int) -> int:
    """How good a cut is: 0 after a sentence, 1 after a comma, 2 between words, 3 where a mark would be orphaned."""
    before, after = words[max(0, bound - 8) : bound], words[bound : bound + 1]
    if (after and after in _CLOSING) or before[-1] in _OPENING:
        return 3
    if _SENTENCE_END.search(before):
        return 0
    return 1 if _PAUSE.search(before) else 2


def _boundaries(words: str) -> list[int]:
    """Every index at which the words may be cut, the end included."""
    bounds: list[int] = []
    for start, end, is_link in _stretches(words):
        if is_link:
            bounds.append(end)
        else:
            bounds.extend(atom.end() for atom in _ATOM.finditer(words, start, end))
    return bounds


def _stretches(words: str) -> Iterator[tuple[int, int, bool]]:
    """The text as links and what lies between them, so that no other word can reach into a link."""
    last = 0
    for link in LINK.finditer(words):
        if link.start() > last:
            yield last, link.start(), False
        yield link.start(), link.end(), True
        last = link.end()
    if last < len(words):
        yield last, len(words), False
