"""The words an analyst may edit: `config/lexicon/*.txt`, one entry a line, `#` starts a comment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from microblog.domain.errors import InvalidInput, NotFound


@dataclass(frozen=True)
class Lexicon:
    """What the pipeline knows about words.

    stopwords: carry no content and never name a group.
    user_words: kept whole by the segmenter.
    fillers: openers and closers removed before comparing («请问一下», «谢谢»), longest first.
    synonyms: variant → the word it counts as.
    """

    stopwords: frozenset[str] = frozenset()
    user_words: frozenset[str] = frozenset()
    fillers: tuple[str, ...] = ()
    synonyms: dict[str, str] = field(default_factory=dict)

    def segmenter_words(self) -> frozenset[str]:
        """Every word the segmenter must not split: user words and both sides of the synonyms."""
        return self.user_words | self.synonyms.keys() | frozenset(self.synonyms.values())


def load_lexicon(folder: Path) -> Lexicon:
    """Read `stopwords`, `user_words`, `fillers` and `synonyms` (`.txt`); a file that is absent is empty.

    Raises NotFound where the folder is missing, InvalidInput where a line of synonyms has no `=`.
    """
    if not folder.is_dir():
        raise NotFound(f"找不到词库目录 {folder}：请运行 microblog init，或用 MICROBLOG_HOME 指明 config 所在的目录")
    fillers = sorted(set(_entries(folder / "fillers.txt")), key=lambda filler: (-len(filler), filler))
    return Lexicon(
        stopwords=frozenset(_entries(folder / "stopwords.txt")),
        user_words=frozenset(_entries(folder / "user_words.txt")),
        fillers=tuple(fillers),
        synonyms=_synonyms(folder / "synonyms.txt"),
    )


def _entries(file: Path) -> Iterator[str]:
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def _synonyms(file: Path) -> dict[str, str]:
    """Lines `word = variant variant …`."""
    synonyms: dict[str, str] = {}
    for line in _entries(file):
        word, equals, variants = line.partition("=")
        if not equals or not word.strip() or not variants.split():
            raise InvalidInput(f"词库 {file.name} 中的「{line}」看不懂：每行应为「词 = 同义词 同义词」")
        synonyms.update(dict.fromkeys(variants.split(), word.strip()))
    return synonyms
