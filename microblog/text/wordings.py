"""Collapses remarks that say the same words: one wording each, with everyone behind it, in an order of content.

Copies must not weigh on the groups (people count, not volume), and a million equal rows must cost no more than one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from microblog.text.clean import clean
from microblog.text.features import Words, content_words
from microblog.text.kind import Kind, kind_of_clean
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark

_Read = tuple[str, Kind, tuple[str, ...]]
Each = Callable[[Callable[[str], _Read], Sequence[str]], Iterable[_Read]]
"""Applies a function to many texts, in their order: `map`, or what does the same faster."""


@dataclass(frozen=True)
class Wordings:
    """The distinct wordings, sorted by their words.

    texts: cleaned, the shortest of those with these words; words: content words; remarks: indices into the remarks.
    kinds: of every remark, in the order given; of: the wording of each remark, None where cleaning leaves nothing or
    the remark is excluded.
    """

    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    remarks: tuple[tuple[int, ...], ...]
    kinds: tuple[Kind, ...]
    of: tuple[int | None, ...]


def digest(words: Sequence[str]) -> str:
    """Twelve hexadecimal digits naming a wording by its words."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def wordings_of(
    remarks: Sequence[Remark],
    *,
    words: Words,
    lexicon: Lexicon,
    excluded: frozenset[str] = frozenset(),
    each: Each = map,
) -> Wordings:
    """Clean every remark and put those of the same content words together; the ids `excluded` get no wording."""

    def read(raw: str) -> _Read:
        text = clean(raw)
        return text, kind_of_clean(text), tuple(content_words(text, words=words, lexicon=lexicon)) if text else ()

    raw = list({remark.text for remark in remarks})
    known = dict(zip(raw, each(read, raw), strict=True))
    told = [known[remark.text] for remark in remarks]
    cleaned = [text for text, _, _ in told]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (text, _, content) in enumerate(told):
        if text and remarks[number].id not in excluded:
            holders[content or (text,)].append(number)
    ordered = sorted(holders)
    of: list[int | None] = [None] * len(remarks)
    for wording, key in enumerate(ordered):
        for number in holders[key]:
            of[number] = wording
    return Wordings(
        texts=tuple(
            min({cleaned[number] for number in holders[key]}, key=lambda text: (len(text), text)) for key in ordered
        ),
        words=tuple(ordered),
        remarks=tuple(tuple(holders[key]) for key in ordered),
        kinds=tuple(kind for _, kind, _ in told),
        of=tuple(of),
    )
