"""Lines of a text around and inside flattened tables: furniture, ends of tables, texts closed by `|`."""

import re
from collections.abc import Iterable, Sequence

from microblog.plans.clean import cleaned
from microblog.plans.numerals import is_date
from microblog.plans.words import Words

_NUMBERED = "[一二三四五六七八九十]{1,3}"
_AFTER_TABLE = re.compile(
    r"\s*[（(【\[]?\s*(?:备\s*注|注|说\s*明|附\s*注)\s*[:：]"
    rf"|\s*{_NUMBERED}、|\s*[（(]{_NUMBERED}[)）]"
    r"|\s*附\s*件|\s*联\s*系\s*(?:人|电话|方式)\s*[:：]|\s*抄\s*送|\s*(?:主题词|印发)"
)
_BARS = ("|", "｜")
_MOST_OPEN = 4
"""Most lines a single cell or row may run over before its bar; more is prose between two tables."""


def without_furniture(lines: Iterable[str], words: Words) -> list[str]:
    """The lines that belong to the text (N8)."""
    return [line for line in lines if not line.strip() or not words.is_furniture(cleaned(line, words))]


def ends_table(lines: Sequence[str], index: int, words: Words) -> bool:
    """Whether the line can only stand after a table: a remark, a heading, contacts, or signature and date."""
    line = cleaned(lines[index], words)
    if _AFTER_TABLE.match(line):
        return True
    following = next((line for line in lines[index + 1 : index + 4] if line.strip()), "")
    return is_date(following) and words.issuer.body.search(line) is not None


def _is_prose(lines: Sequence[str], index: int, words: Words) -> bool:
    return lines[index].rstrip().endswith(("。", "：", ":")) or ends_table(lines, index, words)


def ends_with_bar(line: str) -> bool:
    """Whether the line closes a cell or row."""
    return line.rstrip().endswith(_BARS)


def closed_texts(lines: Sequence[str], start: int, words: Words) -> tuple[list[str], int]:
    """Texts up to their closing `|`, inner line breaks kept, and the index after the last of them."""
    texts: list[str] = []
    held: list[str] = []
    after = start
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if line and not ends_with_bar(line) and (len(held) == _MOST_OPEN or _is_prose(lines, index, words)):
            break
        held += [line] if line else []
        if ends_with_bar(line):
            texts.append("\n".join(held))
            held, after = [], index + 1
    return texts, after
