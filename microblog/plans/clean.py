"""Damage in copied texts (domain reference section 7, N1-N9): repaired on a copy, always reported."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from microblog.domain.plan import Damage
from microblog.plans.words import Words

_SHOWN = 5
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SYLLABLE = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    r"|u|ua|uo|uai|ui|uan|un|uang|ü|üe|üan|ün|ue|v|ve)|ai|ei|ao|ou|an|en|ang|eng|er)"
)
_BRACKETED = re.compile(rf"(?<=[{_HAN}])((?:[(（][^\W\d_A-Z]{{1,6}}[)）])+)")
_INSIDE = re.compile(r"[(（]([^()（）]+)[)）]")
_DOUBLED = re.compile(r"([，,。；;：:、])(?:\1|(?<=[，,])[，,])+")
# A question mark that stands where bytes were lost is followed by another mark or by a stray letter.
_LOST = re.compile(rf"[{_HAN}]?(?:\ufffd+|\?[,;:.][A-Za-z]?|\?(?=[A-Za-z{_HAN}]*[)?]))[{_HAN}A-Za-z]{{0,2}}")
_HALF_WIDTH = re.compile(rf"(?<=[{_HAN}”》）])[,;:](?=[{_HAN}“《（\s]|$)", re.MULTILINE)
_CHINESE_MARKS = re.compile("[、。《》“”]")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters; everything else as it is."""
    converted: str = _converter().convert(text.encode("utf-8", "replace").decode())
    return converted


def repaired(text: str, words: Words) -> str:
    """The text without the damage that can be removed safely (N1, N2, N4, known N5, N6), script unchanged."""
    for lost, meant in words.lost_bytes.items():
        text = text.replace(lost, meant)
    text = _BRACKETED.sub(_without_pinyin, text.replace("@@", ""))
    return _DOUBLED.sub(r"\1", text)


def cleaned(text: str, words: Words) -> str:
    """The text as values carry it: repaired, simplified, odd spaces and invisible signs gone."""
    text = re.sub("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return simplified(repaired(text.replace("\xa0", " "), words))


def _without_pinyin(found: re.Match[str]) -> str:
    return "".join(inside[0] for inside in _INSIDE.finditer(found[0]) if not _is_syllable(inside[1]))


def _is_syllable(letters: str) -> bool:
    """One pinyin syllable, tone marks or not. A bare `a`, `e` or `o` may be a real label, so it needs its mark."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", letters) if not unicodedata.combining(sign))
    if len(bare) == 1:
        return bare in "aeo" and bare != letters
    return _SYLLABLE.fullmatch(bare) is not None or _SYLLABLE.fullmatch(letters) is not None


def damage_of(original: str, words: Words) -> tuple[Damage, ...]:
    """Every kind of damage met in the text, with its count and some printed examples."""
    lines = [line.strip() for line in simplified(original).splitlines()]
    known = [lost for lost in words.lost_bytes for _ in range(original.count(lost))]
    rest = original
    for lost, meant in words.lost_bytes.items():
        rest = rest.replace(lost, meant)
    met = (
        ("bracketed_pinyin", _pinyin(rest), True),
        ("half_width_marks", _half_width(original), False),
        ("doubled_marks", [found[0] for found in _DOUBLED.finditer(original)], True),
        ("lost_bytes", known, True),
        ("lost_bytes", [found[0] for found in _LOST.finditer(rest)], False),
        ("at_signs", ["@@"] * original.count("@@"), True),
        ("furniture", [line for line in lines if line and words.is_furniture(line)], True),
        ("traditional_script", _traditional(rest), True),
    )
    return tuple(Damage(kind, len(places), _some(places), fixed) for kind, places, fixed in met if places)


def _pinyin(text: str) -> list[str]:
    places = []
    for found in _BRACKETED.finditer(text):
        syllables = [inside[0] for inside in _INSIDE.finditer(found[0]) if _is_syllable(inside[1])]
        places += [text[found.start() - 1] + syllable for syllable in syllables]
    return places


def _half_width(text: str) -> list[str]:
    """Half-width marks between Chinese words, where the text also knows the Chinese ones (N3)."""
    return [found[0] for found in _HALF_WIDTH.finditer(text)] if _CHINESE_MARKS.search(text) else []


def _traditional(text: str) -> list[str]:
    plain = text.encode("utf-8", "replace").decode()
    return [
        old for old, new in zip(plain, simplified(plain), strict=False) if old != new and "\u3400" <= old <= "\u9fff"
    ]


def _some(places: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(places))[:_SHOWN]


_SENTENCES = {
    ("bracketed_pinyin", True): "文中有 {count} 处混入拼音（如 {examples}），已从副本中去除",
    ("half_width_marks", False): "文中有 {count} 处中文间的半角标点（{examples}），按原样保留",
    ("doubled_marks", True): "文中有 {count} 处重复标点（{examples}），已合并",
    ("lost_bytes", True): "文中有 {count} 处已知的缺损字（{examples}），已按对照表补回",
    ("lost_bytes", False): "文中有 {count} 处疑似缺损的字（{examples}），无法还原，按原样保留，请对照原件",
    ("at_signs", True): "文中夹有 {count} 处“@@”，已从副本中去除",
    ("furniture", True): "文中有 {count} 行网页杂项（{examples}），不作正文",
    ("traditional_script", True): "文中有 {count} 个繁体字，取值已转为简体，原文保留",
}


def damage_sentence(damage: Damage) -> str:
    """The damage in one Chinese sentence."""
    return _SENTENCES[damage.kind, damage.repaired].format(count=damage.count, examples="、".join(damage.examples))
