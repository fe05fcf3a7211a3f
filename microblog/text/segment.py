"""Splits Chinese into words. The only importer of jieba and rjieba.

rjieba is jieba's dictionary and algorithm in Rust and is used where it is installed; jieba itself is the reference.
They differ only in runs held together by `-` or `_`, which are no words for us: those marks are blanked first.
"""

import logging
import tempfile
from collections.abc import Callable, Iterable

try:
    import rjieba
except ImportError:  # the fast path is a matter of speed alone
    rjieba = None  # type: ignore[assignment]  # a module or nothing

_BLANKED = str.maketrans("-_", "  ")
_FREQUENCY = 20_000  # far above any compound's parts, so an added word always wins

Cut = Callable[[str], list[str]]


class Segmenter:
    """Words of a text, in order; the marks and blanks between them are left out."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut

    def words(self, text: str) -> list[str]:
        """The words of `text`: runs of letters, digits or Chinese characters."""
        return [word for word in self._cut(text.translate(_BLANKED)) if word.isalnum()]


def load_segmenter(user_words: Iterable[str] = (), *, fast: bool = True) -> Segmenter:
    """A segmenter of its own dictionary with the words added; `fast` is rjieba where installed.

    Loading takes from a tenth of a second (rjieba) to two seconds (jieba): build one and pass it on.
    """
    words = sorted(set(user_words))
    return Segmenter(_rjieba_cut(words) if fast and rjieba is not None else _jieba_cut(words))


def _rjieba_cut(user_words: list[str]) -> Cut:
    tokenizer = rjieba.Jieba()
    for word in user_words:
        tokenizer.add_word(word, _FREQUENCY, "n")
    cut: Cut = tokenizer.cut
    return cut


def _jieba_cut(user_words: list[str]) -> Cut:
    import jieba  # noqa: PLC0415  # a seventh of a second, for nothing where rjieba is there

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()  # private: words added to jieba's own reach every other caller
    with tempfile.TemporaryDirectory(prefix="microblog-jieba-") as folder:
        tokenizer.tmp_dir = folder  # the default is shared by every user of the machine
        tokenizer.initialize()
    for word in user_words:
        tokenizer.add_word(word, _FREQUENCY, "n")
    cut: Cut = tokenizer.lcut
    return cut
