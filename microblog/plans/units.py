"""A unit cell → units in order, and which of them are marked as lead (A11-A16)."""

import re
from dataclasses import dataclass

from microblog.plans.words import Words

STAR = "★"
_DOUBTFUL = "☆*＊※"
_OPENING, _CLOSING = "（(【[《“", "）)】]》”"
_SEPARATORS = "\n、；;/／\u3000\t"
_COMMAS = re.compile(r"[，,]")
_MARKS = re.compile(f"[{STAR}{re.escape(_DOUBTFUL)}]")
_AROUND = " \xa0.。:：,，"


@dataclass(frozen=True, slots=True)
class Units:
    """What a cell names. leads: the marked ones. remarks: Chinese sentences for people, without row number."""

    names: tuple[str, ...]
    leads: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def looks_like_units(text: str, words: Words) -> bool:
    """Whether a cell reads as a list of units: a lead mark, or names that end as units do."""
    if STAR in text:
        return True
    pieces = _pieces(text) if len(text) <= 200 else []
    return bool(pieces) and all(_looks_like_a_unit(piece, words) for piece in pieces)


def _looks_like_a_unit(piece: str, words: Words) -> bool:
    bare = re.sub(r"[（(].*?[)）]$", "", piece)
    return len(piece) <= 25 and not re.search("[:：]", piece) and words.ends_like_a_unit(bare)


def read_units(text: str, words: Words) -> Units:
    """Split a cleaned cell. Never splits at 和 or 与, nor inside brackets, nor where nothing separates (A15, A16)."""
    remarks = [f"以“{sign}”标注牵头单位，按★处理，请核对" for sign in _DOUBTFUL if sign in text]
    pieces, joined = _rewrapped(_split_commas(_pieces(text), words), words)
    remarks += [f"折行的单位名已合并为“{name}”，请核对" for name in joined]
    names: list[str] = []
    leads: list[str] = []
    section_leads = False
    for piece in _attached(pieces):
        name, section = _without_section(piece, words)
        section_leads = section_leads if section is None else section
        name, marked = _without_marks(name, words)
        if name:
            names.append(name)
            leads += [name] if marked or section_leads else []
    return Units(tuple(names), tuple(leads), tuple(remarks))


def _pieces(text: str) -> list[str]:
    """Split at separators outside brackets, and at runs of spaces; a mark inside a piece ends or begins a unit."""
    depth, parts = 0, [""]
    for sign in re.sub(r"[ \xa0]{2,}", "\u3000", text):
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
        if sign in _SEPARATORS and (depth == 0 or sign == "\n"):
            parts.append("")
        else:
            parts[-1] += sign
    return [piece for part in parts for piece in _split_at_marks(part.strip(_AROUND)) if piece]


def _split_at_marks(part: str) -> list[str]:
    """`甲局★乙局` is two units; the mark belongs to the name before it unless the part begins with one."""
    if part.startswith(STAR):
        return [piece.strip() for piece in re.split(f"(?={STAR})", part) if piece.strip()]
    return [piece.strip() for piece in re.split(f"(?<={STAR})", part) if piece.strip()]


def _split_commas(pieces: list[str], words: Words) -> list[str]:
    """Commas separate only where every part reads as a unit; otherwise they belong to the text."""
    split: list[str] = []
    for piece in pieces:
        parts = [part.strip(_AROUND) for part in _COMMAS.split(piece) if part.strip(_AROUND)]
        sure = len(parts) > 1 and all(words.ends_like_a_unit(_MARKS.sub("", part).strip()) for part in parts)
        split += parts if sure else [piece]
    return split


def _rewrapped(pieces: list[str], words: Words) -> tuple[list[str], list[str]]:
    """Join a line that can only be the rest of a name (`执法局`) to the line before it."""
    whole: list[str] = []
    joined: list[str] = []
    for piece in pieces:
        if whole and _MARKS.sub("", piece).strip() in words.unit_tails and not _MARKS.search(whole[-1]):
            whole[-1] += piece
            joined.append(_MARKS.sub("", whole[-1]).strip())
        else:
            whole.append(piece)
    return whole, joined


def _attached(pieces: list[str]) -> list[str]:
    """A mark on a line of its own belongs to the unit before it, or to the first one where none stands before."""
    whole: list[str] = []
    waiting = ""
    for piece in pieces:
        if _MARKS.sub("", piece).strip():
            whole.append(waiting + piece)
            waiting = ""
        elif whole:
            whole[-1] += piece
        else:
            waiting = piece
    return whole


def _without_section(piece: str, words: Words) -> tuple[str, bool | None]:
    """`牵头单位：甲局` → 甲局 and True; `配合：乙局` → 乙局 and False; None where no section begins."""
    found = re.match(r"([^：:]{2,8})[：:]\s*(.+)", piece)
    if found and any(word in found[1] for word in words.lead_words):
        return found[2], True
    if found and any(word in found[1] for word in words.support_words):
        return found[2], False
    return piece, None


def _without_marks(piece: str, words: Words) -> tuple[str, bool]:
    lead = "|".join(words.lead_words)
    bare = re.sub(rf"[（(](?:{lead})(?:单位|部门)?[)）]", STAR, piece)
    bare = re.sub(rf"[（(](?:{'|'.join(words.support_words)})(?:单位|部门)?[)）]", "", bare)
    return _MARKS.sub("", bare).strip(_AROUND), _MARKS.search(bare) is not None
