"""What only the prose says: units invited, numbers stated, the period, the frequency, annexes named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from microblog.domain.interview import Form
from microblog.domain.plan import Frequency
from microblog.plans.numerals import number, with_arabic_counts

_MARK = re.compile(r"[，。；：,;:！!]")
_LIST = r"(?P<names>[^、，。；：,;:“”]{2,40}?(?:、[^、，。；：,;:“”]{1,40}?){1,80}?)(?:等)?"
_LIST = r"(?P<names>[^、，。；：,;:“”]{2,40}?(?:、[^、，。；：,;:“”]{1,40}?){1,80}?)"
_HEADS = r"(?:主要|有关|相关|分管)?(?:负责人|负责同志|领导)"
_INVITED = re.compile(
    rf"(?:邀请|组织|安排|协调|请|由){_LIST}(?:等)?(?P<count>\d+)(?:个|家)?"
    r"(?P<what>(?:省直|市直|区直|县直)?单位|部门|委办局|市政府|市|区政府|区|县政府|县|镇|街道)"
)
_INVITED_BELOW = re.compile(
    rf"(?P<count>\d+)(?:个|家)(?P<what>(?:省直|市直|区直|县直)?(?:单位|部门))(?:为|是)?[：:]{_LIST}"
    rf"(?=等?的?{_HEADS}|[，。；,;]|$)"
)
_INVITED_UNCOUNTED = re.compile(rf"(?:邀请|组织|安排){_LIST}(?:等)?(?:有关|相关)?(?:单位|部门)?(?:的)?{_HEADS}")
_LONGEST_PARAGRAPH = 5_000
_PLACES = ("市政府", "区政府", "县政府", "市", "区", "县")
_LISTED = re.compile(r"等(\d+)(?:个|家)(?:省直|市直|区直|县直)?(?:单位|部门)")
_SESSIONS = re.compile(r"(\d+)(?:期|场次|场)(?!限)")
_YEAR = re.compile(r"(\d{4})年")
_RECURRING = re.compile(r"每(?:月|周|季度|年|期|场)|不少于|至少|以上|原则上")
_THEME = re.compile(r"围绕(?:“([^”]{2,60})”|《([^》]{2,60})》|([^，,。“”]{4,40}?))(?=主题|开展|[，,。]|为主题)")
_HEADING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)([^。：:，,]{2,16})[。：:]")
_ANNEX = re.compile(
    r"(?:^\s*附\s*件\s*\d*\s*[:：]?\s*(?:\d[.．、])?\s*|见\s*《|见附件《?)([^\s。；》]{0,40}(?:表|安排|计划))》?[。）)]?"
)
_MONTHS = re.compile(
    r"(?:从|自)?(\d{4})年(\d{1,2})月(?:份)?(?:起)?\s*(?:至|到|[-—–－~～]+)\s*(?:(\d{4})年)?(\d{1,2})月(?!\d{1,2}日)"
)
_FREQUENCY = re.compile(
    r"每(?P<per>月|周|季度|年)的?(?P<part>[上中下]旬)?(?P<least>至少|不少于|原则上不少于)?(?:安排|开展|举办|组织)?"
    r"(?P<again>至少|不少于)?(?P<count>\d+)(?:期|次|场)"
)
_PER = {"月": "month", "周": "week", "季度": "quarter", "年": "year"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """A list of units the prose invites. stated: the number printed with it. what: the thing counted."""

    form: Form | None
    theme: str
    units: tuple[str, ...]
    stated: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A number stated about the plan's own interviews: `期` for interviews, `单位` for distinct units."""

    what: str
    stated: int


def invitations(lines: Sequence[str]) -> Iterator[Invitation]:
    """Every list of invited units, in order of the text (G3, G8). lines: cleaned prose."""
    for line in lines:
        paragraph = with_arabic_counts(line[:_LONGEST_PARAGRAPH])
        heading = _HEADING.match(paragraph)
        form = _form(heading[1] if heading else paragraph)
        theme = _THEME.search(paragraph)
        counted = [*_INVITED.finditer(paragraph), *_INVITED_BELOW.finditer(paragraph)]
        for found in counted:
            units = _names(found["names"], found["what"])
            yield Invitation(form, _first(theme), units, int(found["count"]), found["what"])
        if not counted and (free := _INVITED_UNCOUNTED.search(paragraph)):
            yield Invitation(form, _first(theme), _names(free["names"], "单位"), None, "单位")


def _first(theme: re.Match[str] | None) -> str:
    return next((part for part in theme.groups() if part), "") if theme else ""


def _form(text: str) -> Form | None:
    if "微视频" in text or "短视频" in text:
        return Form.MICRO_VIDEO
    if "微博" in text or "微访谈" in text:
        return Form.WEIBO
    return Form.VIDEO if "视频访谈" in text else None


def _names(listed: str, what: str) -> tuple[str, ...]:
    """`广州、深圳` of 9 `市政府` are 广州市政府 and 深圳市政府; names that are whole stay as they are."""
    names = [name.strip() for name in listed.removesuffix("等").split("、")]
    if what in _PLACES:
        names = [name if name.endswith(what) else name.removesuffix(what[0]) + what for name in names]
    return tuple(dict.fromkeys(name for name in names if name))


def statements(lines: Sequence[str], year: int | None) -> Iterator[Statement]:
    """Numbers of interviews and units the text states about this year's plan, not about earlier ones (A21)."""
    for line in lines:
        for sentence in re.split(r"[。；;]", with_arabic_counts(line)):
            yield from (Statement("单位", int(found[1])) for found in _LISTED.finditer(sentence))
            yield from (
                Statement("期", int(found[1]))
                for found in _SESSIONS.finditer(sentence)
                if _is_about(sentence[: found.start()], year)
            )


def _is_about(before: str, year: int | None) -> bool:
    """Whether a number belongs to the plan's year and to the whole of it, judged by the words before it."""
    years = _YEAR.findall(before)
    clause = _MARK.split(before)[-1]
    counted = re.search(r"(?:共|计划|拟|安排|开展|举办|组织)[^第]*$", clause)
    return bool(counted) and not _RECURRING.search(clause) and (not years or year is None or int(years[-1]) == year)


def annex(lines: Sequence[str]) -> str | None:
    """The name of a schedule the text says is attached; None where it names none."""
    names = [found[1].removeprefix("《") for line in lines if (found := _ANNEX.search(line))]
    return next((name for name in names if name), None)


def months_covered(lines: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """First and last (year, month) of «从2026年3月至12月»; None where the text does not say."""
    for line in lines:
        found = _MONTHS.search(line)
        if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[4]) <= 12:
            return (int(found[1]), int(found[2])), (int(found[3] or found[1]), int(found[4]))
    return None


def frequency(lines: Sequence[str]) -> Frequency | None:
    """«每月中旬至少安排一期»; None where the text does not say."""
    for line in lines:
        found = _FREQUENCY.search(with_arabic_counts(line))
        if found:
            least = bool(found["least"] or found["again"])
            return Frequency(found[0], number(found["count"]) or 0, least, _PER[found["per"]], found["part"])
    return None
