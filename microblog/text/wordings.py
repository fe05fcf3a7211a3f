"""Collapses remarks that say the same words: one wording each, with everyone behind it, in an order of content.

Copies must not weigh on the groups (people count, not volume), and a million equal rows must cost no more than one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from microblog.text.clean import clean
from microblog.text.features import Words, content_words
from microblog.text.kind import Kind, kind_of_clean
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark


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
    remarks: Sequence[Remark], *, words: Words, lexicon: Lexicon, excluded: frozenset[str] = frozenset()
) -> Wordings:
    """Clean every remark and put those of the same content words together; the ids `excluded` get no wording."""
    left = {text: clean(text) for text in {remark.text for remark in remarks}}
    cleaned = [left[remark.text] for remark in remarks]
    known = {text: (kind_of_clean(text), tuple(content_words(text, words=words, lexicon=lexicon)) if text else ())
             for text in set(cleaned)}  # fmt: skip
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(cleaned):
        if text and remarks[number].id not in excluded:
            holders[known[text][1] or (text,)].append(number)
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
        kinds=tuple(known[text][0] for text in cleaned),
        of=tuple(of),
    )
