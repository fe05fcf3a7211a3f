"""Title, year, issuing body and date of issue, from the lines around the table."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from microblog.plans.numerals import find_date, is_date
from microblog.plans.words import Words

_TITLE_END = re.compile(r"(?:通知|方案|安排|计划|公告|通告|意见|函|表|预告|活动)[》）)]?$")
_TITLED = re.compile(r"\d{4}年.{0,40}(?:安排表?|计划表?|方案|通知|一览表)$")
_ANNEX = re.compile(r"附\s*件\s*\d*\s*[:：]?\s*\d?[.．、]?\s*")
_SALUTATION = re.compile(r"[:：]$")
_DOCUMENT_NUMBER = re.compile(r"[（(]?[^\s。，]{1,12}[〔\[(（【]\d{4}[〕\])）】]\s*\d+\s*号[)）]?")
_FROM_TITLE = re.compile(r"(.{3,40}?)关于")
_YEAR = re.compile(r"(\d{4})\s*(?:—\d{4})?\s*年")
_RANKS = "省市区县旗州"
_RANKED = re.compile(rf"([{_RANKS}])(?:人民)?政府|([{_RANKS}])直(?:有关|各|属)?单位")
_HAN = "[\u4e00-\u9fff]"
_BRANCH = re.compile(
    rf"(?:中心|公司|总局|市局|银行)({_HAN}{{2,3}}?)(?:管理部|分中心|分公司|分局|办事处|营业部|支行|支局)"
)
_SIGNATURE_LONGEST = 30
_SEARCHED = 100_000
"""Characters searched for the place; an issuing body is named early or not at all."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says about itself; year is None and texts are empty where it does not say."""

    title: str
    year: int | None
    issuer: str
    issued: date | None


def read_head(lines: Sequence[str], places: str, title: str, words: Words) -> Head:
    """lines: cleaned prose without furniture. places: all cleaned text, searched for place names.

    title: the heading the format marks, empty where it marks none.
    """
    filled = [line.strip() for line in lines if line.strip()]
    named = title if _YEAR.search(title) else _title(filled) or title
    issued, at = _issued(filled, words)
    issuer = _issuer(filled, at, named, places, words)
    return Head(named, _year(named, filled, issued), issuer, issued)


def _title(lines: Sequence[str]) -> str:
    """The lines up to the one that ends as titles do; else the first line that names a year's plan."""
    parts: list[str] = []
    for line in lines[:8]:
        if _SALUTATION.search(line) or is_date(line) or len(line) > 80 or "。" in line:
            break
        if not _DOCUMENT_NUMBER.fullmatch(line):
            parts.append(line)
        if parts and _TITLE_END.search(line):
            return "".join(parts)
    bare = (_ANNEX.sub("", line, count=1) for line in lines)
    return next((line for line in bare if len(line) <= 60 and _TITLED.search(line)), "")


def _year(title: str, lines: Sequence[str], issued: date | None) -> int | None:
    """From the title, else from the first line that speaks of interviews in a year, else the year of issue."""
    stated = _YEAR.search(title)
    if stated:
        return int(stated[1])
    for line in lines:
        found = _YEAR.search(line)
        if found and re.search("访谈|在线|互动", line) and not is_date(line):
            return int(found[1])
    return issued.year if issued else None


def _issued(lines: Sequence[str], words: Words) -> tuple[date | None, int]:
    """The date of issue and the index of the line that may follow a signature, -1 for a labelled date."""
    for index, line in enumerate(lines):
        if is_date(line) and find_date(line):
            return find_date(line), index
    for index, line in enumerate(lines):
        signed = re.fullmatch(r"(\S{4,30})\s+(\S.*?)(?:印发)?", line)
        if signed and is_date(signed[2]) and words.ends_like_a_unit(signed[1]):
            return find_date(signed[2]), index
    for line in lines:
        label = words.issuer.date_label.search(line)
        if label and (dated := find_date(line[label.end() : label.end() + 30])):
            return dated, -1
    return None, -1


def _issuer(lines: Sequence[str], dated: int, title: str, places: str, words: Words) -> str:
    """Signature, title, source label, or the body the text speaks of; a bare rank is completed by the place."""
    signature = _signature(lines, dated, words)
    from_title = _FROM_TITLE.match(title)
    leading = from_title[1].strip() if from_title and words.ends_like_a_unit(from_title[1].strip()) else ""
    named = signature or leading or _labelled(lines, words) or _spoken_of(lines, words)
    if _is_bare(named) and leading and not _is_bare(leading):
        return leading
    return _with_place(named, places, words)


def _signature(lines: Sequence[str], dated: int, words: Words) -> str:
    if dated < 0:
        return ""
    own = re.match(r"(\S{4,30})\s+\S*\d{4}|(\S{4,30})\s+[〇○零二]", lines[dated])
    for line in [own[1] or own[2]] if own else lines[max(0, dated - 1) : dated]:
        bare = re.sub(r"[\s（(].*?[）)]$", "", line).strip()
        spaceless = re.sub(r"\s+", "", bare)
        if len(spaceless) <= _SIGNATURE_LONGEST and words.ends_like_a_unit(spaceless) and not _ANNEX.match(bare):
            return spaceless
    return ""


def _labelled(lines: Sequence[str], words: Words) -> str:
    for line in lines:
        label = words.issuer.label.search(line)
        found = label and re.match(r"\s*[:：|]?\s*([^\s|:：，。]{3,25})", line[label.end() :])
        if found and words.ends_like_a_unit(found[1]):
            return found[1]
    return ""


def _spoken_of(lines: Sequence[str], words: Words) -> str:
    """A body named by rank («市政府办公室»), else the rank alone («县»)."""
    body = re.compile(rf"(?<![{_RANKS}])([{_RANKS}](?:{words.issuer.body.pattern}))")
    for longest in (body, _RANKED):
        names = [next(filter(None, found.groups()), "") for line in lines for found in longest.finditer(line)]
        offices = Counter(name for name in names if name and not name.endswith("政府"))
        if offices:
            return max(offices, key=lambda name: (offices[name], len(name), name))
    return ""


def _is_bare(name: str) -> bool:
    """Whether a name begins with a rank instead of a place."""
    return name[:1] in _RANKS and name != ""


def _with_place(name: str, places: str, words: Words) -> str:
    if not _is_bare(name):
        return name
    whole = _place(name[0], places, words) + name[1:]
    return whole if len(whole) > 1 else ""


def _place(rank: str, text: str, words: Words) -> str:
    """The place of this rank the document speaks of most, with its rank; the rank alone where none is named.

    A name counts where 人民政府, a year or a mark follows it, or where it is met again without its rank; else the
    town in the name of a branch office («…中心某地管理部») tells the place.
    """
    ranked = re.compile(
        rf"(?:(?<!{_HAN})|(?<=\d年))度?(?:{_HAN}{{2,4}}[省市])?({_HAN}{{2,3}}?){rank}(?![{rank}])"
        r"(人民政府|政府|\d{4}年|[^\w\s])?"
    )
    text = text[:_SEARCHED]
    met = [
        (found[1], found[2])
        for found in ranked.finditer(text)
        if found[1][-1] not in words.issuer.common and "年" not in found[1]
    ]
    stems = [stem for stem, follows in met if follows or text.count(stem) > 1]
    stems = stems or [found[1] for found in _BRANCH.finditer(text)]
    return max(dict.fromkeys(stems), key=text.count) + rank if stems else rank
