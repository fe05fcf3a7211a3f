"""Numbers the prose prescribes: how long before, how many days, how many characters, who reviews."""

import re
from collections.abc import Iterator, Sequence

from microblog.domain.plan import RuleValue
from microblog.plans.numerals import with_arabic_counts
from microblog.plans.words import RuleWords, Words

_UNITS = {
    "个月": "months", "月": "months", "个工作日": "workdays", "工作日": "workdays", "天": "days", "日": "days",
    "个自然日": "days", "周": "weeks", "个星期": "weeks", "星期": "weeks", "小时": "hours", "分钟": "minutes",
}  # fmt: skip
_UNIT = r"(个月|个?工作日|个?自然日|个?星期|天|日|周|小时|分钟)"
# «2月10日前» is a date, not a distance; «1个小时左右» and «约60分钟» prescribe nothing.
_DEADLINE = re.compile(rf"前(\d+){_UNIT}(?!左右)|(?<![\d月年])(\d+){_UNIT}(?:以?前|之前)")
_HEADING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)([^。：:，]{2,16})[。：:]")
_LIST_MARK = re.compile(r"[、和与及]")


def read_rules(lines: Sequence[str], words: Words) -> tuple[dict[str, RuleValue], tuple[str, ...]]:
    """The rules by name, and a Chinese sentence for every rule stated twice with different values; the first counts.

    lines: cleaned prose, one paragraph each.
    """
    rules: dict[str, RuleValue] = {}
    conflicts = []
    for name, value in _stated(lines, words.rules, words):
        if rules.setdefault(name, value) != value:
            conflicts.append(f"文中“{name}”前后不一：先为 {_shown(rules[name])}，后为 {_shown(value)}，以先写的为准")
    return rules, tuple(dict.fromkeys(conflicts))


def _stated(lines: Sequence[str], rules: RuleWords, words: Words) -> Iterator[tuple[str, RuleValue]]:
    for line in lines:
        paragraph = with_arabic_counts(line)
        heading = _HEADING.match(paragraph)
        for sentence in re.split(r"[。；;]", paragraph):
            yield from _deadlines(sentence, heading[1] if heading else "", rules)
            yield from _phrases(sentence, rules)
            yield from _reviewers(sentence, rules, words)


def _deadlines(sentence: str, heading: str, rules: RuleWords) -> Iterator[tuple[str, int]]:
    if rules.exceptions.search(sentence):
        return
    deadlines = list(_DEADLINE.finditer(sentence))
    for found, following in zip(deadlines, [*deadlines[1:], None], strict=False):
        amount, unit = int(found[1] or found[3]), _UNITS[found[2] or found[4]]
        # Of several deadlines in one sentence each speaks of what follows it, whatever the heading says.
        own = [sentence[found.start() : following.start() if following else None]] if len(deadlines) > 1 else []
        subject = next(filter(None, (_subject(text, rules) for text in (*own, heading, sentence))), None)
        if subject:
            name = f"{subject}_{unit}_before"
            yield rules.names.get(name, name), amount


def _subject(text: str, rules: RuleWords) -> str | None:
    return next((name for name, pattern in rules.subjects if pattern.search(text)), None)


def _phrases(sentence: str, rules: RuleWords) -> Iterator[tuple[str, int]]:
    for name, pattern, beside in rules.phrases:
        found = pattern.search(sentence)
        if found and beside.search(sentence):
            yield name, int(found[1])


def _reviewers(sentence: str, rules: RuleWords, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = rules.reviewers.search(sentence)
    bodies = [body.strip() for body in _LIST_MARK.split(found[1])] if found else []
    if bodies and all(2 <= len(body) <= 20 and words.ends_like_a_unit(body) for body in bodies):
        yield "reviewers", tuple(bodies)


def _shown(value: RuleValue) -> str:
    return str(value) if isinstance(value, int) else "、".join(value)
