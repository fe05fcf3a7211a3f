"""Which columns a header row names."""

import re
from collections.abc import Sequence

from microblog.plans.clean import cleaned
from microblog.plans.words import Words

_ASIDE = re.compile(r"[（(【\[].*?[)）】\]]|[\s:：*＊★☆\u3000]")
_SENTENCE = re.compile(r"[。，、；,;“”《》!！?？\d]|[一二三四五六七八九十]、")
_LABEL = re.compile(r"[:：]\s*\S")
_LONGEST = 12
_CORE = {"when": "when", "topic": "topic", "units": "units", "lead": "units", "organiser": "units"}


def header_kind(text: str, words: Words) -> str | None:
    """The kind of column a header cell names, None for anything that is no header cell."""
    if not text.strip() or len(text) > 80:
        return None
    printed = cleaned(text, words)
    bare = _ASIDE.sub("", printed)
    if not bare or len(bare) > _LONGEST or _SENTENCE.search(bare) or _LABEL.search(printed):
        return None
    return next((kind for kind, names in words.headers.items() if any(name in bare for name in names)), None)


def header_kinds(cells: Sequence[str], words: Words) -> tuple[str, ...] | None:
    """The kind of every column (`other` where unknown), or None where the row is no header of a plan's table."""
    kinds = [header_kind(cell, words) for cell in cells]
    core = {_CORE[kind] for kind in kinds if kind in _CORE}
    filled = sum(1 for cell in cells if cell.strip())
    if len(core) < 2 or sum(kind is not None for kind in kinds) * 2 <= filled:
        return None
    return _settled([kind or "other" for kind in kinds])


def _settled(kinds: list[str]) -> tuple[str, ...]:
    """Precedence between columns: who runs the series is no unit of a row unless no other column names units."""
    names_units = "units" in kinds or "lead" in kinds
    settled = ["other" if kind == "organiser" and names_units else kind for kind in kinds]
    settled = ["units" if kind == "organiser" else kind for kind in settled]
    if "support" in settled and "lead" not in settled:
        settled = ["lead" if kind == "units" else kind for kind in settled]
    return tuple(settled)
